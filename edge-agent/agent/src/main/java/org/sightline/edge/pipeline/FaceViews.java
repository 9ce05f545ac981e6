package org.sightline.edge.pipeline;

import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.FaceView;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.PointPx;
import org.sightline.edge.imaging.PictureException;
import org.sightline.edge.imaging.Sharpness;
import org.sightline.edge.imaging.Stills;

/**
 * How the faces stand in the two pictures of an alert, both looked at in the same way. Used by the
 * analysis thread alone.
 */
final class FaceViews {
  private final FaceDetector detector;
  private final Sharpness sharpness;

  /**
   * @param detector and sharpness are borrowed
   */
  FaceViews(FaceDetector detector, Sharpness sharpness) {
    this.detector = detector;
    this.sharpness = sharpness;
  }

  /** The view of a portrait; null if it cannot be read or no face is found in it. */
  @Nullable FaceView of(Jpeg portrait) {
    BgrPicture picture;
    try {
      picture = Stills.decode(portrait.bytes(), "a portrait");
    } catch (PictureException unreadable) {
      return null;
    }
    try {
      return of(picture);
    } finally {
      picture.wipe();
    }
  }

  /** The view of the face in the middle of a picture; null if none is found. */
  @Nullable FaceView of(BgrPicture picture) {
    PointPx middle = new PointPx(picture.widthPx() / 2f, picture.heightPx() / 2f);
    Optional<Face> found =
        detector.detect(picture).stream()
            .filter(Face::isFinite)
            .min(Comparator.comparingDouble(face -> centre(face.box()).distanceTo(middle)));
    if (found.isEmpty()) {
      return null;
    }
    Face face = detector.refine(picture, found.get()).orElse(found.get());
    PointPx rightEye = face.landmarks().rightEye();
    PointPx leftEye = face.landmarks().leftEye();
    return isWithin(picture, rightEye)
            && isWithin(picture, leftEye)
            && rightEye.distanceTo(leftEye) >= 1
        ? new FaceView(rightEye, leftEye, sharpness.of(picture, face.box()))
        : null;
  }

  private static boolean isWithin(BgrPicture picture, PointPx point) {
    return point.x() >= 0
        && point.x() <= picture.widthPx()
        && point.y() >= 0
        && point.y() <= picture.heightPx();
  }

  private static PointPx centre(BoxPx box) {
    return new PointPx(box.centreX(), box.centreY());
  }
}
