package org.sightline.edge.cli.authority;

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
import org.sightline.edge.cli.JsonOutput;
import org.sightline.edge.cli.Moment;
import org.sightline.edge.cli.NewFiles;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.cli.models.ModelsFolderOption;
import org.sightline.edge.cli.models.TerminalProgress;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.CategoryPolicy;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.ListScale;
import org.sightline.edge.domain.Scoring;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.enrol.EnrolmentWorkers;
import org.sightline.edge.enrol.ListEnrolment;
import org.sightline.edge.enrol.ListEnrolment.Outcome;
import org.sightline.edge.enrol.ListEnrolment.RefusedPicture;
import org.sightline.edge.enrol.ListRules;
import org.sightline.edge.enrol.LookAlikes;
import org.sightline.edge.enrol.PictureList;
import org.sightline.edge.enrol.PictureList.ListedPicture;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPack;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.signing.BundleWriter;
import org.sightline.edge.threshold.ThresholdChoice;
import org.sightline.edge.watchlist.BundleHeader;
import org.sightline.edge.watchlist.BundleTerms;
import org.sightline.edge.watchlist.ControlTerms;
import org.sightline.edge.watchlist.EntryTerms;
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
          + " given, one such picture is enough for no list to be made. The same holds for two"
          + " subjects who may be one person, unless --accept-look-alikes is given."
    },
    exitCodeList = {
      "0:the list was made",
      "1:refused pictures or look-alikes kept it from being made",
      "2:the input cannot be used"
    },
    footer = {
      "",
      "The CSV file has a row for each picture and the columns"
          + " subject,category,image,review,source,legal-basis,under18: review is the day until"
          + " which the listing has been reviewed, not before the list expires; source is where the"
          + " picture comes from; under18 is yes or no. A folder holds a folder for each subject,"
          + " or pictures named as their subjects.",
      "",
      "Example:",
      "  sightline watchlist build --csv list.csv --pack retail-0095 --device device.identity \\",
      "    --authority a.key --deployment D-2026-11-23 --expires +PT24H --out list.bundle"
    })
