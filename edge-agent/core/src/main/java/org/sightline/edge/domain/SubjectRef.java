package org.sightline.edge.domain;

/**
 * Opaque reference to a listed subject, never a name: 1 to 64 of {@code A-Z a-z 0-9 . _ -},
 * starting with a letter or digit, so that it can be neither a path nor a topic wildcard.
 */
public record SubjectRef(String value) {
  public SubjectRef {
    Names.requireReference("subject", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
