package org.sightline.edge.board.room;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.board.room.Escalations.Escalated;
import org.sightline.edge.board.room.Escalations.State;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.Response;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.testing.SampleAlert;

/** What nobody claims at one desk has another one before it, as two boards have it. */
class SecondDeskTest {
  private static final Duration AFTER = Duration.ofSeconds(20);
  private static final Actor FIRST = Actor.officer("1234");
  private static final Actor SECOND = Actor.officer("5678");
  private static final UUID PAGE = new UUID(1, 1);

  @AutoClose private TwoRooms rooms;
  private ControlRoom north;
  private ControlRoom south;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    rooms = new TwoRooms(folder);
    north = rooms.north;
    south = rooms.south;
    north.desks(new Desks("north", "south", AFTER));
    south.desks(new Desks("south", null, AFTER));
  }

  private UUID arrives() {
    return rooms.arrives(Alerts.about("S-1"), north, south);
  }

  private static Escalations escalations(ControlRoom room) {
    List<Escalations> seen = new ArrayList<>();
    room.look(situation -> seen.add(situation.escalations()));
    return seen.get(0);
  }

  private static @Nullable State state(ControlRoom room, UUID alert) {
    return escalations(room).alerts().stream()
        .filter(each -> each.alert().equals(alert))
        .map(Escalated::state)
        .findFirst()
        .orElse(null);
  }

  @Test
  void whatNobodyClaimsInTimeIsAtBothDesks() {
    UUID alert = arrives();
    rooms.pass(AFTER.minusSeconds(2));
    assertThat(state(north, alert)).isNull();

    rooms.pass(Duration.ofSeconds(3));

    assertThat(state(north, alert)).isEqualTo(State.THERE);
    assertThat(state(south, alert)).isEqualTo(State.HERE);
    assertThat(escalations(south).alerts().get(0).desk()).isEqualTo("north");
  }

  @Test
  void whatTheSecondDeskDoesNotConfirmIsNotEscalated() throws Exception {
    rooms.connected = false;
    UUID alert = arrives();

    rooms.pass(AFTER.plusSeconds(3));

    assertThat(state(north, alert)).isEqualTo(State.UNCONFIRMED);
    assertThat(escalations(north).second().connected()).isFalse();
    assertThat(AuditLog.newest(rooms.databases.get(0), AuditKind.ALERT_ESCALATED)).isEmpty();
  }

  @Test
  void whatTheSecondDeskHasNotGotIsNotEscalated() {
    UUID alert = rooms.arrives(Alerts.about("S-1"), north);

    rooms.pass(AFTER.plusSeconds(3));

    assertThat(state(north, alert)).isEqualTo(State.UNCONFIRMED);
    assertThat(escalations(north).second().connected()).isTrue();
  }

  @Test
  void whatCameFromAnotherDeskAndIsDueAtTheSecondOneIsLastTheOneThatIsDue() {
    north.desks(new Desks("north", "south", AFTER));
    south.desks(new Desks("south", "east", AFTER));
    UUID alert = arrives();

    rooms.pass(AFTER.plusSeconds(3));

    assertThat(escalations(south).alerts())
        .extracting(Escalated::alert, Escalated::state)
        .containsExactly(tuple(alert, State.HERE), tuple(alert, State.UNCONFIRMED));
  }

  @Test
  void whatIsUrgentWaitsHalfAsLong() {
    Response urgent =
        new Response(Response.Colour.RED, 1, "Call the desk", null, Response.Sound.URGENT, false);
    UUID alert = rooms.arrives(SampleAlert.about("S-1").response(urgent).build(), north, south);

    rooms.pass(AFTER.dividedBy(2).plusSeconds(1));

    assertThat(state(north, alert)).isEqualTo(State.THERE);
  }

  @Test
  void aClaimAtTheSecondDeskEndsItAtBoth() {
    UUID alert = arrives();
    rooms.pass(AFTER.plusSeconds(1));

    south.looks(SECOND, PAGE, alert);
    south.claim(alert, SECOND, false);
    rooms.exchange();

    assertThat(state(south, alert)).isNull();
    assertThat(state(north, alert)).isNull();
  }

  @Test
  void aClaimAtTheFirstDeskEndsItAtBoth() {
    UUID alert = arrives();
    rooms.pass(AFTER.plusSeconds(1));

    north.looks(FIRST, PAGE, alert);
    north.claim(alert, FIRST, false);
    rooms.exchange();

    assertThat(state(north, alert)).isNull();
    assertThat(state(south, alert)).isNull();
  }

  @Test
  void anOutcomeEndsIt() {
    UUID alert = arrives();
    rooms.pass(AFTER.plusSeconds(1));

    north.judge(alert, Outcome.FALSE, new Judge(FIRST, false));

    assertThat(state(north, alert)).isNull();
  }

  @Test
  void whatWasClaimedAndIsReleasedWaitsFromThen() {
    UUID alert = arrives();
    north.looks(FIRST, PAGE, alert);
    north.claim(alert, FIRST, false);
    rooms.pass(Duration.ofSeconds(5));
    north.release(alert, FIRST);

    rooms.pass(AFTER.minusSeconds(2));
    assertThat(state(north, alert)).isNull();
    rooms.pass(Duration.ofSeconds(3));

    assertThat(state(north, alert)).isEqualTo(State.THERE);
  }

  @Test
  void aSecondDeskThatIsLostHasNothingBeforeItAnyMore() {
    UUID alert = arrives();
    rooms.pass(AFTER.plusSeconds(1));

    rooms.connected = false;
    rooms.pass(SecondDesk.LASTS.plusSeconds(1));

    assertThat(state(north, alert)).isEqualTo(State.UNCONFIRMED);
    assertThat(escalations(north).second().connected()).isFalse();
    assertThat(state(south, alert)).isNull();
  }

  @Test
  void aSecondDeskThatIsBackIsAskedAgain() {
    rooms.connected = false;
    UUID alert = arrives();
    rooms.pass(AFTER.plusSeconds(1));

    rooms.connected = true;
    rooms.pass(Duration.ofSeconds(4));

    assertThat(state(north, alert)).isEqualTo(State.THERE);
  }

  @Test
  void whetherSomebodyIsAtTheSecondDeskIsKnown() {
    rooms.pass(Duration.ofSeconds(4));
    assertThat(escalations(north).second().attended()).isFalse();

    south.looks(SECOND, PAGE, null);
    rooms.pass(Duration.ofSeconds(4));

    assertThat(escalations(north).second().attended()).isTrue();
  }

  @Test
  void whatIsStaleGoesToNoDeskAndLeavesIt() {
    UUID alert = arrives();
    rooms.pass(AFTER.plusSeconds(1));

    rooms.pass(Duration.ofSeconds(60));

    assertThat(state(north, alert)).isNull();
    assertThat(state(south, alert)).isNull();
  }

  @Test
  void thatTheSecondDeskHasItIsInTheLogOnce() throws Exception {
    UUID alert = arrives();

    rooms.pass(AFTER.plusSeconds(10));

    List<String> escalated = new ArrayList<>();
    AuditLog.<RuntimeException>forEachLine(
        rooms.databases.get(0),
        line -> {
          String record = new String(line, UTF_8);
          if (record.contains("alert-escalated")) {
            escalated.add(record);
          }
        });
    assertThat(escalated)
        .singleElement()
        .asString()
        .contains(alert.toString(), "\"desk\":\"south\"");
  }

  @Test
  void aBoardThatIsNobodysSecondDeskTakesNothing() throws Exception {
    south.desks(new Desks("west", null, AFTER));
    UUID alert = arrives();

    rooms.pass(AFTER.plusSeconds(1));

    assertThat(state(south, alert)).isNull();
    assertThat(state(north, alert)).isEqualTo(State.UNCONFIRMED);
  }
}
