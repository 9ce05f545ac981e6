package org.sightline.edge.domain;

import java.util.List;

/**
 * The part of a camera's view that a deployment may watch: a polygon whose edges touch nowhere but
 * at its corners. It is given in shares of the upright view, so that it does not depend on the
 * resolution.
 *
 * @param corners {@value #FEWEST} to {@value #MOST}, in order, either way around; the last is
 *     joined to the first
 */
public record Zone(List<Corner> corners) {
  /** Fewer corners hold nothing. */
  public static final int FEWEST = 3;

  /** More corners than this say nothing that somebody could check by looking at the outline. */
  public static final int MOST = 32;

  /** Corners lie on a grid of so many steps across the view: a third of a pixel of a 4K camera. */
  private static final int STEPS = 10_000;

  /**
   * A corner, as shares of the view's width and height, with at most four decimals.
   *
   * @param x 0 at the left edge of the view, 1 at the right one
   * @param y 0 at the upper edge, 1 at the lower one
   */
  public record Corner(double x, double y) {
    public Corner {
      if (!isOnGrid(x) || !isOnGrid(y)) {
        throw new IllegalArgumentException(
            "a corner of a zone is two shares of the view from 0 to 1 with at most four decimals");
      }
    }

    private static boolean isOnGrid(double share) {
      return share >= 0 && share <= 1 && Math.rint(share * STEPS) / STEPS == share;
    }

    private long column() {
      return Math.round(x * STEPS);
    }

    private long row() {
      return Math.round(y * STEPS);
    }
  }

  public Zone {
    corners = List.copyOf(corners);
    if (corners.size() < FEWEST || corners.size() > MOST) {
      throw new IllegalArgumentException("a zone has " + FEWEST + " to " + MOST + " corners");
    }
    if (touchesItself(corners)) {
      throw new IllegalArgumentException("the edges of a zone do not touch or cross each other");
    }
  }

  /** Whether two edges share more than the corner at which one goes over into the next. */
  private static boolean touchesItself(List<Corner> corners) {
    int count = corners.size();
    for (int i = 0; i < count; i++) {
      Corner from = corners.get(i);
      Corner to = corners.get((i + 1) % count);
      Corner after = corners.get((i + 2) % count);
      if (isBetween(from, to, after) || isBetween(to, after, from)) {
        return true;
      }
      for (int j = i + 2; j < count; j++) {
        boolean isNext = (j + 1) % count == i;
        if (!isNext && touch(from, to, corners.get(j), corners.get((j + 1) % count))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean touch(Corner a, Corner b, Corner c, Corner d) {
    int cOfAb = side(a, b, c);
    int dOfAb = side(a, b, d);
    int aOfCd = side(c, d, a);
    int bOfCd = side(c, d, b);
    return (cOfAb * dOfAb < 0 && aOfCd * bOfCd < 0)
        || isBetween(a, b, c)
        || isBetween(a, b, d)
        || isBetween(c, d, a)
        || isBetween(c, d, b);
  }

  /** Whether a point lies on the way between two others, or at one of them. */
  private static boolean isBetween(Corner a, Corner b, Corner point) {
    return side(a, b, point) == 0
        && point.x >= Math.min(a.x, b.x)
        && point.x <= Math.max(a.x, b.x)
        && point.y >= Math.min(a.y, b.y)
        && point.y <= Math.max(a.y, b.y);
  }

  /** On which side of the line from one point to another a third lies; 0 if on it. */
  private static int side(Corner a, Corner b, Corner point) {
    return Long.signum(
        (b.column() - a.column()) * (point.row() - a.row())
            - (b.row() - a.row()) * (point.column() - a.column()));
  }

  /**
   * Whether a point of the view lies within the zone.
   *
   * @param x share of the view's width
   * @param y share of the view's height
   */
  public boolean contains(double x, double y) {
    boolean within = false;
    Corner from = corners.get(corners.size() - 1);
    for (Corner to : corners) {
      if ((from.y > y) != (to.y > y)
          && x < from.x + (to.x - from.x) * (y - from.y) / (to.y - from.y)) {
        within = !within;
      }
      from = to;
    }
    return within;
  }

  /** The zone's area as a share of the view, in (0, 1]. */
  public double area() {
    long twice = 0;
    Corner from = corners.get(corners.size() - 1);
    for (Corner to : corners) {
      twice += from.column() * to.row() - to.column() * from.row();
      from = to;
    }
    return Math.abs(twice) / (2.0 * STEPS * STEPS);
  }

  /**
   * The upright box around the zone.
   *
   * @param widthPx of the picture in whose pixels the box is given
   * @param heightPx of that picture
   */
  public BoxPx bounds(int widthPx, int heightPx) {
    float left = (float) (widthPx * corners.stream().mapToDouble(Corner::x).min().orElseThrow());
    float right = (float) (widthPx * corners.stream().mapToDouble(Corner::x).max().orElseThrow());
    float top = (float) (heightPx * corners.stream().mapToDouble(Corner::y).min().orElseThrow());
    float bottom = (float) (heightPx * corners.stream().mapToDouble(Corner::y).max().orElseThrow());
    return new BoxPx(left, top, right - left, bottom - top);
  }
}
