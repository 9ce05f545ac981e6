package org.sightline.edge.board.room;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.authorisation.StatedGroup;
import org.sightline.edge.board.room.ControlRoom.UnsentEngagement;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.Engagement;
import org.sightline.edge.domain.Engagement.Attempt;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.EngagementMessage;
import org.sightline.edge.publish.EngagementReceipt;
import org.sightline.edge.publish.EngagementReceipt.Result;
import org.sightline.edge.publish.VanIdentities;
import org.sightline.edge.publish.VanMessages;
import org.sightline.edge.publish.VanStatus;
import org.sightline.edge.publish.WithdrawnAlert;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.Schema;
import org.sightline.edge.testing.SteppedClock;

/** Who may go to the person of an alert, and how what is stated of it gets to the van. */
class StreetDeskTest {
  private static final Judge DESK = new Judge(Actor.officer("1234"), false);
  private static final Judge STREET = new Judge(Actor.officer("street-1"), false);
  private static final Engagement STOPPED =
      Engagement.stopped(Outcome.FALSE, Engagement.Action.NO_ACTION, 3);

  private final ControlRoomKeys keys = ControlRoomKeys.generate();
  private final SteppedClock clock = new SteppedClock(Clock.systemUTC());
  @AutoClose private Database database;
  private ControlRoom room;
  private UUID alert;

  @BeforeEach
  void anAlertIsJudgedTrue(@TempDir Path folder) throws Exception {
    database = Database.open(folder.resolve("board.db"), Schema.BOARD);
    Alerts.DEVICE.identity().writeTo(folder.resolve(Alerts.VAN + ".identity"));
    room =
        ControlRoom.open(
            Shelves.in(database, keys, clock),
            keys,
            new VanMessages(VanIdentities.in(folder), clock),
            false,
            Bounds.USUAL,
            clock,
            new Silence());
    String online = "{\"van\":\"" + Alerts.VAN + "\",\"state\":\"online\",\"queued\":0}";
    room.status(
        Alerts.VAN,
        Alerts.DEVICE.signMessage(VanStatus.SIGNED_TYPE, online.getBytes(UTF_8)),
        false);
    Alert raised = Alerts.about("S-1");
    alert = raised.id();
    AlertTerms terms =
        AlertTerms.DEFAULT
            .sealedFor(keys.identity())
            .withGroups(List.of(new StatedGroup("A1", "Asian - Indian")));
    byte[] event = Alerts.signed(Alerts.event(raised, terms, DeploymentClass.LIVE));
    assertThat(room.alert(Alerts.VAN, event, terms.retention())).isTrue();
    assertThat(room.judge(alert, Outcome.TRUE, DESK)).isInstanceOf(Verdict.Taken.class);
    room.sent(alert);
  }

  private void take() {
    assertThat(room.take(alert, STREET.officer())).isTrue();
  }

  private EngagementMessage states(
      Engagement found, @Nullable String group, boolean withoutGroup, @Nullable UUID corrects) {
    String reason = corrects == null ? null : "wrong button";
    StreetEntry entry = new StreetEntry(found, group, withoutGroup, reason, null, corrects);
    assertThat(room.engage(alert, entry, STREET)).isEmpty();
    List<EngagementMessage> all = room.statements(alert);
    return all.get(all.size() - 1);
  }

  private EngagementMessage states(Engagement found, @Nullable EngagementMessage corrects) {
    return states(found, null, false, corrects == null ? null : corrects.id());
  }

  private List<EngagementMessage> due() {
    return room.unsentEngagements().stream().map(UnsentEngagement::message).toList();
  }

  private void sendsAll() {
    due().forEach(room::sent);
  }

  private void vanAnswers(EngagementMessage statement, Result result) {
    EngagementReceipt receipt =
        new EngagementReceipt(
            alert,
            statement.id(),
            result,
            result == Result.RECORDED ? Alerts.POSITION.head() : null);
    byte[] message =
        Alerts.DEVICE.signMessage(EngagementReceipt.SIGNED_TYPE, receipt.encode(Alerts.VAN));
    assertThat(room.receipt(Alerts.VAN, message)).isTrue();
  }

