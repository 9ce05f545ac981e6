package org.sightline.edge.domain;

import java.util.Arrays;

/** An encoded picture; its bytes are never printed. */
public final class Jpeg {
  private final byte[] bytes;

  /**
   * @param bytes a whole JPEG file; owned from now, not to be changed
   */
  public Jpeg(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The bytes themselves, not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Jpeg jpeg && Arrays.equals(bytes, jpeg.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Jpeg[" + bytes.length + " bytes]";
  }
}
