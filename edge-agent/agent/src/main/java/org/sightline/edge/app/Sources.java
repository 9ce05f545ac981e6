package org.sightline.edge.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.FrameSources;
import org.sightline.edge.capture.MeasuredSource;
import org.sightline.edge.concurrent.ResourceStack;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Zone;
import org.sightline.edge.pipeline.Pipeline;

/** The cameras, none of which is read yet; a clip that cannot be used has been refused. */
record Sources(List<Pipeline.Camera> cameras, Map<CameraId, MeasuredSource> measured) {
  Sources {
    cameras = List.copyOf(cameras);
    measured = Map.copyOf(measured);
  }

  static Sources open(Authorised start, ResourceStack parts) throws SightlineException {
    List<Pipeline.Camera> cameras = new ArrayList<>();
    Map<CameraId, MeasuredSource> measured = new HashMap<>();
    for (CameraSettings camera : start.settings().cameras()) {
      MeasuredSource source = parts.add(FrameSources.open(camera));
      Zone zone = start.authorisation().site().zone(camera.id()).orElse(null);
      cameras.add(new Pipeline.Camera(camera.id(), source, camera.pace(), zone));
      measured.put(camera.id(), source);
    }
    return new Sources(cameras, measured);
  }
}
