package org.sightline.edge.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.KnownAlert;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.Place;
import org.sightline.edge.domain.ReportedWaits;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.record.Outcomes.Result;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.testing.AuditLines;

class OutcomesTest {
  private static final Instant START = Instant.parse("2026-11-01T10:00:00Z");
  private static final Duration KEPT = Duration.ofHours(24);
  private static final DeploymentId DEPLOYMENT = new DeploymentId("D-7");
  private static final DeploymentFacts FACTS =
      new DeploymentFacts(
          DEPLOYMENT,
          new VanId("van-1"),
          new Place("High Street"),
          501,
          "retail-0095",
          "1.2.3",
          null);
  private static final Actor OFFICER = Actor.officer("1234");

  @TempDir Path folder;
  private final Map<UUID, KnownAlert> alerts = new HashMap<>();
  private Instant now = START;
  private final InstantSource clock = () -> now;
  private Database database;
  private Outcomes outcomes;

  @BeforeEach
  void open() throws StoreException {
    database = Database.open(folder);
    outcomes =
        new Outcomes(
            database, new AuditLog(clock), (tx, id) -> Optional.ofNullable(alerts.get(id)), clock);
    startAgent().close();
  }

  @AfterEach
  void close() throws StoreException {
    database.close();
  }

  private DeploymentRecord startAgent() throws StoreException {
    return DeploymentRecord.open(
        database,
        FACTS,
        new Similarity(0.62),
        "derived",
        () -> new DeploymentCounts(100, 50, 10, 3, new TreeMap<>()),
        Clock.fixed(START, ZoneOffset.UTC));
  }

  /** The records of outcomes; the deployment's own start with its threshold. */
  private List<String> outcomesRecorded() throws StoreException {
    return AuditLines.of(database).stream()
        .filter(line -> line.contains("outcome-recorded"))
        .toList();
  }

  private UUID alert() {
    UUID id = UUID.randomUUID();
    alerts.put(id, new KnownAlert(id, DEPLOYMENT, START.plus(KEPT), false));
    return id;
  }

  private Result record(UUID alert, Outcome outcome) throws StoreException {
    return outcomes.record(alert, outcome, OFFICER);
  }

  private PublicRecord.Outcomes counted() throws Exception {
    return PublicRecord.read(database, DEPLOYMENT).outcomes();
  }

  private int deleteExpired() throws StoreException {
    return database.write(tx -> Outcomes.deleteExpired(tx, now));
  }

  @Test
  void anOutcomeIsCountedInTheRecordOfItsDeploymentWhileNoAgentRuns() throws Exception {
    assertThat(record(alert(), Outcome.FALSE)).isInstanceOf(Result.Recorded.class);

    assertThat(counted()).isEqualTo(new PublicRecord.Outcomes(0, 1, 0, 2));
  }

  @Test
  void theCountsOfARunningAgentDoNotUndoIt() throws Exception {
    DeploymentRecord agent = startAgent();
    record(alert(), Outcome.TRUE);
    agent.flush();
    record(alert(), Outcome.UNRESOLVED);
    agent.close();

    assertThat(counted()).isEqualTo(new PublicRecord.Outcomes(1, 0, 1, 4));
  }

  @Test
  void aClosedAlertStaysAsItIs() throws Exception {
    UUID alert = alert();
    record(alert, Outcome.TRUE);

    assertThat(record(alert, Outcome.FALSE))
        .isInstanceOfSatisfying(
            Result.AlreadyRecorded.class,
            before -> assertThat(before.outcome()).isEqualTo(Outcome.TRUE));

    assertThat(counted()).isEqualTo(new PublicRecord.Outcomes(1, 0, 0, 2));
    assertThat(outcomesRecorded()).hasSize(1);
  }

  @Test
  void anAlertThatIsNotKnownHasNoOutcome() throws Exception {
    assertThat(record(UUID.randomUUID(), Outcome.TRUE)).isEqualTo(new Result.UnknownAlert());

    assertThat(counted()).isEqualTo(new PublicRecord.Outcomes(0, 0, 0, 3));
    assertThat(outcomesRecorded()).isEmpty();
  }

  /** Else it could be counted twice, once its first outcome is deleted. */
  @Test
  void anAlertWhoseTimeIsOverIsNotKnown() throws Exception {
    UUID alert = alert();
    record(alert, Outcome.TRUE);
    now = START.plus(KEPT);
    deleteExpired();

    assertThat(record(alert, Outcome.TRUE)).isEqualTo(new Result.UnknownAlert());
  }

  @Test
  void theAuditLogRecordsWhoJudgedWhatHow() throws Exception {
    UUID alert = alert();

    record(alert, Outcome.UNRESOLVED);

    assertThat(outcomesRecorded())
        .singleElement()
        .asString()
        .contains(
            "\"event\":\"outcome-recorded\"",
            "\"actor\":\"officer:1234\"",
            "\"alert\":\"" + alert + "\"",
            "\"deployment\":\"D-7\"",
            "\"outcome\":\"unresolved\"");
  }

  @Test
  void anOutcomeIsDeletedWithItsAlertAndItsCountStays() throws Exception {
    record(alert(), Outcome.TRUE);
    now = START.plus(KEPT).minusMillis(1);
    assertThat(deleteExpired()).isZero();
    now = START.plus(KEPT);

    assertThat(deleteExpired()).isEqualTo(1);

    assertThat(counted()).isEqualTo(new PublicRecord.Outcomes(1, 0, 0, 2));
    assertThat(database.query("SELECT alert FROM alert_outcome", row -> row.uuid("alert")))
        .isEmpty();
  }

  @Test
  void nothingTypedCountsWhereAControlRoomIsAuthorised() throws Exception {
    outcomes.requireSigned(DEPLOYMENT, false);
    UUID alert = alert();

    assertThat(outcomes.record(alert, Outcome.TRUE, OFFICER))
        .isEqualTo(new Outcomes.Result.SignedOnly());

    assertThat(counted().correct()).isZero();
    assertThat(
            outcomes.recordSigned(
                alert, Outcome.FALSE, Judges.alone(OFFICER), ReportedWaits.UNKNOWN))
        .isInstanceOf(Result.Recorded.class);
  }

  @Test
  void howAnOutcomeCameIsInTheAuditLogAndInTheRecord() throws Exception {
    outcomes.record(alert(), Outcome.TRUE, OFFICER);
    outcomes.recordSigned(alert(), Outcome.TRUE, Judges.alone(OFFICER), ReportedWaits.UNKNOWN);

    assertThat(AuditLines.of(database)).anyMatch(line -> line.contains("\"typed\""));
    assertThat(AuditLines.of(database)).anyMatch(line -> line.contains("\"signed\""));
    assertThat(PublicRecord.read(database, DEPLOYMENT).signedOutcomes()).isEqualTo(1);
  }
}
