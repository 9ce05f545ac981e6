package org.sightline.edge.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.KnownAlert;
import org.sightline.edge.domain.ListNearness;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.Place;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.statistics.Proportion;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DeploymentRecordTest {
  private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final DeploymentId ID = new DeploymentId("D-7");
  private static final DeploymentFacts FACTS = facts(new ListNearness(0.231, 0.217));
  private static final Similarity THRESHOLD = new Similarity(0.62);

  private static DeploymentFacts facts(@Nullable ListNearness nearness) {
    return new DeploymentFacts(
        ID, new VanId("van-1"), new Place("High Street"), 501, "retail-0095", "1.2.3", nearness);
  }

  @TempDir Path folder;
  private Database database;
  private DeploymentCounts counts = counts(0, 0, 0, 0);

  @BeforeEach
  void openDatabase() throws StoreException {
    database = Database.open(folder);
  }

  @AfterEach
  void closeDatabase() throws StoreException {
    database.close();
  }

  private DeploymentRecord open() throws StoreException {
    return DeploymentRecord.open(database, FACTS, THRESHOLD, "derived", () -> counts, CLOCK);
  }

  private static DeploymentCounts counts(
      long frames, long faceDetections, long facesSeen, long alerts) {
    return new DeploymentCounts(
        frames,
        faceDetections,
        facesSeen,
        alerts,
        new TreeMap<>(alerts == 0 ? Map.of() : Map.of("wanted", alerts)));
  }

  private PublicRecord read() throws Exception {
    return PublicRecord.read(database, ID);
  }

  @Test
  void whatWasCountedIsInTheRecordAfterClosing() throws Exception {
    DeploymentRecord record = open();
    counts = counts(1000, 700, 42, 3);
    record.close();

    assertThat(read().counts()).isEqualTo(counts(1000, 700, 42, 3));
    assertThat(read().use().opened().closedAt()).isEqualTo(NOW);
    assertThat(read().search().galleryEntries()).isEqualTo(501);
    assertThat(read().search().modelPack()).isEqualTo("retail-0095");
    assertThat(read().search().software()).isEqualTo("1.2.3");
  }

  @Test
  void howMuchThePeopleOnTheListResembleEachOtherIsInTheRecord() throws Exception {
    open().close();

    assertThat(read().search().nearness()).isEqualTo(new ListNearness(0.231, 0.217));
  }

  @Test
  void theNearnessOfAListThatIsTooShortForItIsLeftOutOfTheRecord() throws Exception {
    DeploymentRecord.open(database, facts(null), THRESHOLD, "derived", () -> counts, CLOCK).close();

    assertThat(new JsonMapper().valueToTree(read()).has("nearness")).isFalse();
  }

  @Test
  void everyChangeOfTheThresholdIsRecordedInTheLog() throws Exception {
    try (DeploymentRecord record = open()) {
      record.threshold(THRESHOLD, "the same again");
      record.threshold(new Similarity(0.7), "raised by the operator");
    }
    assertThat(
            database.query(
                "SELECT json_extract(CAST(line AS TEXT), '$.details.cosine') AS cosine"
                    + " FROM audit_record ORDER BY sequence",
                row -> row.text("cosine")))
        .containsExactly("0.6200", "0.7000");
  }

  @Test
  void aSecondRunAddsToTheFirst() throws Exception {
    counts = counts(10, 8, 4, 1);
    open().close();
    counts = counts(5, 4, 2, 1);
    open().close();

    assertThat(read().counts()).isEqualTo(counts(15, 12, 6, 2));
  }

  @Test
  void aRunThatContinuesIsNotClosed() throws Exception {
    open().close();
    DeploymentRecord record = open();

    assertThat(read().use().opened().closedAt()).isNull();
    record.close();
  }

  private void life(String state, String reason, String ended) throws StoreException {
    database.update(
        """
        INSERT OR REPLACE INTO deployment_life
          (deployment, state, authorisation_digest, list_digest, list_version, entries, ends_millis,
           list_expires_millis, since_millis, end_reason, ended_by, ended_millis)
        VALUES (?, '%s', '', '', 1, 1, 0, 0, 0, %s, %s, %s)
        """
            .formatted(state, reason, reason, ended),
        ID.value());
  }

  private JsonNode published() throws Exception {
    return new JsonMapper().valueToTree(read());
  }

  @Test
  void aStopOfTheAgentIsNoEndOfTheDeployment() throws Exception {
    life("open", "NULL", "NULL");
    open().close();

    assertThat(published().required("endedAt").isNull()).isTrue();
  }

  @Test
  void aDeploymentThatEndedWhileNoAgentStoppedHasEnded() throws Exception {
    DeploymentRecord killed = open();
    life("destroyed", "'closed'", "1000");

    assertThat(published().required("endedAt").asString()).isEqualTo("1970-01-01T00:00:01Z");
    killed.close();
  }

  @Test
  void ofADeploymentWhoseLifeIsNotKeptNoEndIsStated() throws Exception {
    open().close();

    assertThat(published().has("endedAt")).isFalse();
  }

  @Test
  void readingTheCountsTwiceCountsThemOnce() throws Exception {
    try (DeploymentRecord record = open()) {
      counts = counts(10, 8, 4, 1);
      record.flush();
      record.flush();
    }

    assertThat(read().counts()).isEqualTo(counts);
  }

  @Test
  void alertsAreCountedByCategoryOverAllRuns() throws Exception {
    counts = new DeploymentCounts(10, 8, 4, 3, new TreeMap<>(Map.of("wanted", 2L, "missing", 1L)));
    open().close();
    counts = counts(5, 4, 2, 1);
    open().close();

    assertThat(read().counts().alertsByCategory())
        .isEqualTo(new TreeMap<>(Map.of("wanted", 3L, "missing", 1L)));
  }

  @Test
  void everyChangeOfTheThresholdIsKept() throws Exception {
    try (DeploymentRecord record = open()) {
      record.threshold(THRESHOLD, "the same again");
      record.threshold(new Similarity(0.7), "raised by the operator");
    }

    assertThat(read().thresholds())
        .containsExactly(
            new PublicRecord.Threshold(NOW, 0.62, "derived"),
            new PublicRecord.Threshold(NOW, 0.7, "raised by the operator"));
  }

  @Test
  void withoutOutcomesRatesAreNotClaimed() throws Exception {
    counts = counts(1000, 700, 42, 3);
    open().close();

    assertThat(read().falseAlerts().falseAlertsPerFaceSeen()).isNull();
    assertThat(read().falseAlerts().falseAlertsPerAlert()).isNull();
    assertThat(read().outcomes().open()).isEqualTo(3);
  }

  @Test
  void outcomesGiveBothRates() throws Exception {
    counts = counts(1000, 700, 42, 5);
    try (DeploymentRecord record = open()) {
      judge(Outcome.TRUE, Outcome.TRUE, Outcome.FALSE, Outcome.UNRESOLVED);
      record.flush();
    }

    assertThat(read().outcomes()).isEqualTo(new PublicRecord.Outcomes(2, 1, 1, 1));
    assertThat(read().falseAlerts().falseAlertsPerFaceSeen()).isEqualTo(Proportion.of(1, 42));
    assertThat(read().falseAlerts().falseAlertsPerAlert()).isEqualTo(Proportion.of(1, 4));
  }

  private void judge(Outcome... found) throws StoreException {
    Outcomes outcomes =
        new Outcomes(
            database,
            new AuditLog(CLOCK),
            (tx, id) -> Optional.of(new KnownAlert(id, ID, NOW.plusSeconds(60), false)),
            CLOCK);
    for (Outcome outcome : found) {
      outcomes.record(UUID.randomUUID(), outcome, Actor.officer("1234"));
    }
  }

  @Test
  void aDeploymentWithoutAlertsHasNoFalseOnesPerFaceSeen() throws Exception {
    counts = counts(1000, 700, 42, 0);
    open().close();

    assertThat(read().falseAlerts().falseAlertsPerFaceSeen()).isEqualTo(Proportion.of(0, 42));
    assertThat(read().falseAlerts().falseAlertsPerAlert()).isNull();
  }

  @Test
  void anUnknownDeploymentIsReportedWithThoseThatAreKnown() throws Exception {
    open().close();

    assertThatExceptionOfType(SightlineException.class)
        .isThrownBy(() -> PublicRecord.read(database, new DeploymentId("D-8")))
        .satisfies(e -> assertThat(e.remedy()).contains("D-7"));
  }
}
