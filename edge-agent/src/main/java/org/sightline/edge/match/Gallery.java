package org.sightline.edge.match;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;

/**
 * The templates of the watchlist in memory, outside the Java heap, searched exhaustively. It knows
 * subjects by their references and holds no pictures. Immutable and thread-safe until {@link
 * #close()}, which wipes it.
 */
public final class Gallery implements AutoCloseable {
  private final String modelPack;
  private final int dimension;
  private final int size;

  /** By row, as are the categories. */
  private final List<SubjectRef> subjects;

  private final List<String> categories;
  private final TemplateMatrix rows;

  /** Searches share it; closing waits for them and keeps later ones out. */
  private final ReadWriteLock use = new ReentrantReadWriteLock();

  private boolean closed;

  private Gallery(Builder builder) {
    this.modelPack = builder.modelPack;
    this.dimension = builder.dimension;
    this.size = builder.subjects.size();
    this.subjects = builder.subjects;
    this.categories = builder.categories;
    this.rows = builder.rows;
  }

  /**
   * A gallery to be filled entry by entry, so that a list need not be held elsewhere.
   *
   * @param dimension of the pack's templates
   * @param capacity most entries that can be added
   * @throws IllegalArgumentException if so many templates do not fit 2 GiB
   */
  public static Builder builder(String modelPack, int dimension, int capacity) {
    return new Builder(modelPack, dimension, capacity);
  }

  /** Takes a list in. For one thread. Closing it wipes what was added, unless it was built. */
  public static final class Builder implements AutoCloseable {
    private final String modelPack;
    private final int dimension;
    private final int capacity;
    private final TemplateMatrix rows;
    private final List<SubjectRef> subjects = new ArrayList<>();
    private final List<String> categories = new ArrayList<>();

    /** A list has few categories: each is held once. */
    private final Map<String, String> knownCategories = new HashMap<>();

    private boolean finished;

    private Builder(String modelPack, int dimension, int capacity) {
      this.modelPack = modelPack;
      this.dimension = dimension;
      this.capacity = capacity;
      this.rows = new TemplateMatrix(capacity, dimension);
    }

    /**
     * Adds the next entry. Its templates are copied, fused to their mean: what the subject's
     * pictures have in common is the subject, and every further row would be one more chance of a
     * false match.
     *
     * @param templates at least one; they stay the caller's to close
     * @throws IllegalArgumentException if a template is not of the pack and dimension, or there is
     *     none
     * @throws IllegalStateException if the gallery is full, or the builder was built or closed
     */
    public void add(SubjectRef subject, String category, List<Template> templates) {
      requireUnfinished();
      if (subjects.size() == capacity) {
        throw new IllegalStateException("the gallery has room for " + capacity + " entries");
      }
      float[] unit = new float[dimension];
      try (Template fused = fused(modelPack, dimension, templates)) {
        fused.copyTo(unit, 0);
        rows.put(subjects.size(), unit);
      } finally {
        Arrays.fill(unit, 0);
      }
      subjects.add(subject);
      categories.add(knownCategories.computeIfAbsent(category, first -> first));
    }

    /**
     * The gallery of what was added.
     *
     * @throws IllegalStateException if the builder was built or closed
     */
    public Gallery build() {
      requireUnfinished();
      finished = true;
      return new Gallery(this);
    }

    private void requireUnfinished() {
      if (finished) {
        throw new IllegalStateException("the gallery is built, or given up");
      }
    }

    /** What is held, for the proof that it is wiped. */
    ByteBuffer memory() {
      return rows.memory();
    }

    @Override
    public void close() {
      if (!finished) {
        finished = true;
        rows.wipe();
        subjects.clear();
        categories.clear();
      }
    }
  }

  /** The mean of a subject's templates, to be wiped by the caller. */
  static Template fused(String modelPack, int dimension, List<Template> templates) {
    float[] sum = new float[dimension];
    try {
      for (Template template : templates) {
        requireOf(modelPack, dimension, template);
        template.addTo(sum, 1);
      }
      return Template.normalised(modelPack, sum);
    } finally {
      Arrays.fill(sum, 0);
    }
  }

  private static void requireOf(String modelPack, int dimension, Template template) {
    if (!template.modelPack().equals(modelPack) || template.dimension() != dimension) {
      throw new IllegalArgumentException(
          "a template of " + template.modelPack() + " has no place among those of " + modelPack);
    }
  }

  /** Number of listed subjects. */
  public int size() {
    return size;
  }

  /**
   * Finds the nearest subject.
   *
   * @return empty only if the gallery is
   * @throws IllegalArgumentException if the probe is not of the gallery's pack
   * @throws IllegalStateException if the gallery is closed
   */
  public Optional<Candidate> nearest(Template probe) {
    requireOf(modelPack, dimension, probe);
    float[] unit = new float[rows.width()];
    Lock searching = use.readLock();
    searching.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the gallery is closed");
      }
      if (size == 0) {
        return Optional.empty();
      }
      probe.copyTo(unit, 0);
      TemplateMatrix.Nearest found = rows.nearest(unit, size);
      return Optional.of(
          new Candidate(
              found.row(),
              subjects.get(found.row()),
              categories.get(found.row()),
              Similarity.clamped(found.cosine())));
    } finally {
      searching.unlock();
      Arrays.fill(unit, 0);
    }
  }

  /** What is held, for the proof that it is wiped. */
  ByteBuffer memory() {
    return rows.memory();
  }

  /** Waits for the searches that run, and wipes. */
  @Override
  public void close() {
    Lock closing = use.writeLock();
    closing.lock();
    try {
      closed = true;
      rows.wipe();
      subjects.clear();
      categories.clear();
    } finally {
      closing.unlock();
    }
  }
}
