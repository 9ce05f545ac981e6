package org.sightline.edge.domain;

import java.util.regex.Pattern;

/**
 * The texts that a van has people in a control room shown, and what may be in them: one line, of no
 * more characters than there is room for, and none that cannot be seen and changes how the others
 * are, as those that turn the direction of writing. The schemas of docs/contract say the same.
 */
public enum ShownText {
  /** Where a van stands. */
  PLACE(200),
  /** Why a subject is listed. */
  CATEGORY(100),
  /** What officers are to do about an alert. */
  INSTRUCTION(200),
  /** Whom they call. */
  CONTACT(100),
  /** Name of a model pack. */
  MODEL_PACK(100),
  /** On whom a model pack was measured. */
  POPULATION(200),
  /** Of a van's software. */
  VERSION(64),
  /** What a group of people is called in the code list of an authorisation. */
  GROUP(60),
  /** Why an officer states or corrects something. */
  REASON(100),
  /** What an officer adds in words. */
  NOTE(200);

  /**
   * Controls, format characters, fillers, separators of lines, surrogates and private characters.
   */
  private static final String UNSEEN =
      "\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u034f\\u0600-\\u0605\\u061c"
          + "\\u06dd\\u070f\\u0890-\\u0891\\u08e2\\u115f-\\u1160\\u17b4-\\u17b5"
          + "\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164"
          + "\\ud800-\\uf8ff\\ufeff\\uffa0\\ufff0-\\uffff\\x{110bd}\\x{110cd}"
          + "\\x{13430}-\\x{1345f}\\x{1bca0}-\\x{1bca3}\\x{1d173}-\\x{1d17a}"
          + "\\x{e0000}-\\x{10ffff}";

  private static final Pattern LINE = Pattern.compile("[^" + UNSEEN + "]+");
  private static final Pattern HIDDEN = Pattern.compile("[" + UNSEEN + "]");

  private final int longest;

  ShownText(int longest) {
    this.longest = longest;
  }

  /** The most characters that it has. */
  public int longest() {
    return longest;
  }

  /**
   * The text itself.
   *
   * @throws IllegalArgumentException if it may not be shown
   */
  public String require(String text) {
    if (text.isBlank()
        || text.codePointCount(0, text.length()) > longest
        || !LINE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          name() + " is one line of 1 to " + longest + " characters that can be seen");
    }
    return text;
  }

  /** The text as it may be shown: what may not be in it is a space, and what is too long is cut. */
  public String fitted(String text) {
    String seen = HIDDEN.matcher(text).replaceAll(" ");
    if (seen.codePointCount(0, seen.length()) > longest) {
      seen = seen.substring(0, seen.offsetByCodePoints(0, longest - 1)) + "…";
    }
    return seen.isBlank() ? "-" : seen;
  }
}
