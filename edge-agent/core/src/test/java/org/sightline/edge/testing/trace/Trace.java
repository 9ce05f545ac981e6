package org.sightline.edge.testing.trace;

/** Something of somebody that lies in the open; where is a file's name or a message's topic. */
public record Trace(Kind kind, String where) {
  /** What it is. */
  public enum Kind {
    TEMPLATE,
    PIXELS,
    PICTURE,
    BOX
  }
}
