package org.sightline.edge.fieldtest.generate;

/** Red, green and blue as the screen shows them, each in [0, 1]. */
record Colour(float red, float green, float blue) {

  static Colour of(int rgb) {
    return new Colour((rgb >> 16 & 255) / 255f, (rgb >> 8 & 255) / 255f, (rgb & 255) / 255f);
  }

  /** The colour {@code share} of the way to another. */
  Colour towards(Colour other, float share) {
    return new Colour(
        red + (other.red - red) * share,
        green + (other.green - green) * share,
        blue + (other.blue - blue) * share);
  }

  Colour times(float factor) {
    return new Colour(
        Math.min(1, red * factor), Math.min(1, green * factor), Math.min(1, blue * factor));
  }

  int rgb() {
    return Math.round(red * 255) << 16 | Math.round(green * 255) << 8 | Math.round(blue * 255);
  }
}
