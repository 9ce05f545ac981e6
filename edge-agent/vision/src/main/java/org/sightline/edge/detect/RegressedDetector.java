package org.sightline.edge.detect;

import java.util.List;
import java.util.Optional;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.domain.PointPx;
import org.sightline.edge.imaging.Part;

/**
 * A detector whose closer look is taken by a landmark regressor: a tenth of the detector's own
 * cost, and landmarks that lie better in small and tilted faces. A regressor finds five landmarks
 * in whatever it is shown; where they lie elsewhere than the detector saw them, what was found is a
 * head in profile, the back of one, or no face. One thread at a time.
 */
final class RegressedDetector implements FaceDetector {
  /**
   * How far the landmarks of both may lie apart on average: in heights of the face, and in pixels
   * besides, which is what the search of a whole frame places them by.
   */
  private static final double MOST_APART_HEIGHTS = 0.09;

  private static final double MOST_APART_PX = 3.5;

  private final FaceDetector detector;
  private final LandmarkRegressor regressor;

  /** Owns both from now. */
  RegressedDetector(FaceDetector detector, LandmarkRegressor regressor) {
    this.detector = detector;
    this.regressor = regressor;
  }

  @Override
  public List<Face> detect(Picture picture) {
    return detector.detect(picture);
  }

  @Override
  public List<List<Face>> detectAll(List<Part> parts, Search search) {
    return detector.detectAll(parts, search);
  }

  @Override
  public int together() {
    return detector.together();
  }

  @Override
  public Optional<Face> refine(Picture picture, Face face) {
    return Optional.of(regressor.refine(picture, face))
        .filter(
            refined ->
                apartPx(face, refined) <= MOST_APART_HEIGHTS * face.box().height() + MOST_APART_PX);
  }

  /** Mean distance of the landmarks; not a number if they are none. */
  private static double apartPx(Face seen, Face refined) {
    List<PointPx> some = seen.landmarks().inOrder();
    List<PointPx> others = refined.landmarks().inOrder();
    double sum = 0;
    for (int i = 0; i < some.size(); i++) {
      sum += some.get(i).distanceTo(others.get(i));
    }
    return sum / some.size();
  }

  @Override
  public void close() {
    regressor.close();
    detector.close();
  }
}
