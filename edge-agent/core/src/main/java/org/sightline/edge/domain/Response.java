package org.sightline.edge.domain;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What officers are to do about an alert, as the policy of its category has it.
 *
 * @param colour by which the category is known, never without its word
 * @param urgency from {@value #FIRST}, the most urgent, to {@value #LAST}
 * @param instruction what is to be done, a {@link ShownText#INSTRUCTION}
 * @param contact whom to call, a {@link ShownText#CONTACT}; null for nobody
 * @param sound by which the alert is heard
 * @param twoOfficers whether two officers have to judge it, whatever the authorisation asks
 */
public record Response(
    Colour colour,
    int urgency,
    String instruction,
    @Nullable String contact,
    Sound sound,
    boolean twoOfficers) {
  public static final int FIRST = 1;
  public static final int LAST = 9;

  /** What one officer's word is enough for, as files and messages spell it. */
  private static final String ONE_OFFICER = "one-officer";

  private static final String TWO_OFFICERS = "two-officers";

  /** Colours that people can distinguish beside each other, on light and on dark. */
  public enum Colour {
    RED,
    AMBER,
    GREEN,
    BLUE,
    GREY;

    /** The colour as files and messages spell it. */
    public String word() {
      return Response.word(this);
    }

    /**
     * The other way round.
     *
     * @throws IllegalArgumentException if there is no such colour
     */
    public static Colour of(String word) {
      return Response.of(Colour.class, "colour", word);
    }
  }

  /** How an alert is heard; its reminders grow louder all the same, unless it is silent. */
  public enum Sound {
    /** Three notes that rise. */
    URGENT,
    /** Two soft notes. */
    SOFT,
    /** It is seen alone. */
    SILENT;

    /** The sound as files and messages spell it. */
    public String word() {
      return Response.word(this);
    }

    /**
     * The other way round.
     *
     * @throws IllegalArgumentException if there is no such sound
     */
    public static Sound of(String word) {
      return Response.of(Sound.class, "sound", word);
    }
  }

  /**
   * @throws IllegalArgumentException if the urgency is out of range, or a text may not be shown
   */
  public Response {
    if (urgency < FIRST || urgency > LAST) {
      throw new IllegalArgumentException("an urgency lies between " + FIRST + " and " + LAST);
    }
    ShownText.INSTRUCTION.require(instruction);
    if (contact != null) {
      ShownText.CONTACT.require(contact);
    }
  }

  /** Who has to judge, as files and messages spell it. */
  public String confirmation() {
    return twoOfficers ? TWO_OFFICERS : ONE_OFFICER;
  }

  /**
   * The other way round.
   *
   * @return whether two officers have to
   * @throws IllegalArgumentException if it is neither
   */
  public static boolean isOfTwoOfficers(String confirmation) {
    if (!confirmation.equals(ONE_OFFICER) && !confirmation.equals(TWO_OFFICERS)) {
      throw new IllegalArgumentException(
          "a confirmation is one of " + ONE_OFFICER + ", " + TWO_OFFICERS);
    }
    return confirmation.equals(TWO_OFFICERS);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static <E extends Enum<E>> E of(Class<E> type, String name, String word) {
    return Arrays.stream(type.getEnumConstants())
        .filter(each -> word(each).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a "
                        + name
                        + " is one of "
                        + Arrays.stream(type.getEnumConstants())
                            .map(Response::word)
                            .collect(Collectors.joining(", "))));
  }
}
