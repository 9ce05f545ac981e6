package org.sightline.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import org.sightline.edge.app.AgentSettings.Recognition;
import org.sightline.edge.capture.CameraSettings.Pace;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.fieldtest.FieldTest;
import org.sightline.edge.fieldtest.FieldTestReport;
import org.sightline.edge.fieldtest.ScenarioSettings;
import org.sightline.edge.fieldtest.ScenarioSettings.Known;
import org.sightline.edge.inference.InferenceDevice;
import org.sightline.edge.models.ModelPacks;

/** From capture to the broker's acknowledgement, through the whole agent, at a camera's pace. */
final class Delays {
  private static final Similarity THRESHOLD = new Similarity(0.5);
  private static final int ENTRIES = 10_000;
  private static final double MOST_TO_PUBLISH_MILLIS = 300;
  private static final double MOST_WAIT_MILLIS = 200;

  private Delays() {}

  static void measure(Street street, Workplace workplace, PrintStream out) throws Exception {
    ScenarioSettings live = atItsPace(street);
    LongList list = LongList.of(live, workplace.pack(), ENTRIES);
    FieldTestReport report =
        FieldTest.run(
            live,
            ModelPacks.at(workplace.models()),
            list.entries().subList(live.watchlist().size(), list.entries().size()));
    out.printf(
        "%d frames at their own pace, %d dropped, %d alerts, %d entries%n",
        report.traffic().frames().framesRead(),
        report.traffic().frames().framesDropped(),
        report.score().alerts().alerts(),
        report.search().galleryEntries());
    Figures.print(
        out,
        "ms from capture to publish, 95 of 100 alerts",
        Objects.requireNonNull(report.speed().latency().captureToPublishMillis()).p95(),
        MOST_TO_PUBLISH_MILLIS,
        Figures.AT_MOST);
    Figures.print(
        out,
        "ms the longest wait of a frame in the queue",
        (double) report.speed().longestWaitMillis(),
        MOST_WAIT_MILLIS,
        Figures.AT_MOST);
  }

  private static ScenarioSettings atItsPace(Street street) {
    ScenarioSettings scenario = street.scenario();
    return new ScenarioSettings(
        scenario.name(),
        new Recognition(scenario.recognition().modelPack(), null, null, THRESHOLD, null),
        InferenceDevice.CPU,
        scenario.watchlist(),
        null,
        List.of(OurPipeline.camera("mast-1", street, Pace.REALTIME)),
        scenario.expected(),
        Known.NOTHING);
  }
}
