package org.sightline.edge.app;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sightline.edge.alert.AlertSettings;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.concurrent.ResourceStack;
import org.sightline.edge.deployment.ListInUse;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Version;
import org.sightline.edge.inference.InferenceDevice;
import org.sightline.edge.match.Threshold;
import org.sightline.edge.pipeline.Deployment;
import org.sightline.edge.pipeline.Pipeline;
import org.sightline.edge.pipeline.PipelineCounters;
import org.sightline.edge.pipeline.Recognition;
import org.sightline.edge.record.DeploymentCounts;
import org.sightline.edge.record.DeploymentFacts;
import org.sightline.edge.record.DeploymentRecord;
import org.sightline.edge.relay.OutboxAlertSink;
import org.sightline.edge.store.StoreException;
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

  /** A look waits for the data file at most; more than this is a hang. */
  private static final Duration LOOK_ALLOWED = Duration.ofSeconds(20);

  /** A camera that refused is left alone for 30 s, and several brokers are tried in turn. */
  private static final Duration STEP_ALLOWED = Duration.ofSeconds(45);

  /** How long decided alerts may take to go out once the cameras are closed. */
  private static final Duration LAST_ALERTS = Duration.ofSeconds(10);

  private final Authorised authorised;
  private final Networks networks;
  private final OpenList list;
  private final Reporting reporting;
  private final Pipeline pipeline;
  private final CaptureGuard guard;
  private final Alarms alarms;
  private final StatusWriter status;
  private final ResourceStack parts;
  private final AtomicBoolean closing = new AtomicBoolean();

  /** Each step takes those before it, so that none can come too early or be left out. */
  private Agent(
      AgentSettings settings,
      Clock wall,
      AgentObserver observer,
      Runnable progress,
      ResourceStack parts)
      throws SightlineException {
    this.parts = parts;
    Alarms alarms = new Alarms();
    authorised = Authorised.open(settings, wall, parts);
    networks = Networks.open(authorised, parts);
    Sources sources = Sources.open(authorised, parts);
    reporting = Reporting.open(authorised, sources, alarms, observer, parts);
    list = OpenList.open(authorised, networks, reporting, parts);
    log();
    OutboxAlertSink sink = reporting.sink(authorised);
    pipeline = pipeline(sources, sink, alarms, observer, progress);
    keepRecord();
    WithdrawalWatch withdrawals = withdrawals(sink);
    alarms.add(withdrawals::alarms);
    CameraAlarms cameras = new CameraAlarms(pipeline, sources.measured());
    alarms.add(cameras::alarms);
    reporting.relay().watch(cameras::cameras);
    this.alarms = alarms;
    guard =
        new CaptureGuard(
            authorised.device(),
            authorised.authorisation(),
            list.list().terms().expires(),
            pipeline,
            reporting.inbox(),
            progress);
    reporting.answerTests(authorised, guard::capturing);
    status =
        parts.add(
            new StatusWriter(
                new StatusWriter.Parts(
                    authorised, networks, reporting, alarms, guard, pipeline::cameras, cameras)));
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
      Agent agent = new Agent(settings, wall, observer, progress, parts);
      agent.guard.start();
      agent.status.start();
      return agent;
    } catch (SightlineException | RuntimeException | Error e) {
      parts.close();
      throw e;
    }
  }

  private void log() {
    Authorisation authorisation = authorised.authorisation();
    Threshold threshold = list.threshold();
    LOG.info(
        "Deployment {} from {} until {}: {} listed, threshold {}{}",
        authorisation.deployment(),
        authorisation.period().start(),
        authorisation.period().end(),
        list.gallery().size(),
        "%.3f".formatted(threshold.similarity().cosine()),
        threshold.extrapolated() ? " (beyond what the calibration measured)" : "");
  }

  /** Nobody whose withdrawal has come is stored as an alert, or found, from then on. */
  private WithdrawalWatch withdrawals(OutboxAlertSink sink) {
    ListInUse both =
        new ListInUse() {
          @Override
          public Optional<DeploymentId> deployment() {
            return list.list().deployment();
          }

          @Override
          public void withdraw(Set<SubjectRef> subjects) {
            sink.withdraw(subjects);
            list.list().withdraw(subjects);
          }

          @Override
          public void replace(StoredWatchlist rest) throws StoreException {
            list.list().replace(rest);
          }
        };
    return parts.add(
        new WithdrawalWatch(
                authorised.device(), authorised.lock(), reporting.inbox().withdrawals(), both)
            .start());
  }

  private Pipeline pipeline(
      Sources sources,
      OutboxAlertSink sink,
      Alarms alarms,
      AgentObserver observer,
      Runnable progress)
      throws SightlineException {
    Authorisation authorisation = authorised.authorisation();
    Pipeline analysis =
        parts.add(
            new Pipeline(
                sources.cameras(),
                new Deployment(
                    authorisation.deployment(),
                    authorisation.site().van(),
                    authorisation.site().place(),
                    networks.manifest().name(),
                    list.calibration(),
                    authorisation.alerts().permitsBodyPicture()),
                new Recognition(
                    networks.engine().await(),
                    list.gallery(),
                    list.list(),
                    AlertSettings.of(list.threshold().similarity()),
                    list.policy()),
                sink,
                observer,
                progress,
                authorised.device().clock()));
    alarms.add(() -> Alarms.of(analysis.counters()));
    return analysis;
  }

  private void keepRecord() throws SightlineException {
    Authorisation authorisation = authorised.authorisation();
    Similarity threshold = list.threshold().similarity();
    parts.add(
        DeploymentRecord.open(
            authorised.device().database(),
            new DeploymentFacts(
                authorisation.deployment(),
                authorisation.site().van(),
                authorisation.site().place(),
                list.authorised(),
                networks.manifest().name(),
                Version.current(),
                list.nearness()),
            threshold,
            threshold.equals(authorised.settings().recognition().threshold())
                ? "set by hand"
                : "derived for %d entries".formatted(list.authorised()),
            () -> counts(pipeline.counters()),
            authorised.device().clock()));
  }

  private static DeploymentCounts counts(PipelineCounters.Snapshot counters) {
    return new DeploymentCounts(
        counters.frames().processed(),
        counters.faces().detected(),
        counters.passes(),
        counters.alerts().raised(),
        new TreeMap<>(counters.alerts().byCategory()));
  }

  public Threshold threshold() {
    return list.threshold();
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
    if (reporting.relay().isStalled(STEP_ALLOWED)) {
      names.add("relay");
    }
    pipeline.stalledCameras(STEP_ALLOWED).forEach(camera -> names.add("camera " + camera));
    return names;
  }

  /** Number of listed subjects. */
  public int galleryEntries() {
    return list.gallery().size();
  }

  /** What the networks run on; empty if the model pack has none. */
  public Optional<InferenceDevice> inferenceDevice() {
    return networks.compute().used();
  }

  /** When cameras may be open. */
  Authorisation.Period period() {
    return authorised.authorisation().period();
  }

  /** What somebody has to look at, as in the status message. */
  List<String> alarms() {
    return alarms.get();
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
   *     could verify whether it is permitted
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
      if (!reporting.relay().awaitEmpty(LAST_ALERTS)) {
        LOG.warn(
            "{}; the agent or sightline-tidy.timer sends them when it next runs",
            authorised.device().waitingAlerts().line());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SightlineException e) {
      LOG.error("The outbox cannot be read: {}", e.getMessage());
    }
    parts.close();
  }
}
