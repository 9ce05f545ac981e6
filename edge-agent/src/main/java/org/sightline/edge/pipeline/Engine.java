package org.sightline.edge.pipeline;

import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.detect.FaceDetectors;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.embed.FaceEmbedder;
import org.sightline.edge.embed.FaceEmbedders;
import org.sightline.edge.inference.InstalledPack;

/** The two networks of a model pack, ready to run. One thread at a time. */
public record Engine(FaceDetector detector, FaceEmbedder embedder) implements AutoCloseable {

  /**
   * Loads the networks of a pack.
   *
   * @param settings how pictures are searched; the embedder gets as many threads
   */
  public static Engine open(InstalledPack pack, DetectionSettings settings)
      throws SightlineException {
    FaceDetector detector = FaceDetectors.open(pack.manifest(), pack.folder(), settings);
    try {
      return new Engine(
          detector, FaceEmbedders.open(pack.manifest(), pack.folder(), settings.threads()));
    } catch (SightlineException | RuntimeException e) {
      detector.close();
      throw e;
    }
  }

  @Override
  public void close() {
    embedder.close();
    detector.close();
  }
}
