package org.sightline.edge.detect;

import java.nio.file.Path;
import java.util.ServiceLoader;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.inference.InferenceException;
import org.sightline.edge.models.ModelPack;

/** Opens the detector that a model pack names. */
public final class FaceDetectors {
  private static final float KEEN_SCORE = 0.3f;
  private static final int KEEN_FACE_PX = 8;
  private static final int KEEN_PIXELS = 2048 * 2048;

  private FaceDetectors() {}

  /**
   * The detector of a pack.
   *
   * @param folder where the pack's files are installed
   * @throws InferenceException if a file is missing, corrupt or not what the manifest says
   */
  public static FaceDetector open(ModelPack manifest, Path folder, DetectionSettings settings)
      throws InferenceException {
    FaceDetector detector = detector(manifest, folder, settings);
    ModelPack.LandmarkRegressor landmarks = manifest.landmarks();
    if (landmarks == null) {
      return detector;
    }
    try {
      return new RegressedDetector(
          detector, LandmarkRegressor.open(landmarks, folder, settings.compute()));
    } catch (InferenceException | RuntimeException e) {
      detector.close();
      throw e;
    }
  }

  /**
   * The detector of a pack at its most sensitive: for faces of a few pixels, and of a score of
   * which most are none. For hiding faces, where one too many does no harm.
   *
   * @param folder where the pack's files are installed
   * @throws InferenceException if a file is missing, corrupt or not what the manifest says
   */
  public static FaceDetector keen(ModelPack manifest, Path folder, Compute compute)
      throws InferenceException {
    float score = Math.min(KEEN_SCORE, manifest.detector().frameScoreThreshold());
    return detector(
        manifest, folder, new DetectionSettings(KEEN_FACE_PX, KEEN_PIXELS, true, compute, score));
  }

  private static FaceDetector detector(ModelPack manifest, Path folder, DetectionSettings settings)
      throws InferenceException {
    String engine = manifest.detector().engine();
    if (engine.equals("yunet")) {
      return YuNetDetector.open(manifest.detector(), folder, settings);
    }
    for (DetectorEngine each :
        ServiceLoader.load(DetectorEngine.class, FaceDetectors.class.getClassLoader())) {
      if (engine.equals(each.name())) {
        return each.open(manifest.detector(), settings);
      }
    }
    throw new InferenceException(
        "there is no detector engine '" + engine + "' on this machine",
        "model pack " + manifest.name(),
        "use another pack; the built-in engine is for exercises in the laboratory only",
        null);
  }
}
