package org.sightline.edge.app;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sightline.edge.alert.AlertSettings;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.AuthorisationStatus;
import org.sightline.edge.authorisation.AuthorisationStatus.Permitted;
import org.sightline.edge.authorisation.AuthorisationStatus.Refused;
import org.sightline.edge.authorisation.AuthorisationVerifier;
import org.sightline.edge.capture.FrameSources;
import org.sightline.edge.config.AgentSettings;
import org.sightline.edge.config.CameraSettings;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.inference.InstalledPack;
import org.sightline.edge.inference.ModelPack;
import org.sightline.edge.inference.ModelPacks;
import org.sightline.edge.match.Gallery;
import org.sightline.edge.match.Threshold;
import org.sightline.edge.outbox.Outbox;
import org.sightline.edge.pipeline.Deployment;
import org.sightline.edge.pipeline.Engine;
import org.sightline.edge.pipeline.Pipeline;
import org.sightline.edge.pipeline.PipelineCounters;
import org.sightline.edge.publish.OutboxAlertSink;
import org.sightline.edge.publish.Relay;
import org.sightline.edge.publish.mqtt.MqttPublisher;
import org.sightline.edge.record.DeploymentCounts;
import org.sightline.edge.record.DeploymentFacts;
import org.sightline.edge.record.DeploymentRecord;
import org.sightline.edge.retention.Retention;
import org.sightline.edge.store.Database;
import org.sightline.edge.watchlist.BundleExpectations;
import org.sightline.edge.watchlist.WatchlistBundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent of one deployment, from the signed authorisation to the broker. It exists only while it
 * is permitted: there is no way to make one without an authorisation that the verifier accepts, and
 * it closes its cameras by itself when the authorisation ends. Thread-safe.
 */
