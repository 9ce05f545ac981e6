package org.sightline.edge.builtin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Landmarks;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.domain.PointPx;
import org.sightline.edge.imaging.Luma;
import org.sightline.edge.models.ModelPack;

/**
 * Finds upright faces seen from the front with the cascades that come with OpenCV: the built-in
 * engine, for exercises.
 *
 * <p>Eyes are searched within each face; where one is not found it is put where eyes usually are.
 * Nose and mouth always are: they follow from the eyes and say nothing about the face. The score
 * grows with the number of windows that agree, votes / (votes + 4): it orders faces, and is no
 * probability.
 */
public final class CascadeDetector implements FaceDetector {
  /** The face from forehead to chin, within the cascade's square window. */
  private static final BoxPx FACE_IN_WINDOW = new BoxPx(0.12f, 0.06f, 0.76f, 0.92f);

  private static final PointPx RIGHT_EYE = new PointPx(0.31f, 0.39f);
  private static final PointPx LEFT_EYE = new PointPx(0.69f, 0.39f);

  /** How far an eye may lie from its usual place, as a share of the window. */
  private static final float EYE_REACH = 0.11f;

  /** Below the middle of the eyes and beside it, in distances between the eyes. */
  private static final float NOSE_BELOW = 0.62f;

  private static final float MOUTH_BELOW = 1.08f;
  private static final float MOUTH_BESIDE = 0.42f;

  private static final int FACE_VOTES = 3;
  private static final int EYE_VOTES = 2;
  private static final double FACE_STEP = 1.1;
  private static final double EYE_STEP = 1.05;

  /**
   * The side of the smallest window in a still, as a share of the picture's shorter side: a
   * portrait is mostly face, and nearly all of the time goes to the smallest windows.
   */
  private static final double STILL_FACE = 0.2;

  /** Faces are enlarged or shrunk to this side for the search for eyes. */
  private static final int EYE_SEARCH_PX = 128;

  private final ModelPack.Detector manifest;
  private final DetectionSettings settings;
  private final Cascade faces = new Cascade(Cascade.Kind.FRONTAL_FACE);
  private final Cascade eyes = new Cascade(Cascade.Kind.EYE);
  private final Luma searched = new Luma();
  private final Luma half = new Luma();

  public CascadeDetector(ModelPack.Detector manifest, DetectionSettings settings) {
    this.manifest = manifest;
    this.settings = settings;
  }

  @Override
  public List<Face> detect(Picture picture) {
    double scale = scale(picture);
    int width = Math.max(1, (int) Math.round(scale * picture.widthPx()));
    int height = Math.max(1, (int) Math.round(scale * picture.heightPx()));
    searched.set(picture, width, height);
    float back = picture.widthPx() / (float) width;
    List<Face> found = new ArrayList<>();
    for (Cascade.Hit hit :
        faces.find(
            searched,
            FACE_STEP,
            FACE_VOTES,
            smallestWindowPx(width, height),
            Math.max(width, height))) {
      float score = hit.votes() / (hit.votes() + 4f);
      if (score >= manifest.scoreThreshold()) {
        found.add(face(picture, scaled(hit.box(), back), score));
      }
    }
    found.sort(Comparator.comparingDouble((Face face) -> -face.score()));
    return found;
  }

  /** Frames are never enlarged: in so small a face the embedder finds nobody. */
  private double scale(Picture picture) {
    double scale = settings.scale(picture.widthPx(), picture.heightPx(), manifest.smallestFacePx());
    return settings.ofCamera() ? Math.min(1, scale) : scale;
  }

  private int smallestWindowPx(int width, int height) {
    int smallest = manifest.smallestFacePx();
    return settings.ofCamera()
        ? smallest
        : Math.max(smallest, (int) (STILL_FACE * Math.min(width, height)));
  }

  private static BoxPx scaled(BoxPx box, float by) {
    return new BoxPx(box.x() * by, box.y() * by, box.width() * by, box.height() * by);
  }

  private Face face(Picture picture, BoxPx window, float score) {
    PointPx right = eye(picture, window, RIGHT_EYE);
    PointPx left = eye(picture, window, LEFT_EYE);
    BoxPx box =
        new BoxPx(
            window.x() + FACE_IN_WINDOW.x() * window.width(),
            window.y() + FACE_IN_WINDOW.y() * window.height(),
            FACE_IN_WINDOW.width() * window.width(),
            FACE_IN_WINDOW.height() * window.height());
    return new Face(box, landmarks(right, left), score);
  }

  /** The eye nearest to its usual place; that place if there is none. */
  private PointPx eye(Picture picture, BoxPx window, PointPx usual) {
    float side = window.width();
    float reach = 0.24f;
    BoxPx region =
        new BoxPx(
            window.x() + (usual.x() - reach) * side,
            window.y() + (usual.y() - reach) * side,
            2 * reach * side,
            2 * reach * side);
    int sidePx = Math.round(2 * reach * EYE_SEARCH_PX);
    half.set(picture, region, sidePx, sidePx);
    half.equalise();
    Cascade.@Nullable Hit best = null;
    double nearest = EYE_REACH / (2 * reach) * sidePx;
    for (Cascade.Hit hit : eyes.find(half, EYE_STEP, EYE_VOTES, 20, sidePx * 3 / 4)) {
      double distance =
          Math.hypot(hit.box().centreX() - sidePx / 2f, hit.box().centreY() - sidePx / 2f);
      if (distance < nearest) {
        nearest = distance;
        best = hit;
      }
    }
    return best == null
        ? new PointPx(region.centreX(), region.centreY())
        : new PointPx(
            region.x() + best.box().centreX() / sidePx * region.width(),
            region.y() + best.box().centreY() / sidePx * region.height());
  }

  private static Landmarks landmarks(PointPx rightEye, PointPx leftEye) {
    float acrossX = leftEye.x() - rightEye.x();
    float acrossY = leftEye.y() - rightEye.y();
    float middleX = (leftEye.x() + rightEye.x()) / 2;
    float middleY = (leftEye.y() + rightEye.y()) / 2;
    float mouthX = middleX - MOUTH_BELOW * acrossY;
    float mouthY = middleY + MOUTH_BELOW * acrossX;
    return new Landmarks(
        rightEye,
        leftEye,
        new PointPx(middleX - NOSE_BELOW * acrossY, middleY + NOSE_BELOW * acrossX),
        new PointPx(mouthX - MOUTH_BESIDE * acrossX, mouthY - MOUTH_BESIDE * acrossY),
        new PointPx(mouthX + MOUTH_BESIDE * acrossX, mouthY + MOUTH_BESIDE * acrossY));
  }

  /** The cascades are as precise at any size. */
  @Override
  public Optional<Face> refine(Picture picture, Face face) {
    return Optional.of(face);
  }

  @Override
  public void close() {
    searched.wipe();
    half.wipe();
    faces.close();
    eyes.close();
  }
}
