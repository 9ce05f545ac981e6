package org.sightline.edge.cli.models;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.sightline.edge.cli.JsonOutput;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.models.ModelPack;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.models.ModelPacks.FileState;
import org.sightline.edge.models.PackManifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code models list}. */
@Command(
    name = "list",
    description = "List the packs there are, and which of them are installed.",
    footer = {"", "Example:", "  sightline models list --json"})
final class ModelsListCommand implements Callable<Integer> {
  @Mixin private ModelsFolderOption models;

  @Option(names = "--json", description = "Print JSON; see docs/model-packs.md.")
  private boolean json;

  @Spec private CommandSpec spec;

  /** What {@code --json} prints. */
  record Listing(String folder, List<Row> packs) {
    record Row(@JsonUnwrapped Pack pack, @JsonUnwrapped State state) {}

    record Pack(String name, String kind, String title, int version, String licence) {}

    record State(boolean verified, boolean exerciseOnly, boolean calibrated, boolean installed) {}
  }

  @Override
  public Integer call() throws SightlineException {
    ModelPacks packs = models.packs();
    List<Listing.Row> rows = new ArrayList<>();
    for (PackManifest pack : packs.list()) {
      ModelPack recognition = pack instanceof ModelPack recognising ? recognising : null;
      rows.add(
          new Listing.Row(
              new Listing.Pack(
                  pack.name(),
                  recognition == null ? "presentation-attack" : "recognition",
                  pack.title(),
                  pack.version(),
                  pack.licence()),
              new Listing.State(
                  pack.verified(),
                  recognition != null && recognition.exerciseOnly(),
                  recognition != null && !recognition.calibrations().isEmpty(),
                  packs.states(pack).stream().allMatch(FileState.GOOD::equals))));
    }
    if (json) {
      JsonOutput.print(
          spec.commandLine().getOut(), new Listing(packs.installFolder().toString(), rows));
    } else {
      spec.commandLine().getOut().println("packs in " + packs.installFolder() + ":");
      rows.forEach(row -> spec.commandLine().getOut().println(line(row)));
    }
    return 0;
  }

  private static String line(Listing.Row row) {
    return String.format(
        "%-12s %-13s  %s%s%s",
        row.pack().name(),
        row.state().installed() ? "installed" : "not installed",
        row.pack().title(),
        row.state().verified() ? "" : " [not verified by our tests]",
        row.state().exerciseOnly() ? " [exercises only]" : "");
  }
}
