package org.sightline.edge.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.board.room.ControlRoom.InStreet;
import org.sightline.edge.board.room.Engaged;
import org.sightline.edge.board.room.Engaged.Yielded;
import org.sightline.edge.board.room.Judgement;
import org.sightline.edge.board.room.OpenAlert;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.ReceivedAlert;
import tools.jackson.databind.node.ObjectNode;

/** What the phone of an officer who had to yield with somebody stopped is sent. */
class StreetJsonTest {
  private static final Actor OFFICER = Actor.officer("street-2");
  private static final Actor OTHER = Actor.officer("street-1");
  private static final Instant NOW = Instant.parse("2026-11-23T09:02:03Z");

  private static ObjectNode shown(@Nullable Actor takenBy) throws Exception {
    ReceivedAlert content = ReceivedAlert.parse(Alerts.event(Alerts.about("S-1")));
    Instant expires = NOW.plus(Duration.ofHours(1));
    OpenAlert alert =
        new OpenAlert(content.id(), Alerts.VAN, content, 0, NOW, expires, Judgement.NONE, null);
    Engaged engaged =
        new Engaged(
            content.id(), expires, takenBy, null, List.of(new Yielded(OFFICER, NOW)), List.of());
    return StreetJson.street(new InStreet(alert, engaged, true), OFFICER, NOW);
  }

  @Test
  void whileTheOtherHasItTheyMayStateWhatBecameOfItAndNotGo() throws Exception {
    ObjectNode phone = shown(OTHER);

    assertThat(phone.required("yielded").booleanValue()).isTrue();
    assertThat(phone.required("open").booleanValue()).isFalse();
  }

  @Test
  void onceTheOtherIsNotHeardOfTheyMayGoAgainAndAreShownNobodyBefore() throws Exception {
    ObjectNode phone = shown(null);

    assertThat(phone.required("yielded").booleanValue()).isFalse();
    assertThat(phone.required("open").booleanValue()).isTrue();
    assertThat(phone.required("mine").booleanValue()).isFalse();
    assertThat(phone.has("subject")).isFalse();
  }
}
