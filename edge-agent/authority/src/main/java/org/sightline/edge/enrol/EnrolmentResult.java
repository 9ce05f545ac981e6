package org.sightline.edge.enrol;

import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.Template;

/** What became of a picture offered for the watchlist. */
public sealed interface EnrolmentResult {

  /**
   * The picture shows one person well enough.
   *
   * @param portrait the face with its surroundings, at most 256 px, without metadata
   */
  record Enrolled(Template template, Jpeg portrait, FaceQuality quality)
      implements EnrolmentResult {}

  /**
   * The picture is of no use.
   *
   * @param explanation one line for the list's maker, without the picture's name
   */
  record Refused(Reason reason, String explanation) implements EnrolmentResult {}

  /** Why a picture is of no use. */
  enum Reason {
    UNREADABLE,
    NO_FACE,
    SEVERAL_FACES,
    TOO_SMALL,
    TOO_BLURRED,
    NOT_UPRIGHT,
    NEGATIVE,
    PART_MISSING,
    UNSTABLE,
    OTHER_PERSON
  }

  /**
   * How good the enrolled face is.
   *
   * @param interEyeDistancePx in the picture, or in the part of a large one that was looked at
   * @param sharpness in [0, 1], see {@link org.sightline.edge.imaging.Sharpness}
   */
  record FaceQuality(double interEyeDistancePx, double sharpness) {}
}
