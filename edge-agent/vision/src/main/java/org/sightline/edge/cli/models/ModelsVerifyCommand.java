package org.sightline.edge.cli.models;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.sightline.edge.cli.JsonOutput;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.models.ModelPack;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.models.ModelPacks.FileState;
import org.sightline.edge.models.PackManifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code models verify}. */
@Command(
    name = "verify",
    description =
        "Compare every byte of installed packs with the digests that their manifests pin.",
    exitCodeList = {
      "0:every file is as it should be",
      "1:a file is missing or wrong, or there is no pack at all"
    },
    footer = {"", "Example:", "  sightline models verify retail-0095"})
final class ModelsVerifyCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "PACK",
      description = "Packs to verify. Default: all that have a folder.")
  private List<String> names = new ArrayList<>();

  @Mixin private ModelsFolderOption models;

  @Option(names = "--json", description = "Print JSON; see docs/model-packs.md.")
  private boolean json;

  @Spec private CommandSpec spec;

  /** What {@code --json} prints. */
  record Verification(String folder, boolean good, List<Row> packs) {
    record Row(String name, boolean good, List<File> files) {}

    record File(String name, String sha256, String state) {}
  }

  @Override
  public Integer call() throws SightlineException {
    ModelPacks packs = models.packs();
    List<Verification.Row> rows = new ArrayList<>();
    for (PackManifest pack : chosen(packs)) {
      rows.add(row(pack, packs.states(pack)));
    }
    boolean good = !rows.isEmpty() && rows.stream().allMatch(Verification.Row::good);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.print(out, new Verification(packs.installFolder().toString(), good, rows));
    } else if (rows.isEmpty()) {
      out.println("no pack is installed in " + packs.installFolder());
    } else {
      rows.forEach(row -> print(row, out));
    }
    return good ? 0 : Sightline.EXIT_NO;
  }

  private List<PackManifest> chosen(ModelPacks packs) throws SightlineException {
    if (names.isEmpty()) {
      return packs.list().stream().filter(pack -> Files.exists(packs.folder(pack))).toList();
    }
    List<PackManifest> chosen = new ArrayList<>();
    for (String name : names) {
      chosen.add(packs.manifestOfAnyKind(name));
    }
    return chosen;
  }

  private static Verification.Row row(PackManifest pack, List<FileState> states) {
    List<Verification.File> files = new ArrayList<>();
    for (int i = 0; i < states.size(); i++) {
      ModelPack.PackFile file = pack.files().get(i);
      String state = states.get(i).name().toLowerCase(Locale.ROOT);
      files.add(new Verification.File(file.name(), file.sha256(), state));
    }
    return new Verification.Row(
        pack.name(), states.stream().allMatch(FileState.GOOD::equals), files);
  }

  private static void print(Verification.Row row, PrintWriter out) {
    out.println(row.name() + ": " + (row.good() ? "good" : "NOT as its manifest pins"));
    row.files().forEach(file -> out.println("  " + file.state() + "  " + file.name()));
  }
}
