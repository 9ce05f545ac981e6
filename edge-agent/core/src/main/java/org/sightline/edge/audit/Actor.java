package org.sightline.edge.audit;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;
import org.sightline.edge.crypto.Sha256;

/**
 * Who did something: the agent itself, an officer by number, or an authority by its key. Never a
 * name.
 *
 * @param value {@code agent}, {@code officer:REF} or {@code authority:FINGERPRINT}
 */
public record Actor(@JsonValue String value) {
  private static final String OFFICER = "officer:";
  private static final Pattern FORM =
      Pattern.compile("agent|officer:[A-Za-z0-9][A-Za-z0-9._-]{0,63}|authority:[0-9a-f]{64}");

  /** The agent, by itself: a time was reached, a rule demanded it. */
  public static final Actor AGENT = new Actor("agent");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Actor {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "an officer's reference is 1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-', starting with a"
              + " letter or digit");
    }
  }

  /**
   * A member of staff.
   *
   * @param reference a number or role, such as {@code 1234}; 1 to 64 of {@code A-Z a-z 0-9 . _ -}
   */
  public static Actor officer(String reference) {
    return new Actor(OFFICER + reference);
  }

  /** An officer's number or role; of others the whole value. */
  public String reference() {
    return value.startsWith(OFFICER) ? value.substring(OFFICER.length()) : value;
  }

  /** An authority, by the fingerprint of the key that it signed with. */
  public static Actor authority(Sha256 key) {
    return new Actor("authority:" + key);
  }

  @Override
  public String toString() {
    return value;
  }
}
