package org.sightline.edge.domain;

/** How the similarity of a probe to a listed subject is computed. */
public enum Scoring {
  /** The cosine between the two templates. */
  COSINE("cosine"),

  /**
   * The cosine, less what probe and subject have in common with the list in general: somebody who
   * resembles many of those listed has to resemble one of them all the more. Needs a long list.
   */
  LIST_NORMALISED("list-normalised");

  private final String word;

  Scoring(String word) {
    this.word = word;
  }

  /** What it is called in files. */
  public String word() {
    return word;
  }
}
