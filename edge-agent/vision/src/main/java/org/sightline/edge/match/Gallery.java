package org.sightline.edge.match;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.ListScale;
import org.sightline.edge.domain.Scoring;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;

/**
 * The templates of the watchlist in memory, outside the Java heap, searched exhaustively. It knows
 * subjects by their references and holds no pictures. Control entries are searched by themselves,
 * so that nobody else is found later, or not, because of them. It never grows: {@link #withdraw}
 * wipes single subjects, {@link #close()} all. Thread-safe.
 */
public final class Gallery implements AutoCloseable {
  private static final float[] NO_OFFSETS = {};

  /** Stands in the place of a subject that was withdrawn. */
  private static final SubjectRef WITHDRAWN = new SubjectRef("withdrawn");

  private final String modelPack;
  private final int dimension;

  /** Rows, those of withdrawn subjects included. */
  private final int size;

  /** By row, as are the categories. */
  private final List<SubjectRef> subjects;

  private final List<String> categories;
  private final TemplateMatrix rows;

  /** Rows of control entries. */
  private final BitSet control;

  /** Rows of withdrawn subjects. */
  private final BitSet withdrawn = new BitSet();

  /** Null if similarities are plain cosines. */
  private final @Nullable ListNormalisation normalisation;

  /** Searches share it; closing waits for them and keeps later ones out. */
  private final ReadWriteLock use = new ReentrantReadWriteLock();

  private final Scoring scoring;
  private final int authorised;

  /**
   * What is taken off each row's cosine; infinite for control entries and those who were withdrawn.
   */
  private float[] offsets;

  private volatile int listed;
  private boolean closed;

  private Gallery(Builder builder, Scoring scoring, @Nullable ListScale scale, int authorised) {
    this.authorised = authorised;
    this.scoring = scale == null ? Scoring.COSINE : scoring;
    this.modelPack = builder.modelPack;
    this.dimension = builder.dimension;
    this.size = builder.subjects.size();
    this.subjects = builder.subjects;
    this.categories = builder.categories;
    this.rows = builder.rows;
    this.control = builder.control;
    // Of a single entry there is no general likeness to take off.
    this.normalisation =
        scale == null || this.scoring == Scoring.COSINE || size < 2
            ? null
            : new ListNormalisation(rows, size, scale);
    this.offsets = normalisation == null ? NO_OFFSETS : normalisation.offsets().clone();
    control.stream().forEach(this::hide);
    this.listed = size;
  }

