package org.sightline.edge.pipeline;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Walking;

/**
 * Where to the person of one pass walks, by how the box of the face has moved in the last seconds:
 * the way across the view and the way to the camera, both in widths of that face, so that they can
 * be compared. Remembers three boxes. Used by the analysis thread alone.
 */
final class Walk {
  /** What has come before is forgotten after once or twice this. */
  private static final Duration MEMORY = Duration.ofSeconds(2);

  /** A camera that sees 53 degrees across has a focal length of its picture's width. */
  private static final double FOCAL_LENGTH_IN_WIDTHS = 1;

  /** Less than two widths of a face, a third of a metre, is no way. */
  private static final double LEAST_WAY = 2;

  /** The size of a face is not measured better than this from frame to frame. */
  private static final double LEAST_RATIO = 1.15;

  private @Nullable Seen before;
  private @Nullable Seen since;
  private @Nullable Seen latest;

  private record Seen(BoxPx face, Duration at) {}

  /** Notes a sighting. */
  void seen(BoxPx face, Duration at) {
    Seen now = new Seen(face, at);
    if (before == null || since == null) {
      before = now;
      since = now;
    } else if (at.minus(since.at()).compareTo(MEMORY) > 0) {
      before = since;
      since = now;
    }
    latest = now;
  }

  /**
   * Where to; null if that cannot be seen.
   *
   * @param pictureWidthPx of the frames
   */
  @Nullable Walking direction(int pictureWidthPx) {
    if (before == null || latest == null) {
      return null;
    }
    BoxPx from = before.face();
    BoxPx to = latest.face();
    double middle = pictureWidthPx / 2.0;
    double across = (to.centreX() - middle) / to.width() - (from.centreX() - middle) / from.width();
    double ratio = to.width() / from.width();
    double nearer =
        ratio > LEAST_RATIO || ratio < 1 / LEAST_RATIO
            ? FOCAL_LENGTH_IN_WIDTHS * pictureWidthPx * (1 / from.width() - 1 / to.width())
            : 0;
    if (Math.max(Math.abs(across), Math.abs(nearer)) < LEAST_WAY) {
      return null;
    }
    if (Math.abs(nearer) > Math.abs(across)) {
      return nearer > 0 ? Walking.TOWARDS : Walking.AWAY;
    }
    return across > 0 ? Walking.RIGHT : Walking.LEFT;
  }
}
