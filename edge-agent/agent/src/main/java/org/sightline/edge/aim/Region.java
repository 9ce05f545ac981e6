package org.sightline.edge.aim;

/**
 * A ninth of a camera's view.
 *
 * @param name where it is, in words: "upper left", "middle", "lower right"
 */
public record Region(String name, Sizes faceHeightPx, Sizes eyeDistancePx) {
  /** Regions of a row, and rows. */
  public static final int ACROSS = 3;

  static final int COUNT = ACROSS * ACROSS;

  private static final String[] NAMES = {
    "upper left", "upper middle", "upper right",
    "left", "middle", "right",
    "lower left", "lower middle", "lower right"
  };

  static String name(int region) {
    return NAMES[region];
  }

  /**
   * Which of them a point lies in, row by row.
   *
   * @param x share of the view's width
   * @param y share of the view's height
   */
  static int at(double x, double y) {
    return ACROSS * third(y) + third(x);
  }

  private static int third(double share) {
    return (int) Math.max(0, Math.min(ACROSS - 1, Math.floor(ACROSS * share)));
  }
}
