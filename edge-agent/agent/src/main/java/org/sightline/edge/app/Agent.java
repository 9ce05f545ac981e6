package org.sightline.edge.app;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.alert.AlertSettings;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.FrameSources;
import org.sightline.edge.capture.MeasuredSource;
import org.sightline.edge.concurrent.ResourceStack;
import org.sightline.edge.deployment.DataFolderLock;
import org.sightline.edge.deployment.DeploymentException;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.ListScale;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.Version;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.inference.InferenceDevice;
import org.sightline.edge.match.Gallery;
import org.sightline.edge.match.Threshold;
import org.sightline.edge.models.InstalledAttackPack;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPack;
import org.sightline.edge.outbox.Outbox;
import org.sightline.edge.pipeline.Deployment;
import org.sightline.edge.pipeline.Engine;
import org.sightline.edge.pipeline.Pipeline;
import org.sightline.edge.pipeline.PipelineCounters;
import org.sightline.edge.publish.mqtt.MqttPublisher;
import org.sightline.edge.record.DeploymentCounts;
import org.sightline.edge.record.DeploymentFacts;
import org.sightline.edge.record.DeploymentRecord;
import org.sightline.edge.record.Outcomes;
import org.sightline.edge.relay.OutboxAlertSink;
import org.sightline.edge.relay.Relay;
import org.sightline.edge.retention.Retention;
import org.sightline.edge.threshold.ThresholdChoice;
import org.sightline.edge.watchlist.BundleTerms;
import org.sightline.edge.watchlist.StoredWatchlist;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent of one deployment, from the signed authorisation to the broker. It exists only for an
 * open deployment: there is no way to make one without an authorisation that the verifier accepts.
 * It opens its cameras at the authorised start, closes them by itself when the deployment ends, and
 * then destroys the list. Thread-safe.
 */
