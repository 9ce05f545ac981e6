package org.sightline.edge.builtin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sightline.edge.domain.AlignedFace;
import org.sightline.edge.domain.Landmarks;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.domain.Template;
import org.sightline.edge.embed.FaceEmbedder;
import org.sightline.edge.imaging.FaceCropper;
import org.sightline.edge.models.ModelPack;

/**
 * A classical descriptor of the aligned face: histograms of oriented gradients (Dalal and Triggs,
 * 2005) on a grid and the layout of its colours, seen along the directions in which drawn people
 * differ most ({@link FisherProjection}). The built-in engine, for exercises.
 */
public final class DescriptorEmbedder implements FaceEmbedder {
  static final int GRID = 8;
  static final int ORIENTATIONS = 13;
  static final int COLOURS = 3;

  /** Values of a descriptor before it is projected. */
  static final int DESCRIPTOR_VALUES = GRID * GRID * (ORIENTATIONS + COLOURS);

  private static final float COLOUR_WEIGHT = 0.6f;

  private final String modelPack;
  private final ModelPack.Embedder manifest;
  private final FaceCropper cropper = new FaceCropper();
  private final FisherProjection projection = FisherProjection.ofDrawnPeople();
  private final int side;
  private final float[] grey;
  private final float[] values = new float[DESCRIPTOR_VALUES];

  public DescriptorEmbedder(ModelPack pack) {
    modelPack = pack.name();
    manifest = pack.embedder();
    side = manifest.sidePx();
    grey = new float[side * side];
  }

  @Override
  public String modelPack() {
    return modelPack;
  }

  @Override
  public int dimension() {
    return projection.dimension();
  }

  @Override
  public AlignedFace align(Picture picture, Landmarks landmarks) {
    return cropper.align(picture, landmarks, manifest.alignment(), side);
  }

  @Override
  public List<Template> embed(List<AlignedFace> faces) {
    List<Template> templates = new ArrayList<>(faces.size());
    for (AlignedFace face : faces) {
      describe(face.bgr());
      templates.add(Template.normalised(modelPack, projection.of(values)));
    }
    wipe();
    return templates;
  }

  /** The descriptor before it is projected, of length 1; to fit a projection with. */
  float[] descriptor(AlignedFace face) {
    describe(face.bgr());
    return values.clone();
  }

  private void describe(byte[] bgr) {
    Arrays.fill(values, 0);
    for (int i = 0; i < grey.length; i++) {
      int b = bgr[3 * i] & 255;
      int g = bgr[3 * i + 1] & 255;
      int r = bgr[3 * i + 2] & 255;
      grey[i] = (float) Math.sqrt(0.114f * b + 0.587f * g + 0.299f * r);
    }
    gradients();
    colours(bgr);
    double sum = 0;
    for (float value : values) {
      sum += value * value;
    }
    float norm = (float) Math.sqrt(sum);
    for (int i = 0; i < values.length; i++) {
      values[i] /= norm;
    }
  }

  private void gradients() {
    float cell = side / (float) GRID;
    for (int y = 1; y < side - 1; y++) {
      for (int x = 1; x < side - 1; x++) {
        int at = y * side + x;
        float dx = grey[at + 1] - grey[at - 1];
        float dy = grey[at + side] - grey[at - side];
        float strength = (float) Math.hypot(dx, dy);
        if (strength < 1e-3f) {
          continue;
        }
        float turn = (float) (Math.atan2(dy, dx) / (2 * Math.PI) + 1) * ORIENTATIONS;
        int bin = (int) turn;
        float over = turn - bin;
        float column = (x + 0.5f) / cell - 0.5f;
        float row = (y + 0.5f) / cell - 0.5f;
        int c0 = (int) Math.floor(column);
        int r0 = (int) Math.floor(row);
        for (int k = 0; k < 4; k++) {
          int c = c0 + (k & 1);
          int r = r0 + (k >> 1);
          if (c < 0 || r < 0 || c >= GRID || r >= GRID) {
            continue;
          }
          float share = strength * (1 - Math.abs(column - c)) * (1 - Math.abs(row - r));
          int base = (r * GRID + c) * ORIENTATIONS;
          values[base + bin % ORIENTATIONS] += share * (1 - over);
          values[base + (bin + 1) % ORIENTATIONS] += share * over;
        }
      }
    }
    for (int i = 0; i < GRID * GRID; i++) {
      float sum = 0;
      for (int k = 0; k < ORIENTATIONS; k++) {
        sum += values[i * ORIENTATIONS + k];
      }
      for (int k = 0; k < ORIENTATIONS; k++) {
        int at = i * ORIENTATIONS + k;
        values[at] = (float) Math.sqrt(values[at] / (sum + 8));
      }
    }
  }

  private void colours(byte[] bgr) {
    int first = GRID * GRID * ORIENTATIONS;
    int cell = side / GRID;
    float[] mean = new float[COLOURS];
    for (int i = 0; i < GRID * GRID; i++) {
      float b = 0;
      float g = 0;
      float r = 0;
      for (int y = 0; y < cell; y++) {
        for (int x = 0; x < cell; x++) {
          int at = 3 * ((i / GRID * cell + y) * side + i % GRID * cell + x);
          b += bgr[at] & 255;
          g += bgr[at + 1] & 255;
          r += bgr[at + 2] & 255;
        }
      }
      float light = b + g + r + 1;
      values[first + 3 * i] = (float) Math.sqrt(light / (3f * 255 * cell * cell));
      values[first + 3 * i + 1] = 2 * (r - g) / light;
      values[first + 3 * i + 2] = 2 * (g - b) / light;
      for (int k = 0; k < COLOURS; k++) {
        mean[k] += values[first + 3 * i + k] / (GRID * GRID);
      }
    }
    for (int i = 0; i < GRID * GRID * COLOURS; i++) {
      values[first + i] = COLOUR_WEIGHT * (values[first + i] - mean[i % COLOURS]);
    }
  }

  private void wipe() {
    Arrays.fill(values, 0);
    Arrays.fill(grey, 0);
  }

  @Override
  public void close() {
    wipe();
  }
}
