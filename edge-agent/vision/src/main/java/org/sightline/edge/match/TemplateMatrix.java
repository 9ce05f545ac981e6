package org.sightline.edge.match;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Unit vectors outside the Java heap, where the collector makes no copies of them that nobody could
 * wipe.
 *
 * <p>256 rows make a panel. It holds their first elements side by side, then their second ones, and
 * so on, so that the processor works on several rows with one instruction:
 *
 * <pre>
 * panel 0: row 0 [0], row 1 [0] ... row 255 [0], row 0 [1] ... row 255 [dimension - 1]
 * panel 1: row 256 [0] ...
 * </pre>
 *
 * Rows and elements are filled up with zeros to whole panels and whole slices. A search brings a
 * slice at a time onto the heap, compares it with all probes, and wipes it. A cosine is added up in
 * an order of its own row and probe alone, so that it has the same bits whichever else are searched
 * for, and on however many threads.
 *
 * <p>Searches may run at the same time; a writer or wiper ensures that none does.
 */
public final class TemplateMatrix {
  /** Rows of a panel. */
  public static final int PANEL_ROWS = 256;

  /**
   * Elements of a panel that are added up at once. A loop over more is one that the compiler no
   * longer turns into vector instructions, and takes five times as long.
   */
  private static final int SLICE_ELEMENTS = 4;

  /** Rows that one thread compares at a time: fewer are not worth waking another. */
  private static final int PART_ROWS = 10 * PANEL_ROWS;

  private final ByteBuffer memory;
  private final FloatBuffer elements;

  /** Elements a row, the filling included. */
  private final int width;

  /**
   * The row nearest to a probe.
   *
   * @param cosine of the two
   * @param less the cosine, less the row's offset
   */
  record Nearest(int row, float cosine, float less) {
    private static final Nearest NONE = new Nearest(0, 0, Float.NEGATIVE_INFINITY);

    /** The nearer one, or this one if both are as near. */
    private Nearest or(Nearest later) {
      return later.less > less ? later : this;
    }
  }

  /**
   * All rows are zeros at first.
   *
   * @throws IllegalArgumentException if that does not fit a buffer of 2 GiB
   */
  public TemplateMatrix(int capacityRows, int dimension) {
    width = Math.toIntExact(roundedUp(dimension, SLICE_ELEMENTS));
    long sizeBytes = roundedUp(capacityRows, PANEL_ROWS) * width * Float.BYTES;
    if (sizeBytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a gallery of " + sizeBytes + " bytes is too large");
    }
    memory = ByteBuffer.allocateDirect((int) sizeBytes).order(ByteOrder.nativeOrder());
    elements = memory.asFloatBuffer();
  }

  private static long roundedUp(int count, int step) {
    return ((long) count + step - 1) / step * step;
  }

  /** Elements a row, as probes have to have them: the dimension, filled up. */
  public int width() {
    return width;
  }

  /** Sets a row; elements beyond those given stay as they are. */
  public void put(int row, float[] unit) {
    int first = row / PANEL_ROWS * PANEL_ROWS * width + row % PANEL_ROWS;
    for (int i = 0; i < unit.length; i++) {
      elements.put(first + i * PANEL_ROWS, unit[i]);
    }
  }

  /** Fills a row with zeros. */
  void wipe(int row) {
    put(row, new float[width]);
  }

  /** Copies a row, its filling included. */
  void get(int row, float[] destination) {
    int first = row / PANEL_ROWS * PANEL_ROWS * width + row % PANEL_ROWS;
    for (int i = 0; i < width; i++) {
      destination[i] = elements.get(first + i * PANEL_ROWS);
    }
  }

  /**
   * Finds the row nearest to each probe, the first of several as near. Parts of a long list are
   * compared side by side by the threads of the fork-join pool that the caller runs in, or else of
   * the common one.
   *
   * @param units filled up with zeros to {@link #width()}
   * @param rows how many of the first rows to compare; at least 1
   * @param offsets for each row what is taken off its cosine before it counts, infinite for one
   *     that is nobody's nearest; none if empty
   * @return with nothing but rows of the latter kind, of negative infinity less its offset
   */
  List<Nearest> nearest(float[][] units, int rows, float[] offsets) {
    return IntStream.range(0, (rows + PART_ROWS - 1) / PART_ROWS)
        .parallel()
        .mapToObj(
            part ->
                nearest(units, part * PART_ROWS, Math.min((part + 1) * PART_ROWS, rows), offsets))
        .reduce(TemplateMatrix::nearer)
        .orElseThrow();
  }

