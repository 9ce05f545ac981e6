package org.sightline.edge.cli.lab;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.cli.ResultFile;
import org.sightline.edge.cli.models.PackOptions;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.evaluate.Identification;
import org.sightline.edge.evaluate.SubjectFolders;
import org.sightline.edge.models.InstalledPack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Open-set, one to many. */
@Command(
    name = "identify",
    description = {
      "Measures how well a model pack finds listed people, and nobody else, among a list: open-set"
          + " identification in the terms of ISO/IEC 19795-1. TPIR: share of mated searches whose"
          + " nearest subject is the right one and reaches the threshold. FPIR: share of non-mated"
          + " searches in which anybody reaches it.",
      "The gallery is enrolled by the rules of watchlist build; a picture that these refuse is"
          + " named, and searches for somebody with no other are left out and counted.",
      "A mated picture without a face is a miss; a non-mated one is left out. FPIR grows with the"
          + " list: figures hold for a list of this length."
    },
    footer = {
      "",
      "Example:",
      "  sightline evaluate identify --gallery listed --mated seen --nonmated others --json"
          + " out.json"
    })
final class EvaluateIdentifyCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(
      names = "--gallery",
      required = true,
      paramLabel = "DIR",
      description = "Pictures to list people by: a folder, or a file, for each.")
  private Path gallery;

  @Option(
      names = "--mated",
      required = true,
      paramLabel = "DIR",
      description = "Other pictures of people in the gallery, under the same names.")
  private Path mated;

  @Option(
      names = "--nonmated",
      required = true,
      paramLabel = "DIR",
      description = "Pictures of people who are not: a folder, or a file, for each.")
  private Path nonMated;

  @Option(
      names = "--json",
      required = true,
      paramLabel = "OUT",
      description =
          "File for the result: scoring, galleryEntries, failuresToEnrol, enrolment,"
              + " searchesForUnlisted, matedSearches, nonMatedSearches, failuresToAcquire"
              + " (pictures), rank1, points, det.")
  private Path json;

  @Option(
      names = "--det",
      paramLabel = "FILE.svg",
      description = "File for a picture of the detection error trade-off.")
  private @Nullable Path det;

  @Mixin private ScoringOption scoring;

  @Mixin private PackOptions pack;

  @Mixin private DeviceOption device;

  @Override
  public Integer call() throws SightlineException, InterruptedException {
    SubjectFolders listed = SubjectFolders.orFilesIn(gallery);
    SubjectFolders searched = SubjectFolders.orFilesIn(mated);
    SubjectFolders others = SubjectFolders.orFilesIn(nonMated);
    ResultFile file = ResultFile.at(json);
    ResultFile picture = det == null ? null : ResultFile.at(det);
    InstalledPack installed = pack.installed();
    PrintWriter err = command.commandLine().getErr();
    Identification result =
        Identification.measure(
            listed,
            searched,
            others,
            installed,
            device.compute(),
            EnrolmentLines.calibration(installed.manifest()),
            scoring.with(installed.manifest()),
            new PictureCount(err));
    file.write(Measured.with(installed.manifest(), result));
    if (picture != null) {
      picture.writeText(result.detPlot().svg());
    }
    EnrolmentLines.print(result.listed().enrolment(), result.listed().failuresToEnrol(), err);
    summarise(result, err);
    return 0;
  }

  private static void summarise(Identification result, PrintWriter err) {
    err.printf(
        Locale.ROOT,
        "%d listed, %d mated (and %d left out, of people who are not listed) and %d non-mated"
            + " searches, %d failures to acquire, rank 1 %.2f %%%n",
        result.listed().galleryEntries(),
        result.searches().matedSearches(),
        result.searches().searchesForUnlisted(),
        result.searches().nonMatedSearches(),
        result.searches().failuresToAcquire(),
        100 * result.rank1());
    for (Identification.Point point : result.points()) {
      err.printf(
          Locale.ROOT,
          "TPIR %.2f %% (%.2f to %.2f) at FPIR %.2f %% (%.2f to %.2f)%n",
          100 * point.tpir(),
          100 * point.tpirInterval().lower95(),
          100 * point.tpirInterval().upper95(),
          100 * point.fpir(),
          100 * point.fpirInterval().lower95(),
          100 * point.fpirInterval().upper95());
    }
  }
}
