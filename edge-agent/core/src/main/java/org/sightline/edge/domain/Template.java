package org.sightline.edge.domain;

import java.util.Arrays;

/**
 * A face as a unit vector, valid only among templates of the model pack that made it. Biometric
 * data: never printed, logged or written in the clear. Immutable until wiped by {@link #close()}.
 */
public final class Template implements AutoCloseable {
  private final String modelPack;
  private final float[] unit;

  private Template(String modelPack, float[] unit) {
    this.modelPack = modelPack;
    this.unit = unit;
  }

  /**
   * Scales a network's output to length 1.
   *
   * @param values any vector but zero; copied
   */
  public static Template normalised(String modelPack, float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    double norm = Math.sqrt(sum);
    if (!(norm > 1e-9) || Double.isInfinite(norm)) {
      throw new IllegalArgumentException("a template needs a finite vector other than zero");
    }
    float[] unit = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      unit[i] = (float) (values[i] / norm);
    }
    return new Template(modelPack, unit);
  }

  public String modelPack() {
    return modelPack;
  }

  public int dimension() {
    return unit.length;
  }

  /** Adds {@code weight} times this template to a sum of the same dimension. */
  public void addTo(float[] sum, float weight) {
    for (int i = 0; i < unit.length; i++) {
      sum[i] += weight * unit[i];
    }
  }

  /** Writes the unit vector to {@code destination} from {@code offset}. */
  public void copyTo(float[] destination, int offset) {
    System.arraycopy(unit, 0, destination, offset, unit.length);
  }

  /** The cosine with another template; refuses one of another model pack. */
  public Similarity similarityTo(Template other) {
    if (!modelPack.equals(other.modelPack) || unit.length != other.unit.length) {
      throw new IllegalArgumentException("templates of different model packs are not comparable");
    }
    double dot = 0;
    for (int i = 0; i < unit.length; i++) {
      dot += (double) unit[i] * other.unit[i];
    }
    return Similarity.clamped(dot);
  }

  @Override
  public void close() {
    Arrays.fill(unit, 0);
  }

  @Override
  public String toString() {
    return "Template[" + modelPack + ", " + unit.length + "-d]";
  }
}
