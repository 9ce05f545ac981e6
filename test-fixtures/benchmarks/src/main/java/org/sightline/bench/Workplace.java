package org.sightline.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPackException;
import org.sightline.edge.models.ModelPacks;

/**
 * Where benchmarks find what they need and keep what they make.
 *
 * @param folder for clips and databases; kept from run to run
 * @param weights folder with the networks' files
 * @param data folder with the portraits
 */
record Workplace(Path folder, Path weights, Path data) {
  /** Something is not there that the benchmark cannot do without. */
  static final class MissingException extends Exception {
    private static final long serialVersionUID = 1;

    MissingException(String what) {
      super(what);
    }
  }

  /** Uses SIGHTLINE_MODELS and SIGHTLINE_DATA, else the folders beside the repository. */
  static Workplace of(Path root, Path folder) throws MissingException, IOException {
    Path shared = root.resolveSibling("shared");
    Workplace workplace =
        new Workplace(
            Files.createDirectories(folder).toAbsolutePath(),
            folder("SIGHTLINE_MODELS", shared.resolve("models")),
            folder("SIGHTLINE_DATA", shared.resolve("data")));
    if (!Files.exists(workplace.models())) {
      command(
          List.of(
              "models",
              "install",
              Street.PACK,
              "--from=" + workplace.weights(),
              "--models=" + workplace.models()));
    }
    return workplace;
  }

  private static Path folder(String variable, Path otherwise) throws MissingException {
    String named = System.getenv(variable);
    Path folder = named == null ? otherwise : Path.of(named);
    if (!Files.isDirectory(folder)) {
      throw new MissingException(
          "there is no folder " + folder + " (set " + variable + " to the one there is)");
    }
    return folder;
  }

  /** Where the model packs are installed. */
  Path models() {
    return folder.resolve("models");
  }

  InstalledPack pack() throws ModelPackException {
    return ModelPacks.at(models()).installed(Street.PACK);
  }

  /** Runs a command of the program in this process. */
  static void command(List<String> arguments) throws IOException {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said, true);
    int code = Sightline.run(out, out, arguments.toArray(String[]::new));
    if (code != 0) {
      throw new IOException(String.join(" ", arguments) + ": " + said);
    }
  }
}
