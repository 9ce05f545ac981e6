package org.sightline.edge.embed;

import org.sightline.edge.models.ModelPack;

/** An embedder that comes with a part of the program that is not everywhere; found as a service. */
public interface EmbedderEngine {
  /** What model packs call it. */
  String name();

  /** Opens it. */
  FaceEmbedder open(ModelPack manifest);
}
