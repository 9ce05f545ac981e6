package org.sightline.edge.fieldtest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.app.Agent;
import org.sightline.edge.app.AgentObserver;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.app.Device;
import org.sightline.edge.audit.Actor;
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
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.FrameSources;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.config.KeyFile;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.deployment.DataFolderLock;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.Place;
import org.sightline.edge.domain.Scoring;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.fieldtest.AlertTimes.Stage;
import org.sightline.edge.fieldtest.FieldTestReport.Latency;
import org.sightline.edge.fieldtest.FieldTestReport.Search;
import org.sightline.edge.fieldtest.FieldTestReport.Speed;
import org.sightline.edge.fieldtest.ScenarioSettings.Listed;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPack;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.pipeline.PipelineCounters;
import org.sightline.edge.publish.Publication;
import org.sightline.edge.publish.VanIdentities;
import org.sightline.edge.publish.mqtt.AlertSubscriber;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.signing.BundleWriter;
import org.sightline.edge.threshold.ThresholdChoice;
import org.sightline.edge.watchlist.BundleTerms;
import org.sightline.edge.watchlist.EntryTerms;
import org.sightline.testkit.BrokerUnavailableException;
import org.sightline.testkit.LoopbackBroker;

/**
 * Runs a scenario through the real agent: with an authority, a device, a signed authorisation, an
 * encrypted watchlist and a broker that are made for it and thrown away with it. There is no way
 * around them, in a test either.
 */
public final class FieldTest {
  private static final VanId VAN = new VanId("field-test");
  private static final DeploymentId DEPLOYMENT = new DeploymentId("field-test");
  private static final double EVERY_FACE_PER_1000_FACES = 1000;
  private static final Similarity NO_FLOOR = new Similarity(-1);
  private static final Duration LONGEST = Duration.ofHours(12);

  private static final Duration SUBSCRIBING = Duration.ofSeconds(10);

  private final ScenarioSettings scenario;
  private final ModelPacks packs;
  private final List<RaisedAlert> raised = new CopyOnWriteArrayList<>();
  private final AlertTimes times = new AlertTimes();

  private FieldTest(ScenarioSettings scenario, ModelPacks packs) {
    this.scenario = scenario;
    this.packs = packs;
  }

  /**
   * Runs a scenario to the end of its clips.
   *
   * @param packs the installed model packs
   * @throws SightlineException if it could not be run
   */
  public static FieldTestReport run(ScenarioSettings scenario, ModelPacks packs)
      throws SightlineException, InterruptedException {
    return run(scenario, packs, List.of());
  }

  /**
   * Runs a scenario with a longer list.
   *
   * @param others listed beside those of the scenario, who never walk by
   * @throws SightlineException if it could not be run
   */
  public static FieldTestReport run(
      ScenarioSettings scenario, ModelPacks packs, List<WatchlistEntry> others)
      throws SightlineException, InterruptedException {
    return new FieldTest(scenario, packs).run(others);
  }

  private FieldTestReport run(List<WatchlistEntry> others)
      throws SightlineException, InterruptedException {
    InstalledPack pack = packs.installed(scenario.recognition().modelPack());
    rehearse(pack.manifest());
    Truths truths = Truths.of(scenario);
    try (TemporaryFolder folder = TemporaryFolder.make()) {
      ListOfScenario list = ListOfScenario.enrol(scenario, pack).and(others);
      try (LoopbackBroker broker = broker()) {
        BrokerSettings address = BrokerSettings.plain(broker.uri());
        // Somebody has to listen: an alert that nobody hears is not acknowledged.
        try (AlertSubscriber controlRoom =
            AlertSubscriber.start(
                address,
                VAN,
                VanIdentities.NONE,
                alert -> times.reached(Stage.RECEIVED, alert.id()))) {
          if (!controlRoom.awaitSubscribed(SUBSCRIBING)) {
            throw new SightlineException(
                ErrorKind.UNUSABLE_INPUT,
                "the broker made for the test cannot be reached",
                broker.uri().toString(),
                "check that nothing blocks loopback connections");
          }
          return run(
              deployment(folder.path(), pack.manifest(), list.entries(), address),
              list,
              truths,
              pack);
        }
      }
    }
  }

