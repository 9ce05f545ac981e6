package org.sightline.edge.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Which log it is: drawn at random when its data folder is made. A copy of the folder has the same,
 * another folder has another.
 *
 * @param hex 32 of {@code 0-9 a-f}
 */
public record LogInstance(@JsonValue String hex) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

  public LogInstance {
    if (!FORM.matcher(hex).matches()) {
      throw new IllegalArgumentException("an instance is 32 of 0-9 and a-f");
    }
  }

  @Override
  public String toString() {
    return hex;
  }
}