  private static List<Nearest> nearer(List<Nearest> earlier, List<Nearest> later) {
    return IntStream.range(0, earlier.size())
        .mapToObj(probe -> earlier.get(probe).or(later.get(probe)))
        .toList();
  }

  private List<Nearest> nearest(float[][] units, int from, int to, float[] offsets) {
    Nearest[] nearest = new Nearest[units.length];
    Arrays.fill(nearest, Nearest.NONE);
    compare(
        units,
        from,
        to,
        (probe, first, cosines) -> {
          int inPanel = Math.min(PANEL_ROWS, to - first);
          nearest[probe] = nearest[probe].or(nearest(first, inPanel, cosines, offsets));
        });
    return List.of(nearest);
  }

  private static Nearest nearest(int first, int rows, float[] cosines, float[] offsets) {
    int best = 0;
    float least = Float.NEGATIVE_INFINITY;
    for (int r = 0; r < rows; r++) {
      float less = offsets.length == 0 ? cosines[r] : cosines[r] - offsets[first + r];
      if (less > least) {
        best = r;
        least = less;
      }
    }
    return new Nearest(first + best, cosines[best], least);
  }

  /**
   * The cosines of each probe with the first rows.
   *
   * @param units filled up with zeros to {@link #width()}
   * @return by probe and row; the caller's to wipe
   */
  float[][] cosines(float[][] units, int rows) {
    float[][] all = new float[units.length][rows];
    compare(
        units,
        0,
        rows,
        (probe, first, cosines) ->
            System.arraycopy(cosines, 0, all[probe], first, Math.min(PANEL_ROWS, rows - first)));
    return all;
  }

  /** Takes the cosines of a panel's rows with one of the probes. */
  public interface Panel {
    /**
     * Takes those of one probe.
     *
     * @param firstRow of the panel
     * @param cosines by row of the panel, those beyond the last row compared included; not to be
     *     kept
     */
    void accept(int probe, int firstRow, float[] cosines);
  }

  /**
   * Compares probes with rows, on the thread of the caller.
   *
   * @param units filled up with zeros to {@link #width()}
   * @param from first row of a panel
   * @param to after the last row
   */
  public void compare(float[][] units, int from, int to, Panel panel) {
    float[] slice = new float[SLICE_ELEMENTS * PANEL_ROWS];
    float[][] cosines = new float[units.length][PANEL_ROWS];
    for (int first = from; first < to; first += PANEL_ROWS) {
      for (int i = 0; i < width; i += SLICE_ELEMENTS) {
        elements.get(first * width + i * PANEL_ROWS, slice);
        for (int probe = 0; probe < units.length; probe++) {
          addProducts(units[probe], i, slice, cosines[probe]);
        }
      }
      for (int probe = 0; probe < units.length; probe++) {
        panel.accept(probe, first, cosines[probe]);
        Arrays.fill(cosines[probe], 0);
      }
    }
    Arrays.fill(slice, 0);
  }

  /** Plain and short enough for the compiler to turn into vector instructions. */
  private static void addProducts(float[] unit, int from, float[] slice, float[] sums) {
    float u0 = unit[from];
    float u1 = unit[from + 1];
    float u2 = unit[from + 2];
    float u3 = unit[from + 3];
    for (int r = 0; r < PANEL_ROWS; r++) {
      float first = u0 * slice[r] + u1 * slice[r + PANEL_ROWS];
      float second = u2 * slice[r + 2 * PANEL_ROWS] + u3 * slice[r + 3 * PANEL_ROWS];
      sums[r] += first + second;
    }
  }

  /** Overwrites all rows with zeros. */
  public void wipe() {
    // Whole panels of whole slices: the size is a multiple of a long's.
    for (int i = 0; i < memory.capacity(); i += Long.BYTES) {
      memory.putLong(i, 0);
    }
  }

  /** What is held, for the proof that it is wiped. */
  ByteBuffer memory() {
    return memory.asReadOnlyBuffer();
  }
}
