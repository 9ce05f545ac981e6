package org.sightline.edge.builtin;

import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.detect.DetectorEngine;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.models.ModelPack;

/** Makes the detector of the built-in engine known. */
public final class CascadeEngine implements DetectorEngine {
  @Override
  public String name() {
    return "opencv-cascade";
  }

  @Override
  public FaceDetector open(ModelPack.Detector manifest, DetectionSettings settings) {
    return new CascadeDetector(manifest, settings);
  }
}
