package org.sightline.edge.enrol;

import java.text.Normalizer;
import java.util.Optional;

/** Text as spreadsheets and web pages leave it in a cell: with characters that nobody sees. */
final class CellText {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  private static final int ZERO_WIDTH_JOINER = 0x200d;

  private CellText() {}

  /** Without spaces of any kind at its ends; nothing within is changed. */
  static String stripped(String cell) {
    int start = 0;
    int end = cell.length();
    while (start < end && isSpace(cell.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(cell.charAt(end - 1))) {
      end--;
    }
    return cell.substring(start, end);
  }

  /** Words: composed, with ordinary spaces and none at the ends. */
  static String words(String cell) {
    StringBuilder words = new StringBuilder(Normalizer.normalize(cell, Normalizer.Form.NFC));
    for (int i = 0; i < words.length(); i++) {
      if (Character.getType(words.charAt(i)) == Character.SPACE_SEPARATOR) {
        words.setCharAt(i, ' ');
      }
    }
    return stripped(words.toString());
  }

  /**
   * The first character that nobody sees, as U+202E. Such a character makes two texts differ that
   * look the same, or turns the order of what follows. The joiners of Indic and Arabic scripts are
   * none.
   */
  static Optional<String> invisible(String text) {
    return text.codePoints()
        .filter(
            each ->
                Character.getType(each) == Character.FORMAT
                    && each != ZERO_WIDTH_NON_JOINER
                    && each != ZERO_WIDTH_JOINER)
        .mapToObj("U+%04X"::formatted)
        .findFirst();
  }

  private static boolean isSpace(char character) {
    return Character.isSpaceChar(character) || Character.isWhitespace(character);
  }
}
