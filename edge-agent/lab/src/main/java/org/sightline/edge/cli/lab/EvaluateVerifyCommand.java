package org.sightline.edge.cli.lab;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.sightline.edge.cli.ResultFile;
import org.sightline.edge.cli.models.PackOptions;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.evaluate.FaceReader;
import org.sightline.edge.evaluate.Verification;
import org.sightline.edge.evaluate.VerificationPairs;
import org.sightline.edge.models.InstalledPack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One to one, by the protocol of Labeled Faces in the Wild. */
@Command(
    name = "verify",
    description = {
      "Measures how well a model pack decides whether two pictures show one person, by the protocol"
          + " of Labeled Faces in the Wild: each fold of the pairs is decided at the threshold that"
          + " is best for the others.",
      "The face nearest a picture's centre counts as its subject. A picture without a face is a"
          + " failure to acquire, and its pairs count as not matching."
    },
    footer = {
      "",
      "Example:",
      "  sightline evaluate verify --images lfw --pairs lfw/pairs.txt --json lfw.json"
    })
final class EvaluateVerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(
      names = "--images",
      required = true,
      paramLabel = "DIR",
      description = "Folder with a folder NAME of pictures NAME_0001.jpg for each person.")
  private Path images;

  @Option(
      names = "--pairs",
      required = true,
      paramLabel = "FILE",
      description = "Pairs in the form of LFW's pairs.txt.")
  private Path pairs;

  @Option(
      names = "--json",
      required = true,
      paramLabel = "OUT",
      description =
          "File for the result: pairs, failuresToAcquire (pictures), accuracy, accuracyStdDev,"
              + " tarAtFar, thresholdAtFar, folds.")
  private Path json;

  @Mixin private PackOptions pack;

  @Mixin private DeviceOption device;

  @Override
  public Integer call() throws SightlineException {
    VerificationPairs listed = VerificationPairs.read(pairs, images);
    ResultFile file = ResultFile.at(json);
    InstalledPack installed = pack.installed();
    try (FaceReader reader = FaceReader.open(installed, device.compute())) {
      Verification result =
          Verification.measure(listed, reader, new PictureCount(command.commandLine().getErr()));
      file.write(Measured.with(installed.manifest(), result));
      command
          .commandLine()
          .getErr()
          .printf(
              Locale.ROOT,
              "accuracy %.2f %% +- %.2f, TAR %.2f %% at FAR 1e-3, %d pairs, %d failures to"
                  + " acquire%n",
              100 * result.accuracy(),
              100 * result.accuracyStdDev(),
              100 * result.tarAtFar().getOrDefault("1e-3", 0.0),
              result.pairs(),
              result.failuresToAcquire());
    }
    return 0;
  }
}
