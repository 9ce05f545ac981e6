package org.sightline.edge.capture;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shape of a pixel: so wide to so high. Recorders store half of the columns, or other than
 * square ones, and not all of them say so.
 *
 * @param width 1 to 9999
 * @param height 1 to 9999; from an eighth to eight times the width
 */
public record PixelAspect(int width, int height) {
  private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,3}):([1-9]\\d{0,3})");
  private static final int MOST = 8;

  public PixelAspect {
    if (!isLikely(width, height)) {
      throw new IllegalArgumentException("a pixel is from 1:8 to 8:1");
    }
  }

  /**
   * Reads {@code WIDTH:HEIGHT}, such as {@code 16:11}.
   *
   * @throws IllegalArgumentException if it has another form or no pixel has that shape
   */
  public static PixelAspect parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "the shape of a pixel is WIDTH:HEIGHT, such as 16:11 or 2:1");
    }
    return new PixelAspect(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** Whether a pixel may have that shape; many streams signal nonsense for none. */
  public static boolean isLikely(int width, int height) {
    return width > 0
        && height > 0
        && width <= (long) MOST * height
        && height <= (long) MOST * width;
  }
}
