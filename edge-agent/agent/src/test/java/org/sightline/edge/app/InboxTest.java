package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Engagement;
import org.sightline.edge.domain.KnownAlert;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.Place;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.EngagementMessage;
import org.sightline.edge.publish.EngagementReceipt;
import org.sightline.edge.publish.OutcomeMessage;
import org.sightline.edge.publish.OutcomeMessage.Judged;
import org.sightline.edge.publish.OutcomeReceipt;
import org.sightline.edge.publish.SealedGroup;
import org.sightline.edge.record.DeploymentCounts;
import org.sightline.edge.record.DeploymentFacts;
import org.sightline.edge.record.DeploymentRecord;
import org.sightline.edge.record.Engagements;
import org.sightline.edge.record.KnownAlerts;
import org.sightline.edge.record.Outcomes;
import org.sightline.edge.record.PublicRecord;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.testing.AuditLines;
import org.sightline.edge.trust.TrustStatement.Claim;

class InboxTest {
  private static final DeploymentId DEPLOYMENT = new DeploymentId("D-7");
  private static final byte GENUINE = 7;
  private static final Actor FIRST = Actor.officer("1234");
  private static final Actor SECOND = Actor.officer("5678");

  @TempDir private Path folder;
  private final ControlRoomKeys controlRoom = ControlRoomKeys.generate();
  private final DeviceKeys device = DeviceKeys.generate();
  private final Map<UUID, KnownAlert> alerts = new HashMap<>();
  private final Clock clock = Clock.systemUTC();
  private Database database;
  private Inbox inbox;

  private boolean diskIsFull;

  @BeforeEach
  void open() throws Exception {
    database = Database.open(folder);
    DeploymentRecord.open(
            database,
            new DeploymentFacts(
                DEPLOYMENT,
                new VanId("van-1"),
                new Place("High Street"),
                501,
                "retail-0095",
                "1.2.3",
                null),
            new Similarity(0.62),
            "derived",
            () -> new DeploymentCounts(100, 50, 10, 3, new TreeMap<>()),
            clock)
        .close();
    inbox = inbox(AlertTerms.DEFAULT.sealedFor(controlRoom.identity()));
  }

  @AfterEach
  void close() throws StoreException {
    database.close();
  }

  private Inbox inbox(AlertTerms terms) {
    return inbox(() -> terms.controlRoom().stream().toList());
  }

  private Inbox inbox(Supplier<List<ControlRoomIdentity>> rooms) {
    KnownAlerts known =
        (transaction, id) -> {
          if (diskIsFull) {
            throw new StoreException("the disk is full", "here", "free space", null);
          }
          return Optional.ofNullable(alerts.get(id));
        };
    AuditLog audit = new AuditLog(clock);
    return new Inbox(
        rooms,
        new Outcomes(database, audit, known, clock),
        new EngagementIntake(new Engagements(database, audit, known, clock), device),
        new WithdrawalIntake(document -> document[0] == GENUINE, database),
        new RulingIntake(document -> document[0] == GENUINE, database),
        new TrustIntake(
            document ->
                document[0] == GENUINE
                    ? Optional.of(new Claim(Sha256.of(document), Set.of(), true))
                    : Optional.empty()),
        document -> document[0] == GENUINE);
  }

  private UUID alert() {
    UUID id = UUID.randomUUID();
    alerts.put(
        id, new KnownAlert(id, DEPLOYMENT, clock.instant().plus(Duration.ofHours(1)), false));
    return id;
  }

  private OutcomeMessage message(UUID alert, Outcome outcome) {
    return new OutcomeMessage(alert, outcome, FIRST, SECOND, Instant.now());
  }

  private PublicRecord.Outcomes counted() throws Exception {
    return PublicRecord.read(database, DEPLOYMENT).outcomes();
  }

  private EngagementMessage engagement(UUID alert, @Nullable SealedGroup group) {
    return new EngagementMessage(
        UUID.randomUUID(),
        alert,
        FIRST,
        Instant.now(),
        Engagement.stopped(Outcome.FALSE, Engagement.Action.NO_ACTION, 4),
        group,
        null,
        null);
  }

