package org.sightline.edge.publish.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sightline.edge.publish.mqtt.InboundPackets.NotMqttException;
import org.sightline.edge.publish.mqtt.InboundPackets.PacketTooLongException;

class InboundPacketsTest {
  private static final int LARGEST = 1000;
  private static final byte[] CONNACK = {0x20, 0x03, 0x00, 0x00, 0x00};

  private final List<Refusal> refusals = new ArrayList<>();

  private final InboundPackets.Watch watch =
      new InboundPackets.Watch() {
        @Override
        public void refused(Refusal refusal) {
          refusals.add(refusal);
        }

        @Override
        public void tooLong(PacketTooLongException end) {}
      };

  private InboundPackets packets(byte[]... packets) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] packet : packets) {
      all.write(packet);
    }
    return new InboundPackets(new ByteArrayInputStream(all.toByteArray()), LARGEST, watch);
  }

  private static byte[] withReason(int header, byte[] before, int reason, String words)
      throws IOException {
    byte[] text = words.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(before);
    body.write(reason);
    body.write(3 + text.length);
    body.write(0x1f);
    body.write(0);
    body.write(text.length);
    body.write(text);
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(header);
    packet.write(body.size());
    body.writeTo(packet);
    return packet.toByteArray();
  }

  @Test
  void whatComesIsPassedOnUnchanged() throws Exception {
    byte[] publish = {0x30, 0x05, 0x00, 0x01, 'a', 0x00, 'x'};

    byte[] read = packets(CONNACK, publish, new byte[] {(byte) 0xd0, 0x00}).readAllBytes();

    assertThat(read).hasSize(5 + 7 + 2).endsWith(0xd0, 0x00).startsWith(CONNACK);
  }

  @Test
  void aPacketLongerThanAskedForIsRefusedBeforeItsLengthIsKnownToAnybodyElse() throws Exception {
    try (InboundPackets packets =
        packets(CONNACK, new byte[] {0x30, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7c})) {
      packets.readNBytes(CONNACK.length + 1);

      assertThatExceptionOfType(PacketTooLongException.class)
          .isThrownBy(() -> packets.readNBytes(4));
    }
  }

  @Test
  void thatIsSoForEveryKindOfPacket() throws Exception {
    for (int type = 3; type < 16; type++) {
      try (InboundPackets packets =
          packets(CONNACK, new byte[] {(byte) (type << 4), (byte) 0xe9, 0x07})) {
        assertThatExceptionOfType(PacketTooLongException.class).isThrownBy(packets::readAllBytes);
      }
    }
  }

  @Test
  void aServerOfAnotherKindIsFoundAtItsFirstByte() throws Exception {
    try (InboundPackets packets = packets("HTTP/1.1 400".getBytes(StandardCharsets.US_ASCII))) {
      assertThatExceptionOfType(NotMqttException.class).isThrownBy(packets::read);
    }
  }

  @Test
  void theReasonOfARefusedSubscriptionIsReadThoughItIsBehindTheWords() throws Exception {
    byte[] refused = {(byte) 0x90, 0x09, 0, 1, 5, 0x1f, 0, 2, 'n', 'o', (byte) 0x87};

    packets(CONNACK, refused).readAllBytes();

    assertThat(refusals).containsExactly(new Refusal(false, 0x87, "no"));
  }

  @Test
  void ofARefusedSubscriptionTheLibraryHearsAReasonThatItKnows() throws Exception {
    byte[] refused = {(byte) 0x90, 0x04, 0, 1, 0, (byte) 0x97};

    assertThat(packets(CONNACK, refused).readAllBytes()).endsWith(0, 1, 0, (byte) 0x80);
    try (InboundPackets byteByByte = packets(CONNACK, refused)) {
      byteByByte.skip(CONNACK.length + refused.length - 1);
      assertThat(byteByByte.read()).isEqualTo(0x80);
    }
    assertThat(refusals)
        .containsExactly(new Refusal(false, 0x97, ""), new Refusal(false, 0x97, ""));
  }

  @Test
  void theReasonsOfAllThreeAnswersAreRead() throws Exception {
    byte[] refused = withReason(0x20, new byte[] {0}, 0x8a, "banned here");
    byte[] notTaken = withReason(0x40, new byte[] {0, 1}, 0x97, "quota");
    byte[] ended = withReason(0xe0, new byte[0], 0x8e, "taken");

    packets(refused, notTaken, ended).readAllBytes();

    assertThat(refusals)
        .containsExactly(
            new Refusal(false, 0x8a, "banned here"),
            new Refusal(false, 0x97, "quota"),
            new Refusal(true, 0x8e, "taken"));
  }

  @Test
  void aReasonWithoutWordsIsReadToo() throws Exception {
    packets(CONNACK, new byte[] {0x40, 0x03, 0x00, 0x01, (byte) 0x95}).readAllBytes();

    assertThat(refusals).containsExactly(new Refusal(false, 0x95, ""));
  }

  @Test
  void wordsAreOnePrintableLine() {
    assertThat(new Refusal(true, 0x8e, "a\n\u202eb" + "c".repeat(500)).toString())
        .startsWith("0x8E, another client has connected under this name; it says: a  b")
        .hasLineCount(1)
        .hasSizeLessThan(250);
  }
}
