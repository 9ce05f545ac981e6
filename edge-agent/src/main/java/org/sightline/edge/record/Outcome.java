package org.sightline.edge.record;

/** What a person has found an alert to be. */
public enum Outcome {
  /** It was the listed subject. */
  TRUE,
  /** It was somebody else. */
  FALSE,
  /** It could not be found out. */
  UNRESOLVED
}
