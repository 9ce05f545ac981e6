package org.sightline.edge.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.domain.Zone;
import org.sightline.edge.imaging.Part;

/**
 * What is looked at of a camera's view: all of it, or the authorised zone. A face belongs to the
 * zone by the centre of its box. Immutable.
 *
 * @param zone null for the whole view
 */
public record WatchedView(@Nullable Zone zone) {
  /**
   * What is searched around the zone, in heights of the view: a face a fifth of the view high whose
   * centre lies on the edge of the zone is still seen whole.
   */
  private static final float MARGIN = 0.1f;

  /** The part of a frame in which faces are searched. */
  public Part part(Picture frame) {
    if (zone == null) {
      return Part.all(frame);
    }
    BoxPx zoneBox = zone.bounds(frame.widthPx(), frame.heightPx());
    float margin = MARGIN * frame.heightPx();
    return Part.of(
        frame,
        new BoxPx(
            zoneBox.x() - margin,
            zoneBox.y() - margin,
            zoneBox.width() + 2 * margin,
            zoneBox.height() + 2 * margin));
  }

  /** Of the faces found in a frame those that may be looked at. */
  public List<Face> within(Picture frame, List<Face> found) {
    Zone watched = zone;
    return watched == null
        ? found
        : found.stream()
            .filter(
                face ->
                    watched.contains(
                        face.box().centreX() / frame.widthPx(),
                        face.box().centreY() / frame.heightPx()))
            .toList();
  }
}