  private EngagementReceipt.Result answerTo(EngagementMessage engagement) {
    inbox.outcome(engagement.sign(controlRoom));
    return inbox.receipts().stream()
        .filter(EngagementReceipt.class::isInstance)
        .map(EngagementReceipt.class::cast)
        .filter(receipt -> receipt.engagement().equals(engagement.id()))
        .map(EngagementReceipt::result)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatBecameOfAnAlertInTheStreetIsCountedAfterItsOutcome() throws Exception {
    UUID alert = alert();
    EngagementMessage engagement = engagement(alert, null);
    assertThat(answerTo(engagement)).isEqualTo(EngagementReceipt.Result.NOT_JUDGED);
    inbox.outcome(message(alert, Outcome.TRUE).sign(controlRoom));

    assertThat(answerTo(engagement)).isEqualTo(EngagementReceipt.Result.RECORDED);
    assertThat(PublicRecord.read(database, DEPLOYMENT).street().confirmed().wrong()).isEqualTo(1);
  }

  @Test
  void anEngagementThatComesAgainIsCountedOnceAndAnsweredAgain() throws Exception {
    UUID alert = alert();
    inbox.outcome(message(alert, Outcome.TRUE).sign(controlRoom));
    EngagementMessage engagement = engagement(alert, null);
    answerTo(engagement);

    assertThat(answerTo(engagement)).isEqualTo(EngagementReceipt.Result.RECORDED);
    assertThat(PublicRecord.read(database, DEPLOYMENT).street().confirmed().wrong()).isEqualTo(1);
  }

  @Test
  void aGroupIsRefusedWhereTheAuthorisationNamesNone() {
    UUID alert = alert();
    inbox.outcome(message(alert, Outcome.TRUE).sign(controlRoom));

    assertThat(answerTo(engagement(alert, SealedGroup.of("A1", alert, device.identity()))))
        .isEqualTo(EngagementReceipt.Result.UNKNOWN_GROUP);
  }

  @Test
  void anEngagementThatCannotBeStoredIsTriedAgain() {
    UUID alert = alert();
    inbox.outcome(message(alert, Outcome.TRUE).sign(controlRoom));
    EngagementMessage engagement = engagement(alert, null);
    diskIsFull = true;
    assertThat(answerTo(engagement)).isEqualTo(EngagementReceipt.Result.NOT_STORED);
    assertThat(inbox.unrecorded()).isTrue();
    diskIsFull = false;

    assertThat(answerTo(engagement)).isEqualTo(EngagementReceipt.Result.RECORDED);
    assertThat(inbox.unrecorded()).isFalse();
  }

  @Test
  void anEngagementOfAnotherControlRoomIsIgnored() {
    inbox.outcome(engagement(alert(), null).sign(ControlRoomKeys.generate()));

    assertThat(inbox.receipts()).isEmpty();
    assertThat(inbox.ignored()).isEqualTo(1);
  }

  private void assertNothingRecorded() throws Exception {
    assertThat(counted().wrong()).isZero();
    assertThat(inbox.ignored()).isEqualTo(1);
  }

  @Test
  void anOutcomeOfTheAuthorisedControlRoomIsRecorded() throws Exception {
    inbox.outcome(message(alert(), Outcome.FALSE).sign(controlRoom));

    assertThat(counted().wrong()).isEqualTo(1);
    assertThat(inbox.ignored()).isZero();
  }

  @Test
  void theAuditLogNamesBothOfficers() throws Exception {
    inbox.outcome(message(alert(), Outcome.FALSE).sign(controlRoom));

    assertThat(AuditLines.of(database))
        .anyMatch(line -> line.contains(FIRST.value()) && line.contains(SECOND.value()));
  }

  @Test
  void anOutcomeOfAnotherControlRoomIsIgnored() throws Exception {
    inbox.outcome(message(alert(), Outcome.FALSE).sign(ControlRoomKeys.generate()));

    assertNothingRecorded();
  }

  @Test
  void anOutcomeOfARoomThatHoldsNoMoreIsIgnored() throws Exception {
    List<ControlRoomIdentity> rooms = new ArrayList<>(List.of(controlRoom.identity()));
    inbox = inbox(() -> rooms);
    rooms.set(0, ControlRoomKeys.generate().identity());

    inbox.outcome(message(alert(), Outcome.FALSE).sign(controlRoom));

    assertNothingRecorded();
  }

  @Test
  void theOutcomesAndEngagementsOfEachRoomThatHoldsCount() throws Exception {
    inbox = inbox(() -> List.of(ControlRoomKeys.generate().identity(), controlRoom.identity()));
    UUID alert = alert();

    inbox.outcome(message(alert, Outcome.FALSE).sign(controlRoom));

    assertThat(counted().wrong()).isEqualTo(1);
    assertThat(answerTo(engagement(alert, null))).isEqualTo(EngagementReceipt.Result.RECORDED);
  }

  @Test
  void anOutcomeIsIgnoredWhereNoControlRoomIsAuthorised() throws Exception {
    inbox = inbox(AlertTerms.DEFAULT);

    inbox.outcome(message(alert(), Outcome.FALSE).sign(controlRoom));

    assertNothingRecorded();
  }

  @Test
  void anOutcomeOfAnUnknownAlertIsIgnored() throws Exception {
    inbox.outcome(message(UUID.randomUUID(), Outcome.FALSE).sign(controlRoom));

    assertNothingRecorded();
  }

  @Test
  void whatIsNoOutcomeIsIgnored() throws Exception {
    inbox.outcome("{\"outcome\":\"false\"}".getBytes(StandardCharsets.UTF_8));

    assertNothingRecorded();
  }

  @Test
  void aRepetitionCountsOnceAndIsNoFault() throws Exception {
    byte[] message = message(alert(), Outcome.FALSE).sign(controlRoom);

    inbox.outcome(message);
    inbox.outcome(message);

    assertThat(counted().wrong()).isEqualTo(1);
    assertThat(inbox.ignored()).isZero();
  }

  @Test
  void anotherOutcomeOfAClosedAlertIsIgnored() throws Exception {
    UUID alert = alert();

    inbox.outcome(message(alert, Outcome.FALSE).sign(controlRoom));
    inbox.outcome(message(alert, Outcome.TRUE).sign(controlRoom));

    assertThat(counted().correct()).isZero();
    assertThat(inbox.ignored()).isEqualTo(1);
  }

  @Test
  void anOutcomeThatCannotBeStoredIsAnAlarm() throws Exception {
    database.update("PRAGMA query_only = ON");
    assertThat(inbox.unrecorded()).isFalse();

    inbox.outcome(message(alert(), Outcome.FALSE).sign(controlRoom));

    assertThat(inbox.unrecorded()).isTrue();
  }

  private OutcomeReceipt answer() {
    assertThat(inbox.receipts()).hasSize(1);
    return (OutcomeReceipt) inbox.receipts().get(0);
  }

  @Test
  void anOutcomeIsAnsweredOnceItIsInTheAuditLog() throws Exception {
    UUID alert = alert();

    inbox.outcome(message(alert, Outcome.FALSE).sign(controlRoom));

    assertThat(answer())
        .isEqualTo(OutcomeReceipt.recorded(alert, Outcome.FALSE, database.read(AuditLog::head)));
  }

  @Test
  void anAnswerThatHasBeenSentIsNotSentAgain() {
    inbox.outcome(message(alert(), Outcome.FALSE).sign(controlRoom));

    inbox.receipted(answer());

    assertThat(inbox.receipts()).isEmpty();
  }

  @Test
  void aRepetitionIsAnsweredAgain() {
    byte[] message = message(alert(), Outcome.FALSE).sign(controlRoom);
    inbox.outcome(message);
    OutcomeReceipt first = answer();
    inbox.receipted(first);

    inbox.outcome(message);

    assertThat(answer()).isEqualTo(first);
  }

  @Test
  void whoSendsAnotherOutcomeIsAnsweredWithTheOneThatStands() {
    UUID alert = alert();
    inbox.outcome(message(alert, Outcome.FALSE).sign(controlRoom));

    inbox.outcome(message(alert, Outcome.TRUE).sign(controlRoom));

    assertThat(answer().outcome()).isEqualTo(Outcome.FALSE);
  }

  @Test
  void anOutcomeOfAnotherVansAlertIsRefusedAndThatIsAnswered() {
    UUID elsewhere = UUID.randomUUID();

    inbox.outcome(message(elsewhere, Outcome.FALSE).sign(controlRoom));

    assertThat(answer())
        .isEqualTo(OutcomeReceipt.not(OutcomeReceipt.Result.UNKNOWN_ALERT, elsewhere));
  }

  /** From now on the authorisation demands two officers. */
  private UUID alertForTwo() throws Exception {
    new Outcomes(database, new AuditLog(clock), (transaction, id) -> Optional.empty(), clock)
        .requireSigned(DEPLOYMENT, true);
    return alert();
  }

  @Test
  void whereTheCategoryAsksForTwoOneOfficerIsNotEnough() throws Exception {
    UUID alert = alert();
    alerts.put(
        alert, new KnownAlert(alert, DEPLOYMENT, clock.instant().plus(Duration.ofHours(1)), true));

    send(alert, FIRST, null);

    assertRefusedForWantOfASecond(alert);
  }

  private static Judged judged(Actor officer, Outcome outcome) {
    return new Judged(officer, outcome, Instant.EPOCH);
  }

  private void send(UUID alert, Actor by, @Nullable Actor confirmedBy, Judged... judgements) {
    inbox.outcome(
        new OutcomeMessage(
                alert, Outcome.FALSE, by, confirmedBy, clock.instant(), List.of(judgements))
            .sign(controlRoom));
  }

  private void assertRefusedForWantOfASecond(UUID alert) throws Exception {
    assertThat(answer())
        .isEqualTo(OutcomeReceipt.not(OutcomeReceipt.Result.TWO_OFFICERS_NEEDED, alert));
    assertNothingRecorded();
    assertThat(AuditLines.of(database))
        .anyMatch(
            line ->
                line.contains("\"outcome-refused\"")
                    && line.contains(alert.toString())
                    && line.contains("\"reason\":\"two-officers-needed\""));
  }

  @Test
  void underTheRuleOneOfficerIsNotEnough() throws Exception {
    UUID alert = alertForTwo();

    send(alert, FIRST, null);

    assertRefusedForWantOfASecond(alert);
  }

  @Test
  void underTheRuleTwoNamesWithoutTheirJudgementsAreNotEnough() throws Exception {
    UUID alert = alertForTwo();

    send(alert, FIRST, SECOND);

    assertRefusedForWantOfASecond(alert);
  }

  @Test
  void underTheRuleTheSameOfficerTwiceIsNotEnough() throws Exception {
    UUID alert = alertForTwo();

    send(alert, FIRST, null, judged(FIRST, Outcome.FALSE), judged(FIRST, Outcome.FALSE));

    assertRefusedForWantOfASecond(alert);
  }

  @Test
  void underTheRuleTwoOfficersWhoAgreeAreEnough() throws Exception {
    UUID alert = alertForTwo();

    send(alert, FIRST, SECOND, judged(FIRST, Outcome.FALSE), judged(SECOND, Outcome.FALSE));

    assertThat(counted().wrong()).isEqualTo(1);
    assertThat(answer().result()).isEqualTo(OutcomeReceipt.Result.RECORDED);
  }

  @Test
  void theAuditLogNamesAllThreeWhereASupervisorDecided() throws Exception {
    UUID alert = alertForTwo();
    Actor supervisor = Actor.officer("inspector-1");

    send(alert, supervisor, null, judged(FIRST, Outcome.TRUE), judged(SECOND, Outcome.FALSE));

    assertThat(counted().wrong()).isEqualTo(1);
    assertThat(AuditLines.of(database))
        .anyMatch(
            line ->
                line.contains("\"actor\":\"officer:inspector-1\"")
                    && line.contains("\"disagreed1\":\"officer:1234\"")
                    && line.contains("\"disagreed2\":\"officer:5678\""));
  }

  @Test
  void anOutcomeOfTwoIsTakenAfterOneOfOneOfficerWasRefused() throws Exception {
    UUID alert = alertForTwo();
    send(alert, FIRST, null);

    send(alert, FIRST, SECOND, judged(FIRST, Outcome.FALSE), judged(SECOND, Outcome.FALSE));

    assertThat(counted().wrong()).isEqualTo(1);
  }

  @Test
  void whatNobodyAuthorisedHasSignedIsNotAnswered() {
    inbox.outcome(message(alert(), Outcome.FALSE).sign(ControlRoomKeys.generate()));

    assertThat(inbox.receipts()).isEmpty();
  }

  @Test
  void anOutcomeThatCouldNotBeStoredIsTriedAgainUntilItIs() throws Exception {
    diskIsFull = true;
    inbox.outcome(message(alert(), Outcome.FALSE).sign(controlRoom));
    assertThat(answer().result()).isEqualTo(OutcomeReceipt.Result.NOT_STORED);

    diskIsFull = false;

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> answer().result() == OutcomeReceipt.Result.RECORDED);
    assertThat(counted().wrong()).isEqualTo(1);
    assertThat(inbox.unrecorded()).isFalse();
  }

