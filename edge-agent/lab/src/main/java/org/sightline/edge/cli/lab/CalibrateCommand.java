package org.sightline.edge.cli.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.cli.ResultFile;
import org.sightline.edge.cli.models.PackOptions;
import org.sightline.edge.domain.PassFactor;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.evaluate.CalibrationMeasurement;
import org.sightline.edge.evaluate.FaceReader;
import org.sightline.edge.evaluate.SubjectFolders;
import org.sightline.edge.models.InstalledPack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How often two different people reach a similarity. */
@Command(
    name = "calibrate",
    description = {
      "Measures how often pictures of two different people reach a similarity: the table that"
          + " thresholds are derived from.",
      "All pictures of each person are compared with all pictures of every other; each pair of"
          + " people weighs the same. With 1,000 people or more there is a second table, for"
          + " similarities that are normalised by the list. Where fewer than 10 pairs of people"
          + " support a rate it follows the tail of the most alike, with its uncertainty; what one"
          + " half of the people predicts of the other half is in \"heldBack\". Look at the pairs"
          + " listed under \"nearest\": one person under two names is no false match, and spoils"
          + " the end of the table."
    },
    footer = {
      "",
      "Example:",
      "  sightline calibrate --pack retail-0095 --images people --json calibration.json"
    })
final class CalibrateCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(
      names = "--images",
      required = true,
      paramLabel = "DIR",
      description = "Folder with a folder of pictures for each person.")
  private Path images;

  @Option(
      names = "--population",
      paramLabel = "NAME",
      description = "What to call the population (default: the name of the folder).")
  private @Nullable String population;

  @Option(
      names = "--leave-out",
      paramLabel = "FILE",
      description =
          "Pictures to leave out, because they show somebody else than their folder says: a line"
              + " FOLDER/PICTURE each, # begins a comment.")
  private @Nullable Path leaveOut;

  @Option(
      names = "--clip",
      paramLabel = "FILE",
      description =
          "Clip of people walking by, none of whom is in the population, once for each: measures"
              + " what a whole pass amounts to in comparisons.")
  private List<Path> clips = List.of();

  @Option(
      names = "--json",
      required = true,
      paramLabel = "OUT",
      description =
          "File for the result; each \"calibration\" of its \"tables\" is what a pack's"
              + " \"calibrations\" list.")
  private Path json;

  @Mixin private PackOptions pack;

  @Mixin private DeviceOption device;

  @Override
  public Integer call() throws SightlineException, InterruptedException {
    SubjectFolders folders = SubjectFolders.in(images);
    if (leaveOut != null) {
      folders = folders.without(leaveOut);
    }
    ResultFile file = ResultFile.at(json);
    InstalledPack installed = pack.installed();
    try (FaceReader reader = FaceReader.open(installed, device.compute())) {
      CalibrationMeasurement measurement =
          CalibrationMeasurement.measure(
              population == null ? String.valueOf(images.getFileName()) : population,
              folders,
              reader,
              people -> passes(installed, people),
              new PictureCount(command.commandLine().getErr()));
      file.write(Measured.with(installed.manifest(), measurement));
    }
    return 0;
  }

  private Optional<PassFactor> passes(
      InstalledPack installed, List<CalibrationMeasurement.Subject> population)
      throws SightlineException, InterruptedException {
    return clips.isEmpty()
        ? Optional.empty()
        : CalibrationMeasurement.passFactor(installed, device.compute(), clips, population);
  }
}
