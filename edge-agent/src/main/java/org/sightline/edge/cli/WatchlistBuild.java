package org.sightline.edge.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.crypto.AuthorityKey;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.detect.FaceDetectors;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.embed.FaceEmbedder;
import org.sightline.edge.embed.FaceEmbedders;
import org.sightline.edge.enrol.Enroller;
import org.sightline.edge.enrol.EnrolmentResult.Reason;
import org.sightline.edge.enrol.ListEnrolment;
import org.sightline.edge.enrol.ListEnrolment.Outcome;
import org.sightline.edge.enrol.PictureList;
import org.sightline.edge.inference.InstalledPack;
import org.sightline.edge.watchlist.BundleTerms;
import org.sightline.edge.watchlist.BundleWriter;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code watchlist build}. */
@Command(
    name = "build",
    description = {
      "Makes a watchlist from pictures: signed, encrypted to one device, for one deployment.",
      "",
      "Every picture that cannot be enrolled is listed with its reason. Unless --accept-refusals is"
          + " given, one such picture is enough for no list to be made, and the exit code is 1."
    },
    footer = {
      "",
      "The CSV file has the columns subject,category,image and a row for each picture. A folder holds"
          + " a folder for each subject, or pictures named as their subjects.",
      "",
      "Example:",
      "  sightline watchlist build --csv list.csv --pack retail-0095 --device device.identity \\",
      "    --authority a.key --deployment D-2026-11-23 --expires +PT24H --out list.bundle"
    })
final class WatchlistBuild implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private Source source;

  @Option(
      names = "--category",
      defaultValue = "listed",
      paramLabel = "TEXT",
      description = "Why those in --folder are listed (default: ${DEFAULT-VALUE}).")
  private String category;

  @Option(
      names = "--pack",
      required = true,
      paramLabel = "NAME",
      description = "Model pack that the device uses.")
  private String pack;

  @Mixin private ModelsFolderOption models;

  @Option(
      names = "--device",
      required = true,
      paramLabel = "FILE",
      description = "Identity file of the device.")
  private Path device;

  @Option(
      names = "--authority",
      required = true,
      paramLabel = "KEY",
      description = "Key file of an authority that signs; once for each.")
  private List<Path> authorities;

  @Option(
      names = "--deployment",
      required = true,
      paramLabel = "ID",
      description = "Name of the deployment.")
  private String deployment;

  @Option(
      names = "--expires",
      required = true,
      paramLabel = "TIME",
      converter = Moment.class,
      description = "From then on the list is refused: +PT24H or 2026-11-24T09:00:00Z.")
  private Instant expires;

  @Option(
      names = "--list-version",
      paramLabel = "N",
      description =
          "Must rise with each list made for a deployment (default: the seconds since 1970).")
  private @Nullable Long listVersion;

  @Option(
      names = "--accept-refusals",
      description = "Make the list of the rest if pictures are refused.")
  private boolean acceptRefusals;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Watchlist bundle to make; an existing file is never overwritten.")
  private Path out;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Report to make, as JSON: entries, refused pictures with reasons, subjects left out.")
  private @Nullable Path report;

  /** Where the pictures are. */
  private static final class Source {
    @Option(
        names = "--csv",
        required = true,
        paramLabel = "FILE",
        description = "List of pictures: subject,category,image.")
    private @Nullable Path csv;

    @Option(
        names = "--folder",
        required = true,
        paramLabel = "DIR",
        description = "Folder with a folder for each subject, or with pictures.")
    private @Nullable Path folder;

    Collection<PictureList.Subject> read(String category) throws SightlineException {
      if (csv != null) {
        return PictureList.ofCsv(csv);
      }
      return folder == null ? List.of() : PictureList.ofFolder(folder, category);
    }
  }

  /** What {@code --report} holds. */
  record Report(int entries, List<Refused> refusedPictures, List<String> refusedSubjects) {
    record Refused(String subject, String picture, Reason reason, String explanation) {}

    static Report of(Outcome outcome) {
      return new Report(
          outcome.entries(),
          outcome.refusedPictures().stream()
              .map(
                  refused ->
                      new Refused(
                          refused.subject().value(),
                          refused.picture().toString(),
                          refused.reason(),
                          refused.explanation()))
              .toList(),
          outcome.refusedSubjects().stream().map(SubjectRef::value).toList());
    }
  }

  @Override
  public Integer call() throws SightlineException {
    NewFiles.requireAbsent(out);
    if (report != null) {
      NewFiles.requireAbsent(report);
    }
    List<AuthorityKey> signers = new ArrayList<>();
    for (Path file : authorities) {
      signers.add(AuthorityKey.read(file));
    }
    DeviceIdentity identity = DeviceIdentity.read(device);
    Collection<PictureList.Subject> list = source.read(category);
    InstalledPack installed = models.packs().installed(pack);
    int threads = Runtime.getRuntime().availableProcessors();
    try (FaceDetector detector =
            FaceDetectors.open(
                installed.manifest(), installed.folder(), DetectionSettings.stills(threads));
        FaceEmbedder embedder =
            FaceEmbedders.open(installed.manifest(), installed.folder(), threads);
        BundleWriter writer = BundleWriter.create(out, terms(installed), identity, signers)) {
      Outcome outcome = enrol(list, new Enroller(detector, embedder), writer);
      tell(outcome);
      if (outcome.entries() == 0 || !(outcome.complete() || acceptRefusals)) {
        spec.commandLine().getErr().println(refusal(outcome));
        return Sightline.EXIT_NO;
      }
      Sha256 digest = writer.finish();
      spec.commandLine()
          .getOut()
          .printf(
              "%d of %d subjects listed, %d pictures refused: %s%n  digest  %s%n",
              outcome.entries(), list.size(), outcome.refusedPictures().size(), out, digest);
      return 0;
    }
  }

  private BundleTerms terms(InstalledPack installed) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    try {
      return new BundleTerms(
          new DeploymentId(deployment),
          installed.manifest().name(),
          installed.manifest().version(),
          installed.manifest().embedder().dimension(),
          listVersion == null ? now.getEpochSecond() : listVersion,
          now,
          expires);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private static Outcome enrol(
      Collection<PictureList.Subject> list, Enroller enroller, BundleWriter writer)
      throws SightlineException {
    if (!TerminalProgress.hasTerminal()) {
      return ListEnrolment.enrol(list, enroller::enrol, writer::add, () -> {});
    }
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("enrolling")
            .setInitialMax(list.size())
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .build()) {
      return ListEnrolment.enrol(list, enroller::enrol, writer::add, bar::step);
    }
  }

  private void tell(Outcome outcome) throws SightlineException {
    PrintWriter err = spec.commandLine().getErr();
    outcome
        .refusedPictures()
        .forEach(
            refused ->
                err.printf(
                    "refused: %s: %s: %s%n",
                    refused.subject(), refused.picture(), refused.explanation()));
    outcome
        .refusedSubjects()
        .forEach(subject -> err.printf("left out: %s: no usable picture%n", subject));
    if (report != null) {
      DocumentFile.create(
          report,
          (JsonOutput.text(Report.of(outcome)) + System.lineSeparator())
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String refusal(Outcome outcome) {
    return outcome.entries() == 0
        ? "no list was made: no picture can be used"
        : String.format(
            "no list was made: %d pictures were refused, %d subjects left out (mend them, or give"
                + " --accept-refusals)",
            outcome.refusedPictures().size(), outcome.refusedSubjects().size());
  }
}
