package org.sightline.edge.board.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.ReportedWaits;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.OutcomeMessage;
import org.sightline.edge.publish.OutcomeMessage.Judged;
import org.sightline.edge.publish.RoomTopic;
import org.sightline.edge.publish.VanIdentities;
import org.sightline.edge.publish.VanMessages;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.Schema;

/** Two boards of one control room judge the same alert. */
class SeveralBoardsTest {
  private static final Actor HERE = Actor.officer("1234");

  private final ControlRoomKeys keys = ControlRoomKeys.generate();
  @AutoClose private Database database;
  private VanIdentities identities;
  private ControlRoom room;
  private UUID alert;

  @BeforeEach
  void anAlertIsOpen(@TempDir Path folder) throws Exception {
    database = Database.open(folder.resolve("board.db"), Schema.BOARD);
    Alerts.DEVICE.identity().writeTo(folder.resolve(Alerts.VAN + ".identity"));
    identities = VanIdentities.in(folder);
    room = board(database, false);
    alert = arrives(Alerts.about("S-1"), AlertTerms.DEFAULT);
  }

  private ControlRoom board(Database itsDatabase, boolean twoPerson) throws Exception {
    return ControlRoom.open(
        Shelves.in(itsDatabase, keys, Clock.systemUTC()),
        keys,
        new VanMessages(identities, Clock.systemUTC()),
        twoPerson,
        Bounds.USUAL,
        Clock.systemUTC(),
        new Silence());
  }

  private UUID arrives(Alert raised, AlertTerms terms) {
    byte[] event = Alerts.event(raised, terms.sealedFor(keys.identity()), DeploymentClass.LIVE);
    assertThat(room.alert(van(), Alerts.signed(event), Duration.ofHours(1))).isTrue();
    return raised.id();
  }

  private static AlertTerms ofTwo(ControlRoomKeys keys) {
    return AlertTerms.DEFAULT.sealedFor(keys.identity()).judgedByTwoOfficers();
  }

  @Test
  void anOutcomeSaysHowLongItsAlertWaited() {
    room.seen(alert, HERE);
    room.judge(alert, Outcome.TRUE, new Judge(HERE, false));

    ReportedWaits waits = room.unsent().get(0).message().waits();
    // So long it was at the broker, as what was left of its expiry says.
    assertThat(waits.seen()).isBetween(Duration.ofHours(23), Duration.ofHours(23).plusMinutes(1));
    assertThat(waits.claimed()).isNull();
  }

  @Test
  void anOfficerWhoJudgesAnAlertHasLookedAtItAlthoughThePageHasNotSaidSoYet() {
    room.judge(alert, Outcome.TRUE, new Judge(HERE, false));

    assertThat(room.unsent().get(0).message().waits().seen()).isNotNull();
  }

  private Judgement judgementOf(UUID id) {
    List<OpenAlert> all = new ArrayList<>();
    room.look(situation -> all.addAll(situation.alerts()));
    return all.stream()
        .filter(shown -> shown.id().equals(id))
        .findFirst()
        .orElseThrow()
        .judgement();
  }

  @Test
  void anOutcomeOfOneOfficerThatWasHeardBeforeItsAlertDoesNotCloseOneThatNeedsTwo() {
    Alert later = Alerts.about("S-2");
    room.outcome(
        van(),
        new OutcomeMessage(
                later.id(), Outcome.TRUE, Actor.officer("5678"), Actor.officer("77"), Instant.now())
            .sign(keys));

    arrives(later, ofTwo(keys));

    assertThat(judgementOf(later.id())).isEqualTo(Judgement.NONE);
  }

