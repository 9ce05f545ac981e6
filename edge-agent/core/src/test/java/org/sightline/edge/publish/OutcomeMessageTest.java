package org.sightline.edge.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.domain.Outcome;

class OutcomeMessageTest {
  private static final String ALERT = "0193f0a1-0000-7000-8000-000000000001";
  private static final String AT = "2026-11-24T10:00:00Z";

  private final ControlRoomKeys keys = ControlRoomKeys.generate();

  private boolean taken(String content) {
    byte[] message = keys.sign(OutcomeMessage.TYPE, content.getBytes(StandardCharsets.UTF_8));
    return OutcomeMessage.read(message, keys.identity()).isPresent();
  }

  @Test
  void whatIsSignedIsReadBack() {
    OutcomeMessage message =
        new OutcomeMessage(
            UUID.fromString(ALERT),
            Outcome.FALSE,
            Actor.officer("1234"),
            Actor.officer("5678"),
            Instant.parse(AT));

    assertThat(OutcomeMessage.read(message.sign(keys), keys.identity())).contains(message);
  }

  @Test
  void nobodyConfirmsHimself() {
    Actor officer = Actor.officer("1234");

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new OutcomeMessage(
                    UUID.fromString(ALERT), Outcome.TRUE, officer, officer, Instant.parse(AT)));
  }

  @Test
  void aMessageOfOtherSoftwareIsTakenIfItSaysTheSame() {
    assertThat(
            taken(
                " {\"at\":\""
                    + AT
                    + "\", \"by\":\"1234\", \"outcome\":\"true\", \"alert\":\""
                    + ALERT
                    + "\"}"))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "not json",
        "{}",
        "{\"alert\":\"X\",\"outcome\":\"true\",\"by\":\"1234\",\"at\":\"" + AT + "\"}",
        "{\"alert\":\"" + ALERT + "\",\"outcome\":\"maybe\",\"by\":\"1234\",\"at\":\"" + AT + "\"}",
        "{\"alert\":\"" + ALERT + "\",\"outcome\":true,\"by\":\"1234\",\"at\":\"" + AT + "\"}",
        "{\"alert\":\"" + ALERT + "\",\"outcome\":\"true\",\"by\":1234,\"at\":\"" + AT + "\"}",
        "{\"alert\":\"" + ALERT + "\",\"outcome\":\"true\",\"by\":\"J Doe\",\"at\":\"" + AT + "\"}",
        "{\"alert\":\"" + ALERT + "\",\"outcome\":\"true\",\"by\":\"1234\",\"at\":\"noon\"}",
        "{\"alert\":\"" + ALERT + "\",\"outcome\":\"true\",\"by\":\"1234\"}",
        "{\"alert\":\"" + ALERT + "\",\"outcome\":\"true\",\"at\":\"" + AT + "\"}",
        "{\"alert\":\""
            + ALERT
            + "\",\"outcome\":\"true\",\"by\":\"1\",\"at\":\""
            + AT
            + "\",\"name\":\"\"}",
        "{\"alert\":\""
            + ALERT
            + "\",\"outcome\":\"true\",\"by\":\"1\",\"at\":\""
            + AT
            + "\",\"confirmedBy\":null}",
        "{\"alert\":\""
            + ALERT
            + "\",\"outcome\":\"true\",\"by\":\"1\",\"at\":\""
            + AT
            + "\",\"confirmedBy\":\"1\"}",
        "{\"alert\":\""
            + ALERT
            + "\",\"outcome\":\"true\",\"outcome\":\"false\",\"by\":\"1\","
            + "\"at\":\""
            + AT
            + "\"}",
        "{\"alert\":\"" + ALERT + "\",\"outcome\":\"true\",\"by\":\"1\",\"at\":\"" + AT + "\"} {}",
      })
  void aSignedMessageThatSaysSomethingElseIsNotTaken(String content) {
    assertThat(taken(content)).isFalse();
  }

  @Test
  void aMemberThatMayBeIgnoredIsPassedOverAndAnyOtherIsNot() {
    String content =
        "{\"alert\":\"%s\",\"outcome\":\"true\",\"by\":\"1234\",\"at\":\"%s\",\"%s\":{\"a\":1}}";

    assertThat(taken(content.formatted(ALERT, AT, "_note"))).isTrue();
    assertThat(taken(content.formatted(ALERT, AT, "note"))).isFalse();
  }

  @Test
  void anOverlongMessageIsNotTakenThoughItIsSigned() {
    String content =
        "{\"alert\":\"" + ALERT + "\",\"outcome\":\"true\",\"by\":\"1234\",\"at\":\"" + AT + "\"}";

    assertThat(taken(content)).isTrue();
    assertThat(taken(" ".repeat(OutcomeMessage.MAX_SIZE_BYTES) + content)).isFalse();
  }
}
