package org.sightline.edge.testing.trace;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.LongStream;

/** Finds pieces of rows of known pixels: interleaved in either order, by channel, and as luma. */
final class PixelRows {
  /** Bytes of a row that have to lie in the open together. */
  static final int PIECE = 24;

  /** One row of so many is searched for: nobody writes a single row. */
  private static final int EVERY = 4;

  /** A piece with fewer different values may be anything. */
  private static final int LEAST_VALUES = 10;

  private static final long FACTOR = 0x9E3779B97F4A7C15L;
  private static final int FILTER_BITS = 24;

  private final long[] pieces;

  /** By the upper bits of the pieces: almost everything that is read is ruled out here. */
  private final BitSet filter = new BitSet(1 << FILTER_BITS);

  PixelRows(List<PixelCrop> crops) {
    LongStream.Builder found = LongStream.builder();
    for (PixelCrop crop : crops) {
      add(crop.pixels(), crop.channels() * crop.widthPx(), found);
      if (crop.channels() == 3) {
        add(crop.rgb(), 3 * crop.widthPx(), found);
        add(crop.grey(), crop.widthPx(), found);
        for (int channel = 0; channel < 3; channel++) {
          add(crop.channel(channel), crop.widthPx(), found);
        }
      }
    }
    pieces = found.build().sorted().distinct().toArray();
    for (long piece : pieces) {
      filter.set(upper(piece));
    }
  }

  private static void add(byte[] pixels, int rowBytes, LongStream.Builder found) {
    for (int row = 0; row + rowBytes <= pixels.length; row += EVERY * rowBytes) {
      for (int at = row; at + PIECE <= row + rowBytes; at += PIECE) {
        BitSet values = new BitSet(256);
        long piece = 0;
        for (int i = 0; i < PIECE; i++) {
          values.set(pixels[at + i] & 255);
          piece = piece * FACTOR + pixels[at + i];
        }
        if (values.cardinality() >= LEAST_VALUES) {
          found.add(piece);
        }
      }
    }
  }

  private static int upper(long piece) {
    return (int) (piece >>> (64 - FILTER_BITS));
  }

  boolean areIn(byte[] content) {
    long leaving = 1;
    for (int i = 0; i < PIECE; i++) {
      leaving *= FACTOR;
    }
    long piece = 0;
    for (int i = 0; i < content.length; i++) {
      piece = piece * FACTOR + content[i];
      if (i >= PIECE) {
        piece -= leaving * content[i - PIECE];
      }
      if (i + 1 >= PIECE && filter.get(upper(piece)) && Arrays.binarySearch(pieces, piece) >= 0) {
        return true;
      }
    }
    return false;
  }
}
