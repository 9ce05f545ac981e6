package org.sightline.edge.pipeline;

import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.embed.FaceEmbedder;

/** The two networks of a model pack, ready to run; used by the analysis thread alone. */
public record Engine(FaceDetector detector, FaceEmbedder embedder) implements AutoCloseable {
  @Override
  public void close() {
    embedder.close();
    detector.close();
  }
}
