package org.sightline.edge.lens;

import org.sightline.edge.capture.Luma;
import org.sightline.edge.domain.Picture;

/**
 * What a sample of a picture's pixels says: {@value #COLUMNS} by {@value #ROWS} squares and a few
 * numbers. Filled again and again, so that a look allocates nothing. Not thread-safe.
 */
final class View {
  static final int COLUMNS = 32;
  static final int ROWS = 18;
  static final int SQUARES = COLUMNS * ROWS;

  /** Points of a square in each direction. */
  private static final int POINTS = 4;

  /** Where highlights are clipped; encoders keep a little below white. */
  private static final int CLIPPED = 245;

  /** Change of brightness over two reaches from which on it is an edge, well above noise. */
  private static final int EDGE = 24;

  private static final int REACH_PX = 3;

  /** So little per point, of what edges count, is none: what a lens far out of focus leaves. */
  private static final int FEW_EDGES = 10;

  /** Step between squares that counts half of what the strongest does. */
  private static final double WEIGHT = 20;

  /** Brightness of the squares, row by row, in [0, 255]. */
  final float[] squares = new float[SQUARES];

  private double mean;
  private double structure;
  private double clipped;
  private int edges;
  private int others;
  private long fine;
  private long coarse;
  private long noise;
  private double change;

  /** Takes over a picture; one too small for the sample has no detail. */
  void take(Picture picture) {
    double sum = 0;
    double changes = 0;
    int bright = 0;
    edges = 0;
    coarse = 0;
    fine = 0;
    noise = 0;
    others = 0;
    for (int square = 0; square < SQUARES; square++) {
      int inSquare = 0;
      for (int i = 0; i < POINTS * POINTS; i++) {
        int column = square % COLUMNS * POINTS + i % POINTS;
        int row = square / COLUMNS * POINTS + i / POINTS;
        int x = (2 * column + 1) * picture.widthPx() / (2 * COLUMNS * POINTS);
        int y = (2 * row + 1) * picture.heightPx() / (2 * ROWS * POINTS);
        int here = Luma.at(picture, x, y);
        if (x >= REACH_PX && x < picture.widthPx() - REACH_PX) {
          edge(
              Luma.at(picture, x + REACH_PX, y) - Luma.at(picture, x - REACH_PX, y),
              2 * here - Luma.at(picture, x - 1, y) - Luma.at(picture, x + 1, y));
        }
        if (y >= REACH_PX && y < picture.heightPx() - REACH_PX) {
          edge(
              Luma.at(picture, x, y + REACH_PX) - Luma.at(picture, x, y - REACH_PX),
              2 * here - Luma.at(picture, x, y - 1) - Luma.at(picture, x, y + 1));
        }
        bright += here >= CLIPPED ? 1 : 0;
        inSquare += here;
      }
      float brightness = inSquare / (float) (POINTS * POINTS);
      changes += Math.abs(brightness - squares[square]);
      squares[square] = brightness;
      sum += brightness;
    }
    mean = sum / SQUARES;
    change = changes / SQUARES;
    clipped = bright / (double) (SQUARES * POINTS * POINTS);
    structure = steps();
  }

  /** Counts how sharply brightness changes where it does; elsewhere there is noise. */
  private void edge(int step, int bend) {
    if (Math.abs(step) >= EDGE) {
      edges++;
      coarse += (long) step * step;
      fine += (long) bend * bend;
    } else {
      others++;
      noise += (long) bend * bend;
    }
  }

  private double steps() {
    double squared = 0;
    for (int i = 0; i < SQUARES - COLUMNS; i++) {
      if (i % COLUMNS != COLUMNS - 1) {
        float across = squares[i + 1] - squares[i];
        float down = squares[i + COLUMNS] - squares[i];
        squared += across * across + down * down;
      }
    }
    return Math.sqrt(squared / (2 * (COLUMNS - 1) * (ROWS - 1)));
  }

  /** Mean brightness, in [0, 255]. */
  double mean() {
    return mean;
  }

  /**
   * How much neighbouring squares differ, in levels of brightness: next to nothing if nothing is to
   * be seen.
   */
  double structure() {
    return structure;
  }

  /** Share of the points that are as bright as can be, in [0, 1]. */
  double clipped() {
    return clipped;
  }

  /** How sharp the edges are, whatever there is to see: from 0 to some 1. */
  double detail() {
    double ofNoise = others == 0 ? 0 : (double) edges * noise / others;
    return Math.max(0, fine - ofNoise) / (coarse + (double) FEW_EDGES * SQUARES * POINTS * POINTS);
  }

  /** Mean change of the squares' brightness since the picture before. */
  double change() {
    return change;
  }

  /**
   * How alike two views are in where their edges lie, from -1 to 1, whatever the exposure; 1 if
   * there is nothing in one of them.
   */
  static double likeness(float[] one, float[] other) {
    double product = 0;
    double first = 0;
    double second = 0;
    for (int i = 0; i < SQUARES - COLUMNS; i++) {
      if (i % COLUMNS != COLUMNS - 1) {
        double across = weighed(one[i + 1] - one[i]);
        double down = weighed(one[i + COLUMNS] - one[i]);
        double otherAcross = weighed(other[i + 1] - other[i]);
        double otherDown = weighed(other[i + COLUMNS] - other[i]);
        product += across * otherAcross + down * otherDown;
        first += across * across + down * down;
        second += otherAcross * otherAcross + otherDown * otherDown;
      }
    }
    return first == 0 || second == 0 ? 1 : product / Math.sqrt(first * second);
  }

  /** So that a few strong edges do not speak for the whole. */
  private static double weighed(float step) {
    return step / (Math.abs(step) + WEIGHT);
  }
}
