package org.sightline.edge.lens;

import java.util.Random;

/** A street in front of a fixed camera: house fronts, people who walk by, and a sensor's noise. */
final class GeneratedStreet {
  private static final int WIDTH_PX = 192;
  private static final int HEIGHT_PX = 108;
  private static final int PEOPLE = 12;

  private final byte[] background = new byte[WIDTH_PX * HEIGHT_PX];

  /** A power of two, which is quick to go round in. */
  private final byte[] noise = new byte[4096];

  private final Random random;

  GeneratedStreet(long seed) {
    random = new Random(seed);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (byte) Math.round(2 * random.nextGaussian());
    }
    fill(background, 0, 0, WIDTH_PX, HEIGHT_PX, 110);
    for (int i = 0; i < 400; i++) {
      int size = 2 + random.nextInt(i < 60 ? 36 : 8);
      fill(
          background,
          random.nextInt(WIDTH_PX),
          random.nextInt(HEIGHT_PX),
          size,
          size * 3 / 2,
          random.nextInt(20, 230));
    }
  }

  /** What the camera sees at a time. */
  Grey at(double seconds) {
    byte[] pixels = background.clone();
    for (int person = 0; person < PEOPLE; person++) {
      int height = 24 + 4 * person;
      int x = (int) (seconds * (9 + 2 * person) + 41 * person) % (WIDTH_PX + 40) - 20;
      int top = HEIGHT_PX - height - person * 3 % 12;
      fill(pixels, x, top, height / 3, height, 30 + 12 * person);
      fill(pixels, x + height / 12, top, height / 6, height / 6, 180);
    }
    int offset = random.nextInt(noise.length);
    for (int i = 0; i < pixels.length; i++) {
      int value = (pixels[i] & 0xff) + noise[(7 * i + offset) & (noise.length - 1)];
      pixels[i] = (byte) Math.max(0, Math.min(255, value));
    }
    return new Grey(WIDTH_PX, HEIGHT_PX, pixels);
  }

  private static void fill(byte[] pixels, int left, int top, int width, int height, int value) {
    for (int y = Math.max(0, top); y < Math.min(HEIGHT_PX, top + height); y++) {
      for (int x = Math.max(0, left); x < Math.min(WIDTH_PX, left + width); x++) {
        pixels[y * WIDTH_PX + x] = (byte) value;
      }
    }
  }
}
