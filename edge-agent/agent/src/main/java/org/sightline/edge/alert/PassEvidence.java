package org.sightline.edge.alert;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.Template;

/**
 * What the embedded views of one pass say together: the quality-weighted mean of their templates.
 * Wiped by {@link #close()} when the pass ends. Not thread-safe.
 */
public final class PassEvidence implements AutoCloseable {
  private float @Nullable [] sum;
  private int shots;

  /**
   * Adds a view and wipes its template.
   *
   * @param weight of the view, finite and above 0: its quality
   * @return the fused template of all views so far, owned by the caller
   * @throws IllegalArgumentException if the weight is none; the evidence stays as it was
   */
  public Template add(Template view, double weight) {
    try (view) {
      if (!(weight > 0 && weight < Float.MAX_VALUE)) {
        throw new IllegalArgumentException("a view weighs more than nothing, and not " + weight);
      }
      if (sum == null) {
        sum = new float[view.dimension()];
      }
      view.addTo(sum, (float) weight);
      shots++;
      return Template.normalised(view.modelPack(), sum);
    }
  }

  public int shots() {
    return shots;
  }

  @Override
  public void close() {
    if (sum != null) {
      Arrays.fill(sum, 0);
    }
  }
}
