package org.sightline.edge.publish;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.domain.VanId;

class TestRequestTest {
  private static final ControlRoomKeys ROOM = ControlRoomKeys.generate();
  private static final String CONTENT =
      """
      {"id":"0193f0a1-0000-7000-8000-0000000000e1","van":"van-7","by":"1234",\
      "expires":"2026-11-24T10:00:30Z"}""";
  private static final TestRequest REQUEST =
      new TestRequest(
          UUID.fromString("0193f0a1-0000-7000-8000-0000000000e1"),
          new VanId("van-7"),
          Actor.officer("1234"),
          Instant.parse("2026-11-24T10:00:30Z"));

  private static byte[] signed(String content) {
    return ROOM.sign(TestRequest.TYPE, content.getBytes(US_ASCII));
  }

  @Test
  void whatIsSignedIsReadBack() {
    assertThat(TestRequest.read(REQUEST.sign(ROOM), ROOM.identity())).contains(REQUEST);
  }

  @Test
  void itIsWrittenAsTheContractSays() {
    String text = new String(REQUEST.sign(ROOM), US_ASCII);
    byte[] content = Base64.getUrlDecoder().decode(text.split("\\.", -1)[1]);

    assertThat(new String(content, US_ASCII)).isEqualTo(CONTENT);
    assertThat(Schema.TEST_REQUEST.errorsIn(content)).isEmpty();
  }

  @Test
  void anotherControlRoomAsksForNothing() {
    byte[] message = REQUEST.sign(ControlRoomKeys.generate());

    assertThat(TestRequest.read(message, ROOM.identity())).isEmpty();
  }

  @Test
  void anotherKindOfMessageIsNone() {
    byte[] message = ROOM.sign(OutcomeMessage.TYPE, CONTENT.getBytes(US_ASCII));

    assertThat(TestRequest.read(message, ROOM.identity())).isEmpty();
  }

  @Test
  void whatMayBePassedOverIs() {
    assertThat(TestRequest.read(signed(CONTENT.replace("}", ",\"_x\":1}")), ROOM.identity()))
        .contains(REQUEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"id\":1,\"van\":\"van-7\",\"by\":\"1234\",\"expires\":\"2026-11-24T10:00:30Z\"}",
        "{\"id\":\"0193f0a1-0000-7000-8000-0000000000e1\",\"van\":\"Van 7\",\"by\":\"1234\","
            + "\"expires\":\"2026-11-24T10:00:30Z\"}",
        "{\"id\":\"0193f0a1-0000-7000-8000-0000000000e1\",\"van\":\"van-7\",\"by\":\"a b\","
            + "\"expires\":\"2026-11-24T10:00:30Z\"}",
        "{\"id\":\"0193f0a1-0000-7000-8000-0000000000e1\",\"van\":\"van-7\",\"by\":\"1234\","
            + "\"expires\":\"soon\"}",
        "{\"id\":\"0193f0a1-0000-7000-8000-0000000000e1\",\"van\":\"van-7\",\"by\":\"1234\","
            + "\"expires\":\"2026-11-24T10:00:30Z\",\"person\":\"S-1\"}"
      })
  void whatSaysAnythingElseIsNoRequest(String content) {
    assertThat(TestRequest.read(signed(content), ROOM.identity())).isEmpty();
  }
}
