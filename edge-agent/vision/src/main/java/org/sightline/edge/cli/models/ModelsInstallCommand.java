package org.sightline.edge.cli.models;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.cli.JsonOutput;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.models.InstallProgress;
import org.sightline.edge.models.Installation;
import org.sightline.edge.models.Installation.SourcesMissing;
import org.sightline.edge.models.ModelPack.PackFile;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.models.PackInstaller;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code models install}. */
@Command(
    name = "install",
    description = {
      "Install a pack, wholly or not at all; a pack that is installed already is left alone.",
      "Without --from its files are downloaded from upstream; a download that breaks off resumes"
          + " where it stopped when the command is run again. Files with other bytes than the"
          + " manifest pins are refused."
    },
    footer = {
      "",
      "Examples:",
      "  sightline models install retail-0095",
      "  sightline models install retail-0095 --from /media/usb --models /var/lib/sightline/models"
    })
final class ModelsInstallCommand implements Callable<Integer> {
  @Parameters(paramLabel = "PACK", description = "Name of the pack: see 'sightline models list'.")
  private String name;

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description =
          "Use no network: find the files anywhere under DIR, by their SHA-256, whatever they are"
              + " called.")
  private @Nullable Path from;

  @Mixin private ModelsFolderOption models;

  @Option(names = "--json", description = "Print JSON; see docs/model-packs.md.")
  private boolean json;

  @Spec private CommandSpec spec;

  /** What {@code --json} prints. */
  record Result(String pack, boolean installed, String folder, List<Sought> missing) {
    record Sought(
        String name, String sha256, long sizeBytes, String source, @Nullable String url) {}
  }

  @Override
  public Integer call() throws SightlineException {
    ModelPacks packs = models.packs();
    PackInstaller installer =
        new PackInstaller(
            packs,
            TerminalProgress.hasTerminal() ? new TerminalProgress() : InstallProgress.SILENT);
    Installation installation =
        from == null ? installer.fromUpstream(name) : installer.fromFolder(name, from);
    String folder = packs.folder(packs.manifestOfAnyKind(name)).toString();
    List<PackFile> missing =
        installation instanceof SourcesMissing lacking ? lacking.sought() : List.of();
    missing.forEach(file -> spec.commandLine().getErr().println(line(file)));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.print(
          out,
          new Result(
              name,
              missing.isEmpty(),
              folder,
              missing.stream().map(ModelsInstallCommand::sought).toList()));
    } else if (missing.isEmpty()) {
      out.println(name + " is installed in " + folder);
    }
    return missing.isEmpty() ? 0 : Sightline.EXIT_UNUSABLE;
  }

  private String line(PackFile file) {
    String place = from == null ? "cannot be downloaded" : "not found under " + from;
    String published = file.url() == null ? "" : ", " + file.url();
    return String.format(
        "%s: %s; sought: %d bytes with SHA-256 %s; to be had from: %s%s",
        file.name(), place, file.sizeBytes(), file.sha256(), file.source(), published);
  }

  private static Result.Sought sought(PackFile file) {
    return new Result.Sought(
        file.name(), file.sha256(), file.sizeBytes(), file.source(), file.url());
  }
}