  private ControlRoom.InStreet shown() {
    return room.inStreet(STREET.officer()).get(0);
  }

  @Test
  void nobodyIsSentToAnAlertThatIsStale() {
    clock.shift(AlertTerms.DEFAULT.staleAfter());

    assertThat(room.inStreet(STREET.officer())).isEmpty();
    assertThat(room.take(alert, STREET.officer())).isFalse();
  }

  @Test
  void anOfficerWhoIsOnTheWayWhenItGoesStaleArrives() {
    take();
    clock.shift(AlertTerms.DEFAULT.staleAfter());

    assertThat(shown().open()).isTrue();
    assertThat(room.stopped(alert, STREET.officer())).isTrue();
  }

  @Test
  void nobodyIsStoppedBecauseOfAnAlertAQuarterOfAnHourAfterItsOutcome() {
    take();
    clock.shift(Duration.ofMinutes(15));

    assertThat(shown().open()).isFalse();
    assertThat(room.stopped(alert, STREET.officer())).isFalse();
  }

  private void vanWithdraws(UUID id) {
    byte[] message =
        Alerts.DEVICE.signMessage(
            WithdrawnAlert.SIGNED_TYPE, new WithdrawnAlert(id).encode(Alerts.VAN));
    assertThat(room.receipt(Alerts.VAN, message)).isTrue();
  }

  @Test
  void nobodyGoesToOrStopsAPersonWhoWasWithdrawn() {
    take();
    vanWithdraws(alert);

    assertThat(shown().open()).isFalse();
    assertThat(room.stopped(alert, STREET.officer())).isFalse();
    assertThat(room.turnBack(alert, STREET.officer())).isTrue();
    assertThat(room.take(alert, Actor.officer("street-2"))).isFalse();
  }

  @Test
  void anAlertThatWasWithdrawnIsNotJudgedTrue() throws Exception {
    Alert raised = Alerts.about("S-2");
    AlertTerms terms = AlertTerms.DEFAULT.sealedFor(keys.identity());
    room.alert(
        Alerts.VAN,
        Alerts.signed(Alerts.event(raised, terms, DeploymentClass.LIVE)),
        terms.retention());

    vanWithdraws(raised.id());

    assertThat(room.judge(raised.id(), Outcome.TRUE, DESK)).isInstanceOf(Verdict.Withdrawn.class);
    assertThat(room.judge(raised.id(), Outcome.UNRESOLVED, DESK)).isInstanceOf(Verdict.Taken.class);
    room.look(
        situation ->
            assertThat(situation.alerts()).allMatch(each -> withdrawn(each) == isOf(each, raised)));
  }

  private static boolean withdrawn(OpenAlert alert) {
    return alert.judgement().isWithdrawn();
  }

  private static boolean isOf(OpenAlert alert, Alert raised) {
    return alert.id().equals(raised.id());
  }

  @Test
  void thatAnAlertWasWithdrawnIsKnownAfterARestart() throws Exception {
    vanWithdraws(alert);
    assertThat(Shelves.in(database, keys, clock).alerts().load(100, 100))
        .singleElement()
        .matches(StreetDeskTest::withdrawn);
  }

  @Test
  void nobodyButItsVanWithdrawsAnAlert() {
    byte[] forged =
        DeviceKeys.generate()
            .signMessage(WithdrawnAlert.SIGNED_TYPE, new WithdrawnAlert(alert).encode(Alerts.VAN));

    assertThat(room.receipt(Alerts.VAN, forged)).isFalse();

    assertThat(room.take(alert, STREET.officer())).isTrue();
  }

  @Test
  void anotherMayGoOnceTheFirstDoesNot() {
    take();

    assertThat(room.turnBack(alert, STREET.officer())).isTrue();

    assertThat(room.take(alert, Actor.officer("street-2"))).isTrue();
  }

