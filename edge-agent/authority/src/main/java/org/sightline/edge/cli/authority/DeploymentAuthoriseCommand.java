package org.sightline.edge.cli.authority;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.Authorisation.AlertLimits;
import org.sightline.edge.authorisation.Authorisation.Grounds;
import org.sightline.edge.authorisation.Authorisation.LegalBasis;
import org.sightline.edge.authorisation.Authorisation.ListRule;
import org.sightline.edge.authorisation.Authorisation.Officer;
import org.sightline.edge.authorisation.Authorisation.Period;
import org.sightline.edge.authorisation.Authorisation.PublicNotice;
import org.sightline.edge.authorisation.Authorisation.Purpose;
import org.sightline.edge.authorisation.Authorisation.Site;
import org.sightline.edge.authorisation.AuthorisedBox;
import org.sightline.edge.authorisation.AuthorisedCamera;
import org.sightline.edge.authorisation.CameraKind;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.authorisation.LowestRecognition;
import org.sightline.edge.authorisation.OutcomeRule;
import org.sightline.edge.authorisation.Permits;
import org.sightline.edge.authorisation.StatedGroup;
import org.sightline.edge.authorisation.Urgency;
import org.sightline.edge.cli.Moment;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.CategoryPolicy;
import org.sightline.edge.domain.CategoryRule;
import org.sightline.edge.domain.Place;
import org.sightline.edge.domain.Response;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.watchlist.BundleContents;
import org.sightline.edge.watchlist.BundleHeader;
import org.sightline.edge.watchlist.ControlTerms;
import org.sightline.edge.watchlist.WatchlistBundle;
import org.sightline.edge.watchlist.WatchlistBundle.VerifiedFile;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code deployment authorise}. */
@Command(
    name = "authorise",
    description = {
      "Signs who may watch for whom, where, from when until when.",
      "",
      "The deployment's name is that of the watchlist. No camera is opened without a valid"
          + " authorisation, and none stays open after its end. A live deployment needs the"
          + " signatures of two authorities, here or by 'deployment countersign'; an exercise one,"
          + " and so does an urgent one for 24 hours."
    },
    footer = {
      "",
      "Times are now, +PT4H (from now), or ISO 8601 like 2026-11-23T09:00:00Z.",
      "",
      "Example:",
      "  sightline deployment authorise --authority a.key --authority b.key --class live \\",
      "    --device device.identity --van van-7 --watchlist list.bundle \\",
      "    --officer 'Supt 1234' --purpose 'wanted on warrant' --legal-basis 'LFR policy 5.2' \\",
      "    --place 'High Street' --public-notice https://example.org/notices/12 \\",
      "    --control-room controlroom.public --threshold-floor 0.60 \\",
      "    --start 2026-11-23T09:00:00Z --for PT4H --out authorisation.json"
    })
