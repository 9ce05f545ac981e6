package org.sightline.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sightline.edge.models.InstalledAttackPack;
import org.sightline.edge.models.ModelPackException;
import org.sightline.edge.models.ModelPacks;

/** The pack against presentation attacks with its real weights, where they are at hand. */
public final class MiniFasNet {
  private MiniFasNet() {}

  /** Puts the weights into a folder as an installation would. */
  public static InstalledAttackPack installedIn(Path folder)
      throws IOException, ModelPackException {
    Path pack = Files.createDirectories(folder.resolve("minifasnet"));
    Path weights = SharedFiles.models().resolve("antispoof");
    for (String file :
        new String[] {"2.7_80x80_MiniFASNetV2.onnx", "4_0_0_80x80_MiniFASNetV1SE.onnx"}) {
      Files.copy(weights.resolve(file), pack.resolve(file));
    }
    return ModelPacks.at(folder).installedAttackPack("minifasnet");
  }
}
