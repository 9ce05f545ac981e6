package org.sightline.edge.fieldtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.sightline.edge.config.SettingsException;
import org.sightline.edge.testing.FuzzTarget;

/** A file is a scenario whose parts fit together, or is refused in one line. */
class ScenarioSettingsFuzzTest extends FuzzTarget {
  @Override
  protected List<byte[]> seeds() {
    return texts(
        """
        name: corridor
        modelPack: retail-0095
        attackPack: minifasnet
        calibration: lfw-dev
        watchlist:
          - {subject: S-0001, category: exercise, images: [enrol/s1-a.png, enrol/s1-b.png]}
        fillers: {folder: fillers, count: 1000}
        cameras:
          - {id: mast-1, source: clips/walk.mp4, pace: realtime}
        threshold: null
        smallestFacePx: 24
        expect:
          alerts: [{subject: S-0001, camera: mast-1, from: 0.0, to: 5.0}]
        truth: truth.json
        labels: labels.csv
        """,
        """
        name: none
        watchlist: [{subject: S-1, category: c, images: [a]}, null]
        cameras: [{id: m, source: a}]
        expect: {alerts: []}
        """);
  }

  @Override
  protected void take(byte[] input) throws IOException {
    try {
      ScenarioSettings scenario = ScenarioSettings.read(fileOf(input));
      assertThat(scenario.expected())
          .allSatisfy(
              alert -> assertThat(alert.fromSeconds()).isLessThanOrEqualTo(alert.toSeconds()));
    } catch (SettingsException refusal) {
      assertOneLine(refusal);
    }
  }
}
