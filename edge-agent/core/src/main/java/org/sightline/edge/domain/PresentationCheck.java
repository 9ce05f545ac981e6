package org.sightline.edge.domain;

/**
 * Whether what a camera saw may be a picture of a face: a hint to the officer who judges, and never
 * a reason to raise an alert or not. In the words of ISO/IEC 30107-3, a presentation is bona fide
 * if it is none of an attack.
 *
 * @param bonaFideScore in [0, 1]; no probability
 * @param suspectedBelow scores below it are suspected
 * @param modelPack whose networks scored it
 */
public record PresentationCheck(double bonaFideScore, double suspectedBelow, String modelPack) {
  public PresentationCheck {
    if (!(bonaFideScore >= 0 && bonaFideScore <= 1)
        || !(suspectedBelow >= 0 && suspectedBelow <= 1)) {
      throw new IllegalArgumentException("a bona fide score lies in [0, 1]");
    }
  }

  /** Whether it may be a picture of a face. */
  public boolean suspected() {
    return bonaFideScore < suspectedBelow;
  }
}
