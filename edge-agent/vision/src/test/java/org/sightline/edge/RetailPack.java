package org.sightline.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPackException;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.models.openvino.IrConversion;
import org.sightline.edge.models.openvino.IrException;

/** The default model pack with its real weights, where they are at hand. */
public final class RetailPack {
  private RetailPack() {}

  /** Puts the weights into a folder as an installation would. */
  public static InstalledPack installedIn(Path folder) throws IOException, ModelPackException {
    Path pack = Files.createDirectories(folder.resolve("retail-0095"));
    for (String file :
        new String[] {
          "detector/yunet_s_dynamic.onnx", "embedder/face-reidentification-retail-0095.onnx"
        }) {
      Path weights = SharedFiles.models().resolve(file);
      Files.copy(weights, pack.resolve(weights.getFileName()));
    }
    Path landmarks = SharedFiles.models().resolve("landmarks");
    try {
      Files.write(
          pack.resolve("landmarks-regression-retail-0009.onnx"),
          IrConversion.toOnnx(
              landmarks.resolve("landmarks-regression-retail-0009.xml"),
              landmarks.resolve("landmarks-regression-retail-0009.bin")));
    } catch (IrException e) {
      throw new IllegalStateException("the published network is converted", e);
    }
    return ModelPacks.at(folder).installed("retail-0095");
  }
}
