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

  /** Row-major unit vectors. */
  private final float[] rows;

  /** Index of the entry that each row belongs to. */
  private final int[] owners;

  private Gallery(
      String modelPack, int dimension, List<WatchlistEntry> entries, float[] rows, int[] owners) {
    this.modelPack = modelPack;
    this.dimension = dimension;
    this.entries = entries;
    this.rows = rows;
    this.owners = owners;
  }

  /**
   * Copies the templates of a list.
   *
   * @throws IllegalArgumentException if a template is not of the pack and dimension
   */
  public static Gallery of(String modelPack, int dimension, List<WatchlistEntry> entries) {
    int count = 0;
    for (WatchlistEntry entry : entries) {
      count += entry.templates().size();
    }
    float[] rows = new float[Math.multiplyExact(count, dimension)];
    int[] owners = new int[count];
    int row = 0;
    for (int owner = 0; owner < entries.size(); owner++) {
      for (Template template : entries.get(owner).templates()) {
        if (!template.modelPack().equals(modelPack) || template.dimension() != dimension) {
          throw new IllegalArgumentException(
              "a template of "
                  + template.modelPack()
                  + " has no place among those of "
                  + modelPack);
        }
        template.copyTo(rows, row * dimension);
        owners[row++] = owner;
      }
    }
    return new Gallery(modelPack, dimension, new ArrayList<>(entries), rows, owners);
  }

  /** Number of listed subjects. */
  public int size() {
    return entries.size();
  }

  /**
   * Finds the subject whose nearest template is the nearest of all.
   *
   * @return empty only if the gallery is
   */
  public Optional<Candidate> nearest(Template probe) {
    if (!probe.modelPack().equals(modelPack) || probe.dimension() != dimension) {
      throw new IllegalArgumentException(
          "a template of " + probe.modelPack() + " cannot be searched among those of " + modelPack);
    }
    if (owners.length == 0) {
      return Optional.empty();
    }
    float[] unit = new float[dimension];
    probe.copyTo(unit, 0);
    int bestRow = 0;
    float best = Float.NEGATIVE_INFINITY;
    for (int row = 0; row < owners.length; row++) {
      float cosine = dot(unit, row * dimension);
      if (cosine > best) {
        best = cosine;
        bestRow = row;
      }
    }
    Arrays.fill(unit, 0);
    return Optional.of(new Candidate(entries.get(owners[bestRow]), Similarity.clamped(best)));
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
