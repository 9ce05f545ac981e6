package org.sightline.edge.inference.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.sightline.edge.domain.AlignedFace;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.inference.ModelPack;
import org.sightline.edge.inference.ModelPack.ColourOrder;

/**
 * A batch of pictures as a network wants them: float32 [N, 3, H, W], channel order, scale, mean and
 * deviation as the manifest says. The buffer grows to the largest shape asked for and is reused.
 * One thread at a time.
 */
public final class ImageTensor {
  private static final int CHANNELS = 3;

  /** For each channel of the tensor the place of its byte in a BGR pixel. */
  private final int[] byteOf;

  /** For each channel of the tensor the value of each byte. */
  private final float[][] valueOf = new float[CHANNELS][256];

  private FloatBuffer values = FloatBuffer.allocate(0);
  private int batch;
  private int heightPx;
  private int widthPx;
  private byte[] row = {};
  private float[] line = {};

  public ImageTensor(ModelPack.Input input) {
    byteOf = input.colourOrder() == ColourOrder.BGR ? new int[] {0, 1, 2} : new int[] {2, 1, 0};
    for (int c = 0; c < CHANNELS; c++) {
      for (int value = 0; value < 256; value++) {
        valueOf[c][value] =
            (value * input.scale() - input.mean().get(c)) / input.deviation().get(c);
      }
    }
  }

  /** Sets the shape; what the tensor held before is void. */
  public void reshape(int batch, int heightPx, int widthPx) {
    this.batch = batch;
    this.heightPx = heightPx;
    this.widthPx = widthPx;
    int size = Math.multiplyExact(batch * CHANNELS, heightPx * widthPx);
    if (values.capacity() < size) {
      values =
          ByteBuffer.allocateDirect(Math.multiplyExact(size, Float.BYTES))
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
    }
    row = new byte[CHANNELS * widthPx];
    line = new float[widthPx];
  }

  /** Puts a picture into the top left corner of one place of the batch; the rest becomes black. */
  public void set(int index, BgrPicture picture) {
    int width = picture.widthPx();
    int height = picture.heightPx();
    if (width > widthPx || height > heightPx) {
      throw new IllegalArgumentException("the picture is larger than the tensor");
    }
    ByteBuffer data = picture.data();
    Arrays.fill(row, (byte) 0);
    for (int y = 0; y < heightPx; y++) {
      if (y < height) {
        data.get(y * picture.strideBytes(), row, 0, CHANNELS * width);
      } else if (y == height) {
        Arrays.fill(row, (byte) 0);
      }
      setRow(index, y);
    }
  }

  /** Puts a face into one place of the batch, which must have the face's size. */
  public void set(int index, AlignedFace face) {
    requireSize(face);
    for (int y = 0; y < heightPx; y++) {
      System.arraycopy(face.bgr(), y * row.length, row, 0, row.length);
      setRow(index, y);
    }
  }

  /** As {@link #set(int, AlignedFace)}, with left and right exchanged. */
  public void setMirrored(int index, AlignedFace face) {
    requireSize(face);
    byte[] bgr = face.bgr();
    for (int y = 0; y < heightPx; y++) {
      int end = (y + 1) * row.length;
      for (int x = 0; x < row.length; x += CHANNELS) {
        System.arraycopy(bgr, end - x - CHANNELS, row, x, CHANNELS);
      }
      setRow(index, y);
    }
  }

  private void requireSize(AlignedFace face) {
    if (face.sidePx() != widthPx || face.sidePx() != heightPx) {
      throw new IllegalArgumentException("the face is not of the tensor's size");
    }
  }

  /** Overwrites the pixels, which may be somebody's face. */
  public void wipe() {
    for (int i = 0; i < values.capacity(); i++) {
      values.put(i, 0);
    }
    Arrays.fill(row, (byte) 0);
    Arrays.fill(line, 0);
  }

  FloatBuffer values() {
    return values.slice(0, batch * CHANNELS * heightPx * widthPx);
  }

  long[] shape() {
    return new long[] {batch, CHANNELS, heightPx, widthPx};
  }

  private void setRow(int index, int y) {
    for (int c = 0; c < CHANNELS; c++) {
      float[] value = valueOf[c];
      int at = byteOf[c];
      for (int x = 0; x < line.length; x++, at += CHANNELS) {
        line[x] = value[row[at] & 0xff];
      }
      values.put(((index * CHANNELS + c) * heightPx + y) * widthPx, line);
    }
  }
}
