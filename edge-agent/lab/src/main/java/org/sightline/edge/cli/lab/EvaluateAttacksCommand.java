package org.sightline.edge.cli.lab;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.sightline.edge.cli.ResultFile;
import org.sightline.edge.cli.models.ModelsFolderOption;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.detect.FaceDetectors;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Version;
import org.sightline.edge.evaluate.PictureFiles;
import org.sightline.edge.evaluate.attack.AttackMeasurement;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.models.InstalledAttackPack;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.presentationattack.AttackDetector;
import org.sightline.edge.presentationattack.NetworkAttackDetector;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Pictures of faces instead of faces. */
@Command(
    name = "attacks",
    description = {
      "Measures how often a pack takes faces for pictures of faces (BPCER) and the other way round"
          + " (APCER), by ISO/IEC 30107-3, with 95 %% confidence intervals.",
      "The pictures as they are count as faces. From each of them attacks are generated: printed or"
          + " on a screen, with the edge in sight or not, askew, photographed again. Generated"
          + " attacks are not real ones: the figures compare packs and thresholds, and do not say"
          + " how safe a street is."
    },
    footer = {
      "",
      "Example:",
      "  sightline evaluate attacks --images people --pack minifasnet --json attacks.json"
    })
final class EvaluateAttacksCommand implements Callable<Integer> {
  private static final int THREADS = 2;

  @Spec private CommandSpec command;

  @Option(
      names = "--images",
      required = true,
      paramLabel = "DIR",
      description = "Folder of pictures of faces, searched with all folders in it.")
  private Path images;

  @Option(
      names = "--pack",
      paramLabel = "NAME",
      defaultValue = "minifasnet",
      description = "Pack to measure (default: ${DEFAULT-VALUE}).")
  private String pack;

  @Option(
      names = "--detector",
      paramLabel = "NAME",
      defaultValue = "retail-0095",
      description = "Model pack that finds the faces (default: ${DEFAULT-VALUE}).")
  private String detector;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed makes the same attacks (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--json",
      required = true,
      paramLabel = "OUT",
      description =
          "File for the result: pictures, failuresToAcquire, nonResponses (attacks in which no face"
              + " was found), points (a threshold with its bpcer and the apcer of each species).")
  private Path json;

  @Mixin private ModelsFolderOption models;

  /** The result file. */
  record Report(
      String version,
      String attackPack,
      int attackPackVersion,
      String modelPack,
      long seed,
      @JsonUnwrapped AttackMeasurement measurement) {}

  @Override
  public Integer call() throws SightlineException {
    List<Path> pictures = PictureFiles.under(images);
    ResultFile file = ResultFile.at(json);
    InstalledPack finding = models.packs().installed(detector);
    InstalledAttackPack measured = models.packs().installedAttackPack(pack);
    try (FaceDetector faces =
            FaceDetectors.open(
                finding.manifest(),
                finding.folder(),
                DetectionSettings.stills(Compute.cpu(THREADS)));
        AttackDetector attacks = NetworkAttackDetector.open(measured, Compute.cpu(THREADS))) {
      file.write(
          new Report(
              Version.current(),
              measured.manifest().name(),
              measured.manifest().version(),
              finding.manifest().name(),
              seed,
              AttackMeasurement.measure(
                  pictures,
                  faces,
                  attacks,
                  seed,
                  new PictureCount(command.commandLine().getErr()))));
    }
    return 0;
  }
}
