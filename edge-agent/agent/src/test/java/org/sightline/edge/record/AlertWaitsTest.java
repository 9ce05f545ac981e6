package org.sightline.edge.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.app.ExpiringData;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Engagement;
import org.sightline.edge.domain.Engagement.Action;
import org.sightline.edge.domain.KnownAlert;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.Place;
import org.sightline.edge.domain.ReportedWaits;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.outbox.Outbox;
import org.sightline.edge.record.WaitFigures.Times;
import org.sightline.edge.retention.Expiring;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;

/** How long alerts waited, as the record of their deployment has it. */
class AlertWaitsTest {
  private static final Instant START = Instant.parse("2026-11-28T09:00:00Z");
  private static final DeploymentId DEPLOYMENT = new DeploymentId("D-7");
  private static final Actor OFFICER = Actor.officer("1234");

  @TempDir private Path folder;
  private Instant now = START;
  private final InstantSource clock = () -> now;
  private Database database;
  private Outbox outbox;
  private Outcomes outcomes;

  @BeforeEach
  void open() throws StoreException {
    database = Database.open(folder);
    outbox = new Outbox(database, DeviceKeys.generate().storage());
    outcomes = new Outcomes(database, new AuditLog(clock), Outbox::find, clock);
    DeploymentRecord.open(
            database,
            new DeploymentFacts(
                DEPLOYMENT,
                new VanId("van-1"),
                new Place("High Street"),
                501,
                "pack",
                "1.2.3",
                null),
            new Similarity(0.62),
            "derived",
            () -> new DeploymentCounts(100, 50, 40, 30, new TreeMap<>()),
            Clock.fixed(START, ZoneOffset.UTC))
        .close();
  }

  @AfterEach
  void close() throws StoreException {
    database.close();
  }

  private UUID raised() throws StoreException {
    UUID id = UUID.randomUUID();
    database.write(
        transaction ->
            outbox.enqueue(
                transaction,
                new KnownAlert(id, DEPLOYMENT, now.plus(Duration.ofHours(24)), false),
                new CameraId("mast-1"),
                new byte[] {1},
                now));
    return id;
  }

  private List<UUID> raised(int alerts) throws StoreException {
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < alerts; i++) {
      ids.add(raised());
    }
    return ids;
  }

  private void judged(UUID alert, ReportedWaits waits) throws StoreException {
    outcomes.recordSigned(alert, Outcome.TRUE, Judges.alone(OFFICER), waits);
  }

  private static ReportedWaits waits(int seenSeconds, int claimedSeconds) {
    return new ReportedWaits(Duration.ofSeconds(seenSeconds), Duration.ofSeconds(claimedSeconds));
  }

  private WaitFigures figures() throws Exception {
    return PublicRecord.read(database, DEPLOYMENT).waits();
  }

  @Test
  void aDeploymentWithoutAlertsSaysNothingOfTimes() throws Exception {
    assertThat(figures()).isNull();
  }

  @Test
  void theTimesUntilTheBrokerAndUntilTheOutcomeAreOfTheVansClock() throws Exception {
    for (UUID alert : raised(5)) {
      now = now.plusMillis(1000);
      outbox.acknowledge(alert, now);
      judged(alert, ReportedWaits.UNKNOWN);
    }

    assertThat(figures().published()).isEqualTo(new Times(5, 3.0, 5.0));
    assertThat(figures().outcome()).isEqualTo(new Times(5, 3.0, 5.0));
    assertThat(figures().seen()).isEqualTo(new Times(0, null, null));
  }

  @Test
  void ofFewAlertsTheirNumberAloneIsSaid() throws Exception {
    for (UUID alert : raised(4)) {
      outbox.acknowledge(alert, now);
    }

    assertThat(figures().published()).isEqualTo(new Times(4, null, null));
  }

  @Test
  void howLongItTookToPublishIsKnownWhenTheAlertsAreGone() throws Exception {
    for (UUID alert : raised(5)) {
      now = now.plusMillis(30);
      outbox.acknowledge(alert, now);
    }
    Times before = figures().published();
    now = now.plus(Duration.ofDays(2));
    for (Expiring kind : ExpiringData.ALL) {
      database.write(transaction -> kind.deleteExpired(transaction, now));
    }

    assertThat(database.query("SELECT id FROM outbox_event", row -> row.uuid("id"))).isEmpty();
    assertThat(before).isEqualTo(new Times(5, 0.1, 0.2));
    assertThat(figures().published()).isEqualTo(before);
  }

  @Test
  void whatABoardStatesIsCounted() throws Exception {
    List<UUID> alerts = raised(5);
    now = now.plusSeconds(60);
    for (UUID alert : alerts) {
      judged(alert, waits(7, 12));
    }

    assertThat(figures().seen()).isEqualTo(new Times(5, 7.0, 7.0));
    assertThat(figures().claimed()).isEqualTo(new Times(5, 12.0, 12.0));
  }

  @Test
  void aWaitFromBeforeTheAlertOrBeyondItsOutcomeIsPassedOverAndCounted() throws Exception {
    UUID alert = raised();
    now = now.plusSeconds(10);
    judged(alert, waits(-1, 13));

    assertThat(figures().seen().alerts()).isZero();
    assertThat(figures().claimed().alerts()).isZero();
    assertThat(figures().notPlausible()).isEqualTo(2);
  }

  @Test
  void aBoardThatTakesAnAlertForASecondOlderIsBelieved() throws Exception {
    List<UUID> alerts = raised(5);
    now = now.plusSeconds(10);
    for (UUID alert : alerts) {
      judged(alert, waits(11, 11));
    }

    assertThat(figures().seen()).isEqualTo(new Times(5, 10.0, 10.0));
    assertThat(figures().notPlausible()).isZero();
  }

  @Test
  void anOutcomeThatIsSentAgainCountsOnce() throws Exception {
    UUID alert = raised();
    judged(alert, waits(0, 0));
    judged(alert, waits(0, 0));

    assertThat(figures().outcome().alerts()).isOne();
    assertThat(figures().seen().alerts()).isOne();
  }

  @Test
  void ofTheStreetTheFirstStatementCountsIfSomebodyWasStopped() throws Exception {
    Engagements engagements = new Engagements(database, new AuditLog(clock), Outbox::find, clock);
    for (UUID alert : raised(5)) {
      judged(alert, ReportedWaits.UNKNOWN);
      now = now.plusSeconds(60);
      engagements.record(
          new Engagements.Statement(
              UUID.randomUUID(),
              alert,
              OFFICER,
              Engagement.stopped(Outcome.TRUE, Action.ARRESTED, 3),
              null,
              null));
    }
    UUID lost = raised();
    judged(lost, ReportedWaits.UNKNOWN);
    engagements.record(
        new Engagements.Statement(
            UUID.randomUUID(),
            lost,
            OFFICER,
            Engagement.none(Engagement.Attempt.LOST),
            null,
            null));

    assertThat(figures().stopped()).isEqualTo(new Times(5, 180.0, 300.0));
  }
}