  private static LoopbackBroker broker() throws SightlineException {
    try {
      return LoopbackBroker.open();
    } catch (BrokerUnavailableException e) {
      throw new SightlineException(ErrorKind.UNUSABLE_INPUT, e.what(), e.where(), e.remedy(), e);
    }
  }

  /** Finds out what would be wrong at the end, before minutes go into enrolling the list. */
  private void rehearse(ModelPack pack) throws SightlineException {
    ThresholdChoice.calibration(pack, scenario.recognition().calibration(), Scoring.COSINE);
    if (scenario.recognition().attackPack() != null) {
      packs.installedAttackPack(scenario.recognition().attackPack());
    }
    for (Listed listed : scenario.watchlist()) {
      for (Path picture : listed.images()) {
        // A list of fewer pictures than the scenario says would be another test.
        if (!Files.isRegularFile(picture) || !Files.isReadable(picture)) {
          throw new SightlineException(
              ErrorKind.UNUSABLE_INPUT,
              "a picture of subject " + listed.subject() + " cannot be read",
              picture.toString(),
              "correct its path in the scenario, or its permissions");
        }
      }
    }
    for (CameraSettings camera : scenario.cameras()) {
      // The authority made for the test is nobody's: it must not open anybody's camera.
      if (FrameSources.isLive(camera.source())) {
        throw new SightlineException(
            ErrorKind.UNUSABLE_INPUT,
            "a field test replays clips and opens no camera",
            camera.describe(),
            "name a clip; a camera is opened by 'run', under an authorisation");
      }
      FrameSources.open(camera).close();
    }
  }

  private FieldTestReport run(
      AgentSettings settings, ListOfScenario list, Truths truths, InstalledPack pack)
      throws SightlineException, InterruptedException {
    long started = System.nanoTime();
    Agent agent = Agent.start(settings, Clock.systemUTC(), new Observer(), () -> {});
    double wallSeconds;
    try (agent) {
      if (!agent.awaitEnd(LONGEST)) {
        throw new SightlineException(
            ErrorKind.UNUSABLE_INPUT,
            "the scenario did not end within 12 h",
            scenario.name(),
            "use clips, not loops");
      }
      wallSeconds = (System.nanoTime() - started) / 1e9;
    }
    PipelineCounters.Snapshot counters = agent.counters();
    Scorecard scorecard = new Scorecard(scenario, truths.passes(), truths.labels(), raised);
    return FieldTestReport.of(
        scenario.name(),
        scorecard.knowing(undetected(scorecard.missedWalks(), settings.inference(), pack)),
        counters,
        agent.threshold(),
        Search.of(agent.threshold(), agent.galleryEntries(), scenario.recognition().modelPack()),
        Speed.of(wallSeconds, counters, Latency.of(times)),
        raised,
        list.refusedPictures());
  }

  /** Of missed walks those without a face to be found; null if nobody knows where they walk. */
  private @Nullable Set<TruePass> undetected(
      List<TruePass> missed, AgentSettings.Inference inference, InstalledPack pack)
      throws SightlineException, InterruptedException {
    Path truth = scenario.known().truth();
    return truth == null
        ? null
        : UndetectedPasses.among(
            missed,
            truth,
            scenario.cameras(),
            pack,
            DetectionSettings.frames(
                scenario.recognition().smallestFacePx(),
                new Compute(inference.device(), inference.threads())));
  }

  /** What is known beside the scenario itself: read before minutes go into running it. */
  private record Truths(@Nullable List<TruePass> passes, Labels labels) {
    static Truths of(ScenarioSettings scenario) throws SightlineException {
      return new Truths(
          scenario.known().truth() == null
              ? null
              : TruePass.read(
                  scenario.known().truth(),
                  scenario.cameras().stream().map(CameraSettings::id).toList()),
          scenario.known().labels() == null ? Labels.NONE : Labels.read(scenario.known().labels()));
    }
  }

