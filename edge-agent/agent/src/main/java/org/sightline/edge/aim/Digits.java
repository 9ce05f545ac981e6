package org.sightline.edge.aim;

import org.sightline.edge.domain.BgrPicture;

/** Writes numbers into pictures without a font, which a box without a screen need not have. */
final class Digits {
  private static final int COLUMNS = 3;
  private static final int ROWS = 5;

  /** Side of a dot. */
  private static final int DOT_PX = 2;

  /** Each digit row by row, the upper left dot first. */
  private static final String[] DOTS = {
    "111101101101111", "010110010010111", "111001111100111", "111001111001111", "101101111001001",
    "111100111001111", "111100111101111", "111001001001001", "111101111101111", "111101111001111"
  };

  private Digits() {}

  /** White on black, from this upper left corner on. */
  static void write(BgrPicture picture, int number, int left, int top) {
    int x = left;
    for (char digit : Integer.toString(number).toCharArray()) {
      write(picture, DOTS[digit - '0'], x, top);
      x += (COLUMNS + 1) * DOT_PX;
    }
  }

  private static void write(BgrPicture picture, String dots, int left, int top) {
    for (int y = 0; y < (ROWS + 2) * DOT_PX; y++) {
      for (int x = 0; x < (COLUMNS + 1) * DOT_PX; x++) {
        int row = y / DOT_PX - 1;
        int column = x / DOT_PX;
        boolean white =
            row >= 0
                && row < ROWS
                && column < COLUMNS
                && dots.charAt(row * COLUMNS + column) == '1';
        AimPicture.dot(picture, left + x, top + y, white ? 255 : 0);
      }
    }
  }
}
