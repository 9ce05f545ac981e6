package org.sightline.edge.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.ReportedWaits;
import org.sightline.edge.publish.OutcomeMessage.Judged;

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

  private static Judged judged(String officer, Outcome outcome) {
    return new Judged(Actor.officer(officer), outcome, Instant.parse(AT));
  }

  private static OutcomeMessage of(String by, @Nullable String confirmedBy, Judged... judgements) {
    return new OutcomeMessage(
        UUID.fromString(ALERT),
        Outcome.TRUE,
        Actor.officer(by),
        confirmedBy == null ? null : Actor.officer(confirmedBy),
        Instant.parse(AT),
        List.of(judgements));
  }

  @Test
  void whatEachFoundIsReadBack() {
    OutcomeMessage message = of("7", null, judged("1", Outcome.TRUE), judged("2", Outcome.FALSE));

    assertThat(OutcomeMessage.read(message.sign(keys), keys.identity())).contains(message);
  }

  @Test
  void howLongTheAlertWaitedIsReadBack() {
    OutcomeMessage message = of("7", null).with(new ReportedWaits(Duration.ofMillis(1500), null));

    assertThat(OutcomeMessage.read(message.sign(keys), keys.identity())).contains(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5", "1.5", "\"long\"", "1e300", "null"})
  void aWaitThatIsNoneRefusesNoOutcomeAndIsNoWait(String wait) {
    String content =
        "{\"alert\":\"%s\",\"outcome\":\"true\",\"by\":\"7\",\"at\":\"%s\",\"_waits\":{\"seenMillis\":%s}}"
            .formatted(ALERT, AT, wait);
    byte[] message = keys.sign(OutcomeMessage.TYPE, content.getBytes(StandardCharsets.UTF_8));

    assertThat(OutcomeMessage.read(message, keys.identity()))
        .hasValueSatisfying(outcome -> assertThat(outcome.waits().seen()).isNegative());
  }

  @Test
  void twoWhoFoundTheSameAreTwoOfficers() {
    assertThat(of("1", "2", judged("1", Outcome.TRUE), judged("2", Outcome.TRUE)).isOfTwoOfficers())
        .isTrue();
  }

  @Test
  void aThirdDecidesBetweenTwoWhoDoNotFindTheSame() {
    assertThat(
            of("7", null, judged("1", Outcome.TRUE), judged("2", Outcome.FALSE)).isOfTwoOfficers())
        .isTrue();
  }

  static Stream<OutcomeMessage> ofFewerThanTwo() {
    Judged first = judged("1", Outcome.TRUE);
    Judged later = new Judged(Actor.officer("2"), Outcome.TRUE, Instant.parse(AT).plusMillis(1));
    return Stream.of(
        of("1", null),
        of("1", "2"),
        of("1", null, first),
        of("1", null, first, first),
        of("1", "2", first, first),
        of("1", "3", first, judged("2", Outcome.TRUE)),
        of("1", null, first, judged("2", Outcome.TRUE)),
        of("3", null, first, judged("2", Outcome.TRUE)),
        of("2", null, first, judged("2", Outcome.FALSE)),
        of("1", null, first, judged("2", Outcome.FALSE)),
        of("1", "2", first, judged("2", Outcome.FALSE)),
        of("3", "2", first, judged("2", Outcome.FALSE)),
        of("1", "2", judged("1", Outcome.FALSE), judged("2", Outcome.FALSE)),
        of("1", "2", first, later),
        of("1", "2", first, judged("2", Outcome.TRUE), judged("3", Outcome.TRUE)));
  }

  @ParameterizedTest
  @MethodSource("ofFewerThanTwo")
  void anythingElseIsNoOutcomeOfTwoOfficers(OutcomeMessage message) {
    assertThat(message.isOfTwoOfficers()).isFalse();
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
