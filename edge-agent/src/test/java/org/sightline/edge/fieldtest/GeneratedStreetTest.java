package org.sightline.edge.fieldtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.config.ScenarioSettings;
import org.sightline.edge.inference.ModelPacks;
import org.sightline.edge.testing.GeneratedStreet;
import org.sightline.edge.testing.Mosquitto;

/** The whole agent on drawn people with the engine that is built in: nothing else is needed. */
class GeneratedStreetTest {
  @TempDir private static Path folder;
  private static FieldTestReport report;

  @BeforeAll
  static void run() throws Exception {
    Mosquitto.assumeInstalled();
    GeneratedStreet street = GeneratedStreet.in(folder.resolve("street"));
    report =
        FieldTest.run(
            ScenarioSettings.read(street.scenario()), ModelPacks.at(folder.resolve("models")));
  }

  @Test
  void everyListedPersonRaisesOneAlert() {
    assertThat(report.raised())
        .extracting(RaisedAlert::subject)
        .containsExactlyInAnyOrderElementsOf(GeneratedStreet.LISTED);
  }

  @Test
  void allCameAsTheTruthSays() {
    assertThat(report.asExpected()).isTrue();
    assertThat(report.passesExpected()).isEqualTo(2);
    assertThat(report.tpir()).isEqualTo(1.0);
    assertThat(report.fpirPerTrack()).isZero();
    assertThat(report.tracks()).isGreaterThan(2);
  }

  @Test
  void everyFrameIsLookedAt() {
    assertThat(report.framesRead()).isEqualTo(96);
    assertThat(report.framesProcessed()).isEqualTo(96);
  }

  @Test
  void theWayToTheReceiverIsTimedFromStageToStage() {
    assertThat(report.captureToDecisionMillis()).isNotNull();
    assertThat(report.captureToStoreMillis()).isNotNull();
    assertThat(report.captureToPublishMillis()).isNotNull();
    assertThat(report.captureToReceiverMillis()).isNotNull();
  }
}