  @Test
  void anOutcomeOfTwoThatWasHeardBeforeItsAlertClosesIt() {
    Alert later = Alerts.about("S-2");
    Instant at = Instant.now();
    Actor first = Actor.officer("5678");
    Actor second = Actor.officer("77");
    room.outcome(
        van(),
        new OutcomeMessage(
                later.id(),
                Outcome.TRUE,
                first,
                second,
                at,
                List.of(new Judged(first, Outcome.TRUE, at), new Judged(second, Outcome.TRUE, at)))
            .sign(keys));

    arrives(later, ofTwo(keys));

    List<UUID> open = new ArrayList<>();
    room.look(situation -> situation.alerts().forEach(shown -> open.add(shown.id())));
    assertThat(open).containsExactly(alert);
  }

  private static VanId van() {
    return Alerts.VAN;
  }

  private byte[] anotherBoardSays(Outcome outcome) {
    return new OutcomeMessage(alert, outcome, Actor.officer("5678"), null, Instant.now())
        .sign(keys);
  }

  private OpenAlert now() {
    List<OpenAlert> all = new ArrayList<>();
    room.look(situation -> all.addAll(situation.alerts()));
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  @Test
  void whatTheBrokerPassesOnFirstStandsAndWhatWasSaidHereIsNotForgotten() {
    room.judge(alert, Outcome.FALSE, new Judge(HERE, false));

    room.outcome(van(), anotherBoardSays(Outcome.TRUE));

    assertThat(now().judgement().findings())
        .extracting(Finding::outcome, Finding::by)
        .containsExactly(tuple(Outcome.TRUE, Actor.officer("5678")));
    assertThat(now().judgement().late())
        .extracting(Finding::outcome, Finding::by)
        .containsExactly(tuple(Outcome.FALSE, HERE));
  }

  @Test
  void ownOutcomesThatComeBackAreNotLate() {
    room.judge(alert, Outcome.FALSE, new Judge(HERE, false));
    byte[] own = room.unsent().get(0).message().sign(keys);

    room.outcome(van(), own);

    assertThat(now().judgement().late()).isEmpty();
  }

  /** The board's settings ask for two officers, about an alert of a van that does not. */
  private void boardOfTwo(Path folder) throws Exception {
    database.close();
    database = Database.open(folder.resolve("two.db"), Schema.BOARD);
    room = board(database, true);
    alert = arrives(Alerts.about("S-1"), AlertTerms.DEFAULT);
  }

  private void boardOfTwoHasADispute(Path folder) throws Exception {
    boardOfTwo(folder);
    room.judge(alert, Outcome.TRUE, new Judge(HERE, false));
    room.judge(alert, Outcome.FALSE, new Judge(Actor.officer("77"), false));
  }

  private void allThreeAreNamed(Judgement judgement) {
    assertThat(judgement.findings())
        .extracting(Finding::outcome, Finding::by)
        .containsExactly(
            tuple(Outcome.FALSE, Actor.officer("5678")),
            tuple(Outcome.TRUE, HERE),
            tuple(Outcome.FALSE, Actor.officer("77")));
    assertThat(judgement.late()).isEmpty();
  }

  @Test
  void aDecisionThatComesBackStillSaysBetweenWhomItDecided(@TempDir Path folder) throws Exception {
    boardOfTwoHasADispute(folder);
    room.judge(alert, Outcome.FALSE, new Judge(Actor.officer("5678"), true));
    byte[] own = room.unsent().get(0).message().sign(keys);

    room.outcome(van(), own);

    allThreeAreNamed(now().judgement());
  }

  @Test
  void aDecisionOfAnotherBoardIsBetweenTheTwoWhoDisagreeHere(@TempDir Path folder)
      throws Exception {
    boardOfTwoHasADispute(folder);

    room.outcome(van(), anotherBoardSays(Outcome.FALSE));

    allThreeAreNamed(now().judgement());
  }

  @Test
  void twoWhoFindTheSameKeepTheTimeOfEachWhenTheirOutcomeComesBack(@TempDir Path folder)
      throws Exception {
    boardOfTwo(folder);
    room.judge(alert, Outcome.TRUE, new Judge(HERE, false));
    room.judge(alert, Outcome.TRUE, new Judge(Actor.officer("77"), false));
    List<Finding> each = now().judgement().findings();
    byte[] own = room.unsent().get(0).message().sign(keys);

    room.outcome(van(), own);

    assertThat(now().judgement().findings()).isEqualTo(each);
  }

  @Test
  void ofTwoSupervisorsTheFirstDecidesBetweenTheTwoAndTheOtherAloneIsTooLate(@TempDir Path folder)
      throws Exception {
    boardOfTwoHasADispute(folder);
    room.judge(alert, Outcome.TRUE, new Judge(Actor.officer("99"), true));

    room.outcome(van(), anotherBoardSays(Outcome.FALSE));

    assertThat(now().judgement().between())
        .extracting(Finding::outcome, Finding::by)
        .containsExactly(tuple(Outcome.TRUE, HERE), tuple(Outcome.FALSE, Actor.officer("77")));
    assertThat(now().judgement().late())
        .extracting(Finding::outcome, Finding::by)
        .containsExactly(tuple(Outcome.TRUE, Actor.officer("99")));
  }

  @Test
  void twoOfAnotherBoardWhoAreTooLateAreBothKept() {
    Alert needsTwo = Alerts.about("S-2");
    arrives(needsTwo, ofTwo(keys));
    room.outcome(van(), ofTwoOfficers(needsTwo.id(), Outcome.TRUE, "5678", "77"));

    room.outcome(van(), ofTwoOfficers(needsTwo.id(), Outcome.FALSE, "98", "99"));

    assertThat(judgementOf(needsTwo.id()).late())
        .extracting(Finding::outcome, Finding::by)
        .containsExactly(
            tuple(Outcome.FALSE, Actor.officer("98")), tuple(Outcome.FALSE, Actor.officer("99")));
  }

  private byte[] ofTwoOfficers(UUID id, Outcome outcome, String first, String second) {
    Instant at = Instant.now();
    return new OutcomeMessage(
            id,
            outcome,
            Actor.officer(first),
            Actor.officer(second),
            at,
            List.of(
                new Judged(Actor.officer(first), outcome, at),
                new Judged(Actor.officer(second), outcome, at)))
        .sign(keys);
  }

  /** An officer at another board, by its clock, who has not heard of what was found here. */
  private void elsewhere(String officer, Outcome outcome, Instant at) {
    byte[] said = said(new Finding(outcome, Actor.officer(officer), at));
    assertThat(room.exchanged(RoomTopic.PROPOSALS, said)).isTrue();
  }

  private byte[] said(Finding finding) {
    RoomExchange other = new RoomExchange(keys, UUID.randomUUID().toString(), Clock.systemUTC());
    other.say(new Exchanged.Proposal(alert, finding));
    return other.unsent().get(0).content();
  }

  @Test
  void aThirdOfficerWhoHadNotHeardOfADisputeIsKeptAndDoesNotDecideIt(@TempDir Path folder)
      throws Exception {
    boardOfTwoHasADispute(folder);

    elsewhere("99", Outcome.TRUE, Instant.now());

    assertThat(now().judgement().late())
        .extracting(Finding::outcome, Finding::by)
        .containsExactly(tuple(Outcome.TRUE, Actor.officer("99")));
    assertThat(room.judge(alert, Outcome.TRUE, new Judge(Actor.officer("99"), true)))
        .isInstanceOf(Verdict.Disputed.class);
    assertThat(room.judge(alert, Outcome.TRUE, new Judge(Actor.officer("5"), true)))
        .isInstanceOf(Verdict.Taken.class);
    assertThat(now().judgement().late()).hasSize(1);
  }

  @Test
  void anOfficerWhoChangesTheirMindAtABoardWhoseClockIsBehindIsHeard(@TempDir Path folder)
      throws Exception {
    boardOfTwo(folder);
    elsewhere("1234", Outcome.TRUE, Instant.now().plusSeconds(30));

    room.judge(alert, Outcome.FALSE, new Judge(HERE, false));

    assertThat(now().judgement().findings())
        .extracting(Finding::outcome)
        .containsExactly(Outcome.FALSE);
  }
}
