package org.sightline.edge.fieldtest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.app.AgentSettings.Recognition;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.fieldtest.FieldTestReport.Latency;
import org.sightline.edge.fieldtest.FieldTestReport.Percentiles;
import org.sightline.edge.fieldtest.FieldTestReport.Search;
import org.sightline.edge.fieldtest.FieldTestReport.Speed;
import org.sightline.edge.fieldtest.ScenarioSettings.ExpectedAlert;
import org.sightline.edge.fieldtest.ScenarioSettings.Known;
import org.sightline.edge.fieldtest.ScenarioSettings.Listed;
import org.sightline.edge.inference.InferenceDevice;
import org.sightline.edge.match.Threshold;
import org.sightline.edge.pipeline.PipelineCounters;

/**
 * A street of two cameras that nobody walked down: two subjects of different categories are
 * expected at both, what is raised is said by the test, and it is scored as after a run.
 */
public final class ScoredStreet {
  /** One false alert in a thousand faces, 0.2 to 3 of them. */
  static final Threshold THRESHOLD =
      new Threshold(new Similarity(0.5), 1, 0.2, 3, false, Double.NaN);

  static final CameraId MAST_1 = new CameraId("mast-1");
  static final CameraId MAST_2 = new CameraId("mast-2");
  static final SubjectRef FIRST = new SubjectRef("S-1");
  static final SubjectRef SECOND = new SubjectRef("S-2");

  private String name = "corridor";
  private final List<ExpectedAlert> expected = new ArrayList<>();
  private final List<RaisedAlert> raised = new ArrayList<>();
  private @Nullable List<TruePass> truth;
  private Labels labels = Labels.NONE;

  private ScoredStreet() {}

  /** Each subject at each camera, ten seconds apart; nothing raised, no truth. */
  public static ScoredStreet expectingBothAtBothCameras() {
    ScoredStreet street = new ScoredStreet();
    for (CameraId camera : List.of(MAST_1, MAST_2)) {
      street.expected.add(new ExpectedAlert(FIRST, camera, 0, 5));
      street.expected.add(new ExpectedAlert(SECOND, camera, 10, 15));
    }
    return street;
  }

  ScoredStreet withoutExpectation(int index) {
    expected.remove(index);
    return this;
  }

  public ScoredStreet named(String other) {
    name = other;
    return this;
  }

  public ScoredStreet raised(String subject, String camera, double seconds, double similarity) {
    raised.add(
        new RaisedAlert(new SubjectRef(subject), new CameraId(camera), seconds, similarity, null));
    return this;
  }

  /** As all of the expected alerts; similarity 0.7. */
  public ScoredStreet raisedAsExpected() {
    expected.forEach(
        each ->
            raised.add(
                new RaisedAlert(each.subject(), each.camera(), each.fromSeconds() + 2, 0.7, null)));
    return this;
  }

  /** Both subjects as expected, and people P-1 to P-N who are not listed, at 20 s and on. */
  public ScoredStreet walkedBy(int others) {
    List<TruePass> passes = new ArrayList<>();
    expected.forEach(
        each ->
            passes.add(
                new TruePass(
                    TruePass.NO_NUMBER,
                    each.camera(),
                    "person of " + each.subject(),
                    each.subject(),
                    each.fromSeconds(),
                    each.toSeconds() - 1,
                    each.camera().equals(MAST_1) ? 50 : 130)));
    for (int i = 0; i < others; i++) {
      passes.add(
          new TruePass(
              TruePass.NO_NUMBER, MAST_1, "P-" + (i + 1), null, 20 + 10 * i, 24 + 10 * i, 50));
    }
    truth = passes;
    return this;
  }

  ScoredStreet also(TruePass pass) {
    List<TruePass> passes = new ArrayList<>(truth == null ? List.of() : truth);
    passes.add(pass);
    truth = passes;
    return this;
  }

  ScoredStreet labelled(String column, Map<String, Map<String, String>> byPerson) {
    labels = new Labels(List.of(column), byPerson);
    return this;
  }

  Scorecard scorecard() {
    return new Scorecard(
        new ScenarioSettings(
            name,
            new Recognition("builtin", null, null, null, null),
            InferenceDevice.CPU,
            List.of(
                new Listed(FIRST, "exercise", List.of()), new Listed(SECOND, "missing", List.of())),
            null,
            List.of(
                CameraSettings.of(MAST_1, Path.of("a.mp4").toString()),
                CameraSettings.of(MAST_2, Path.of("b.mp4").toString())),
            expected,
            Known.NOTHING),
        truth,
        labels,
        raised);
  }

  /** At one false alert in a thousand faces, on forty tracks. */
  Rates rates() {
    return scorecard().rates(40, THRESHOLD);
  }

  /** With latencies that are made up. */
  public FieldTestReport report() {
    PipelineCounters.Snapshot none = PipelineCounters.Snapshot.none();
    PipelineCounters.Snapshot counters =
        new PipelineCounters.Snapshot(
            none.frames(),
            none.faces(),
            40,
            none.embeddings(),
            none.alerts(),
            none.faults(),
            none.footage(),
            Duration.ofMillis(70));
    return FieldTestReport.of(
        name,
        scorecard(),
        counters,
        THRESHOLD,
        Search.of(THRESHOLD, 2, "builtin"),
        Speed.of(
            12.5,
            counters,
            new Latency(
                new Percentiles(40, 80, 90),
                new Percentiles(45, 90, 95),
                new Percentiles(50, 99, 120),
                new Percentiles(60, 110, 130))),
        raised,
        List.of("S-1: a.png: no face <here> & there"));
  }

  /** As it stands among others that were run, without a comparison. */
  public ScenarioRun run() {
    return run(null);
  }

  public ScenarioRun run(@Nullable Comparison comparison) {
    return new ScenarioRun(
        name, Path.of("corridor.yaml"), Suite.slug(name), report(), null, comparison);
  }
}
