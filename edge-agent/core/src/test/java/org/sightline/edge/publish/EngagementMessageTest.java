package org.sightline.edge.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.domain.Engagement;
import org.sightline.edge.domain.Engagement.Action;
import org.sightline.edge.domain.Engagement.Attempt;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.publish.EngagementMessage.Correction;

class EngagementMessageTest {
  private static final String ID = "0193f0a1-0000-7000-8000-0000000000e1";
  private static final UUID ALERT = UUID.fromString("0193f0a1-0000-7000-8000-000000000001");
  private static final String AT = "2026-11-24T10:00:00Z";
  private static final DeviceKeys DEVICE = DeviceKeys.generate();
  private static final ControlRoomKeys ROOM = ControlRoomKeys.generate();

  private static EngagementMessage of(
      Engagement found, @Nullable SealedGroup group, @Nullable Correction correction) {
    return new EngagementMessage(
        UUID.fromString(ID),
        ALERT,
        Actor.officer("1234"),
        Instant.parse(AT),
        found,
        group,
        null,
        correction);
  }

  private static Stream<EngagementMessage> allKinds() {
    Engagement arrested = Engagement.stopped(Outcome.TRUE, Action.ARRESTED, 12);
    SealedGroup group = SealedGroup.of("A1", ALERT, DEVICE.identity());
    return Stream.of(
        of(arrested, null, null),
        of(arrested, group, null),
        of(Engagement.stopped(Outcome.FALSE, Action.NO_ACTION, 0), group, null),
        of(Engagement.stopped(Outcome.UNRESOLVED, Action.OTHER, 1440), null, null),
        of(Engagement.none(Attempt.LOST), null, null),
        of(Engagement.none(Attempt.NOT_ATTEMPTED), null, null),
        of(arrested, group, new Correction(UUID.randomUUID(), false, null)),
        of(arrested, group, new Correction(UUID.randomUUID(), true, group)),
        new EngagementMessage(
            UUID.randomUUID(),
            ALERT,
            Actor.officer("1234"),
            Instant.parse(AT),
            arrested,
            null,
            ROOM.identity().seal("a note".getBytes(StandardCharsets.UTF_8)),
            null));
  }

  @ParameterizedTest
  @MethodSource("allKinds")
  void whatIsSignedIsReadBack(EngagementMessage message) {
    assertThat(EngagementMessage.read(message.sign(ROOM), ROOM.identity())).contains(message);
  }

  @ParameterizedTest
  @MethodSource("allKinds")
  void whatIsSignedIsAsTheSchemaSays(EngagementMessage message) {
    String text = new String(message.sign(ROOM), StandardCharsets.US_ASCII);

    assertThat(Schema.ENGAGEMENT.errorsIn(Base64.getUrlDecoder().decode(text.split("\\.", -1)[1])))
        .isEmpty();
  }

  private static final String PLAIN =
      "{\"id\":\"" + ID + "\",\"alert\":\"" + ALERT + "\",\"by\":\"1234\",\"at\":\"" + AT + "\",";

  private static final String STOPPED =
      PLAIN + "\"engaged\":\"stopped\",\"result\":\"true\",\"action\":\"arrested\",\"minutes\":3";

  private static boolean taken(String content) {
    byte[] message = ROOM.sign(EngagementMessage.TYPE, content.getBytes(StandardCharsets.UTF_8));
    return EngagementMessage.read(message, ROOM.identity()).isPresent();
  }

  @Test
  void aMessageOfOtherSoftwareIsTakenIfItSaysTheSame() {
    assertThat(taken(STOPPED + "}")).isTrue();
    assertThat(taken(STOPPED + ",\"_new\":1}")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",\"new\":1",
        ",\"group\":\"A1 in clear\"",
        ",\"supervisor\":true",
        ",\"corrects\":\"0193f0a1-0000-7000-8000-0000000000e2\"",
        ",\"groupBefore\":\"AAAA\"",
        ",\"corrects\":\"0193f0a1-0000-7000-8000-0000000000e1\",\"supervisor\":true",
        ",\"minutes\":4"
      })
  void oneThatSaysMoreThanItMayIsRefused(String more) {
    assertThat(taken(STOPPED + more + "}")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"engaged\":\"stopped\",\"result\":\"true\"}",
        "\"engaged\":\"stopped\",\"result\":\"true\",\"action\":\"arrested\"}",
        "\"engaged\":\"stopped\",\"result\":\"true\",\"action\":\"shot\",\"minutes\":3}",
        "\"engaged\":\"stopped\",\"result\":\"true\",\"action\":\"other\",\"minutes\":1441}",
        "\"engaged\":\"stopped\",\"result\":\"true\",\"action\":\"other\",\"minutes\":-1}",
        "\"engaged\":\"lost\",\"result\":\"true\"}",
        "\"engaged\":\"lost\",\"result\":\"unresolved\",\"action\":\"other\",\"minutes\":1}",
        "\"engaged\":\"lost\",\"result\":\"unresolved\",\"group\":\"AAAA\"}"
      })
  void oneThatDoesNotFitTogetherIsRefused(String rest) {
    assertThat(taken(PLAIN + rest)).isFalse();
  }

  @Test
  void oneOfAnotherControlRoomIsRefused() {
    byte[] message = of(Engagement.none(Attempt.LOST), null, null).sign(ControlRoomKeys.generate());

    assertThat(EngagementMessage.read(message, ROOM.identity())).isEmpty();
  }

  @Test
  void anOutcomePassesForNoEngagementNorTheOtherWayRound() {
    byte[] engagement = of(Engagement.none(Attempt.LOST), null, null).sign(ROOM);
    byte[] outcome =
        new OutcomeMessage(ALERT, Outcome.TRUE, Actor.officer("1"), null, Instant.parse(AT))
            .sign(ROOM);

    assertThat(OutcomeMessage.read(engagement, ROOM.identity())).isEmpty();
    assertThat(EngagementMessage.read(outcome, ROOM.identity())).isEmpty();
  }

  @Test
  void nobodyWhoWasNotStoppedIsOfAGroup() {
    SealedGroup group = SealedGroup.of("A1", ALERT, DEVICE.identity());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(Engagement.none(Attempt.LOST), group, null));
  }

  @Test
  void theDeviceAloneReadsAGroupAndOfItsAlertAlone() {
    SealedGroup group = SealedGroup.of("A1", ALERT, DEVICE.identity());

    assertThat(group.code(ALERT, DEVICE)).contains("A1");
    assertThat(group.code(UUID.randomUUID(), DEVICE)).isEmpty();
    assertThat(group.code(ALERT, DeviceKeys.generate())).isEmpty();
  }

  @Test
  void everyGroupIsAsLongAsEveryOther() {
    assertThat(SealedGroup.of("A", ALERT, DEVICE.identity()).base64())
        .hasSameSizeAs(SealedGroup.of("A1234567", ALERT, DEVICE.identity()).base64());
  }
}
