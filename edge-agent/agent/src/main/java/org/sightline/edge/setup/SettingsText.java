package org.sightline.edge.setup;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a settings file, in which single keys get another value: comments, order and every
 * other key stay as whoever wrote them left them.
 */
final class SettingsText {
  private String text;

  SettingsText(String text) {
    this.text = text.endsWith("\n") ? text : text + "\n";
  }

  /**
   * Gives a key of the top level a value, in the place of the one that it had.
   *
   * @param yaml what follows the colon: a value on its line, or lines further in
   */
  void set(String key, String yaml) {
    String written = key + ":" + (yaml.startsWith("\n") ? "" : " ") + yaml + "\n";
    Matcher found = block(key).matcher(text);
    text =
        found.find()
            ? text.substring(0, found.start()) + written + text.substring(found.end())
            : text + "\n" + written;
  }

  /** Adds an entry to a list that stands in lines of its own. */
  boolean append(String key, String entry) {
    Matcher found = block(key).matcher(text);
    if (!found.find() || !found.group().matches("(?s)" + key + ":[ \\t]*(#[^\\n]*)?\\n.*")) {
      return false;
    }
    String before = found.group();
    Matcher first = Pattern.compile("(?m)^( *)- ").matcher(before);
    String indent = first.find() ? first.group(1) : "  ";
    text =
        text.substring(0, found.start())
            + before
            + indent
            + "- "
            + entry
            + "\n"
            + text.substring(found.end());
    return true;
  }

  /** The line of a key, and those that are further in or the items of its list. */
  private static Pattern block(String key) {
    return Pattern.compile(
        "(?m)^" + Pattern.quote(key) + ":[^\\n]*\\n(?:(?:[ \\t]+\\S|-)[^\\n]*\\n)*");
  }

  /** A text as YAML writes one, whatever is in it. */
  static String quoted(String value) {
    return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  @Override
  public String toString() {
    return text;
  }
}
