package org.sightline.edge.testing.trace;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;

/**
 * A content read as numbers, one after another, in every form that numbers are written in: binary
 * ones of both byte orders from every byte on, and decimal ones with anything between them.
 */
final class NumberRuns {
  /** Numbers farther apart do not belong together. */
  private static final int WIDEST_GAP = 24;

  private static final int LONGEST_NUMBER = 32;

  /** Takes numbers that follow one another. */
  interface Reader {
    void read(float[] numbers, int length, Form form);
  }

  private NumberRuns() {}

  /** How numbers are written. */
  enum Form {
    DECIMAL(1),
    INT8(1),
    INT16(2),
    INT32(4),
    FLOAT16(2),
    FLOAT32(4),
    FLOAT64(8);

    final int sizeBytes;

    Form(int sizeBytes) {
      this.sizeBytes = sizeBytes;
    }

    /** Whether fractions can be given to some digits. */
    boolean precise() {
      return this == DECIMAL || this == FLOAT32 || this == FLOAT64;
    }

    float number(ByteBuffer bytes, int at) {
      return switch (this) {
        case DECIMAL, INT8 -> bytes.get(at);
        case INT16 -> bytes.getShort(at);
        case INT32 -> bytes.getInt(at);
        case FLOAT16 -> half(bytes.getShort(at));
        case FLOAT32 -> bytes.getFloat(at);
        case FLOAT64 -> (float) bytes.getDouble(at);
      };
    }
  }

  static void of(byte[] content, Reader reader) {
    float[] numbers = new float[content.length];
    for (Form form : EnumSet.complementOf(EnumSet.of(Form.DECIMAL))) {
      for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
        if (form == Form.INT8 && order == ByteOrder.BIG_ENDIAN) {
          continue;
        }
        ByteBuffer bytes = ByteBuffer.wrap(content).order(order);
        for (int first = 0; first < form.sizeBytes; first++) {
          int length = 0;
          for (int at = first; at + form.sizeBytes <= content.length; at += form.sizeBytes) {
            numbers[length++] = form.number(bytes, at);
          }
          reader.read(numbers, length, form);
        }
      }
    }
    decimals(content, numbers, reader);
  }

  private static void decimals(byte[] content, float[] numbers, Reader reader) {
    int length = 0;
    int end = 0;
    for (int at = 0; at < content.length; at++) {
      if (!isDigit(content, at)) {
        continue;
      }
      int first = at > 0 && content[at - 1] == '-' ? at - 1 : at;
      if (first - end > WIDEST_GAP) {
        reader.read(numbers, length, Form.DECIMAL);
        length = 0;
      }
      end = endOfNumber(content, at);
      if (end - first <= LONGEST_NUMBER) {
        numbers[length++] =
            Float.parseFloat(new String(content, first, end - first, StandardCharsets.US_ASCII));
      }
      at = end - 1;
    }
    reader.read(numbers, length, Form.DECIMAL);
  }

  private static int endOfNumber(byte[] content, int from) {
    int end = digitsFrom(content, from);
    if (end < content.length && content[end] == '.' && isDigit(content, end + 1)) {
      end = digitsFrom(content, end + 1);
    }
    if (end < content.length && (content[end] == 'e' || content[end] == 'E')) {
      int power = end + 1;
      if (power < content.length && (content[power] == '-' || content[power] == '+')) {
        power++;
      }
      if (isDigit(content, power)) {
        end = digitsFrom(content, power);
      }
    }
    return end;
  }

  private static int digitsFrom(byte[] content, int from) {
    int end = from;
    while (isDigit(content, end)) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(byte[] content, int at) {
    return at < content.length && content[at] >= '0' && content[at] <= '9';
  }

  /** A number of IEEE 754's binary16. */
  private static float half(short bits) {
    int exponent = bits >> 10 & 31;
    int fraction = bits & 1023;
    float size =
        exponent == 0 ? Math.scalb(fraction, -24) : Math.scalb(1024 + fraction, exponent - 25);
    return exponent == 31 ? Float.NaN : bits < 0 ? -size : size;
  }
}
