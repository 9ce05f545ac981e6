package org.sightline.edge.inference.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.sightline.edge.domain.AlignedFace;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.imaging.FloatPlanes;
import org.sightline.edge.imaging.FloatPlanes.Plane;
import org.sightline.edge.models.ModelPack;
import org.sightline.edge.models.ModelPack.ColourOrder;

/**
 * A batch of pictures as a network wants them: float32 [N, 3, H, W], channel order, scale, mean and
 * deviation as the manifest says. The buffer grows to the largest shape asked for and is reused.
 * One thread at a time.
 */
public final class ImageTensor {
  private static final int CHANNELS = 3;

  private final boolean blueFirst;

  /** For each channel of the tensor what its bytes are multiplied by, and what is then added. */
  private final float[] scale = new float[CHANNELS];

  private final float[] offset = new float[CHANNELS];

  private final FloatPlanes converter = new FloatPlanes();
  private ByteBuffer bytes = ByteBuffer.allocateDirect(0);
  private ByteBuffer faceBytes = ByteBuffer.allocateDirect(0);
  private int batch;
  private int heightPx;
  private int widthPx;

  public ImageTensor(ModelPack.Input input) {
    blueFirst = input.colourOrder() == ColourOrder.BGR;
    for (int c = 0; c < CHANNELS; c++) {
      scale[c] = input.scale() / input.deviation().get(c);
      offset[c] = (0 - input.mean().get(c)) / input.deviation().get(c);
    }
  }

  /** Sets the shape; what the tensor held before is void. */
  public void reshape(int batch, int heightPx, int widthPx) {
    this.batch = batch;
    this.heightPx = heightPx;
    this.widthPx = widthPx;
    int size = Math.multiplyExact(batch * CHANNELS, heightPx * widthPx);
    if (bytes.capacity() / Float.BYTES < size) {
      bytes = ByteBuffer.allocateDirect(Math.multiplyExact(size, Float.BYTES));
    }
  }

  /** Puts a picture into the top left corner of one place of the batch; the rest becomes black. */
  public void set(int index, BgrPicture picture) {
    if (picture.widthPx() > widthPx || picture.heightPx() > heightPx) {
      throw new IllegalArgumentException("the picture is larger than the tensor");
    }
    List<Plane> planes = new ArrayList<>();
    for (int colour = 0; colour < CHANNELS; colour++) {
      planes.add(plane(index, blueFirst ? colour : CHANNELS - 1 - colour));
    }
    converter.fill(picture, planes);
  }

  private Plane plane(int index, int channel) {
    int sizeBytes = Float.BYTES * heightPx * widthPx;
    int start = (index * CHANNELS + channel) * sizeBytes;
    return new Plane(
        bytes.slice(start, sizeBytes), widthPx, heightPx, scale[channel], offset[channel]);
  }

  /** Puts a face into one place of the batch, which must have the face's size. */
  public void set(int index, AlignedFace face) {
    int side = face.sidePx();
    if (side != widthPx || side != heightPx) {
      throw new IllegalArgumentException("the face is not of the tensor's size");
    }
    if (faceBytes.capacity() != face.bgr().length) {
      faceBytes = ByteBuffer.allocateDirect(face.bgr().length);
    }
    faceBytes.put(0, face.bgr());
    set(index, new BgrPicture(side, side, CHANNELS * side, faceBytes));
  }

  /** Overwrites the pixels, which may be somebody's face. */
  public void wipe() {
    wipe(bytes);
    wipe(faceBytes);
    converter.wipe();
  }

  private static void wipe(ByteBuffer buffer) {
    byte[] zeros = new byte[4096];
    for (int i = 0; i < buffer.capacity(); i += zeros.length) {
      buffer.put(i, zeros, 0, Math.min(zeros.length, buffer.capacity() - i));
    }
  }

  FloatBuffer values() {
    return bytes
        .slice(0, Float.BYTES * batch * CHANNELS * heightPx * widthPx)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  long[] shape() {
    return new long[] {batch, CHANNELS, heightPx, widthPx};
  }
}