  @Test
  void aFloodOfRevocationsIsCutShortAndCounted() {
    for (int i = 0; i < 100; i++) {
      inbox.revocation(new byte[] {GENUINE, (byte) i});
    }

    assertThat(inbox.ignored()).isPositive();
    assertThat(inbox.nextRevocation()).isPresent();
  }

  @Test
  void oneGenuineRevocationOverAndOverIsLookedAtByTheGuardOnce() {
    for (int i = 0; i < 20_000; i++) {
      inbox.revocation(new byte[] {GENUINE});
      assertThat(inbox.nextRevocation().isPresent()).isEqualTo(i == 0);
    }

    assertThat(inbox.ignored()).isZero();
  }

  @Test
  void junkTakesNoPlaceOfAGenuineRevocation() {
    for (int i = 0; i < 1000; i++) {
      inbox.revocation(new byte[] {1, (byte) i, (byte) (i >> 8)});
    }
    inbox.revocation(new byte[] {GENUINE});

    assertThat(inbox.nextRevocation()).contains(new byte[] {GENUINE});
    assertThat(inbox.nextRevocation()).isEmpty();
    assertThat(inbox.ignored()).isEqualTo(1000);
  }

  @Test
  void aRevocationThatFoundNoPlaceIsTakenWhenItComesAgain() {
    for (int i = 0; i < 17; i++) {
      inbox.revocation(new byte[] {GENUINE, (byte) i});
    }
    for (int i = 0; i < 16; i++) {
      assertThat(inbox.nextRevocation()).isPresent();
    }

    inbox.revocation(new byte[] {GENUINE, 16});

    assertThat(inbox.nextRevocation()).isPresent();
  }
}