final class DeploymentAuthoriseCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--authority",
      required = true,
      paramLabel = "KEY",
      description = "Key file of an authority that signs; once for each.")
  private List<Path> authorities;

  @Option(
      names = "--list-authority",
      paramLabel = "FILE",
      description =
          "Public file of the authority that signed the watchlist, if it is none of those who sign"
              + " here.")
  private List<Path> listAuthorities = List.of();

  @Option(
      names = "--device",
      required = true,
      paramLabel = "FILE",
      description = "Identity file of the device.")
  private Path device;

  @Option(names = "--van", required = true, paramLabel = "ID", description = "Name of the van.")
  private String van;

  @Option(
      names = "--box",
      paramLabel = "ID=FILE",
      description =
          "A further van of the same deployment, by its name and the identity file of its device;"
              + " once for each. The list has to be for all of them (watchlist build --device). A"
              + " van of a version before this refuses such an authorisation.")
  private Map<String, Path> boxes = Map.of();

  @Option(
      names = "--watchlist",
      required = true,
      paramLabel = "BUNDLE",
      description = "The one watchlist that may be used.")
  private Path watchlist;

  @Option(
      names = "--class",
      defaultValue = "exercise",
      paramLabel = "CLASS",
      description = "exercise or live (default: ${DEFAULT-VALUE}).")
  private DeploymentClass deploymentClass;

  @Option(
      names = "--officer",
      required = true,
      paramLabel = "TEXT",
      description = "Who authorises.")
  private String officer;

  @Option(
      names = "--purpose",
      required = true,
      paramLabel = "TEXT",
      description = "What the deployment is for.")
  private String purpose;

  @Option(
      names = "--legal-basis",
      required = true,
      paramLabel = "TEXT",
      description = "The law or policy it rests on.")
  private String legalBasis;

  @Option(
      names = "--place",
      required = true,
      paramLabel = "TEXT",
      description = "Where the cameras are.")
  private String place;

  @Option(
      names = "--public-notice",
      required = true,
      paramLabel = "REF",
      description = "Reference of the notice by which the public was informed.")
  private String publicNotice;

  @Option(
      names = "--start",
      required = true,
      paramLabel = "TIME",
      converter = Moment.class,
      description = "First moment of capture.")
  private Instant start;

  @ArgGroup(multiplicity = "1")
  private End end;

  @Option(
      names = "--threshold-floor",
      required = true,
      paramLabel = "COSINE",
      description = "No alert is raised below this similarity, whatever is derived; -1 to 1.")
  private double thresholdFloor;

  @Option(
      names = "--max-false-alerts",
      paramLabel = "N",
      description =
          "Expected false alerts per 1000 faces that the threshold is derived for (default:"
              + " ${DEFAULT-VALUE}). Nothing is promised of a list and a street of people who"
              + " resemble each other, as of one group.")
  private double maximumFalseAlertsPer1000Faces =
      Authorisation.DEFAULT_MAXIMUM_FALSE_ALERTS_PER_1000_FACES;

  @ArgGroup(exclusive = false)
  private @Nullable Recognition recognition;

  /** How often control entries have to be found before alerts are raised. */
  private static final class Recognition {
    @Option(
        names = "--lowest-recognition-rate",
        required = true,
        paramLabel = "RATE",
        description =
            "Lowest share of the latest walks by a camera, above 0 to 1, that has to be recognised"
                + " for it to raise alerts; needs control entries in the list. A van of a version"
                + " before this refuses such an authorisation.")
    private double rate;

    @Option(
        names = "--walks",
        required = true,
        paramLabel = "N",
        description = "Passes by each camera that the rate is of: until then it raises no alerts.")
    private int walks;

    LowestRecognition rule() {
      return new LowestRecognition(rate, walks);
    }
  }

  @Option(
      names = "--max-list-age",
      paramLabel = "DURATION",
      description =
          "How old the list may be when capture starts (default: ${DEFAULT-VALUE}, at most P7D).")
  private Duration maximumListAge = Authorisation.DEFAULT_MAXIMUM_LIST_AGE;

  @Option(
      names = "--alert-retention",
      paramLabel = "DURATION",
      description =
          "When alerts, their pictures and outcomes are deleted (default and longest:"
              + " ${DEFAULT-VALUE}).")
  private Duration alertRetention = AlertTerms.LONGEST_RETENTION;

  @Option(
      names = "--alerts-stale-after",
      paramLabel = "DURATION",
      description =
          "Age from which an alert is marked as stale, because the person has probably gone"
              + " (default: ${DEFAULT-VALUE}, at most PT15M).")
  private Duration staleAfter = AlertTerms.DEFAULT_STALE_AFTER;

  @Option(
      names = "--control-room",
      paramLabel = "FILE",
      description =
          "Public file of the control room for which pictures and subject references are sealed,"
              + " and whose outcomes count; a live deployment needs one (default: alerts go in"
              + " clear, outcomes are recorded on the box).")
  private @Nullable Path controlRoom;

  @Option(
      names = "--two-officers",
      description =
          "An outcome counts only if two officers found the same, or a supervisor decided between"
              + " them; needs --control-room. A van of a version before this refuses such an"
              + " authorisation.")
  private boolean twoOfficers;

  @Option(
      names = "--body-picture",
      description =
          "An alert may carry a picture of the person's figure with everything and everybody else"
              + " in it pixelated and the way they walk, and the van may say whether they are still"
              + " in view. A van of a version before this refuses such an authorisation.")
  private boolean bodyPicture;

  @Option(
      names = "--onvif-events",
      description =
          "A van that is set to send ONVIF events may send one after an alert that is sealed for"
              + " the control room: that there is one, at which camera, and nothing of the subject."
              + " A van of a version before this refuses such an authorisation.")
  private boolean onvifEvents;

  @Option(
      names = "--groups",
      paramLabel = "FILE",
      description =
          "Code list of groups of people, one of which an officer may state of somebody who was"
              + " stopped: a code and what it stands for on each line; needs --control-room"
              + " (default: no group may be stated). A van of a version before this refuses such"
              + " an authorisation.")
  private @Nullable Path groups;

  @Option(
      names = "--camera",
      paramLabel = "[VAN/]ID[=ZONE]",
      converter = CameraOption.Converter.class,
      description =
          "A camera that may be read, and no others, by its id in the van's settings; once for"
              + " each, one of a further van (--box) with the van's name before it. With a file, nobody is looked at outside the zone in it: on each line a"
              + " corner, from 0 to 1 across and down the view (default: the van's cameras are not"
              + " named). A van of a version before this refuses such an authorisation.")
  private List<CameraOption> cameras = List.of();

  @Option(
      names = "--recording",
      paramLabel = "[VAN/]ID[=ZONE]",
      converter = CameraOption.Converter.class,
      description = "The same of a recording in place of a camera, which an exercise alone reads.")
  private List<CameraOption> recordings = List.of();

  @Option(
      names = "--urgent",
      paramLabel = "REASON",
      description =
          "Why it cannot wait for a second authority, in one line: one signature is enough then."
              + " The deployment ends by itself 24 hours after it is signed unless another authority"
              + " has confirmed it (deployment confirm), and all that came of it is discarded if"
              + " another authority refuses it (deployment refuse). The reason is published with the record. A van of"
              + " a version before this refuses such an authorisation.")
  private @Nullable String urgent;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Authorisation to make; an existing file is never overwritten.")
  private Path out;

  /** The end, in one of two ways. */
  private static final class End {
    @Option(
        names = "--end",
        required = true,
        paramLabel = "TIME",
        converter = Moment.class,
        description = "First moment at which capture is over.")
    private @Nullable Instant at;

    @Option(
        names = "--for",
        required = true,
        paramLabel = "DURATION",
        description = "How long from the start, as in PT4H or PT30M.")
    private @Nullable Duration after;

    Instant from(Instant start) {
      if (at != null) {
        return at;
      }
      return after == null ? start : start.plus(after);
    }
  }

  @Override
  public Integer call() throws SightlineException {
    List<AuthorityKey> signers = signers();
    requireUrgent(signers);
    DeviceIdentity identity = DeviceIdentity.read(device);
    VerifiedFile list = WatchlistBundle.verify(watchlist, trustedForTheList(signers));
    Optional<List<StatedGroup>> stated =
        groups == null ? Optional.empty() : Optional.of(GroupList.read(groups));
    Authorisation authorisation = authorisation(site(identity), list, recipient(), stated);
    requireAllowed(list.header().terms().policy(), authorisation);
    if (recognition != null && list.header().terms().control().isEmpty()) {
      throw wrongUse(
          "the list has no control entries, so that nobody can walk (watchlist build --control)");
    }
    DocumentFile.createDocument(out, authorisation.sign(signers).bytes());
    PrintWriter terminal = spec.commandLine().getOut();
    printList(terminal, list.header());
    terminal.printf(
        "%s %s authorised from %s until %s, signed by %d: %s%n",
        deploymentClass == DeploymentClass.LIVE ? "live deployment" : "exercise",
        authorisation.deployment(),
        authorisation.period().start(),
        authorisation.period().end(),
        signers.size(),
        out);
    authorisation.limits().recognition().ifPresent(rule -> terminal.println(rule.line()));
    if (twoOfficers) {
      terminal.println("an outcome needs two officers");
    }
    authorisation.permitLines().forEach(terminal::println);
    stated.ifPresent(
        each ->
            each.forEach(group -> terminal.printf("group %-8s %s%n", group.code(), group.label())));
    authorisation
        .lapses()
        .ifPresent(
            lapses ->
                terminal.printf(
                    "urgent: lapses at %s unless another authority confirms it (deployment confirm)%n",
                    lapses));
    if (urgent == null
        && deploymentClass == DeploymentClass.LIVE
        && signers.size() < Authorisation.SIGNATURES_FOR_LIVE) {
      terminal.println(
          "it permits nothing yet: another authority has to sign it (deployment countersign)");
    }
    return 0;
  }

  /** What two have signed waits for nobody, and what begins later can wait. */
  private void requireUrgent(List<AuthorityKey> signers) {
    if (urgent == null) {
      return;
    }
    if (signers.size() > 1) {
      throw wrongUse("two authorities sign it: it is not urgent");
    }
    if (!start.isBefore(Instant.now().plus(Urgency.UNCONFIRMED_FOR))) {
      throw wrongUse(
          "it starts in 24 hours or more: have it countersigned until then, it is not urgent");
    }
  }

  private Optional<Urgency> urgency() {
    return Optional.ofNullable(urgent)
        .map(reason -> new Urgency(reason, Instant.now().truncatedTo(ChronoUnit.SECONDS)));
  }

  /** What the officer puts a name to, as far as it may be shown. */
  private static void printList(PrintWriter out, BundleHeader header) {
    BundleContents contents = header.contents();
    out.printf("watchlist of %d, made %s%n", header.entryCount(), header.terms().created());
    contents
        .entriesByCategory()
        .forEach((category, entries) -> out.printf("  %-16s %d%n", category, entries));
    header
        .terms()
        .control()
        .ifPresent(
            control ->
                out.printf(
                    "  %-16s raise no alerts; their consent: %s%n",
                    ControlTerms.CATEGORY, control.consent()));
    out.printf("  %-16s %d%n", "under 18", contents.under18Entries());
    header.terms().policy().rules().forEach(rule -> printRule(out, rule));
    out.printf("  %-16s %s%n", "earliest review", contents.earliestReview());
  }

  private static void printRule(PrintWriter out, CategoryRule rule) {
    Response response = rule.response();
    Similarity threshold = rule.threshold();
    out.printf(
        "  %s: %s, urgency %d, %s%s: %s%n",
        rule.category(),
        response.colour().word(),
        response.urgency(),
        response.confirmation(),
        threshold == null ? "" : ", threshold at least " + threshold.cosine(),
        response.instruction());
  }

  private void requireAllowed(CategoryPolicy policy, Authorisation authorisation) {
    policy
        .conflict(
            authorisation.limits().thresholdFloor(),
            authorisation.alerts().controlRoom().isPresent())
        .ifPresent(
            conflict -> {
              throw wrongUse(conflict + " (authorise otherwise, or build the list again)");
            });
  }

  private List<AuthorityKey> signers() throws SightlineException {
    Map<Sha256, AuthorityKey> signers = new LinkedHashMap<>();
    for (Path file : authorities) {
      AuthorityKey key = AuthorityKey.read(file);
      signers.put(key.publicKey().fingerprint(), key);
    }
    return List.copyOf(signers.values());
  }

  private List<AuthorityPublicKey> trustedForTheList(List<AuthorityKey> signers)
      throws SightlineException {
    List<AuthorityPublicKey> trusted = new ArrayList<>();
    signers.forEach(signer -> trusted.add(signer.publicKey()));
    for (Path file : listAuthorities) {
      trusted.add(AuthorityPublicKey.read(file));
    }
    return trusted;
  }

  private Optional<ControlRoomIdentity> recipient() throws SightlineException {
    if (controlRoom == null && deploymentClass == DeploymentClass.LIVE) {
      throw wrongUse(
          "a live deployment needs a control room, which takes no alert that is not sealed for it:"
              + " give --control-room");
    }
    return controlRoom == null
        ? Optional.empty()
        : Optional.of(ControlRoomIdentity.read(controlRoom));
  }

  private Site site(DeviceIdentity identity) throws SightlineException {
    requireBoxesOf(cameras);
    requireBoxesOf(recordings);
    List<AuthorisedBox> others = new ArrayList<>();
    try {
      for (Map.Entry<String, Path> box : boxes.entrySet()) {
        others.add(
            new AuthorisedBox(
                new VanId(box.getKey()),
                DeviceIdentity.read(box.getValue()).fingerprint(),
                camerasOf(box.getKey())));
      }
      return new Site(
          new VanId(van),
          identity.fingerprint(),
          new Place(place),
          camerasOf(van),
          others.isEmpty() ? Optional.empty() : Optional.of(others));
    } catch (IllegalArgumentException e) {
      throw wrongUse(String.valueOf(e.getMessage()));
    }
  }

  private void requireBoxesOf(List<CameraOption> named) {
    for (CameraOption camera : named) {
      String of = camera.van(van);
      if (!of.equals(van) && !boxes.containsKey(of)) {
        throw wrongUse("no van of this name is authorised: " + of + " (name it by --box)");
      }
    }
  }

  private Optional<List<AuthorisedCamera>> camerasOf(String box) throws SightlineException {
    List<AuthorisedCamera> named = new ArrayList<>();
    for (CameraOption camera : cameras) {
      if (camera.van(van).equals(box)) {
        named.add(camera.as(CameraKind.LIVE));
      }
    }
    for (CameraOption recording : recordings) {
      if (recording.van(van).equals(box)) {
        named.add(recording.as(CameraKind.RECORDED));
      }
    }
    return named.isEmpty() ? Optional.empty() : Optional.of(named);
  }

  private Authorisation authorisation(
      Site site,
      VerifiedFile list,
      Optional<ControlRoomIdentity> recipient,
      Optional<List<StatedGroup>> stated) {
    BundleHeader header = list.header();
    Instant until = end.from(start);
    requireListFor(site, header);
    if (header.terms().created().plus(maximumListAge).isBefore(start)) {
      throw wrongUse(
          "the watchlist was made at "
              + header.terms().created()
              + ", more than "
              + maximumListAge
              + " before the start");
    }
    if (until.isAfter(header.terms().expires())) {
      throw wrongUse(
          "the watchlist expires at "
              + header.terms().expires()
              + ", before the deployment ends at "
              + until);
    }
    try {
      return new Authorisation(
          header.terms().deployment(),
          deploymentClass,
          site,
          new Grounds(
              new Officer(officer),
              new Purpose(purpose),
              new LegalBasis(legalBasis),
              new PublicNotice(publicNotice),
              urgency()),
          new Period(start, until),
          new ListRule(list.digest(), maximumListAge),
          new AlertLimits(
              thresholdFloor(),
              maximumFalseAlertsPer1000Faces,
              Optional.ofNullable(recognition).map(Recognition::rule)),
          new AlertTerms(
              alertRetention,
              staleAfter,
              recipient,
              twoOfficers ? Optional.of(OutcomeRule.TWO_OFFICERS) : Optional.empty(),
              new Permits(bodyPicture, onvifEvents).ifAny(),
              stated));
    } catch (IllegalArgumentException e) {
      throw wrongUse(String.valueOf(e.getMessage()));
    }
  }

  private void requireListFor(Site site, BundleHeader header) {
    for (AuthorisedBox box : site.boxes()) {
      if (!header.isFor(box.device())) {
        throw wrongUse(
            header.devices() == 1
                ? "the watchlist is for device "
                    + header.device().shortForm()
                    + ", not for "
                    + box.device().shortForm()
                : "the watchlist is for "
                    + header.devices()
                    + " devices, and not for "
                    + box.device().shortForm());
      }
    }
    if (header.devices() > site.boxes().size()) {
      throw wrongUse(
          "the watchlist is for "
              + header.devices()
              + " devices, and "
              + site.boxes().size()
              + " are authorised here (name each by --box, or build the list for these alone)");
    }
  }

  private Similarity thresholdFloor() {
    try {
      return new Similarity(thresholdFloor);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a threshold floor lies in [-1, 1]", e);
    }
  }

  private ParameterException wrongUse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
