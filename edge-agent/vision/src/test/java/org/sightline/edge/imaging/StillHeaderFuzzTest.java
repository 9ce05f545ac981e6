package org.sightline.edge.imaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.sightline.edge.testing.FuzzTarget;

/**
 * A picture's size is never negative, and no picture without compression is whole and too short.
 */
class StillHeaderFuzzTest extends FuzzTarget {
  @Override
  protected List<byte[]> seeds() {
    return List.of(
        HexFormat.of().parseHex("ffd8ffe000044a46ffc0000b080002000301011100ffda0002aabbffd9"),
        HexFormat.of()
            .parseHex(
                "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
                    + "3a7e9b55"
                    + "0000000049454e44ae426082"),
        ByteBuffer.allocate(58)
            .put("BM".getBytes(ISO_8859_1))
            .putInt(10, 54 << 24)
            .putInt(18, 1 << 24)
            .putInt(22, 1 << 24)
            .putShort(28, (short) (24 << 8))
            .array(),
        "P6 # made by hand\n2 1 255\nabcdef".getBytes(ISO_8859_1),
        "P5 2 1 65535 abcd".getBytes(ISO_8859_1));
  }

  @Override
  protected void take(byte[] input) {
    StillHeader.of(input)
        .ifPresent(
            header -> {
              assertThat(header.widthPx()).isNotNegative();
              assertThat(header.heightPx()).isNotNegative();
              assertThat(header.pixels())
                  .isNotNegative()
                  .isGreaterThanOrEqualTo(
                      Math.max(header.widthPx() * Math.min(1, header.heightPx()), 0));
              if (input[0] == 'P' && header.complete()) {
                assertThat(header.pixels()).isLessThan(input.length);
              }
            });
  }
}
