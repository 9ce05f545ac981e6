package org.sightline.bench;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.alert.AlertSettings;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.CameraSettings.Pace;
import org.sightline.edge.capture.FrameSources;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Place;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.domain.Zone;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.match.Gallery;
import org.sightline.edge.pipeline.Deployment;
import org.sightline.edge.pipeline.Engine;
import org.sightline.edge.pipeline.Pipeline;
import org.sightline.edge.pipeline.PipelineCounters;
import org.sightline.edge.pipeline.Recognition;

/**
 * The pipeline as the agent runs it, from the decoder to the decision, without its list's seals,
 * its outbox and its broker. No frame is dropped. Networks and list are loaded beforehand.
 */
final class OurPipeline implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofHours(1);

  private final LongList list;
  private final Similarity threshold;
  private final Engine engine;
  private final Gallery gallery;

  OurPipeline(LongList list, Similarity threshold, int threads) throws SightlineException {
    this.list = list;
    this.threshold = threshold;
    this.gallery = list.gallery();
    this.engine = Engine.open(list.pack(), DetectionSettings.frames(null, Compute.cpu(threads)));
  }

  /** The clips of one run, a camera each. */
  PipelineCounters.Snapshot run(List<CameraSettings> cameras, Hits hits)
      throws SightlineException, InterruptedException {
    return run(cameras, null, hits);
  }

  /**
   * The clips of one run, a camera each.
   *
   * @param zone of each camera; null for the whole view
   */
  PipelineCounters.Snapshot run(List<CameraSettings> cameras, @Nullable Zone zone, Hits hits)
      throws SightlineException, InterruptedException {
    List<Pipeline.Camera> sources = new ArrayList<>();
    for (CameraSettings camera : cameras) {
      sources.add(new Pipeline.Camera(camera.id(), FrameSources.open(camera), camera.pace(), zone));
    }
    try (Pipeline pipeline =
        new Pipeline(
            sources,
            new Deployment(
                new DeploymentId("bench"),
                new VanId("bench"),
                new Place("nowhere"),
                list.pack().manifest().name(),
                list.pack().manifest().calibrations().get(0)),
            new Recognition(
                engine,
                gallery,
                row -> list.entries().get(row).portrait(),
                AlertSettings.of(threshold)),
            alert -> {},
            (alert, at) -> hits.add(alert.match().subject(), at.toNanos() / 1e9),
            () -> {},
            Clock.systemUTC())) {
      pipeline.start();
      pipeline.awaitEnd(LONGEST);
      return pipeline.counters();
    }
  }

  /** A clip as a camera. */
  static CameraSettings camera(String id, Street street, Pace pace) {
    return CameraSettings.of(new CameraId(id), street.scenario().cameras().get(0).source())
        .at(pace);
  }

  @Override
  public void close() {
    engine.close();
    gallery.close();
  }
}
