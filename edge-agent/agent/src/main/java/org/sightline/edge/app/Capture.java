package org.sightline.edge.app;

import java.util.TreeMap;
import org.sightline.edge.alert.AlertSettings;
import org.sightline.edge.alert.RaisedThresholds;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.concurrent.ResourceStack;
import org.sightline.edge.domain.AlertSink;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Version;
import org.sightline.edge.match.Threshold;
import org.sightline.edge.pipeline.Deployment;
import org.sightline.edge.pipeline.Pipeline;
import org.sightline.edge.pipeline.PipelineCounters;
import org.sightline.edge.pipeline.Recognition;
import org.sightline.edge.record.DeploymentCounts;
import org.sightline.edge.record.DeploymentFacts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of an agent that captures: cameras, the list in memory and the analysis, from an opening
 * to the next pause or the end. Closing it wipes the list.
 */
record Capture(
    OpenList list, WalkWatch walks, Pipeline pipeline, CameraAlarms cameras, ResourceStack parts)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Capture.class);

  /**
   * What a capture is opened with.
   *
   * @param sink where its alerts go
   * @param progress called by the analysis
   * @param raised whose thresholds lie higher
   */
  record Opening(
      Authorised authorised,
      Networks networks,
      AlertSink sink,
      AgentObserver observer,
      Runnable progress,
      RaisedThresholds raised) {}

  /** Opens list and cameras; none is read before the pipeline is started. */
  static Capture open(Opening with) throws SightlineException {
    ResourceStack parts = new ResourceStack();
    try {
      Sources sources = Sources.open(with.authorised(), parts);
      OpenList list = OpenList.open(with.authorised(), with.networks(), parts);
      log(with.authorised().authorisation(), list);
      WalkWatch walks = walks(with, sources, list, parts);
      Pipeline pipeline = parts.add(pipeline(with, sources, list, walks));
      CameraAlarms cameras = new CameraAlarms(pipeline, sources.measured());
      walks.start(cameras::giveFrames);
      return new Capture(list, walks, pipeline, cameras, parts);
    } catch (SightlineException | RuntimeException | Error e) {
      parts.close();
      throw e;
    }
  }

  private static void log(Authorisation authorisation, OpenList list) {
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

  /** What is found of control entries goes there, and which cameras may raise alerts is known. */
  private static WalkWatch walks(Opening with, Sources sources, OpenList list, ResourceStack parts)
      throws SightlineException {
    Authorisation authorisation = with.authorised().authorisation();
    WalkWatch watch =
        parts.add(
            new WalkWatch(
                with.authorised().device(),
                authorisation.deployment(),
                WalkSetups.of(
                    with.authorised().device().keys(),
                    authorisation,
                    list.list().terms().listVersion(),
                    with.networks().manifest().name(),
                    list.threshold().similarity(),
                    with.authorised().settings().cameras())));
    watch.require(
        authorisation.limits().recognition(),
        sources.cameras().stream().map(Pipeline.Camera::id).toList());
    return watch;
  }

  private static Pipeline pipeline(Opening with, Sources sources, OpenList list, WalkWatch walks)
      throws SightlineException {
    Authorisation authorisation = with.authorised().authorisation();
    return new Pipeline(
        sources.cameras(),
        new Deployment(
            authorisation.deployment(),
            authorisation.site().van(),
            authorisation.site().place(),
            with.networks().manifest().name(),
            list.calibration(),
            authorisation.alerts().permitsBodyPicture()),
        new Recognition(
            with.networks().engine().await(),
            list.gallery(),
            list.list(),
            AlertSettings.of(list.threshold().similarity()),
            list.policy(),
            with.raised(),
            walks),
        with.sink(),
        with.observer(),
        with.observer(),
        with.progress(),
        with.authorised().device().clock());
  }

  /** What the record of the deployment says of it. */
  DeploymentFacts facts(Opening with) {
    Authorisation authorisation = with.authorised().authorisation();
    return new DeploymentFacts(
        authorisation.deployment(),
        authorisation.site().van(),
        authorisation.site().place(),
        list.authorised(),
        with.networks().manifest().name(),
        Version.current(),
        list.nearness(),
        authorisation.site().boxes().size());
  }

  /** What it has counted so far. */
  DeploymentCounts counts() {
    PipelineCounters.Snapshot counters = pipeline.counters();
    return new DeploymentCounts(
        counters.frames().processed(),
        counters.faces().detected(),
        counters.passes(),
        counters.alerts().raised(),
        new TreeMap<>(counters.alerts().byCategory()));
  }

  @Override
  public void close() {
    parts.close();
  }
}
