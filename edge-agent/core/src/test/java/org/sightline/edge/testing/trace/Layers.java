package org.sightline.edge.testing.trace;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A content and all that is coded in it as text: Base64 with either alphabet, in lines or in one,
 * beginning at any character, and hexadecimal digits; each of it once more.
 */
final class Layers {
  /** Shorter runs of digits and letters hold less than anything that is searched for. */
  private static final int SHORTEST_RUN = 16;

  private static final int DEEPEST = 2;

  private Layers() {}

  static List<byte[]> of(byte[] content) {
    List<byte[]> layers = new ArrayList<>();
    add(content, 0, layers);
    return layers;
  }

  private static void add(byte[] content, int depth, List<byte[]> layers) {
    layers.add(content);
    if (depth == DEEPEST) {
      return;
    }
    for (byte[] run : runs(content, 64)) {
      for (int first = 0; first < 4; first++) {
        add(decode(run, first, 6), depth + 1, layers);
      }
    }
    for (byte[] run : runs(content, 16)) {
      for (int first = 0; first < 2; first++) {
        add(decode(run, first, 4), depth + 1, layers);
      }
    }
  }

  /** The values of the digits of every long run of them; ends of lines are passed over. */
  private static List<byte[]> runs(byte[] content, int base) {
    List<byte[]> runs = new ArrayList<>();
    ByteArrayOutputStream run = new ByteArrayOutputStream();
    for (int i = 0; i <= content.length; i++) {
      byte c = i < content.length ? content[i] : 0;
      int value = base == 64 ? base64(c) : Character.digit(c, 16);
      if (value >= 0) {
        run.write(value);
      } else if (c != '\n' && c != '\r') {
        if (run.size() >= SHORTEST_RUN) {
          runs.add(run.toByteArray());
        }
        run.reset();
      }
    }
    return runs;
  }

  private static byte[] decode(byte[] digits, int first, int bitsPerDigit) {
    byte[] bytes = new byte[(digits.length - first) * bitsPerDigit / 8];
    int held = 0;
    int bits = 0;
    int length = 0;
    for (int i = first; i < digits.length; i++) {
      held = held << bitsPerDigit | digits[i];
      bits += bitsPerDigit;
      if (bits >= 8) {
        bits -= 8;
        bytes[length++] = (byte) (held >> bits);
      }
    }
    return Arrays.copyOf(bytes, length);
  }

  private static int base64(byte c) {
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
      return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
      return c - '0' + 52;
    }
    return switch (c) {
      case '+', '-' -> 62;
      case '/', '_' -> 63;
      default -> -1;
    };
  }
}
