package org.sightline.edge.detect;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Landmarks;
import org.sightline.edge.domain.PointPx;

/**
 * From YuNet's output tensors to faces. Every cell of a grid proposes one face, as offsets in units
 * of the grid's stride; of proposals that overlap the best is kept. One thread at a time.
 */
final class YuNetDecoder {
  /** More than any picture shows; keeps the time of a picture full of proposals within bounds. */
  static final int MOST_FACES = 1024;

  /** x, y, width, height, then five landmarks x, y. */
  private static final int VALUES = 14;

  private static final int BOX_VALUES = 4;
  private static final int LANDMARK_VALUES = 10;

  private final float scoreThreshold;
  private final float overlapThreshold;
  private float[] proposals = new float[VALUES * 64];
  private float[] scores = new float[64];
  private int count;

  YuNetDecoder(float scoreThreshold, float overlapThreshold) {
    this.scoreThreshold = scoreThreshold;
    this.overlapThreshold = overlapThreshold;
  }

  /** Forgets all proposals. */
  void begin() {
    count = 0;
  }

  /**
   * Adds the proposals of one grid.
   *
   * @param picture place in the batch
   * @param classes [N, rows * columns], as are the others with 1, 4 and 10 values per cell
   */
  void add(
      int stridePx,
      int columns,
      int rows,
      int picture,
      FloatBuffer classes,
      FloatBuffer objects,
      FloatBuffer boxes,
      FloatBuffer landmarks) {
    int cells = columns * rows;
    int first = picture * cells;
    float leastProduct = scoreThreshold * scoreThreshold;
    for (int cell = 0; cell < cells; cell++) {
      float product = clamp(classes.get(first + cell)) * clamp(objects.get(first + cell));
      if (product >= leastProduct) {
        propose(
            (float) Math.sqrt(product),
            stridePx,
            cell % columns,
            cell / columns,
            boxes,
            (first + cell) * BOX_VALUES,
            landmarks,
            (first + cell) * LANDMARK_VALUES);
      }
    }
  }

  private static float clamp(float probability) {
    return Math.max(0, Math.min(1, probability));
  }

  private void propose(
      float score,
      int stridePx,
      int column,
      int row,
      FloatBuffer boxes,
      int box,
      FloatBuffer landmarks,
      int landmark) {
    if (count == scores.length) {
      scores = Arrays.copyOf(scores, 2 * count);
      proposals = Arrays.copyOf(proposals, 2 * count * VALUES);
    }
    float width = (float) Math.exp(boxes.get(box + 2)) * stridePx;
    float height = (float) Math.exp(boxes.get(box + 3)) * stridePx;
    int at = count * VALUES;
    proposals[at] = (column + boxes.get(box)) * stridePx - width / 2;
    proposals[at + 1] = (row + boxes.get(box + 1)) * stridePx - height / 2;
    proposals[at + 2] = width;
    proposals[at + 3] = height;
    float sum = width + height + proposals[at] + proposals[at + 1];
    for (int i = 0; i < LANDMARK_VALUES; i += 2) {
      proposals[at + 4 + i] = (column + landmarks.get(landmark + i)) * stridePx;
      proposals[at + 5 + i] = (row + landmarks.get(landmark + i + 1)) * stridePx;
      sum += proposals[at + 4 + i] + proposals[at + 5 + i];
    }
    if (Float.isFinite(sum)) {
      scores[count++] = score;
    }
  }

  /**
   * The faces among the proposals, best score first, at most {@value #MOST_FACES}.
   *
   * @param scaleX from the size searched to the picture's width, {@code scaleY} to its height
   */
  List<Face> faces(float scaleX, float scaleY) {
    long[] order = new long[count];
    for (int i = 0; i < count; i++) {
      // Scores are not negative, so their bits sort as they do; ties keep the order of the cells.
      order[i] = ((long) -Float.floatToIntBits(scores[i]) << 32) | i;
    }
    Arrays.sort(order);
    int[] kept = new int[count];
    int keptCount = 0;
    List<Face> faces = new ArrayList<>();
    for (long entry : order) {
      int candidate = (int) entry;
      if (keptCount == MOST_FACES) {
        break;
      }
      if (!overlapsAny(candidate, kept, keptCount)) {
        kept[keptCount++] = candidate;
        faces.add(face(candidate, scaleX, scaleY));
      }
    }
    return faces;
  }

  private boolean overlapsAny(int candidate, int[] kept, int keptCount) {
    for (int i = 0; i < keptCount; i++) {
      if (overlap(candidate * VALUES, kept[i] * VALUES) > overlapThreshold) {
        return true;
      }
    }
    return false;
  }

  private float overlap(int a, int b) {
    float[] p = proposals;
    float width = Math.min(p[a] + p[a + 2], p[b] + p[b + 2]) - Math.max(p[a], p[b]);
    float height =
        Math.min(p[a + 1] + p[a + 3], p[b + 1] + p[b + 3]) - Math.max(p[a + 1], p[b + 1]);
    if (width <= 0 || height <= 0) {
      return 0;
    }
    float shared = width * height;
    return shared / (p[a + 2] * p[a + 3] + p[b + 2] * p[b + 3] - shared);
  }

  private Face face(int index, float scaleX, float scaleY) {
    int at = index * VALUES;
    PointPx[] points = new PointPx[LANDMARK_VALUES / 2];
    for (int i = 0; i < points.length; i++) {
      points[i] =
          new PointPx(proposals[at + 4 + 2 * i] * scaleX, proposals[at + 5 + 2 * i] * scaleY);
    }
    return new Face(
        new BoxPx(
            proposals[at] * scaleX,
            proposals[at + 1] * scaleY,
            proposals[at + 2] * scaleX,
            proposals[at + 3] * scaleY),
        new Landmarks(points[0], points[1], points[2], points[3], points[4]),
        scores[index]);
  }
}
