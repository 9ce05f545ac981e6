package org.sightline.edge.authorisation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an authorisation lets a van send of an alert beyond what every alert says. A van that does
 * not know one of these refuses the authorisation by its name.
 *
 * @param bodyPicture a picture of the alerted person's figure with everything else in it pixelated,
 *     the way they walk, and whether they are still in view
 * @param onvifEvents an ONVIF event after each alert though the alert is sealed; it says that there
 *     is an alert at a camera, and nothing of the subject
 */
public record Permits(boolean bodyPicture, boolean onvifEvents) {
  /** This, as it stands in the terms: nothing is written where nothing is permitted. */
  public Optional<Permits> ifAny() {
    return bodyPicture || onvifEvents ? Optional.of(this) : Optional.empty();
  }

  /** What people who sign or use the authorisation read of it, a line for each. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (bodyPicture) {
      lines.add("an alert may show the person's figure, all else pixelated");
    }
    if (onvifEvents) {
      lines.add("an ONVIF event may follow a sealed alert");
    }
    return lines;
  }
}
