package org.sightline.edge.embed;

import java.nio.file.Path;
import java.util.ServiceLoader;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.inference.InferenceException;
import org.sightline.edge.models.ModelPack;

/** Opens the embedder that a model pack names. */
public final class FaceEmbedders {
  private FaceEmbedders() {}

  /**
   * The embedder of a pack.
   *
   * @param folder where the pack's files are installed
   * @param compute what the embedder computes with
   * @throws InferenceException if a file is missing, corrupt or not what the manifest says
   */
  public static FaceEmbedder open(ModelPack manifest, Path folder, Compute compute)
      throws InferenceException {
    String engine = manifest.embedder().engine();
    if (engine.equals("onnx")) {
      return NetworkEmbedder.open(manifest, folder, compute);
    }
    for (EmbedderEngine each :
        ServiceLoader.load(EmbedderEngine.class, FaceEmbedders.class.getClassLoader())) {
      if (engine.equals(each.name())) {
        return each.open(manifest);
      }
    }
    throw new InferenceException(
        "there is no embedder engine '" + engine + "' on this machine",
        "model pack " + manifest.name(),
        "use another pack; the built-in engine is for exercises in the laboratory only",
        null);
  }
}
