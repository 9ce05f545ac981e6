package org.sightline.edge.enrol;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.domain.AlignedFace;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Template;
import org.sightline.edge.embed.FaceEmbedder;
import org.sightline.edge.enrol.EnrolmentResult.Reason;
import org.sightline.edge.enrol.EnrolmentResult.Refused;
import org.sightline.edge.imaging.FaceCropper;
import org.sightline.edge.imaging.Flatness;
import org.sightline.edge.imaging.Reflections;
import org.sightline.edge.imaging.Turn;

/**
 * Whether a template stands for the person that the picture shows. A detector also finds faces that
 * lie on their side, stand on their head, are negatives or half missing, and an embedder makes a
 * template of each; it resembles nobody. So the face is looked at again in other ways: the way it
 * is given has to be the best, and the template has to be much the same in all that should not
 * matter. One thread at a time.
 *
 * <p>The limits are measured on press pictures and studio portraits, as they are and spoilt:
 * docs/accuracy.md.
 */
final class PortraitCheck {
  /** Portraits reach 0.14; a face of which a part is missing has 0.4 and more. */
  private static final double MOST_FLAT = 0.25;

  private static final double BLANK = 0.95;

  /** Looked at beside a face, as a share of its height, from so much of its width within it on. */
  private static final float BESIDE = 0.5f;

  private static final float INSIDE = 0.1f;

  /**
   * Cosine of the template with that of a smaller copy. Portraits have 0.93 and more with {@code
   * retail-0095}; the built-in engine, which places landmarks roughly, 0.68.
   */
  private static final double LEAST_LIKE_SHRUNK = 0.6;

  /** Cosine of the template with that of the mirrored face: 0.66 and 0.38 likewise. */
  private static final double LEAST_LIKE_MIRRORED = 0.3;

  private static final double MARGIN = 0.6;
  private static final int SIDE_PX = 256;
  private static final double SMALLER = 0.8;

  private final FaceDetector detector;
  private final FaceEmbedder embedder;
  private final FaceCropper cropper = new FaceCropper();
  private final Flatness flatness = new Flatness();

  PortraitCheck(FaceDetector detector, FaceEmbedder embedder) {
    this.detector = detector;
    this.embedder = embedder;
  }

  /** Why a picture in which no face is found shows none. */
  Refused withoutFace(BgrPicture picture) {
    BoxPx whole = new BoxPx(0, 0, picture.widthPx(), picture.heightPx());
    if (flatness.of(picture, whole) > BLANK) {
      return new Refused(
          Reason.NO_FACE, "no face was found: the picture is blank; give a frontal portrait");
    }
    return turned(picture, 0)
        .orElse(new Refused(Reason.NO_FACE, "no face was found; give a frontal portrait"));
  }

  /**
   * What is wrong with the template of a face.
   *
   * @return empty if nothing is
   */
  Optional<Refused> fault(BgrPicture picture, Face face, Template template) {
    if (flatness.of(picture, face.box()) > MOST_FLAT || endsInFlat(picture, face.box())) {
      return Optional.of(
          new Refused(
              Reason.PART_MISSING,
              "a part of the face is one flat colour; give an undamaged picture without covers"));
    }
    BgrPicture crop = cropper.crop(picture, face.box(), MARGIN, SIDE_PX);
    double score = score(crop);
    Optional<Refused> turned = turned(crop, score);
    if (turned.isPresent()) {
      return turned;
    }
    if (score(Reflections.negative(crop)) > score) {
      return Optional.of(
          new Refused(Reason.NEGATIVE, "the picture is a negative; give it in its own colours"));
    }
    int side = (int) (SMALLER * Math.max(crop.widthPx(), crop.heightPx()));
    BoxPx whole = new BoxPx(0, 0, crop.widthPx(), crop.heightPx());
    double shrunk = likeness(template, cropper.crop(crop, whole, 0, side));
    double mirrored = likeness(template, Reflections.mirrored(crop));
    if (shrunk < LEAST_LIKE_SHRUNK || mirrored < LEAST_LIKE_MIRRORED) {
      return Optional.of(
          new Refused(
              Reason.UNSTABLE,
              String.format(
                  Locale.ROOT,
                  "the face is not shown clearly: its template changes when the picture is shrunk"
                      + " (similarity %.2f) or mirrored (%.2f); give a frontal portrait in even"
                      + " light",
                  shrunk,
                  mirrored)));
    }
    return Optional.empty();
  }

  /**
   * Whether what is left or right of a face is flat from within the face on, as where half of it is
   * missing: the detector then makes a narrow face of the other half.
   */
  private boolean endsInFlat(BgrPicture picture, BoxPx face) {
    float width = BESIDE * face.height();
    float inside = INSIDE * face.width();
    return Stream.of(face.right() - inside, face.x() + inside - width)
        .map(x -> new BoxPx(x, face.y(), width, face.height()))
        .filter(beside -> beside.shareWithin(picture.widthPx(), picture.heightPx()) > 0.5)
        .anyMatch(beside -> flatness.of(picture, beside) > BLANK);
  }

  /**
   * The refusal of a picture in which a face scores better when it is turned.
   *
   * @param score of the face as the picture is
   */
  Optional<Refused> turned(BgrPicture picture, double score) {
    Turn best = null;
    double bestScore = score;
    for (Turn turn : Turn.values()) {
      double turnedScore = score(turn.of(picture));
      if (turnedScore > bestScore) {
        best = turn;
        bestScore = turnedScore;
      }
    }
    return Optional.ofNullable(best)
        .map(
            turn ->
                new Refused(
                    Reason.NOT_UPRIGHT,
                    "the face is not upright; turn the picture "
                        + turn
                        + ", or by less if it is then too far, and save it"));
  }

  private double score(BgrPicture picture) {
    return largest(picture).map(Face::score).orElse(0f);
  }

  private Optional<Face> largest(BgrPicture picture) {
    return detector.detect(picture).stream()
        .max(Comparator.comparingDouble(face -> face.box().area()));
  }

  /** The cosine with the template of the largest face; 0 if none is found. */
  private double likeness(Template template, BgrPicture picture) {
    return largest(picture)
        .map(face -> detector.refine(picture, face).orElse(face))
        .map(
            face -> {
              try (AlignedFace aligned = embedder.align(picture, face.landmarks());
                  Template other = embedder.embed(List.of(aligned)).get(0)) {
                return template.similarityTo(other).cosine();
              }
            })
        .orElse(0.0);
  }
}
