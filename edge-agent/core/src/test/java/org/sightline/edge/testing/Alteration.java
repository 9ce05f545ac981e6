package org.sightline.edge.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Seeds altered at random in the ways that break readers; the same sequence for the same number.
 */
final class Alteration {
  private static final Pattern WORD = Pattern.compile("(?<!\\w)[A-Za-z][\\w.-]{1,23}(?!\\w)");
  private static final int[] EXTREMES = {
    0, 1, 0x7f, 0x80, 0xff, '"', '\\', '{', '[', ',', '-', '9'
  };

  private final List<byte[]> seeds;
  private final List<byte[]> words;
  private final Random random;

  Alteration(List<byte[]> seeds, long number) {
    this.seeds = seeds;
    this.words = words(seeds).stream().map(word -> word.getBytes(ISO_8859_1)).toList();
    this.random = new Random(number);
  }

  /** Words that are in the seeds: keys, values and marks of their format. */
  static Collection<String> words(List<byte[]> seeds) {
    TreeSet<String> words = new TreeSet<>();
    for (byte[] seed : seeds) {
      WORD.matcher(new String(seed, ISO_8859_1))
          .results()
          .map(MatchResult::group)
          .forEach(words::add);
    }
    return words;
  }

  /** A seed after one to four changes. */
  byte[] next() {
    byte[] bytes = any(seeds).clone();
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      bytes = changed(bytes);
    }
    return bytes;
  }

  private byte[] changed(byte[] bytes) {
    int from = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, from + 1 + random.nextInt(16));
    switch (random.nextInt(7)) {
      case 0 -> {
        return joined(bytes, from, new byte[0], to);
      }
      case 1 -> {
        return joined(bytes, to, slice(bytes, from, to), to);
      }
      case 2 -> {
        return words.isEmpty()
            ? bytes
            : joined(bytes, from, any(words), random.nextBoolean() ? from : to);
      }
      case 3 -> {
        byte[] other = any(seeds);
        return joined(
            bytes,
            from,
            slice(other, random.nextInt(other.length + 1), other.length),
            bytes.length);
      }
      case 4 -> {
        return slice(bytes, 0, from);
      }
      case 5 -> {
        byte[] extreme = {(byte) EXTREMES[random.nextInt(EXTREMES.length)]};
        return joined(bytes, from, extreme, Math.min(bytes.length, from + 1));
      }
      default -> {
        if (from < bytes.length) {
          bytes[from] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
      }
    }
  }

  private byte[] any(List<byte[]> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static byte[] slice(byte[] bytes, int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  /** What stands before {@code from}, the middle, and what stands from {@code to} on. */
  private static byte[] joined(byte[] bytes, int from, byte[] middle, int to) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    out.writeBytes(middle);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }
}