  /** The scoring that is wanted, or the cosine if the list is too short for it. */
  public static Scoring scoringFor(Scoring wanted, int entries) {
    return entries < ListNormalisation.LEAST_ENTRIES ? Scoring.COSINE : wanted;
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

    private final BitSet control = new BitSet();
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

    /** Adds the next entry, as a control entry. */
    public void addControl(SubjectRef subject, String category, List<Template> templates) {
      add(subject, category, templates);
      control.set(subjects.size() - 1);
    }

    /** Entries that were added. */
    public int size() {
      return subjects.size();
    }

    /**
     * The gallery of what was added.
     *
     * @param scale to normalise similarities by; null for plain cosines, which a list too short for
     *     normalisation has in any case
     * @throws IllegalStateException if the builder was built or closed
     */
    public Gallery build(@Nullable ListScale scale) {
      return build(scale, subjects.size());
    }

    /**
     * The same of a list that has lost entries since its thresholds were derived.
     *
     * @param authorised how many entries it had then, by which it is scored
     */
    public Gallery build(@Nullable ListScale scale, int authorised) {
      requireUnfinished();
      Scoring scoring = scoringFor(Scoring.LIST_NORMALISED, authorised);
      Gallery gallery =
          new Gallery(this, scoring, scoring == Scoring.COSINE ? null : scale, authorised);
      finished = true;
      return gallery;
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
  public static Template fused(String modelPack, int dimension, List<Template> templates) {
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

  /** Number of listed subjects, without those who were withdrawn. */
  public int size() {
    return listed;
  }

  /**
   * Number of subjects that the list had when its thresholds were derived. What is published says
   * this, so that a withdrawal does not show whether somebody was listed.
   */
  public int authorised() {
    return authorised;
  }

  /**
   * Takes subjects off the list: waits for the searches that run, and wipes all of their entries.
   * From then on nobody is nearest to one of them; the rows of the others stay where they are, and
   * their similarities are computed as before.
   */
  public void withdraw(Set<SubjectRef> gone) {
    Lock changing = use.writeLock();
    changing.lock();
    try {
      if (closed) {
        return;
      }
      for (int row = 0; row < size; row++) {
        if (gone.contains(subjects.get(row))) {
          wipe(row);
        }
      }
      listed = size - withdrawn.cardinality();
    } finally {
      changing.unlock();
    }
  }

  private void wipe(int row) {
    rows.wipe(row);
    if (normalisation != null) {
      normalisation.wipe(row);
    }
    subjects.set(row, WITHDRAWN);
    withdrawn.set(row);
    hide(row);
  }

  /** Nobody is nearest to it any more. */
  private void hide(int row) {
    if (offsets.length == 0) {
      offsets = new float[size];
    }
    offsets[row] = Float.POSITIVE_INFINITY;
  }

  /** Whether it has control entries. */
  public boolean hasControl() {
    return !control.isEmpty();
  }

  /**
   * Finds the nearest control entry.
   *
   * @return empty if there is none
   * @throws IllegalArgumentException if the probe is not of the gallery's pack
   * @throws IllegalStateException if the gallery is closed
   */
  public Optional<Candidate> nearestControl(Template probe) {
    if (control.isEmpty()) {
      return Optional.empty();
    }
    return searched(
        List.of(probe),
        units -> {
          try (ListNormalisation.@Nullable Nearness nearness =
              normalisation == null ? null : normalisation.nearness(units).get(0)) {
            return control.stream()
                .filter(row -> !withdrawn.get(row))
                .mapToObj(row -> candidate(row, similarity(nearness, row, cosine(units[0], row))))
                .max(Comparator.comparingDouble(found -> found.similarity().cosine()));
          }
        });
  }

  private double similarity(ListNormalisation.@Nullable Nearness nearness, int row, float cosine) {
    return normalisation == null || nearness == null
        ? cosine
        : normalisation.similarity(nearness, row, cosine);
  }

  /** They are few: each is compared by itself. */
  private float cosine(float[] unit, int row) {
    float[] own = new float[unit.length];
    rows.get(row, own);
    float sum = 0;
    for (int i = 0; i < unit.length; i++) {
      sum += unit[i] * own[i];
    }
    Arrays.fill(own, 0);
    return sum;
  }

  /** Whether nobody is listed but control entries. */
  private boolean nobodyElse() {
    BitSet hidden = (BitSet) control.clone();
    hidden.or(withdrawn);
    return hidden.cardinality() == size;
  }

  /**
   * Finds the nearest subject who is no control entry.
   *
   * @return empty only if there is none
   * @throws IllegalArgumentException if the probe is not of the gallery's pack
   * @throws IllegalStateException if the gallery is closed
   */
  public Optional<Candidate> nearest(Template probe) {
    return nearest(List.of(probe)).get(0);
  }

  /**
   * Finds the nearest subject of each probe who is no control entry: the same as one by one, but
   * the list is read only once.
   *
   * @return by probe; empty only if there is none
   * @throws IllegalArgumentException if a probe is not of the gallery's pack
   * @throws IllegalStateException if the gallery is closed
   */
  public List<Optional<Candidate>> nearest(List<Template> probes) {
    return searched(
        probes,
        units -> {
          if (nobodyElse()) {
            return probes.stream().map(probe -> Optional.<Candidate>empty()).toList();
          }
          List<TemplateMatrix.Nearest> found = rows.nearest(units, size, offsets);
          double[] similarities = similarities(units, found);
          return IntStream.range(0, units.length)
              .mapToObj(
                  probe -> Optional.of(candidate(found.get(probe).row(), similarities[probe])))
              .toList();
        });
  }

  private Candidate candidate(int row, double similarity) {
    return new Candidate(
        row, subjects.get(row), categories.get(row), Similarity.clamped(similarity));
  }

  private double[] similarities(float[][] units, List<TemplateMatrix.Nearest> found) {
    if (normalisation == null) {
      return found.stream().mapToDouble(TemplateMatrix.Nearest::cosine).toArray();
    }
    double[] similarities = new double[units.length];
    List<ListNormalisation.Nearness> nearness = normalisation.nearness(units);
    for (int probe = 0; probe < units.length; probe++) {
      try (ListNormalisation.Nearness own = nearness.get(probe)) {
        TemplateMatrix.Nearest nearest = found.get(probe);
        similarities[probe] = normalisation.similarity(own, nearest.row(), nearest.cosine());
      }
    }
    return similarities;
  }

  /**
   * The similarity to every entry, by row, for measuring.
   *
   * @throws IllegalArgumentException if the probe is not of the gallery's pack
   * @throws IllegalStateException if the gallery is closed
   */
  public double[] similarities(Template probe) {
    return searched(
        List.of(probe),
        units -> {
          float[] cosines = rows.cosines(units, size)[0];
          double[] similarities = new double[size];
          try (ListNormalisation.@Nullable Nearness nearness =
              normalisation == null ? null : normalisation.nearness(units).get(0)) {
            for (int row = 0; row < size; row++) {
              similarities[row] = similarity(nearness, row, cosines[row]);
            }
          }
          return similarities;
        });
  }

  /** Searches with probes, filled up as the rows are, while the gallery is kept open. */
  private <T> T searched(List<Template> probes, Function<float[][], T> search) {
    probes.forEach(probe -> requireOf(modelPack, dimension, probe));
    float[][] units = new float[probes.size()][rows.width()];
    Lock searching = use.readLock();
    searching.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the gallery is closed");
      }
      for (int i = 0; i < units.length; i++) {
        probes.get(i).copyTo(units[i], 0);
      }
      return search.apply(units);
    } finally {
      searching.unlock();
      for (float[] unit : units) {
        Arrays.fill(unit, 0);
      }
    }
  }

  /**
   * How much the entries resemble each other in general, look-alikes left out: the mean of their
   * nearness, in [-1, 1]; empty if similarities are plain cosines.
   */
  public OptionalDouble meanNearness() {
    return normalisation == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(normalisation.meanNearness());
  }

  /** How its similarities are computed. */
  public Scoring scoring() {
    return scoring;
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
      if (normalisation != null) {
        normalisation.wipe();
      }
      subjects.clear();
      categories.clear();
    } finally {
      closing.unlock();
    }
  }
}
