package org.sightline.edge.match;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Unit vectors outside the Java heap, where the collector makes no copies of them that nobody could
 * wipe.
 *
 * <p>128 rows make a panel. It holds their first elements side by side, then their second ones, and
 * so on, so that the processor works on several rows with one instruction:
 *
 * <pre>
 * panel 0: row 0 [0], row 1 [0] ... row 127 [0], row 0 [1] ... row 127 [dimension - 1]
 * panel 1: row 128 [0] ...
 * </pre>
 *
 * Rows and elements are filled up with zeros to whole panels and whole eights. Searches may run at
 * the same time; whoever writes or wipes sees to it that none does.
 */
final class TemplateMatrix {
  private static final int PANEL_ROWS = 128;

  /** Elements that are added up at once: more would not fit the first-level cache. */
  private static final int SLICE_ELEMENTS = 8;

  private final ByteBuffer memory;
  private final FloatBuffer elements;

  /** Elements a row, the filling included. */
  private final int width;

  /** The row nearest to a probe, and its cosine. */
  record Nearest(int row, float cosine) {}

  /**
   * @throws IllegalArgumentException if that does not fit a buffer of 2 GiB
   */
  TemplateMatrix(int capacityRows, int dimension) {
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
  int width() {
    return width;
  }

  void put(int row, float[] unit) {
    int first = row / PANEL_ROWS * PANEL_ROWS * width + row % PANEL_ROWS;
    for (int i = 0; i < unit.length; i++) {
      elements.put(first + i * PANEL_ROWS, unit[i]);
    }
  }

  /** Copies a row, its filling included. */
  void get(int row, float[] destination) {
    int first = row / PANEL_ROWS * PANEL_ROWS * width + row % PANEL_ROWS;
    for (int i = 0; i < width; i++) {
      destination[i] = elements.get(first + i * PANEL_ROWS);
    }
  }

  /** Cosines of a panel's rows with a probe. */
  private interface Panel {
    void accept(int firstRow, float[] cosines);
  }

  /**
   * Compares with the first rows, one after the other in a fixed order of adding, so that a search
   * gives the same bits every time.
   *
   * @param unit filled up with zeros to {@link #width()}
   * @param rows at least 1
   * @param offsets for each row what is taken off its cosine before it counts; none if empty
   */
  Nearest nearest(float[] unit, int rows, float[] offsets) {
    Best best = new Best();
    compare(
        unit,
        rows,
        (firstRow, cosines) -> {
          int inPanel = Math.min(PANEL_ROWS, rows - firstRow);
          for (int r = 0; r < inPanel; r++) {
            float offset = offsets.length == 0 ? 0 : offsets[firstRow + r];
            best.offer(firstRow + r, cosines[r], offset);
          }
        });
    return new Nearest(best.row, best.cosine);
  }

  /** Fills in the cosines with as many rows as there is room for. */
  void cosines(float[] unit, float[] destination) {
    compare(
        unit,
        destination.length,
        (firstRow, cosines) ->
            System.arraycopy(
                cosines,
                0,
                destination,
                firstRow,
                Math.min(PANEL_ROWS, destination.length - firstRow)));
  }

  private void compare(float[] unit, int rows, Panel panel) {
    float[] slice = new float[SLICE_ELEMENTS * PANEL_ROWS];
    float[] cosines = new float[PANEL_ROWS];
    for (int panelRow = 0; panelRow < rows; panelRow += PANEL_ROWS) {
      Arrays.fill(cosines, 0);
      for (int i = 0; i < width; i += SLICE_ELEMENTS) {
        elements.get(panelRow * width + i * PANEL_ROWS, slice);
        addProducts(unit, i, slice, cosines);
      }
      panel.accept(panelRow, cosines);
    }
    Arrays.fill(slice, 0);
    Arrays.fill(cosines, 0);
  }

  private static final class Best {
    private int row;
    private float cosine;
    private float less = Float.NEGATIVE_INFINITY;

    void offer(int newRow, float newCosine, float offset) {
      if (newCosine - offset > less) {
        row = newRow;
        cosine = newCosine;
        less = newCosine - offset;
      }
    }
  }

  /** Plain enough for the compiler to turn into vector instructions. */
  private static void addProducts(float[] unit, int from, float[] slice, float[] sums) {
    float u0 = unit[from];
    float u1 = unit[from + 1];
    float u2 = unit[from + 2];
    float u3 = unit[from + 3];
    float u4 = unit[from + 4];
    float u5 = unit[from + 5];
    float u6 = unit[from + 6];
    float u7 = unit[from + 7];
    for (int r = 0; r < PANEL_ROWS; r++) {
      float first = u0 * slice[r] + u1 * slice[r + PANEL_ROWS];
      float second = u2 * slice[r + 2 * PANEL_ROWS] + u3 * slice[r + 3 * PANEL_ROWS];
      float third = u4 * slice[r + 4 * PANEL_ROWS] + u5 * slice[r + 5 * PANEL_ROWS];
      float fourth = u6 * slice[r + 6 * PANEL_ROWS] + u7 * slice[r + 7 * PANEL_ROWS];
      sums[r] += (first + second) + (third + fourth);
    }
  }

  void wipe() {
    // Whole panels of whole eights: the size is a multiple of a long's.
    for (int i = 0; i < memory.capacity(); i += Long.BYTES) {
      memory.putLong(i, 0);
    }
  }

  /** What is held, for the proof that it is wiped. */
  ByteBuffer memory() {
    return memory.asReadOnlyBuffer();
  }
}
