package org.sightline.edge.evaluate;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.detect.FaceDetectors;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Template;
import org.sightline.edge.imaging.Sharpness;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.inference.InferenceException;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.shot.ShotQuality;
import org.sightline.edge.shot.ShotSelection;
import org.sightline.edge.shot.ShotSettings;

/**
 * Looks for a known face in a picture as the agent looks at the first frame of a pass. One thread
 * at a time.
 */
final class FrameReader implements AutoCloseable {
  /** How far a face that is found has to overlap the one that is known to be there. */
  private static final float SAME_FACE_OVERLAP = 0.4f;

  private static final int THREADS = 2;

  private final FaceDetector detector;
  private final FaceReader stills;
  private final Sharpness sharpness = new Sharpness();

  private FrameReader(FaceDetector detector, FaceReader stills) {
    this.detector = detector;
    this.stills = stills;
  }

  /**
   * Opens the detector of a pack.
   *
   * @param smallestFacePx as in the agent's settings
   * @param stills makes the templates; stays the caller's to close
   * @throws InferenceException if its files cannot be used
   */
  static FrameReader open(InstalledPack pack, int smallestFacePx, FaceReader stills)
      throws InferenceException {
    return new FrameReader(
        FaceDetectors.open(
            pack.manifest(),
            pack.folder(),
            DetectionSettings.frames(smallestFacePx, Compute.cpu(THREADS))),
        stills);
  }

  /**
   * What the agent makes of a face.
   *
   * @param selected whether the view is worth an embedding
   * @param template even if it is not, so that the selection can be judged; null if a closer look
   *     finds no face
   */
  record Look(boolean selected, @Nullable Template template) implements AutoCloseable {
    @Override
    public void close() {
      if (template != null) {
        template.close();
      }
    }
  }

  /**
   * Looks for a face where one is known to be.
   *
   * @return empty if none is found there
   */
  Optional<Look> look(BgrPicture picture, BoxPx where) {
    return detector.detect(picture).stream()
        .filter(face -> face.box().overlapWith(where) >= SAME_FACE_OVERLAP)
        .max(Comparator.comparingDouble(face -> face.box().overlapWith(where)))
        .map(face -> look(picture, face));
  }

  private Look look(BgrPicture picture, Face face) {
    ShotSelection selection = new ShotSelection(ShotSettings.defaults());
    int width = picture.widthPx();
    int height = picture.heightPx();
    double sharp = sharpness.of(picture, face.box());
    boolean worth =
        selection.mayBeWorth(Duration.ZERO, face, width, height)
            && selection.isWorth(Duration.ZERO, ShotQuality.of(face, sharp));
    return detector
        .refine(picture, face)
        .map(
            refined ->
                new Look(
                    worth
                        && selection.isUsable(
                            Duration.ZERO, refined, ShotQuality.of(refined, sharp), width, height),
                    stills.template(picture, refined)))
        .orElse(new Look(false, null));
  }

  @Override
  public void close() {
    detector.close();
  }
}
