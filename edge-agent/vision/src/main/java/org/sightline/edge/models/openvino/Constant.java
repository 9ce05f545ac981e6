package org.sightline.edge.models.openvino;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Weights.
 *
 * @param littleEndianFloats four bytes per value, the last dimension running fastest
 */
@SuppressWarnings("ArrayRecordComponent") // compared and printed nowhere
record Constant(List<Integer> shape, byte[] littleEndianFloats) {
  Constant {
    shape = List.copyOf(shape);
  }

  Constant reshaped(List<Integer> newShape) {
    return new Constant(newShape, littleEndianFloats);
  }

  /**
   * Widens half-precision numbers; every one of them is exact as a float.
   *
   * @param halves little-endian, as many as the shape has values
   */
  static Constant ofHalves(List<Integer> shape, ByteBuffer halves) {
    ByteBuffer in = halves.order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer out = ByteBuffer.allocate(in.remaining() * 2).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      out.putInt(floatBits(in.getShort()));
    }
    return new Constant(shape, out.array());
  }

  /** The bits of the float equal to a half: 1 bit of sign, 5 of exponent, 10 of fraction. */
  static int floatBits(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half >>> 10) & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0) {
      return sign | Float.floatToRawIntBits(fraction * 0x1p-24f);
    }
    int widened = exponent == 31 ? 255 : exponent + 112;
    return sign | widened << 23 | fraction << 13;
  }
}
