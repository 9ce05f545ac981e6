package org.sightline.edge.detect;

import org.sightline.edge.models.ModelPack;

/** A detector that comes with a part of the program that is not everywhere; found as a service. */
public interface DetectorEngine {
  /** What model packs call it. */
  String name();

  /** Opens it. */
  FaceDetector open(ModelPack.Detector manifest, DetectionSettings settings);
}
