package org.sightline.edge.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;

/**
 * The templates of the watchlist in memory, searched exhaustively. Immutable and thread-safe until
 * {@link #close()}, which wipes the templates.
 */
public final class Gallery implements AutoCloseable {
  private final String modelPack;
  private final int dimension;
  private final List<WatchlistEntry> entries;

  /** Row-major unit vectors, one an entry. */
  private final float[] rows;

  private Gallery(String modelPack, int dimension, List<WatchlistEntry> entries, float[] rows) {
    this.modelPack = modelPack;
    this.dimension = dimension;
    this.entries = entries;
    this.rows = rows;
  }

  /**
   * Copies the templates of a list, those of one subject fused to their mean: what the subject's
   * pictures have in common is the subject, and every further row would be one more chance of a
   * false match.
   *
   * @throws IllegalArgumentException if a template is not of the pack and dimension
   */
  public static Gallery of(String modelPack, int dimension, List<WatchlistEntry> entries) {
    float[] rows = new float[Math.multiplyExact(entries.size(), dimension)];
    for (int row = 0; row < entries.size(); row++) {
      try (Template fused = fused(modelPack, dimension, entries.get(row))) {
        fused.copyTo(rows, row * dimension);
      }
    }
    return new Gallery(modelPack, dimension, new ArrayList<>(entries), rows);
  }

  /** The mean of a subject's templates, to be wiped by the caller. */
  static Template fused(String modelPack, int dimension, WatchlistEntry entry) {
    float[] sum = new float[dimension];
    for (Template template : entry.templates()) {
      requireOf(modelPack, dimension, template);
      template.addTo(sum, 1);
    }
    Template fused = Template.normalised(modelPack, sum);
    Arrays.fill(sum, 0);
    return fused;
  }

  private static void requireOf(String modelPack, int dimension, Template template) {
    if (!template.modelPack().equals(modelPack) || template.dimension() != dimension) {
      throw new IllegalArgumentException(
          "a template of " + template.modelPack() + " has no place among those of " + modelPack);
    }
  }

  /** Number of listed subjects. */
  public int size() {
    return entries.size();
  }

  /**
   * Finds the nearest subject.
   *
   * @return empty only if the gallery is
   */
  public Optional<Candidate> nearest(Template probe) {
    requireOf(modelPack, dimension, probe);
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    float[] unit = new float[dimension];
    probe.copyTo(unit, 0);
    int bestRow = 0;
    float best = Float.NEGATIVE_INFINITY;
    for (int row = 0; row < entries.size(); row++) {
      float cosine = dot(unit, row * dimension);
      if (cosine > best) {
        best = cosine;
        bestRow = row;
      }
    }
    Arrays.fill(unit, 0);
    return Optional.of(new Candidate(entries.get(bestRow), Similarity.clamped(best)));
  }

  /** Eight independent sums keep the processor's multipliers busy; the order of adding is fixed. */
  private float dot(float[] unit, int offset) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int i = 0;
    for (int end = dimension - 7; i < end; i += 8) {
      int r = offset + i;
      s0 += unit[i] * rows[r];
      s1 += unit[i + 1] * rows[r + 1];
      s2 += unit[i + 2] * rows[r + 2];
      s3 += unit[i + 3] * rows[r + 3];
      s4 += unit[i + 4] * rows[r + 4];
      s5 += unit[i + 5] * rows[r + 5];
      s6 += unit[i + 6] * rows[r + 6];
      s7 += unit[i + 7] * rows[r + 7];
    }
    for (; i < dimension; i++) {
      s0 += unit[i] * rows[offset + i];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  @Override
  public void close() {
    Arrays.fill(rows, 0);
    for (WatchlistEntry entry : entries) {
      entry.templates().forEach(Template::close);
    }
    entries.clear();
  }
}
