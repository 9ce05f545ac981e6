package org.sightline.edge.imaging;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * The chunks of a PNG that its pixels need. The decoder's library writes to standard error what it
 * finds odd about colour profiles, texts and times, and says of no file which one it means.
 */
final class PngChunks {
  private static final int SIGNATURE_BYTES = 8;

  /** Length and kind before the data of a chunk, its sum behind them. */
  private static final int FRAME_BYTES = 12;

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  /** Beside the critical ones: what is transparent, and which way is up. */
  private static final Set<String> NEEDED = Set.of("tRNS", "eXIf");

  private PngChunks() {}

  /**
   * A PNG without the chunks that its pixels do not need, and without what follows its end; another
   * file as it is.
   *
   * @param bytes if of a PNG, one whose chunks are whole
   * @return from the start of an array on
   */
  static ByteBuffer needed(byte[] bytes) {
    if (!Arrays.equals(
        bytes, 0, Math.min(SIGNATURE_BYTES, bytes.length), SIGNATURE, 0, SIGNATURE_BYTES)) {
      return ByteBuffer.wrap(bytes);
    }
    ByteBuffer file = ByteBuffer.wrap(bytes);
    ByteBuffer needed = ByteBuffer.allocate(bytes.length).put(SIGNATURE);
    int at = SIGNATURE_BYTES;
    String kind = "";
    while (!kind.equals("IEND")) {
      int length = FRAME_BYTES + file.getInt(at);
      kind = new String(bytes, at + 4, 4, StandardCharsets.ISO_8859_1);
      if (Character.isUpperCase(kind.charAt(0)) || NEEDED.contains(kind)) {
        needed.put(bytes, at, length);
      }
      at += length;
    }
    return needed.flip();
  }
}