  /** Makes everything that a deployment needs, for this run alone. */
  private AgentSettings deployment(
      Path folder, ModelPack pack, List<WatchlistEntry> entries, BrokerSettings broker)
      throws SightlineException {
    Path deviceKey = folder.resolve("device.key");
    Path authority = folder.resolve("authority.pub");
    Path authorisation = folder.resolve("authorisation.json");
    Path watchlist = folder.resolve("watchlist.bundle");
    Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Instant end = start.plus(LONGEST).plus(LONGEST);
    AuthorityKey authorityKey = AuthorityKey.generate();
    authorityKey.publicKey().writeTo(authority);
    try (DeviceKeys device = DeviceKeys.generate()) {
      device.writeTo(deviceKey);
      BundleTerms terms =
          new BundleTerms(
              DEPLOYMENT, pack.name(), pack.version(), pack.embedder().dimension(), 1, start, end);
      Sha256 digest;
      try (BundleWriter writer =
          BundleWriter.create(watchlist, terms, device.identity(), List.of(authorityKey))) {
        for (WatchlistEntry entry : entries) {
          writer.add(entry, new EntryTerms(terms.lastDay(), false));
        }
        digest = writer.finish();
      }
      Authorisation permission =
          new Authorisation(
              DEPLOYMENT,
              DeploymentClass.EXERCISE,
              new Site(VAN, device.identity().fingerprint(), new Place("nowhere")),
              new Grounds(
                  new Officer("field test"),
                  new Purpose("field test " + scenario.name()),
                  new LegalBasis("exercise on recorded or generated footage"),
                  new PublicNotice("none: nobody is watched")),
              new Period(start, end),
              new ListRule(digest, Authorisation.DEFAULT_MAXIMUM_LIST_AGE),
              new AlertLimits(NO_FLOOR, falseAlertsPer1000Faces()),
              AlertTerms.DEFAULT);
      DocumentFile.create(authorisation, permission.sign(List.of(authorityKey)).bytes());
    }
    AgentSettings settings =
        settings(folder, deviceKey, List.of(authority), authorisation, watchlist, broker);
    try (Device box = Device.open(settings, Clock.systemUTC());
        DataFolderLock lock = box.lock()) {
      Actor tester = Actor.officer("field-test");
      box.deployments().importList(lock, authorisation, watchlist, box.pack(), tester, () -> {});
      box.deployments().open(authorisation, box.pack(), tester);
    }
    return settings;
  }

  /** A threshold by hand explores: on recorded footage any rate is permitted for it. */
  private double falseAlertsPer1000Faces() {
    return scenario.recognition().threshold() == null
        ? Authorisation.DEFAULT_MAXIMUM_FALSE_ALERTS_PER_1000_FACES
        : EVERY_FACE_PER_1000_FACES;
  }

  private AgentSettings settings(
      Path folder,
      Path deviceKey,
      List<Path> authorities,
      Path authorisation,
      Path watchlist,
      BrokerSettings broker) {
    return new AgentSettings(
        VAN,
        new AgentSettings.Folders(
            folder.resolve("data"), folder.resolve("ended"), packs.installFolder()),
        new AgentSettings.Trust(
            new KeyFile(deviceKey, false), authorities, folder.resolve("trust")),
        new AgentSettings.DeploymentFiles(
            authorisation,
            watchlist,
            folder.resolve("revocation.json"),
            folder.resolve("withdrawals"),
            folder.resolve("rulings")),
        scenario.recognition(),
        new AgentSettings.Inference(
            scenario.inferenceDevice(), Runtime.getRuntime().availableProcessors()),
        new AgentSettings.Network(broker, null),
        scenario.cameras());
  }

  private final class Observer implements AgentObserver {
    @Override
    public void raised(Alert alert, Duration streamTime) {
      times.decided(alert);
      raised.add(
          new RaisedAlert(
              alert.match().subject(),
              alert.origin().camera(),
              streamTime.toNanos() / 1e9,
              alert.comparison().similarity().cosine(),
              alert.presentationCheck()));
    }

    @Override
    public void stored(UUID id) {
      times.reached(Stage.STORED, id);
    }

    @Override
    public void published(Publication publication) {
      times.reached(Stage.PUBLISHED, publication.id());
    }
  }
}
