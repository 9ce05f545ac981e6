package org.sightline.edge.domain;

import java.util.List;

/**
 * Five points of a face, in the pixel space of its picture. Right and left are the subject's own,
 * so the right eye stands left in the picture.
 */
public record Landmarks(
    PointPx rightEye, PointPx leftEye, PointPx noseTip, PointPx rightMouth, PointPx leftMouth) {

  /** The points in the order that detectors emit them and alignment templates list them. */
  public List<PointPx> inOrder() {
    return List.of(rightEye, leftEye, noseTip, rightMouth, leftMouth);
  }

  public double interEyeDistancePx() {
    return rightEye.distanceTo(leftEye);
  }
}
