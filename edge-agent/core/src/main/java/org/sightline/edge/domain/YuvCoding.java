package org.sightline.edge.domain;

/**
 * How samples of luma and chroma stand for colours.
 *
 * @param fullRange whether samples span 0..255 ("JPEG range") instead of 16..235
 */
public record YuvCoding(Matrix matrix, boolean fullRange) {

  /** How much red and how much blue are in luma; the rest of it is green. */
  public enum Matrix {
    BT_601(0.299, 0.114),
    BT_709(0.2126, 0.0722),
    BT_2020(0.2627, 0.0593);

    private final double red;
    private final double blue;

    Matrix(double red, double blue) {
      this.red = red;
      this.blue = blue;
    }

    public double red() {
      return red;
    }

    public double blue() {
      return blue;
    }

    public double green() {
      return 1 - red - blue;
    }
  }
}