public final class Agent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

  /** How often it is looked for what has expired. */
  private static final Duration BETWEEN_DELETIONS = Duration.ofMinutes(1);

  /** Data expires this much before it has to be gone, so that a late round is in time. */
  private static final Duration LATEST_ROUND = Duration.ofMinutes(5);

  /** How long to wait for a command that is about to end. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** A look waits for the data file at most; more than this is a hang. */
  private static final Duration LOOK_ALLOWED = Duration.ofSeconds(20);

  /** A camera that refused is left alone for 30 s, and several brokers are tried in turn. */
  private static final Duration STEP_ALLOWED = Duration.ofSeconds(45);

  /** How long decided alerts may take to go out once the cameras are closed. */
  private static final Duration LAST_ALERTS = Duration.ofSeconds(10);

  private final Device device;
  private final ResourceStack parts;
  private final Threshold threshold;
  private final int galleryEntries;
  private final Compute compute;
  private final Pipeline pipeline;
  private final Relay relay;
  private final CaptureGuard guard;
  private final AtomicBoolean closing = new AtomicBoolean();

  private Agent(
      Device device,
      ResourceStack parts,
      Threshold threshold,
      int galleryEntries,
      Compute compute,
      Pipeline pipeline,
      Relay relay,
      CaptureGuard guard) {
    this.device = device;
    this.parts = parts;
    this.threshold = threshold;
    this.galleryEntries = galleryEntries;
    this.compute = compute;
    this.pipeline = pipeline;
    this.relay = relay;
    this.guard = guard;
  }

  /**
   * Verifies the authority, opens the list, and starts capture, or waits for its start.
   *
   * @param wall wall clock
   * @param progress called at least every second or so while the agent is alive
   * @throws SightlineException saying what is wrong; then nothing was captured and nothing is left
   *     running
   */
  public static Agent start(
      AgentSettings settings, Clock wall, AgentObserver observer, Runnable progress)
      throws SightlineException {
    ResourceStack parts = new ResourceStack();
    try {
      Agent agent = assemble(settings, wall, observer, progress, parts);
      agent.guard.start();
      return agent;
    } catch (SightlineException | RuntimeException | Error e) {
      parts.close();
      throw e;
    }
  }

  private static Agent assemble(
      AgentSettings settings,
      Clock wall,
      AgentObserver observer,
      Runnable progress,
      ResourceStack parts)
      throws SightlineException {
    Device device = parts.add(Device.open(settings, wall));
    DataFolderLock lock = parts.add(DataFolderLock.take(settings.folders().data(), PATIENCE));
    device.settle();
    device.deployments().finish(lock);
    Authorisation authorisation = device.requireAuthority(true);
    requireNoSubjectInTheOpen(settings, authorisation);
    ModelPack manifest = device.manifest();
    InstalledPack pack = device.packs().installed(settings.recognition().modelPack());
    String attackPackName = settings.recognition().attackPack();
    InstalledAttackPack attackPack =
        attackPackName == null ? null : device.packs().installedAttackPack(attackPackName);
    Compute compute = new Compute(settings.inference().device(), settings.inference().threads());
    OpeningEngine engine =
        parts.add(
            new OpeningEngine(
                () -> {
                  Engine recognition =
                      Engine.open(
                          pack,
                          DetectionSettings.frames(
                              settings.recognition().smallestFacePx(), compute));
                  return attackPack == null ? recognition : recognition.with(attackPack, compute);
                }));
    // Before the list is opened: a clip that cannot be used is told here.
    Alarms alarms = new Alarms();
    List<Pipeline.Camera> cameras = new ArrayList<>();
    for (CameraSettings camera : settings.cameras()) {
      MeasuredSource source = parts.add(FrameSources.open(camera));
      cameras.add(new Pipeline.Camera(camera.id(), source, camera.pace()));
      alarms.add(() -> Alarms.of(source));
    }
    Outcomes outcomes =
        new Outcomes(device.database(), device.audit(), Outbox::find, device.clock());
    if (authorisation.alerts().controlRoom().isPresent()) {
      outcomes.requireSigned(authorisation.deployment());
    }
    Inbox inbox =
        new Inbox(authorisation.alerts(), outcomes, device.deployments()::isGenuineRevocation);
    Outbox outbox = new Outbox(device.database(), device.keys().storage());
    Retention retention =
        parts.add(
            new Retention(device.database(), device.audit(), device.clock(), ExpiringData.ALL));
    retention.start(BETWEEN_DELETIONS);
    alarms.add(device::alarms);
    alarms.add(() -> Alarms.of(retention));
    alarms.add(() -> inbox.unrecorded() ? List.of("outcome-not-recorded") : List.of());
    alarms.add(() -> Alarms.of(settings.folders().data(), Alarms.LOW_DISK_BYTES));
    Relay relay =
        parts.add(
            Relay.start(
                device.database(),
                outbox,
                new MqttPublisher(
                    settings.broker(), settings.van(), Version.current(), device.clock(), inbox),
                observer,
                alarms,
                device.clock()));
    // Closed after all that uses the list, and before the relay says farewell.
    parts.add(() -> destroyIfEnded(device, lock));

    StoredWatchlist list = parts.add(device.deployments().list(authorisation.deployment()));
    requireOf(manifest, list.terms());
    Gallery gallery = parts.add(gallery(list, manifest, settings.recognition().calibration()));
    reportNearness(gallery, ThresholdChoice.scale(manifest, settings.recognition().calibration()));
    requireCalibrationForLive(manifest, settings, authorisation);
    Calibration calibration =
        ThresholdChoice.calibration(
            manifest, settings.recognition().calibration(), gallery.scoring());
    Threshold threshold =
        ThresholdChoice.of(
            calibration,
            manifest.name(),
            settings.recognition().threshold(),
            gallery.size(),
            authorisation.limits().maximumFalseAlertsPer1000Faces(),
            authorisation.limits().thresholdFloor());
    LOG.info(
        "Deployment {} from {} until {}: {} listed, threshold {}{}",
        authorisation.deployment(),
        authorisation.period().start(),
        authorisation.period().end(),
        gallery.size(),
        "%.3f".formatted(threshold.similarity().cosine()),
        threshold.extrapolated() ? " (beyond what the calibration measured)" : "");
    Pipeline pipeline =
        parts.add(
            new Pipeline(
                cameras,
                new Deployment(
                    authorisation.deployment(),
                    authorisation.site().van(),
                    authorisation.site().place(),
                    manifest.name(),
                    calibration),
                engine.await(),
                gallery,
                list,
                AlertSettings.of(threshold.similarity()),
                new OutboxAlertSink(
                    device.database(), outbox, device.audit(), relay, kept(authorisation.alerts())),
                observer,
                progress,
                device.clock()));
    alarms.add(() -> Alarms.of(pipeline.counters()));
    parts.add(
        DeploymentRecord.open(
            device.database(),
            new DeploymentFacts(
                authorisation.deployment(),
                authorisation.site().van(),
                authorisation.site().place(),
                gallery.size(),
                manifest.name(),
                Version.current()),
            threshold.similarity(),
            threshold.similarity().equals(settings.recognition().threshold())
                ? "set by hand"
                : "derived for %d entries".formatted(gallery.size()),
            () -> counts(pipeline.counters()),
            device.clock()));
    CaptureGuard guard =
        new CaptureGuard(device, authorisation, list.terms().expires(), pipeline, inbox, progress);
    return new Agent(device, parts, threshold, gallery.size(), compute, pipeline, relay, guard);
  }

  /** What the authorisation seals for a control room does not go out beside it. */
  private static void requireNoSubjectInTheOpen(AgentSettings settings, Authorisation authorisation)
      throws SightlineException {
    if (settings.broker().onvif() && authorisation.alerts().controlRoom().isPresent()) {
      throw new SightlineException(
          ErrorKind.REFUSED,
          "ONVIF events would show the subject that the authorisation has sealed",
          settings.deployment().authorisation().toString(),
          "set broker.onvif to false");
    }
  }

  /** The rate that was authorised is held by the pack's own calibration, not by one of choice. */
  private static void requireCalibrationForLive(
      ModelPack manifest, AgentSettings settings, Authorisation authorisation)
      throws SightlineException {
    if (authorisation.deploymentClass() != DeploymentClass.LIVE) {
      return;
    }
    String chosen = settings.recognition().calibration();
    if (!ThresholdChoice.isOwn(manifest, chosen)) {
      throw new SightlineException(
          ErrorKind.REFUSED,
          chosen == null
              ? "the model pack has no calibration, so that no rate of false alerts can be held"
              : "the settings choose another calibration than the model pack's own",
          "a live deployment with " + manifest.name(),
          chosen == null ? "use a pack that has one" : "leave calibration out of the settings");
    }
  }

  /** Templates of another version of the pack lie elsewhere: nobody would be recognised by them. */
  private static void requireOf(ModelPack manifest, BundleTerms list) throws SightlineException {
    if (!list.modelPack().equals(manifest.name())
        || list.modelPackVersion() != manifest.version()) {
      throw new SightlineException(
          ErrorKind.REFUSED,
          "the list was made for another model pack: %s version %d, and not %s version %d"
              .formatted(
                  list.modelPack(), list.modelPackVersion(), manifest.name(), manifest.version()),
          "deployment " + list.deployment(),
          "build the list again with the pack of this version, and import it");
    }
  }

  /** What the thresholds were not measured on is said before anybody is compared with it. */
  private static void reportNearness(Gallery gallery, @Nullable ListScale scale) {
    OptionalDouble nearness = gallery.meanNearness();
    if (scale != null && nearness.isPresent() && scale.isUnusual(nearness.getAsDouble())) {
      LOG.warn(
          "The people on this list resemble each other more than those that the threshold was"
              + " measured on (mean nearness {}, usually {}): expect more false alerts among people"
              + " who resemble them",
          "%.3f".formatted(nearness.getAsDouble()),
          "%.3f".formatted(scale.meanNearness()));
    }
  }

  private static void destroyIfEnded(Device device, DataFolderLock lock) {
    try {
      device.deployments().finish(lock);
    } catch (DeploymentException e) {
      LOG.error("{}", e.getMessage());
    } catch (SightlineException e) {
      LOG.error("Cannot determine whether the watchlist must be destroyed: {}", e.getMessage());
    }
  }

  /** The terms, with the time after which an alert expires here. */
  private static AlertTerms kept(AlertTerms terms) {
    Duration early = terms.retention().dividedBy(10);
    return terms.keptFor(
        terms.retention().minus(early.compareTo(LATEST_ROUND) < 0 ? early : LATEST_ROUND));
  }

  private static DeploymentCounts counts(PipelineCounters.Snapshot counters) {
    return new DeploymentCounts(
        counters.frames().processed(),
        counters.faces().detected(),
        counters.passes(),
        counters.alerts().raised());
  }

  private static Gallery gallery(
      StoredWatchlist list, ModelPack manifest, @Nullable String population)
      throws SightlineException {
    try (Gallery.Builder builder =
        Gallery.builder(manifest.name(), manifest.embedder().dimension(), list.entryCount())) {
      list.forEach(
          entry -> {
            builder.add(entry.subject(), entry.category(), entry.templates());
            entry.templates().forEach(Template::close);
          });
      return builder.build(ThresholdChoice.scale(manifest, population));
    }
  }

  public Threshold threshold() {
    return threshold;
  }

  /**
   * The loops that are overdue, by name: the guard, the relay and the cameras. The analysis reports
   * by itself.
   */
  List<String> stalled() {
    List<String> names = new ArrayList<>();
    if (guard.isStalled(LOOK_ALLOWED)) {
      names.add("capture guard");
    }
    if (relay.isStalled(STEP_ALLOWED)) {
      names.add("relay");
    }
    pipeline.stalledCameras(STEP_ALLOWED).forEach(camera -> names.add("camera " + camera));
    return names;
  }

  /** Number of listed subjects. */
  public int galleryEntries() {
    return galleryEntries;
  }

  /** What the networks run on; empty if the model pack has none. */
  public Optional<InferenceDevice> inferenceDevice() {
    return compute.used();
  }

  /** Whether cameras are open; before the authorised start they are not. */
  public boolean capturing() {
    return guard.capturing();
  }

  public PipelineCounters.Snapshot counters() {
    return pipeline.counters();
  }

  /**
   * Waits until capture is over: every clip has ended, or the deployment has.
   *
   * @return whether that came within the time
   * @throws SightlineException if a clip turned out unusable, or capture had to end because nobody
   *     could tell whether it is permitted
   */
  public boolean awaitEnd(Duration atMost) throws SightlineException, InterruptedException {
    boolean over = pipeline.awaitEnd(atMost);
    if (over) {
      guard.requireNoFailure();
    }
    return over;
  }

  /**
   * Closes the cameras, lets decided alerts go out for a while, wipes what is in memory, and
   * destroys the list if the deployment has ended.
   */
  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    guard.close();
    try {
      if (!relay.awaitEmpty(LAST_ALERTS)) {
        LOG.warn(
            "{}; the agent or sightline-tidy.timer sends them when it next runs",
            device.waitingAlerts().line());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SightlineException e) {
      LOG.error("The outbox cannot be read: {}", e.getMessage());
    }
    parts.close();
  }
}
