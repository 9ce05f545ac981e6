package org.sightline.edge.board;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How an officer likes the page.
 *
 * @param sound whether alerts are heard
 * @param letters whether single letters are keys
 * @param theme system, dark or light
 */
record Liking(boolean sound, boolean letters, String theme) {
  private static final Set<String> THEMES = Set.of("system", "dark", "light");

  /** That of an officer who has not chosen anything. */
  static final Liking FIRST = new Liking(true, true, "system");

  Liking {
    if (!THEMES.contains(theme)) {
      throw new IllegalArgumentException("no such theme");
    }
  }

  /**
   * Reads what the page sends.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static Liking of(JsonNode node) {
    JsonNode sound = node.path("sound");
    JsonNode letters = node.path("letters");
    JsonNode theme = node.path("theme");
    if (node.size() != 3 || !sound.isBoolean() || !letters.isBoolean() || !theme.isString()) {
      throw new IllegalArgumentException("not how anybody likes the page");
    }
    return new Liking(sound.booleanValue(), letters.booleanValue(), theme.stringValue());
  }

  ObjectNode json() {
    return RoomJson.object().put("sound", sound).put("letters", letters).put("theme", theme);
  }
}
