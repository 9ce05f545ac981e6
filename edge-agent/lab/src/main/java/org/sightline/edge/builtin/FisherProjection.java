package org.sightline.edge.builtin;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Fisher's linear discriminant: the directions in which descriptors of different people differ
 * most, measured by how much pictures of one person differ.
 *
 * <p>The one there is was fitted to drawn people alone; models/builtin/fit-projection.py says how.
 * Its file holds, big-endian: the number n of values and the number d of directions (int each), n
 * means (float), d scales (float), and d rows of n weights (a byte each, times the row's scale).
 * Immutable.
 */
final class FisherProjection {
  private static final String DRAWN_PEOPLE = "drawn-people.projection";

  private final float[] mean;
  private final float[][] directions;

  private FisherProjection(DataInputStream data) throws IOException {
    mean = new float[data.readInt()];
    directions = new float[data.readInt()][mean.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = data.readFloat();
    }
    float[] scales = new float[directions.length];
    for (int k = 0; k < scales.length; k++) {
      scales[k] = data.readFloat();
    }
    for (int k = 0; k < scales.length; k++) {
      for (int i = 0; i < mean.length; i++) {
        directions[k][i] = scales[k] * data.readByte();
      }
    }
  }

  static FisherProjection ofDrawnPeople() {
    try (InputStream stream = FisherProjection.class.getResourceAsStream(DRAWN_PEOPLE)) {
      if (stream == null) {
        throw new IllegalStateException("the program lacks its file " + DRAWN_PEOPLE);
      }
      return new FisherProjection(new DataInputStream(new BufferedInputStream(stream)));
    } catch (IOException e) {
      throw new UncheckedIOException("the program's file " + DRAWN_PEOPLE + " is damaged", e);
    }
  }

  int dimension() {
    return directions.length;
  }

  /** A descriptor's share in each direction. */
  float[] of(float[] descriptor) {
    float[] projected = new float[directions.length];
    for (int k = 0; k < projected.length; k++) {
      float sum = 0;
      for (int i = 0; i < mean.length; i++) {
        sum += directions[k][i] * (descriptor[i] - mean[i]);
      }
      projected[k] = sum;
    }
    return projected;
  }
}
