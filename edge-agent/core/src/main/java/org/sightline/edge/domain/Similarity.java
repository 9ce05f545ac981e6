package org.sightline.edge.domain;

/** Cosine of the angle between two templates, in [-1, 1]; higher is more alike. */
public record Similarity(double cosine) implements Comparable<Similarity> {
  public Similarity {
    if (!(cosine >= -1.0 && cosine <= 1.0)) {
      throw new IllegalArgumentException("a similarity lies in [-1, 1]");
    }
  }

  /**
   * The similarity for a computed cosine that rounding may have pushed past the end of the range.
   */
  public static Similarity clamped(double cosine) {
    return new Similarity(Math.max(-1.0, Math.min(1.0, cosine)));
  }

  public boolean reaches(Similarity threshold) {
    return cosine >= threshold.cosine;
  }

  @Override
  public int compareTo(Similarity other) {
    return Double.compare(cosine, other.cosine);
  }
}
