package org.sightline.edge.domain;

import java.util.regex.Pattern;

/** The two alphabets that identifiers are held to. */
final class Names {
  private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
  private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private Names() {}

  static void requireSlug(String kind, String value) {
    if (!SLUG.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a " + kind + " id is 1 to 32 of a-z, 0-9 and -, starting with a letter or digit");
    }
  }

  static void requireReference(String kind, String value) {
    if (!REFERENCE.matcher(value).matches() || value.contains("..")) {
      throw new IllegalArgumentException(
          "a "
              + kind
              + " reference is 1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-', starting with a letter"
              + " or digit");
    }
  }
}
