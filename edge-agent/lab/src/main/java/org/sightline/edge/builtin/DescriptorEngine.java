package org.sightline.edge.builtin;

import org.sightline.edge.embed.EmbedderEngine;
import org.sightline.edge.embed.FaceEmbedder;
import org.sightline.edge.models.ModelPack;

/** Makes the embedder of the built-in engine known. */
public final class DescriptorEngine implements EmbedderEngine {
  @Override
  public String name() {
    return "gradient-descriptor";
  }

  @Override
  public FaceEmbedder open(ModelPack manifest) {
    return new DescriptorEmbedder(manifest);
  }
}
