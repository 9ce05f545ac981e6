package org.sightline.edge.detect;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Landmarks;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.domain.PointPx;
import org.sightline.edge.imaging.Crop;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.inference.InferenceException;
import org.sightline.edge.inference.NetworkFailure;
import org.sightline.edge.inference.onnx.ImageTensor;
import org.sightline.edge.inference.onnx.OnnxNetwork;
import org.sightline.edge.models.ModelPack;

/** Finds the landmarks of a face in a crop of its box. One thread at a time. */
final class LandmarkRegressor implements AutoCloseable {
  private static final int POINTS = 5;

  private final ModelPack.LandmarkRegressor manifest;
  private final OnnxNetwork network;
  private final ImageTensor tensor;
  private final Crop crop;

  private LandmarkRegressor(ModelPack.LandmarkRegressor manifest, OnnxNetwork network) {
    this.manifest = manifest;
    this.network = network;
    this.tensor = new ImageTensor(manifest.input());
    this.crop = new Crop(manifest.sidePx());
  }

  /**
   * Loads the network of a manifest and tries it on a black crop.
   *
   * @throws InferenceException if the file is missing, corrupt or gives no five points
   */
  static LandmarkRegressor open(ModelPack.LandmarkRegressor manifest, Path folder, Compute compute)
      throws InferenceException {
    Path file = folder.resolve(manifest.file());
    OnnxNetwork network =
        OnnxNetwork.open(file, manifest.input().name(), List.of(manifest.output()), compute);
    LandmarkRegressor regressor = new LandmarkRegressor(manifest, network);
    try {
      regressor.tensor.reshape(1, manifest.sidePx(), manifest.sidePx());
      regressor.tensor.wipe();
      if (network.run(regressor.tensor).get(0).capacity() != 2 * POINTS) {
        throw new InferenceException(
            "the network does not give five landmarks",
            file.toString(),
            "check the pack with 'models verify'",
            null);
      }
      return regressor;
    } catch (InferenceException unfit) {
      regressor.close();
      throw unfit;
    }
  }

  /** The face with the landmarks that the network finds in its box. */
  Face refine(Picture picture, Face face) {
    BoxPx box = face.box();
    float width = manifest.boxes() * box.width();
    float height = manifest.boxes() * box.height();
    tensor.reshape(1, manifest.sidePx(), manifest.sidePx());
    tensor.set(
        0,
        crop.look(
            picture,
            new BoxPx(box.centreX() - width / 2, box.centreY() - height / 2, width, height)));
    FloatBuffer shares = run();
    PointPx[] points = new PointPx[POINTS];
    for (int i = 0; i < POINTS; i++) {
      points[i] =
          new PointPx(crop.toPictureX(shares.get(2 * i)), crop.toPictureY(shares.get(2 * i + 1)));
    }
    return new Face(
        box, new Landmarks(points[0], points[1], points[2], points[3], points[4]), face.score());
  }

  private FloatBuffer run() {
    try {
      return network.run(tensor).get(0);
    } catch (InferenceException refused) {
      throw new NetworkFailure("landmark regressor's", refused);
    }
  }

  @Override
  public void close() {
    crop.wipe();
    tensor.wipe();
    network.close();
  }
}
