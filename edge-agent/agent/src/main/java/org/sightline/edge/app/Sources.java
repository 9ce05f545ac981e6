package org.sightline.edge.app;

import java.util.ArrayList;
import java.util.List;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.FrameSources;
import org.sightline.edge.capture.MeasuredSource;
import org.sightline.edge.concurrent.ResourceStack;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.pipeline.Pipeline;

/** The cameras, none of which is read yet; a clip that cannot be used has been refused. */
record Sources(List<Pipeline.Camera> cameras) {
  Sources {
    cameras = List.copyOf(cameras);
  }

  static Sources open(Authorised start, Alarms alarms, ResourceStack parts)
      throws SightlineException {
    List<Pipeline.Camera> cameras = new ArrayList<>();
    for (CameraSettings camera : start.settings().cameras()) {
      MeasuredSource source = parts.add(FrameSources.open(camera));
      cameras.add(new Pipeline.Camera(camera.id(), source, camera.pace()));
      alarms.add(() -> Alarms.of(source));
    }
    return new Sources(cameras);
  }
}