  @Test
  void nobodyReleasesAnAlertOfWhichThePersonIsStopped() {
    take();
    room.stopped(alert, STREET.officer());

    assertThat(room.turnBack(alert, STREET.officer())).isFalse();
  }

  @Test
  void nobodyReleasesAnAlertOfAnotherOfficer() {
    take();

    assertThat(room.turnBack(alert, Actor.officer("street-2"))).isFalse();
  }

  @Test
  void aCorrectionThatIsMadeBeforeTheFirstWentOutGoesOutAfterIt() {
    EngagementMessage first = states(STOPPED, null);
    EngagementMessage second = states(Engagement.none(Attempt.LOST), first);

    assertThat(due()).containsExactly(first, second);
  }

  @Test
  void whatTheVanCouldNotRecordYetIsSentAgainAfterAPauseAndBeforeWhatCorrectsIt() {
    EngagementMessage first = states(STOPPED, null);
    sendsAll();
    vanAnswers(first, Result.NOT_JUDGED);
    EngagementMessage second = states(Engagement.none(Attempt.LOST), first);
    assertThat(due()).isEmpty();

    clock.shift(Duration.ofMinutes(1));

    assertThat(due()).containsExactly(first);
    vanAnswers(first, Result.RECORDED);
    assertThat(due()).containsExactly(second);
  }

  @Test
  void whatTheVanHasNotAnsweredIsSentAgainEachTimeLater() {
    EngagementMessage first = states(STOPPED, null);
    sendsAll();
    assertThat(due()).isEmpty();
    clock.shift(Duration.ofMinutes(1));
    assertThat(due()).containsExactly(first);
    sendsAll();

    clock.shift(Duration.ofMinutes(1));
    assertThat(due()).isEmpty();
    clock.shift(Duration.ofMinutes(1));
    assertThat(due()).containsExactly(first);
  }

  @ParameterizedTest
  @EnumSource(
      value = Result.class,
      mode = Mode.EXCLUDE,
      names = {"NOT_STORED", "NOT_JUDGED"})
  void whatTheVanHasAnsweredForGoodIsNotSentAgain(Result result) {
    EngagementMessage first = states(STOPPED, null);
    sendsAll();
    vanAnswers(first, result);

    clock.shift(Duration.ofMinutes(20));

    assertThat(due()).isEmpty();
  }

  @Test
  void aCorrectionOfWhatTheVanRefusedIsAFirstStatement() {
    EngagementMessage first = states(STOPPED, "A1", false, null);
    vanAnswers(first, Result.UNKNOWN_GROUP);

    EngagementMessage second = states(STOPPED, null, true, first.id());

    assertThat(second.correction()).isNull();
  }

  @Test
  void aCorrectionOfARefusedCorrectionNamesTheStatementThatStands() {
    EngagementMessage first = states(STOPPED, null);
    vanAnswers(first, Result.RECORDED);
    EngagementMessage second = states(Engagement.none(Attempt.LOST), first);
    vanAnswers(second, Result.NOT_THE_LAST);

    EngagementMessage third = states(Engagement.none(Attempt.LOST), second);

    assertThat(third.correction().of()).isEqualTo(first.id());
  }

  @Test
  void aStatementThatWasNotSeenIsNotCorrected() {
    EngagementMessage first = states(STOPPED, null);
    states(Engagement.none(Attempt.LOST), first);
    StreetEntry late = new StreetEntry(STOPPED, null, false, "wrong button", null, first.id());

    assertThat(room.engage(alert, late, STREET)).contains("changed");
  }

  @Test
  void aCorrectionKeepsTheGroupUnlessItTakesItBack() {
    EngagementMessage first = states(STOPPED, "A1", false, null);
    EngagementMessage second = states(STOPPED, first);
    EngagementMessage third = states(STOPPED, null, true, second.id());

    assertThat(second.group()).isEqualTo(first.group());
    assertThat(third.group()).isNull();
    assertThat(third.correction().group()).isEqualTo(first.group());
  }
}
