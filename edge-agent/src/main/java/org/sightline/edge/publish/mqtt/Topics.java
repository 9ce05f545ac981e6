package org.sightline.edge.publish.mqtt;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.VanId;

/** The topics of a van. */
final class Topics {
  private static final String ROOT = "sightline/v1/";

  private Topics() {}

  /** Where alerts are published. Null stands for every van, for subscribing only. */
  static String alerts(@Nullable VanId van) {
    return ROOT + (van == null ? "+" : van.value()) + "/alerts";
  }

  /** Where the matches at a camera are told as ONVIF events. */
  static String onvifFace(VanId van, CameraId camera) {
    return ROOT + van + "/onvif-ej/RuleEngine/Recognition/Face/" + camera;
  }

  /** Where a van says whether it is there. */
  static String status(VanId van) {
    return ROOT + van + "/status";
  }

  /** Where a control room says what it found alerts to be. */
  static String outcomes(VanId van) {
    return ROOT + van + "/outcomes";
  }

  /** Where an authority revokes the deployment of a van. */
  static String revocations(VanId van) {
    return ROOT + van + "/revocations";
  }
}
