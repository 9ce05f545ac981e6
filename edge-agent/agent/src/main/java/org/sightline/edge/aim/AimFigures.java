package org.sightline.edge.aim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of a view, within the zone where the camera has one.
 *
 * @param picturesSearched for faces
 * @param regions {@link Region#ACROSS} in a row, row by row
 * @param light the mean of all pictures searched; null if there was none
 */
public record AimFigures(
    int picturesSearched,
    People people,
    Sizes faceHeightPx,
    Sizes eyeDistancePx,
    List<Region> regions,
    Focus focus,
    @Nullable Light light) {
  public AimFigures {
    regions = List.copyOf(regions);
  }

  /**
   * Passes, each judged by its largest face.
   *
   * @param largeEnough how many came to the least size
   * @param shortfall what most of the others lacked; null if there are none
   */
  public record People(int seen, int largeEnough, @Nullable Shortfall shortfall) {}

  /**
   * Median sharpness of faces that are large enough, in [0, 1].
   *
   * @param slow of those that hardly move across the view; null if there was none
   * @param walking of those that move as somebody who walks does; null if there was none
   */
  public record Focus(@Nullable Double slow, @Nullable Double walking) {}
}