final class WatchlistBuild implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @ArgGroup(multiplicity = "1")
  private WatchlistSource source;

  @Option(
      names = "--accept-under-18",
      description = "Allow people under 18 on the list, who are not ordinarily listed.")
  private boolean acceptUnder18;

  @Option(
      names = "--categories",
      paramLabel = "FILE",
      description = {
        "What holds for each category: colour, urgency, instruction, contact, sound, threshold, who"
            + " confirms. It is signed with the list. A van of a version before this refuses such"
            + " a list (default: categories are words alone)."
      })
  private @Nullable Path categories;

  @Option(
      names = "--control",
      paramLabel = "TEXT",
      description = {
        "Those in the category 'control' are staff who walk past the cameras so that it is known"
            + " how often they are found, and they consented; TEXT says where their consent is"
            + " kept, and is signed with the list. They raise no alerts. A van of a version before"
            + " this refuses such a list."
      })
  private @Nullable String control;

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
      description =
          "Identity file of a device that can open the list; once for each box of the deployment.")
  private List<Path> devices;

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
      description = "When the list expires: +PT24H or 2026-11-24T09:00:00Z.")
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
      names = "--accept-look-alikes",
      description = "Make the list although subjects may be one person under two references.")
  private boolean acceptLookAlikes;

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
          "Report to make, as JSON: all that is known of the list but the faces. It stays with the"
              + " maker of the list.")
  private @Nullable Path report;

  @Override
  public Integer call() throws SightlineException, InterruptedException {
    NewFiles.requireAbsent(out);
    if (report != null) {
      NewFiles.requireAbsent(report);
    }
    List<AuthorityKey> signers = new ArrayList<>();
    for (Path file : authorities) {
      signers.add(AuthorityKey.read(file));
    }
    List<DeviceIdentity> identities = new ArrayList<>();
    for (Path file : devices) {
      identities.add(DeviceIdentity.read(file));
    }
    requireDifferent(identities);
    InstalledPack installed = models.packs().installed(pack);
    CategoriesFile policy = categories == null ? null : CategoriesFile.read(categories);
    BundleTerms terms = terms(installed.manifest(), policy);
    Collection<PictureList.Subject> list =
        source.read(new ListRules(terms.lastDay(), acceptUnder18), spec.commandLine());
    requireConsent(list);
    if (policy != null) {
      policy.requireAllNamed(list);
    }
    try (EnrolmentWorkers workers = EnrolmentWorkers.open(installed);
        LookAlikes lookAlikes = new LookAlikes(terms.modelPack(), terms.templateDimension());
        BundleWriter writer = BundleWriter.create(out, terms, identities, signers)) {
      Calibration calibration =
          ThresholdChoice.calibration(installed.manifest(), null, Scoring.COSINE);
      Outcome outcome =
          enrol(
              list,
              workers,
              calibration,
              (entry, listing) -> {
                writer.add(entry, new EntryTerms(listing.reviewedUntil(), listing.under18()));
                lookAlikes.add(entry);
              });
      ListScale scale = ThresholdChoice.scale(installed.manifest(), null);
      Resemblances resemblances = Resemblances.of(list, lookAlikes, calibration, outcome, scale);
      report(outcome);
      resemblances.report(spec.commandLine().getErr());
      if (report != null) {
        write(report, WatchlistReport.of(terms, list, outcome, resemblances, acceptLookAlikes));
      }
      if (outcome.entries() == 0 || !(outcome.complete() || acceptRefusals)) {
        spec.commandLine().getErr().println(refusal(outcome));
        return Sightline.EXIT_NO;
      }
      if (resemblances.any() && !acceptLookAlikes) {
        spec.commandLine()
            .getErr()
            .println(
                "no list was made: subjects may be one person (list them under one reference, or"
                    + " give --accept-look-alikes if they are different people)");
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

  private void requireDifferent(List<DeviceIdentity> identities) {
    if (identities.size() > BundleHeader.MAX_DEVICES
        || identities.stream().map(DeviceIdentity::fingerprint).distinct().count()
            < identities.size()) {
      throw new ParameterException(
          spec.commandLine(),
          "a list is for 1 to " + BundleHeader.MAX_DEVICES + " devices: name each once");
    }
  }

  /** Nobody is a control entry by mistake, and none becomes somebody who is looked for. */
  private void requireConsent(Collection<PictureList.Subject> list) {
    boolean listed =
        list.stream()
            .anyMatch(subject -> subject.listing().category().equals(ControlTerms.CATEGORY));
    if (listed && control == null) {
      throw new ParameterException(
          spec.commandLine(),
          "the category 'control' is for staff who walk: say by --control where their consent is"
              + " kept, or list them as something else");
    }
    if (!listed && control != null) {
      throw new ParameterException(
          spec.commandLine(), "nobody is listed as 'control', though there is --control");
    }
  }

  private BundleTerms terms(ModelPack manifest, @Nullable CategoriesFile policy) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    try {
      BundleTerms terms =
          new BundleTerms(
                  new DeploymentId(deployment),
                  manifest.name(),
                  manifest.version(),
                  manifest.embedder().dimension(),
                  listVersion == null ? now.getEpochSecond() : listVersion,
                  now,
                  expires)
              .with(policy == null ? CategoryPolicy.NONE : policy.policy());
      return control == null ? terms : terms.with(new ControlTerms(control));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private static Outcome enrol(
      Collection<PictureList.Subject> list,
      EnrolmentWorkers workers,
      Calibration calibration,
      ListEnrolment.EntrySink sink)
      throws SightlineException, InterruptedException {
    if (!TerminalProgress.hasTerminal()) {
      return ListEnrolment.enrol(list, workers, calibration, sink, () -> {});
    }
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("enrolling")
            .setInitialMax(list.size())
            .setStyle(ProgressBarStyle.ASCII)
            .showSpeed()
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .build()) {
      return ListEnrolment.enrol(list, workers, calibration, sink, bar::step);
    }
  }

  private void report(Outcome outcome) {
    PrintWriter err = spec.commandLine().getErr();
    for (RefusedPicture refused : outcome.refusedPictures()) {
      ListedPicture picture = refused.picture();
      err.printf(
          "refused: %s: %s%s: %s: %s%n",
          refused.subject(),
          picture.file(),
          picture.line() > 0 ? " (line " + picture.line() + ")" : "",
          refused.reason(),
          refused.explanation());
    }
    outcome
        .refusedSubjects()
        .forEach(subject -> err.printf("left out: %s: no usable picture%n", subject));
  }

  private static void write(Path report, WatchlistReport content) throws SightlineException {
    DocumentFile.create(
        report,
        (JsonOutput.text(content) + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
  }

  private static String refusal(Outcome outcome) {
    return outcome.entries() == 0
        ? "no list was made: no picture can be used"
        : String.format(
            "no list was made: %d pictures were refused, %d subjects left out (fix them, or give"
                + " --accept-refusals)",
            outcome.refusedPictures().size(), outcome.refusedSubjects().size());
  }
}
