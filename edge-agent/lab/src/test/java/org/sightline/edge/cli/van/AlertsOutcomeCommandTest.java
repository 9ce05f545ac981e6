package org.sightline.edge.cli.van;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.KnownAlert;
import org.sightline.edge.domain.Place;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.outbox.Outbox;
import org.sightline.edge.record.DeploymentCounts;
import org.sightline.edge.record.DeploymentFacts;
import org.sightline.edge.record.DeploymentRecord;
import org.sightline.edge.record.PublicRecord;
import org.sightline.edge.store.Database;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AlertsOutcomeCommandTest {
  private static final DeploymentId DEPLOYMENT = new DeploymentId("D-7");
  private static final UUID ALERT = UUID.fromString("0193a3c8-5a00-7000-8000-000000000001");

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void raiseAnAlert() throws Exception {
    Instant now = Instant.now();
    try (Database database = Database.open(folder)) {
      DeploymentRecord.open(
              database,
              new DeploymentFacts(
                  DEPLOYMENT, new VanId("van-1"), new Place("yard"), 1, "builtin", "1", null),
              new Similarity(0.5),
              "derived",
              () -> new DeploymentCounts(10, 5, 4, 1, new TreeMap<>()),
              Clock.systemUTC())
          .close();
      Outbox outbox = new Outbox(database, DeviceKeys.generate().storage());
      database.write(
          tx ->
              outbox.enqueue(
                  tx,
                  new KnownAlert(ALERT, DEPLOYMENT, now.plus(Duration.ofHours(24)), false),
                  new CameraId("mast-1"),
                  new byte[100],
                  now));
    }
  }

  private int outcome(String alert, String outcome, String by, String... more) {
    String[] args = {
      "alerts",
      "outcome",
      "--data",
      folder.toString(),
      "--alert",
      alert,
      "--outcome",
      outcome,
      "--by",
      by
    };
    return Sightline.run(
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        Stream.of(args, more).flatMap(Arrays::stream).toArray(String[]::new));
  }

  private PublicRecord.Outcomes counted() throws Exception {
    try (Database database = Database.openExisting(folder)) {
      return PublicRecord.read(database, DEPLOYMENT).outcomes();
    }
  }

  @Test
  void anOutcomeIsCountedInTheRecordOfTheDeployment() throws Exception {
    assertThat(outcome(ALERT.toString(), "false", "1234")).isZero();

    assertThat(counted()).isEqualTo(new PublicRecord.Outcomes(0, 1, 0, 0));
    assertThat(out.toString()).isEqualToIgnoringNewLines("alert " + ALERT + ": false");
  }

  @Test
  void aClosedAlertIsANoThatNamesItsOutcome() throws Exception {
    outcome(ALERT.toString(), "true", "1234");

    assertThat(outcome(ALERT.toString(), "false", "1234", "--json")).isEqualTo(Sightline.EXIT_NO);

    assertThat(counted()).isEqualTo(new PublicRecord.Outcomes(1, 0, 0, 0));
    assertThat(out.toString()).contains("\"recorded\" : false", "\"outcome\" : \"true\"");
  }

  @Test
  void asJsonItIsAloneOnStandardOutput() {
    assertThat(outcome(ALERT.toString(), "unresolved", "1234", "--json")).isZero();

    JsonNode json = new JsonMapper().readTree(out.toString());
    assertThat(json.path("alert").asString()).isEqualTo(ALERT.toString());
    assertThat(json.path("recorded").asBoolean()).isTrue();
    assertThat(json.path("outcome").asString()).isEqualTo("unresolved");
  }

  @Test
  void anUnknownAlertIsUnusableInput() {
    String unknown = "0193a3c8-5a00-7000-8000-000000000002";

    assertThat(outcome(unknown, "true", "1234")).isEqualTo(Sightline.EXIT_UNUSABLE);

    assertThat(err.toString().strip()).hasLineCount(1).contains(unknown);
  }

  @Test
  void aWordThatIsNoOutcomeIsWrongUse() {
    assertThat(outcome(ALERT.toString(), "maybe", "1234")).isEqualTo(Sightline.EXIT_UNUSABLE);

    assertThat(err.toString().strip()).hasLineCount(1).contains("true, false or unresolved");
  }

  @Test
  void aNameIsNotTakenForAReference() {
    assertThat(outcome(ALERT.toString(), "true", "Jo Doe")).isEqualTo(Sightline.EXIT_UNUSABLE);

    assertThat(err.toString().strip()).hasLineCount(1).contains("--by");
  }
}
