package org.sightline.edge.publish.mqtt;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * What a broker sends, passed on byte by byte, but for the reason of a refused subscription: the
 * library ends the connection at one that it does not know, and then no alert would go out. A
 * packet longer than was asked for is refused when its length is known, before the library makes
 * room for it; and what the broker says about a refusal is read, of which the library keeps little.
 * Of one thread.
 */
final class InboundPackets extends FilterInputStream {
  private static final int CONNACK = 2;
  private static final int PUBACK = 4;
  private static final int SUBACK = 9;
  private static final int DISCONNECT = 14;

  /** The one reason that the library knows in every answer. */
  private static final int UNSPECIFIED = 0x80;

  private static final Set<Integer> ANSWERS = Set.of(CONNACK, PUBACK, SUBACK, DISCONNECT);

  /** Those that an answer may have. */
  private static final Byte[] PROPERTIES = {
    0x11, 0x12, 0x13, 0x15, 0x16, 0x1a, 0x1c, 0x1f, 0x21, 0x22, 0x24, 0x25, 0x26, 0x27, 0x28, 0x29,
    0x2a
  };

  /** As long as an answer with a reason in words is; what is longer is not looked into. */
  private static final int LONGEST_ANSWER_BYTES = 4096;

  private static final int LONGEST_LENGTH_BYTES = 4;

  private final long largestPacketBytes;
  private final Watch watch;
  private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
  private boolean answered;
  private int type = -1;
  private int lengthBytes;
  private long length;
  private long left;

  /**
   * @param largestPacketBytes without its first byte and its length
   */
  InboundPackets(InputStream in, long largestPacketBytes, Watch watch) {
    super(in);
    this.largestPacketBytes = largestPacketBytes;
    this.watch = watch;
  }

  @Override
  public int read() throws IOException {
    int next = in.read();
    if (next < 0) {
      return next;
    }
    if (left > 0) {
      byte[] one = {(byte) next};
      body(one, 0, 1);
      return one[0] & 0xff;
    } else if (type < 0) {
      type = next >> 4;
      if (!answered && next != CONNACK << 4) {
        throw new NotMqttException();
      }
      answered = true;
      lengthBytes = 0;
      length = 0;
    } else {
      length(next);
    }
    return next;
  }

  /** Within a body as much as there is of it, else one byte. */
  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    if (left == 0) {
      int next = read();
      if (next < 0) {
        return next;
      }
      bytes[offset] = (byte) next;
      return 1;
    }
    int got = in.read(bytes, offset, (int) Math.min(count, left));
    if (got > 0) {
      body(bytes, offset, got);
    }
    return got;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = 0;
    while (skipped < count && read() >= 0) {
      skipped++;
    }
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void length(int next) throws IOException {
    length |= (long) (next & 0x7f) << (7 * lengthBytes);
    lengthBytes++;
    if (length > largestPacketBytes) {
      PacketTooLongException tooLong = new PacketTooLongException(length, largestPacketBytes);
      watch.tooLong(tooLong);
      throw tooLong;
    }
    if (next <= 0x7f || lengthBytes == LONGEST_LENGTH_BYTES) {
      left = length;
      if (left == 0) {
        ended();
      }
    }
  }

  private void body(byte[] bytes, int offset, int count) {
    if (ANSWERS.contains(type) && length <= LONGEST_ANSWER_BYTES) {
      answer.write(bytes, offset, count);
    }
    left -= count;
    if (left == 0) {
      int last = offset + count - 1;
      if (type == SUBACK && (bytes[last] & 0xff) >= UNSPECIFIED) {
        bytes[last] = (byte) UNSPECIFIED;
      }
      ended();
    }
  }

  private void ended() {
    int ended = type;
    byte[] body = answer.toByteArray();
    type = -1;
    answer.reset();
    // Before the reason: the flags of a CONNACK, the message's number of a PUBACK. That of a SUBACK
    // is behind the words, for one topic is subscribed to at a time.
    int reasonAt =
        switch (ended) {
          case CONNACK -> 1;
          case PUBACK -> 2;
          case SUBACK -> body.length - 1;
          default -> 0;
        };
    if (ANSWERS.contains(ended)
        && reasonAt >= 0
        && body.length > reasonAt
        && (body[reasonAt] & 0xff) >= 0x80) {
      int wordsAt = ended == SUBACK ? 2 : reasonAt + 1;
      watch.refused(new Refusal(ended == DISCONNECT, body[reasonAt] & 0xff, words(body, wordsAt)));
    }
  }

  /** The broker's own words, if it has any. */
  private static String words(byte[] body, int from) {
    if (from >= body.length) {
      return "";
    }
    MqttProperties properties = new MqttProperties(PROPERTIES);
    try {
      properties.decodeProperties(
          new DataInputStream(new ByteArrayInputStream(body, from, body.length - from)));
    } catch (IOException | MqttException | RuntimeException e) {
      return "";
    }
    String words = properties.getReasonString();
    return words == null ? "" : words;
  }

  /** Hears of what is noteworthy, on the thread that reads. */
  interface Watch {
    /** The broker refuses something. */
    void refused(Refusal refusal);

    /** The broker sends more than it may; the connection ends. */
    void tooLong(PacketTooLongException end);
  }

  /** The first answer to a CONNECT is something else than one of MQTT. */
  static final class NotMqttException extends IOException {
    private static final long serialVersionUID = 1L;

    NotMqttException() {
      super("no answer of MQTT");
    }
  }

  /** A packet that was announced with more bytes than had been asked for. */
  static final class PacketTooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    PacketTooLongException(long bytes, long largestBytes) {
      super("a packet of " + bytes + " bytes or more, of " + largestBytes + " at most");
    }
  }
}
