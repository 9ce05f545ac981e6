package org.sightline.edge.board.room;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.Engagement;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.EngagementReceipt;
import org.sightline.edge.publish.OutcomeMessage;
import org.sightline.edge.publish.OutcomeReceipt;
import org.sightline.edge.publish.Receipt;
import org.sightline.edge.publish.VanIdentities;
import org.sightline.edge.publish.VanMessages;
import org.sightline.edge.publish.VanStatus;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.Schema;
import org.sightline.edge.testing.Endurance;
import org.sightline.edge.testing.SteppedClock;

/** A board that has had more alerts than it keeps in memory. */
class ManyStoredAlertsTest {
  private static final Bounds TEN = new Bounds(500, 1 << 30, 5000, 1 << 30, 10, 20);
  private static final Judge OFFICER = new Judge(Actor.officer("1234"), false);
  private static final StreetEntry LOST =
      new StreetEntry(Engagement.none(Engagement.Attempt.LOST), null, false, null, null, null);
  private static final Duration HOURS = Duration.ofHours(20);

  private final ControlRoomKeys keys = ControlRoomKeys.generate();
  private final SteppedClock clock = new SteppedClock(Clock.systemUTC());
  private final List<UUID> gone = new ArrayList<>();
  private final List<Stored> said = new ArrayList<>();
  private VanIdentities identities;
  @AutoClose private Database database;
  private ControlRoom room;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    database = Database.open(folder.resolve("board.db"), Schema.BOARD);
    Alerts.DEVICE.identity().writeTo(folder.resolve(Alerts.VAN + ".identity"));
    identities = VanIdentities.in(folder);
    room = room(TEN);
  }

  private ControlRoom room(Bounds bounds) throws Exception {
    return ControlRoom.open(
        Shelves.in(database, keys, clock),
        keys,
        new VanMessages(identities, clock),
        false,
        bounds,
        clock,
        new Silence() {
          @Override
          public void putAway(UUID alert) {
            gone.add(alert);
          }

          @Override
          public void stored(Stored stored) {
            said.add(stored);
          }
        });
  }

  private byte[] event(Alert alert) {
    return Alerts.signed(Alerts.event(alert, keys.identity()));
  }

  /** An alert of which nothing is awaited: its van has recorded that it is about somebody else. */
  private byte[] isDone(Alert alert) {
    byte[] event = arrives(alert);
    isJudged(alert, Outcome.FALSE);
    confirms(alert, Outcome.FALSE);
    return event;
  }

  private byte[] arrives(Alert alert) {
    byte[] event = event(alert);
    room.alert(Alerts.VAN, event, HOURS);
    return event;
  }

  private void isJudged(Alert alert, Outcome outcome) {
    room.judge(alert.id(), outcome, OFFICER);
    room.sent(alert.id());
    clock.shift(Duration.ofMillis(10));
  }

  private void confirms(Alert alert, Outcome outcome) {
    receipt(OutcomeReceipt.recorded(alert.id(), outcome, Alerts.POSITION.head()));
  }

  private void receipt(Receipt receipt) {
    assertThat(
            room.receipt(
                Alerts.VAN,
                Alerts.DEVICE.signMessage(receipt.signedType(), receipt.encode(Alerts.VAN))))
        .isTrue();
  }

  private void manyAreDone(int number) {
    for (int i = 0; i < number; i++) {
      isDone(Alerts.about("D-" + i));
    }
  }

  private OpenAlert shown(Alert alert) {
    List<OpenAlert> shown = new ArrayList<>();
    room.look(situation -> shown.addAll(situation.alerts()));
    return shown.stream().filter(each -> each.id().equals(alert.id())).findFirst().orElseThrow();
  }

  private static List<UUID> known(ControlRoom room) {
    List<UUID> known = new ArrayList<>();
    room.look(situation -> situation.alerts().forEach(alert -> known.add(alert.id())));
    return known;
  }

  private void online() {
    byte[] status = ("{\"van\":\"" + Alerts.VAN + "\",\"state\":\"online\"}").getBytes(UTF_8);
    room.status(Alerts.VAN, Alerts.DEVICE.signMessage(VanStatus.SIGNED_TYPE, status), false);
  }

  /** What is looked for once a minute. */
  private void aMinutePasses() {
    clock.shift(Duration.ofMinutes(1));
    room.tick();
  }

  private long stored(String where) throws Exception {
    return database
        .first("SELECT COUNT(*) AS n FROM open_alert WHERE " + where, row -> row.integer("n"))
        .orElseThrow();
  }

  /** Alerts that are done with, as they are after so many judgements. */
  private void stores(int number) throws Exception {
    isDone(Alerts.about("S-1"));
    database.update(
        """
        WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?)
        INSERT INTO open_alert
          (id, van, sent_millis, expires_millis, facts, judgement, settled_millis)
        SELECT printf('00000000-0000-4000-8000-%012x', n), van, sent_millis - n,
          expires_millis, facts, judgement, settled_millis - n FROM number, open_alert
        WHERE open_alert.event IS NULL AND open_alert.id NOT LIKE '00000000-%'
        """,
        number);
  }

  @Test
  void theNewestThatAreDoneWithAreInMemoryAndAllThatAreNot() {
    List<UUID> done = new ArrayList<>();
    UUID open = UUID.randomUUID();
    room.alert(Alerts.VAN, event(Alerts.about(open, "S-0")), HOURS);
    for (int i = 0; i < 14; i++) {
      Alert alert = Alerts.about("S-" + i);
      isDone(alert);
      done.add(alert.id());
    }

    room.tick();

    assertThat(known(room)).hasSize(11).contains(open).containsAll(done.subList(4, 14));
  }

  @Test
  void oneThatWasPutAwayDoesNotComeBackWhenItIsSentAgain() {
    Alert first = Alerts.about("S-0");
    byte[] event = isDone(first);
    for (int i = 1; i < 12; i++) {
      isDone(Alerts.about("S-" + i));
    }
    room.tick();
    assertThat(known(room)).doesNotContain(first.id());

    assertThat(room.alert(Alerts.VAN, event, HOURS)).isTrue();

    assertThat(known(room)).doesNotContain(first.id());
  }

  @Test
  void anOutcomeOfOneThatWasPutAwayChangesNothing() throws Exception {
    Alert first = Alerts.about("S-0");
    isDone(first);
    for (int i = 1; i < 12; i++) {
      isDone(Alerts.about("S-" + i));
    }
    aMinutePasses();

    room.outcome(
        Alerts.VAN,
        new OutcomeMessage(first.id(), Outcome.TRUE, Actor.officer("5678"), null, clock.instant())
            .sign(keys));

    assertThat(stored("judgement IS NULL")).isEqualTo(2);
  }

  @Test
  void ofOneThatWasPutAwayIdVanAndTimesAloneStay() throws Exception {
    for (int i = 0; i < 14; i++) {
      isDone(Alerts.about("S-" + i));
    }

    aMinutePasses();

    assertThat(stored("facts IS NULL AND judgement IS NULL AND seen IS NULL AND van IS NOT NULL"))
        .isEqualTo(4);
  }

  @Test
  void theLongestJudgedGoFirstWhenTheyArrivedLast() {
    Alert waited = Alerts.about("S-1");
    arrives(waited);
    manyAreDone(12);
    isJudged(waited, Outcome.FALSE);
    confirms(waited, Outcome.FALSE);

    room.tick();

    assertThat(known(room)).hasSize(10).contains(waited.id());
  }

  @Test
  void oneThatItsVanHasNotConfirmedStaysAndIsSentAgain() {
    online();
    Alert unconfirmed = Alerts.about("S-1");
    arrives(unconfirmed);
    isJudged(unconfirmed, Outcome.FALSE);
    manyAreDone(12);

    aMinutePasses();

    assertThat(known(room)).contains(unconfirmed.id());
    online();
    assertThat(room.unsent())
        .extracting(unsent -> unsent.message().alert())
        .containsExactly(unconfirmed.id());
  }

  @Test
  void whatTheVanSaysOfOneThatItConfirmsLateIsShown() {
    Alert late = Alerts.about("S-1");
    arrives(late);
    isJudged(late, Outcome.FALSE);
    manyAreDone(12);
    room.tick();

    confirms(late, Outcome.FALSE);

    assertThat(shown(late).judgement().isConfirmed()).isTrue();
  }

  @Test
  void oneThatIsRecordedDifferentlyAtItsVanStays() {
    Alert differs = Alerts.about("S-1");
    arrives(differs);
    isJudged(differs, Outcome.FALSE);
    confirms(differs, Outcome.TRUE);
    manyAreDone(12);

    room.tick();

    assertThat(known(room)).contains(differs.id());
  }

  @Test
  void aTrueOneStaysUntilItIsStatedWhatBecameOfItAndTheVanHasRecordedThat() {
    Alert person = Alerts.about("S-1");
    arrives(person);
    isJudged(person, Outcome.TRUE);
    confirms(person, Outcome.TRUE);
    manyAreDone(12);
    room.tick();
    assertThat(known(room)).contains(person.id());

    assertThat(room.engage(person.id(), LOST, OFFICER)).isEmpty();
    room.tick();
    assertThat(known(room)).contains(person.id());

    UUID statement = room.statements(person.id()).get(0).id();
    receipt(
        new EngagementReceipt(
            person.id(), statement, EngagementReceipt.Result.RECORDED, Alerts.HEAD));
    room.tick();
    assertThat(known(room)).doesNotContain(person.id());
  }

  @Test
  void oneIsAwaitedAgainWhenWhatBecameOfItIsStatedLater() throws Exception {
    Alert somebodyElse = Alerts.about("S-1");
    isDone(somebodyElse);
    assertThat(room.engage(somebodyElse.id(), LOST, OFFICER)).isEmpty();
    manyAreDone(12);

    aMinutePasses();
    room = room(TEN);

    assertThat(known(room)).contains(somebodyElse.id());
    assertThat(room.statements(somebodyElse.id())).hasSize(1);
  }

  @Test
  void whatIsAwaitedIsThereAfterARestart() throws Exception {
    Alert unconfirmed = Alerts.about("S-1");
    arrives(unconfirmed);
    isJudged(unconfirmed, Outcome.FALSE);
    manyAreDone(12);
    aMinutePasses();

    assertThat(known(room(TEN))).hasSize(11).contains(unconfirmed.id());
  }

  @Test
  void pagesAreNotifiedOfWhatIsPutAwayAndOfHowManyThereAre() throws Exception {
    manyAreDone(14);

    room.tick();

    assertThat(gone).hasSize(4).doesNotContainAnyElementsOf(known(room));
    assertThat(room.stored()).isEqualTo(new Stored(4, 0, true));
    aMinutePasses();
    assertThat(room.stored()).isEqualTo(new Stored(4, 0, true));
    assertThat(room(TEN).stored()).isEqualTo(new Stored(4, 0, false));
  }

  @Test
  void ofThoseThatAreAwaitedTooTheMemoryHoldsSoManyAndTheDiskAll() throws Exception {
    Alert first = Alerts.about("S-0");
    arrives(first);
    isJudged(first, Outcome.FALSE);
    for (int i = 1; i < 23; i++) {
      Alert alert = Alerts.about("S-" + i);
      arrives(alert);
      isJudged(alert, Outcome.FALSE);
    }
    aMinutePasses();
    assertThat(known(room)).hasSize(20).doesNotContain(first.id());
    assertThat(room.stored()).isEqualTo(new Stored(0, 3, true));
    assertThat(room(TEN).stored()).isEqualTo(new Stored(0, 3, false));

    confirms(first, Outcome.FALSE);

    assertThat(shown(first).judgement().isConfirmed()).isTrue();
    assertThat(room.stored()).isEqualTo(new Stored(0, 2, true));
  }

  /** A board of an earlier version kept no note of what nothing is awaited of. */
  private void keptByAnEarlierBoard(int number) throws Exception {
    stores(number);
    database.update("UPDATE open_alert SET settled_millis = NULL WHERE settled_millis IS NOT NULL");
  }

  @Test
  void whatAnEarlierBoardKeptIsLookedThroughInPortions() throws Exception {
    int number = SettledSearch.PORTION + 50;
    keptByAnEarlierBoard(number);
    room = room(TEN);
    assertThat(room.stored()).isEqualTo(new Stored(0, number + 1 - 20, false));

    room.tick();
    assertThat(room.stored().awaited()).isBetween(1L, 50L);
    room.tick();
    assertThat(room.stored()).isEqualTo(new Stored(number + 1 - 10, 0, true));

    aMinutePasses();
    assertThat(stored("facts IS NULL")).isEqualTo(number + 1 - 10);
  }

  @Test
  void whatIsAwaitedStaysSoWhenItIsLookedThrough() throws Exception {
    List<UUID> awaited = new ArrayList<>();
    for (int i = 0; i < 23; i++) {
      Alert alert = Alerts.about("S-" + i);
      arrives(alert);
      isJudged(alert, Outcome.FALSE);
      awaited.add(alert.id());
    }
    room = room(TEN);

    aMinutePasses();

    assertThat(room.stored()).isEqualTo(new Stored(0, 3, true));
    confirms(Alerts.about(awaited.get(0), "S-0"), Outcome.FALSE);
    assertThat(known(room)).contains(awaited.get(0));
  }

  @Test
  void whatCannotBeOpenedIsNotCalledKnown() throws Exception {
    keptByAnEarlierBoard(30);
    database.update("UPDATE open_alert SET judgement = 'x' WHERE id LIKE '%1d'");
    room = room(TEN);

    aMinutePasses();

    assertThat(room.stored().complete()).isFalse();
  }

  @Test
  void pagesAreNotifiedWhenOneThatWasStoredIsShownAgain() {
    Alert first = Alerts.about("S-0");
    arrives(first);
    isJudged(first, Outcome.FALSE);
    for (int i = 1; i < 23; i++) {
      Alert alert = Alerts.about("S-" + i);
      arrives(alert);
      isJudged(alert, Outcome.FALSE);
    }
    aMinutePasses();
    said.clear();

    confirms(first, Outcome.FALSE);
    room.tick();

    assertThat(said).containsExactly(new Stored(0, 2, true));
  }

  @Test
  void oneThatIsShownAgainIsInItsPlaceAmongTheOthers() {
    Alert first = Alerts.about("S-0");
    for (int i = 0; i < 23; i++) {
      Alert alert = i == 0 ? first : Alerts.about("S-" + i);
      arrives(alert);
      isJudged(alert, Outcome.FALSE);
    }
    aMinutePasses();

    confirms(first, Outcome.FALSE);

    assertThat(known(room).get(0)).isEqualTo(first.id());
  }

  @Test
  void oneThatWasJudgedBeforeItCameIsNotOpenWhenItComesHoweverManyAreDone() throws Exception {
    Alert early = Alerts.about("S-1");
    room.outcome(
        Alerts.VAN,
        new OutcomeMessage(early.id(), Outcome.TRUE, Actor.officer("5678"), null, clock.instant())
            .sign(keys));
    manyAreDone(14);
    aMinutePasses();
    room = room(TEN);

    arrives(early);

    assertThat(known(room)).doesNotContain(early.id());
  }

  @Test
  void aBoardThatStartsOnManyHasTheNewestInMemory() throws Exception {
    int number = Endurance.times(2_000, 500_000);
    stores(number);

    ControlRoom again = room(TEN);

    assertThat(known(again)).hasSize(10);
    assertThat(again.shift().alerts()).isEqualTo(10);
    assertThat(stored("1")).isEqualTo(number + 1);
  }

  @Test
  void noStoredAlertIsReadToCountThoseThatAreAwaited() throws Exception {
    List<String> steps =
        database.query("EXPLAIN QUERY PLAN " + AlertShelf.COUNT, row -> row.text("detail"));

    assertThat(steps).anyMatch(step -> step.contains("COVERING INDEX open_alert_awaited"));
  }

  @Test
  void allThatExpiredIsGoneInMemoryOrNot() throws Exception {
    stores(2_000);
    room = room(TEN);

    clock.shift(Duration.ofHours(25));
    room.tick();

    assertThat(stored("1")).isZero();
    assertThat(known(room)).isEmpty();
  }
}