public final class Agent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

  /** How often it is looked for what has expired. */
  private static final Duration BETWEEN_DELETIONS = Duration.ofMinutes(1);

  /** Alerts and their pictures expire in time to be gone after 24 hours, a late round included. */
  private static final Duration RETENTION = Duration.ofHours(24).minusMinutes(5);

  /** How long decided alerts may take to go out once the cameras are closed. */
  private static final Duration LAST_ALERTS = Duration.ofSeconds(10);

  /** How often the end of the authorisation is looked at. */
  private static final Duration WATCH_INTERVAL = Duration.ofMillis(100);

  private final Parts parts;
  private final Threshold threshold;
  private final int galleryEntries;
  private final Pipeline pipeline;
  private final Relay relay;
  private final CaptureWindow window;
  private final Thread guard;
  private final AtomicBoolean closing = new AtomicBoolean();

  private Agent(
      Parts parts,
      Threshold threshold,
      int galleryEntries,
      Pipeline pipeline,
      Relay relay,
      CaptureWindow window) {
    this.parts = parts;
    this.threshold = threshold;
    this.galleryEntries = galleryEntries;
    this.pipeline = pipeline;
    this.relay = relay;
    this.window = window;
    this.guard = new Thread(this::guardWindow, "capture-window");
    guard.setDaemon(true);
  }

  /** What has been opened so far, to be closed in reverse. */
  private static final class Parts implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T part) {
      open.push(part);
      return part;
    }

    @Override
    public void close() {
      while (!open.isEmpty()) {
        AutoCloseable part = open.pop();
        try {
          part.close();
        } catch (Exception e) {
          LOG.error("{} did not close: {}", part.getClass().getSimpleName(), e.getMessage());
        }
      }
    }
  }

  /**
   * Verifies the authority, opens the list, and starts capture.
   *
   * @param clock wall clock
   * @param progress called at least every second or so while the analysis is alive
   * @throws SightlineException saying what is wrong; then nothing was captured and nothing is left
   *     running
   */
  public static Agent start(
      AgentSettings settings, Clock clock, AgentObserver observer, Runnable progress)
      throws SightlineException {
    Parts parts = new Parts();
    try {
      Agent agent = assemble(settings, clock, observer, progress, parts);
      agent.pipeline.start();
      agent.guard.start();
      return agent;
    } catch (SightlineException | RuntimeException | Error e) {
      parts.close();
      throw e;
    }
  }

  private static Agent assemble(
      AgentSettings settings, Clock clock, AgentObserver observer, Runnable progress, Parts parts)
      throws SightlineException {
    DeviceKeys device = parts.add(DeviceKeys.read(settings.deviceKeyFile()));
    List<AuthorityPublicKey> trusted = new ArrayList<>();
    for (var file : settings.authorityFiles()) {
      trusted.add(AuthorityPublicKey.read(file));
    }
    ModelPacks packs =
        ModelPacks.at(
            settings.modelsFolder() == null ? ModelPacks.defaultFolder() : settings.modelsFolder());
    ModelPack manifest = packs.manifest(settings.modelPack());
    Permitted permitted = permission(settings, device, trusted, manifest, clock);
    Authorisation authorisation = permitted.authorisation();
    InstalledPack pack = packs.installed(settings.modelPack());

    List<WatchlistEntry> entries =
        watchlist(settings, device, trusted, authorisation, manifest, clock.instant());
    Gallery gallery =
        parts.add(Gallery.of(manifest.name(), manifest.embedder().dimension(), entries));
    Threshold threshold =
        ThresholdChoice.of(
            manifest,
            settings.calibration(),
            settings.threshold(),
            gallery.size(),
            authorisation.maximumFalseAlertsPer1000Faces(),
            new Similarity(authorisation.thresholdFloor()));
    LOG.info(
        "Deployment {} until {}: {} listed, threshold {}{}",
        authorisation.deployment(),
        permitted.until(),
        gallery.size(),
        "%.3f".formatted(threshold.similarity().cosine()),
        threshold.extrapolated() ? " (beyond what the calibration measured)" : "");

    Engine engine =
        parts.add(
            Engine.open(
                pack,
                DetectionSettings.frames(settings.smallestFacePx(), settings.inferenceThreads())));
    // Before anything is written: a clip that cannot be used is told here.
    List<Pipeline.Camera> cameras = new ArrayList<>();
    for (CameraSettings camera : settings.cameras()) {
      cameras.add(
          new Pipeline.Camera(camera.id(), parts.add(FrameSources.open(camera)), camera.pace()));
    }
    Database database = parts.add(Database.open(settings.dataFolder()));
    AuditLog audit = new AuditLog(clock);
    Retention retention = parts.add(new Retention(database, audit, clock, ExpiringData.ALL));
    retention.start(BETWEEN_DELETIONS);
    Outbox outbox = new Outbox(database, device.storage());
    Relay relay =
        parts.add(
            Relay.start(
                database,
                outbox,
                new MqttPublisher(settings.broker(), settings.van(), Version.current(), clock),
                observer,
                List::of,
                clock));

    Pipeline pipeline =
        parts.add(
            new Pipeline(
                cameras,
                new Deployment(
                    authorisation.deployment(),
                    authorisation.van(),
                    authorisation.place(),
                    manifest.name()),
                engine,
                gallery,
                AlertSettings.of(threshold.similarity()),
                new OutboxAlertSink(database, outbox, audit, relay, RETENTION),
                observer,
                progress,
                clock));
    parts.add(
        DeploymentRecord.open(
            database,
            new DeploymentFacts(
                authorisation.deployment(),
                authorisation.van(),
                authorisation.place(),
                gallery.size(),
                manifest.name(),
                Version.current()),
            threshold.similarity(),
            settings.threshold() == null
                ? "derived for %d entries".formatted(gallery.size())
                : "set by hand",
            () -> counts(pipeline.counters()),
            clock));
    CaptureWindow window = new CaptureWindow(permitted.until(), clock, System::nanoTime);
    return new Agent(parts, threshold, gallery.size(), pipeline, relay, window);
  }

  private static DeploymentCounts counts(PipelineCounters.Snapshot counters) {
    return new DeploymentCounts(
        counters.framesProcessed(), counters.facesDetected(), counters.passes(), counters.alerts());
  }

  private static Permitted permission(
      AgentSettings settings,
      DeviceKeys device,
      List<AuthorityPublicKey> trusted,
      ModelPack manifest,
      Clock clock)
      throws AgentException {
    AuthorisationStatus status =
        new AuthorisationVerifier(trusted, device.identity().fingerprint(), settings.van(), clock)
            .verify(settings.authorisationFile())
            .withModelPack(manifest.name(), manifest.exerciseOnly());
    if (status instanceof Permitted permitted) {
      return permitted;
    }
    throw new AgentException(
        "no capture: " + ((Refused) status).refusal().line(),
        settings.authorisationFile().toString(),
        "have the deployment authorised",
        null);
  }

  private static List<WatchlistEntry> watchlist(
      AgentSettings settings,
      DeviceKeys device,
      List<AuthorityPublicKey> trusted,
      Authorisation authorisation,
      ModelPack manifest,
      Instant now)
      throws SightlineException {
    List<WatchlistEntry> entries = new ArrayList<>();
    try (WatchlistBundle bundle =
        WatchlistBundle.open(
            settings.watchlistFile(),
            device,
            trusted,
            new BundleExpectations(
                authorisation.deployment(),
                authorisation.watchlistDigest(),
                manifest.name(),
                manifest.version(),
                now))) {
      bundle.forEach(entries::add);
    }
    return entries;
  }

  public Threshold threshold() {
    return threshold;
  }

  /** Number of listed subjects. */
  public int galleryEntries() {
    return galleryEntries;
  }

  public PipelineCounters.Snapshot counters() {
    return pipeline.counters();
  }

  /**
   * Waits until capture is over: every clip has ended, or the authorisation has.
   *
   * @return whether that came within the time
   * @throws SightlineException if a clip turned out unusable
   */
  public boolean awaitEnd(Duration atMost) throws SightlineException, InterruptedException {
    return pipeline.awaitEnd(atMost);
  }

  /** However this thread ends, the cameras do not outlive it. */
  private void guardWindow() {
    try {
      while (window.isOpen() && !closing.get()) {
        Thread.sleep(WATCH_INTERVAL.toMillis());
      }
      if (!closing.get()) {
        LOG.info("The authorisation has ended: the cameras are closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (!closing.get()) {
        pipeline.close();
      }
    }
  }

  /** Closes the cameras, lets decided alerts go out for a while, and wipes what is in memory. */
  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    pipeline.close();
    try {
      if (!relay.awaitEmpty(LAST_ALERTS)) {
        LOG.warn("Alerts still wait for the broker; they go out at the next start");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SightlineException e) {
      LOG.error("The outbox cannot be read: {}", e.getMessage());
    }
    parts.close();
  }
}
