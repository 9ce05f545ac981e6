package org.sightline.edge.enrol;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.domain.AlignedFace;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.Template;
import org.sightline.edge.embed.FaceEmbedder;
import org.sightline.edge.enrol.EnrolmentResult.Enrolled;
import org.sightline.edge.enrol.EnrolmentResult.FaceQuality;
import org.sightline.edge.enrol.EnrolmentResult.Reason;
import org.sightline.edge.enrol.EnrolmentResult.Refused;
import org.sightline.edge.imaging.FaceCropper;
import org.sightline.edge.imaging.JpegCodec;
import org.sightline.edge.imaging.PictureException;
import org.sightline.edge.imaging.Sharpness;
import org.sightline.edge.imaging.Still;
import org.sightline.edge.imaging.Stills;

/**
 * Turns portrait pictures into what a watchlist holds. Takes still pictures and nothing else: there
 * is no way from a camera's frame to the list. One thread at a time; borrows detector and embedder.
 */
public final class Enroller {
  /** Below it an embedding network fed with 112 to 128 px has too little to go by. */
  private static final double LEAST_INTER_EYE_PX = 20;

  /**
   * Measured: portraits score 0.03 to 0.12, 1 in 100 lower; shrunk to 20 px and enlarged again half
   * of them score below this, shrunk to 12 px nearly all.
   */
  private static final double LEAST_SHARPNESS = 0.02;

  /** A face this many times larger than every other is the one that the picture is of. */
  private static final double DOMINANCE = 4;

  /**
   * Of the picture or part of a picture that is looked at closely: so much shows all that the
   * networks see, and what is kept for the next picture does not grow with the largest.
   */
  private static final int SIDE_PX = 1024;

  /** Added on every side of the face in a large picture, as a share of it. */
  private static final double SURROUNDINGS = 1;

  private static final double PORTRAIT_MARGIN = 0.3;
  private static final int PORTRAIT_SIDE_PX = 256;
  private static final int PORTRAIT_QUALITY = 85;

  private final FaceDetector detector;
  private final FaceEmbedder embedder;
  private final FaceCropper cropper = new FaceCropper();
  private final Sharpness sharpness = new Sharpness();
  private final PortraitCheck check;

  /**
   * Enrols with the stages of one model pack.
   *
   * @param detector set up for stills, see {@link
   *     org.sightline.edge.detect.DetectionSettings#stills}
   */
  public Enroller(FaceDetector detector, FaceEmbedder embedder) {
    this.detector = detector;
    this.embedder = embedder;
    this.check = new PortraitCheck(detector, embedder);
  }

  /** Enrols from a picture file. */
  public EnrolmentResult enrol(Path file) {
    try (Still still = Stills.open(file)) {
      return enrol(still.picture());
    } catch (PictureException unreadable) {
      return new Refused(Reason.UNREADABLE, unreadable.what() + "; " + unreadable.remedy());
    }
  }

  /** Enrols from a still picture. */
  public EnrolmentResult enrol(BgrPicture picture) {
    if ((long) picture.widthPx() * picture.heightPx() <= SIDE_PX * SIDE_PX) {
      return enrolSmall(picture);
    }
    // Their scratch grows with the picture, and goes with it.
    FaceCropper large = new FaceCropper();
    BoxPx whole = new BoxPx(0, 0, picture.widthPx(), picture.heightPx());
    BgrPicture small = large.crop(picture, whole, 0, SIDE_PX);
    List<Face> faces = faces(small);
    return refusal(small, faces)
        .orElseGet(
            () -> {
              BoxPx box = enlarged(faces.get(0).box(), whole.width() / small.widthPx());
              return enrolSmall(large.crop(picture, box, SURROUNDINGS, SIDE_PX));
            });
  }

  private static BoxPx enlarged(BoxPx box, float factor) {
    return new BoxPx(
        factor * box.x(), factor * box.y(), factor * box.width(), factor * box.height());
  }

  /** The faces by falling size. */
  private List<Face> faces(BgrPicture picture) {
    return detector.detect(picture).stream()
        .sorted(Comparator.comparingDouble((Face face) -> face.box().area()).reversed())
        .toList();
  }

  /** Empty if the first face is the one that the picture is of. */
  private Optional<EnrolmentResult> refusal(BgrPicture picture, List<Face> faces) {
    if (faces.isEmpty()) {
      return Optional.of(check.withoutFace(picture));
    }
    if (faces.size() > 1 && faces.get(1).box().area() * DOMINANCE > faces.get(0).box().area()) {
      return Optional.of(
          new Refused(
              Reason.SEVERAL_FACES,
              faces.size() + " faces were found; cut the picture to one person"));
    }
    return Optional.empty();
  }

  private EnrolmentResult enrolSmall(BgrPicture picture) {
    List<Face> faces = faces(picture);
    return refusal(picture, faces).orElseGet(() -> enrol(picture, faces.get(0)));
  }

  private EnrolmentResult enrol(BgrPicture picture, Face found) {
    Face face = detector.refine(picture, found).orElse(found);
    double eyesPx = face.landmarks().interEyeDistancePx();
    if (eyesPx < LEAST_INTER_EYE_PX) {
      Refused tooSmall =
          new Refused(
              Reason.TOO_SMALL,
              String.format(
                  Locale.ROOT,
                  "the eyes are %.0f px apart; give a picture with at least %.0f px",
                  eyesPx,
                  LEAST_INTER_EYE_PX));
      return check.turned(picture, face.score()).orElse(tooSmall);
    }
    double sharp = sharpness.of(picture, face.box());
    if (sharp < LEAST_SHARPNESS) {
      return new Refused(
          Reason.TOO_BLURRED,
          String.format(
              Locale.ROOT,
              "the face is blurred: sharpness %.3f; give a picture with at least %.3f",
              sharp,
              LEAST_SHARPNESS));
    }
    Template template = template(picture, face);
    Optional<Refused> fault = check.fault(picture, face, template);
    if (fault.isPresent()) {
      template.close();
      return fault.get();
    }
    return new Enrolled(template, portrait(picture, face), new FaceQuality(eyesPx, sharp));
  }

  private Template template(BgrPicture picture, Face face) {
    try (AlignedFace aligned = embedder.align(picture, face.landmarks())) {
      return embedder.embed(List.of(aligned)).get(0);
    }
  }

  private Jpeg portrait(BgrPicture picture, Face face) {
    return JpegCodec.encode(
        cropper.crop(picture, face.box(), PORTRAIT_MARGIN, PORTRAIT_SIDE_PX), PORTRAIT_QUALITY);
  }
}
