package org.sightline.edge.imaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * What the first bytes of a picture file promise, read before anything is decoded, so that a small
 * file cannot ask for a huge picture and a cut one is not taken for whole. Formats not named here
 * never reach a decoder.
 *
 * @param complete whether the file reaches to its own end mark or declared length, and the sums
 *     that it carries are right
 */
record StillHeader(long widthPx, long heightPx, boolean complete) {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int PNG_IHDR = 0x49484452;
  private static final int PNG_IEND = 0x49454e44;
  private static final Pattern PNM =
      Pattern.compile("(P[56])(?:\\s+|#[^\\n]*\\n)+(\\d{1,9})\\s+(\\d{1,9})\\s+(\\d{1,5})\\s");

  /** Width times height; {@link Long#MAX_VALUE} if it is even more. */
  long pixels() {
    return heightPx == 0 || widthPx <= Long.MAX_VALUE / heightPx
        ? widthPx * heightPx
        : Long.MAX_VALUE;
  }

  /** Empty if the bytes are no JPEG, PNG, BMP, binary PGM or binary PPM. */
  static Optional<StillHeader> of(byte[] bytes) {
    ByteBuffer file = ByteBuffer.wrap(bytes);
    if (bytes.length >= 4 && (file.getShort(0) & 0xffff) == 0xffd8) {
      return jpeg(bytes, file);
    }
    if (bytes.length >= 33 && file.slice(0, PNG.length).equals(ByteBuffer.wrap(PNG))) {
      return Optional.of(
          new StillHeader(
              file.getInt(16) & 0xffffffffL,
              file.getInt(20) & 0xffffffffL,
              pngChunksAreWhole(bytes, file)));
    }
    if (bytes.length >= 34 && bytes[0] == 'B' && bytes[1] == 'M') {
      return Optional.of(bmp(file.order(ByteOrder.LITTLE_ENDIAN)));
    }
    return pnm(bytes);
  }

  private static Optional<StillHeader> jpeg(byte[] bytes, ByteBuffer file) {
    int at = 2;
    long width = 0;
    long height = 0;
    while (at + 9 < file.capacity()) {
      int marker = file.getShort(at) & 0xffff;
      if (marker == 0xffff) {
        at++; // fill byte
        continue;
      }
      if (marker < 0xff01) {
        return Optional.empty();
      }
      boolean startOfFrame =
          marker >= 0xffc0
              && marker <= 0xffcf
              && marker != 0xffc4
              && marker != 0xffc8
              && marker != 0xffcc;
      if (startOfFrame) {
        height = file.getShort(at + 5) & 0xffff;
        width = file.getShort(at + 7) & 0xffff;
      }
      if (marker == 0xffda) {
        // Coded data never holds this mark, and thumbnails lie before it.
        boolean ended = holds(bytes, at, 0xff, 0xd9);
        return Optional.of(new StillHeader(width, height, ended));
      }
      at += 2 + (file.getShort(at + 2) & 0xffff);
    }
    return Optional.of(new StillHeader(width, height, false));
  }

  /** Walks the chunks from IHDR to IEND and checks the sum of each. */
  private static boolean pngChunksAreWhole(byte[] bytes, ByteBuffer file) {
    int at = PNG.length;
    while (at + 12 <= bytes.length) {
      int size = file.getInt(at);
      if (size < 0 || size > bytes.length - at - 12) {
        return false;
      }
      CRC32 sum = new CRC32();
      sum.update(bytes, at + 4, size + 4);
      int kind = file.getInt(at + 4);
      if ((int) sum.getValue() != file.getInt(at + 8 + size)
          || (at == PNG.length && (kind != PNG_IHDR || size != 13))) {
        return false;
      }
      if (kind == PNG_IEND) {
        return true;
      }
      at += 12 + size;
    }
    return false;
  }

  private static StillHeader bmp(ByteBuffer file) {
    long pixels = file.getInt(10) & 0xffffffffL;
    long width = Math.abs((long) file.getInt(18));
    long height = Math.abs((long) file.getInt(22));
    int bitsPerPixel = file.getShort(28) & 0xffff;
    boolean runLengths = file.getInt(30) == 1 || file.getInt(30) == 2;
    long strideBytes = (width * bitsPerPixel + 31) / 32 * 4;
    return new StillHeader(
        width, height, runLengths || file.capacity() >= pixels + strideBytes * height);
  }

  private static Optional<StillHeader> pnm(byte[] bytes) {
    String start = new String(bytes, 0, Math.min(bytes.length, 1024), ISO_8859_1);
    Matcher header = PNM.matcher(start);
    if (!header.lookingAt()) {
      return Optional.empty();
    }
    long width = Long.parseLong(header.group(2));
    long height = Long.parseLong(header.group(3));
    int channels = header.group(1).equals("P6") ? 3 : 1;
    int sampleBytes = Integer.parseInt(header.group(4)) > 255 ? 2 : 1;
    return Optional.of(
        new StillHeader(
            width, height, bytes.length - header.end() >= width * height * channels * sampleBytes));
  }

  private static boolean holds(byte[] bytes, int from, int first, int second) {
    for (int at = from; at + 1 < bytes.length; at++) {
      if ((bytes[at] & 0xff) == first && (bytes[at + 1] & 0xff) == second) {
        return true;
      }
    }
    return false;
  }
}
