package org.sightline.edge.embed;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.sightline.edge.domain.AlignedFace;
import org.sightline.edge.domain.Landmarks;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.domain.Template;
import org.sightline.edge.imaging.FaceCropper;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.inference.InferenceException;
import org.sightline.edge.inference.NetworkFailure;
import org.sightline.edge.inference.onnx.ImageTensor;
import org.sightline.edge.inference.onnx.OnnxNetwork;
import org.sightline.edge.models.ModelPack;

/** Any embedding network that a manifest describes, on ONNX Runtime. */
public final class NetworkEmbedder implements FaceEmbedder {
  /** More at once gains no time per face, and delays the first. */
  private static final int MAX_BATCH = 16;

  private final String modelPack;
  private final ModelPack.Embedder manifest;
  private final OnnxNetwork network;
  private final ImageTensor tensor;
  private final float[] vector;
  private final FaceCropper cropper = new FaceCropper();

  /**
   * Loads the network of a manifest and tries it on a black face.
   *
   * @param folder where the pack's files are installed
   * @param compute what the network computes with
   * @throws InferenceException if the file is missing, corrupt or not what the manifest says
   */
  public static NetworkEmbedder open(ModelPack pack, Path folder, Compute compute)
      throws InferenceException {
    ModelPack.Embedder manifest = pack.embedder();
    ModelPack.Input input = Objects.requireNonNull(manifest.input());
    Path file = folder.resolve(Objects.requireNonNull(manifest.file()));
    OnnxNetwork network =
        OnnxNetwork.open(
            file, input.name(), List.of(Objects.requireNonNull(manifest.output())), compute);
    NetworkEmbedder embedder =
        new NetworkEmbedder(pack.name(), manifest, network, new ImageTensor(input));
    try {
      embedder.tryOut(file);
      return embedder;
    } catch (InferenceException unfit) {
      embedder.close();
      throw unfit;
    }
  }

  private NetworkEmbedder(
      String modelPack, ModelPack.Embedder manifest, OnnxNetwork network, ImageTensor tensor) {
    this.modelPack = modelPack;
    this.manifest = manifest;
    this.network = network;
    this.tensor = tensor;
    this.vector = new float[manifest.dimension()];
  }

  private void tryOut(Path file) throws InferenceException {
    tensor.reshape(1, manifest.sidePx(), manifest.sidePx());
    tensor.wipe();
    int values = network.run(tensor).get(0).capacity();
    if (values != manifest.dimension()) {
      throw new InferenceException(
          "a network gives " + values + " values and not " + manifest.dimension(),
          file.toString(),
          "check the pack with 'models verify'",
          null);
    }
  }

  @Override
  public String modelPack() {
    return modelPack;
  }

  @Override
  public int dimension() {
    return manifest.dimension();
  }

  @Override
  public AlignedFace align(Picture picture, Landmarks landmarks) {
    return cropper.align(picture, landmarks, manifest.alignment(), manifest.sidePx());
  }

  @Override
  public List<Template> embed(List<AlignedFace> faces) {
    List<Template> templates = new ArrayList<>(faces.size());
    int together = manifest.batch() ? MAX_BATCH : 1;
    try {
      for (int first = 0; first < faces.size(); first += together) {
        int end = Math.min(first + together, faces.size());
        run(faces.subList(first, end), templates);
      }
      return templates;
    } catch (RuntimeException e) {
      templates.forEach(Template::close);
      throw e;
    }
  }

  private void run(List<AlignedFace> faces, List<Template> templates) {
    tensor.reshape(faces.size(), manifest.sidePx(), manifest.sidePx());
    for (int i = 0; i < faces.size(); i++) {
      tensor.set(i, faces.get(i));
    }
    FloatBuffer output = compute();
    try {
      for (int i = 0; i < faces.size(); i++) {
        output.get(i * vector.length, vector);
        templates.add(Template.normalised(modelPack, vector));
      }
    } finally {
      // These are people who may raise no alert: nothing of them stays in buffers that live on.
      Arrays.fill(vector, 0);
      for (int i = 0; i < output.capacity(); i++) {
        output.put(i, 0);
      }
      tensor.wipe();
    }
  }

  private FloatBuffer compute() {
    try {
      return network.run(tensor).get(0);
    } catch (InferenceException refused) {
      throw new NetworkFailure("embedder's", refused);
    }
  }

  @Override
  public void close() {
    tensor.wipe();
    network.close();
  }
}
