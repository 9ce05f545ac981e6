package org.sightline.edge.pipeline;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.detect.FaceDetectors;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.embed.FaceEmbedder;
import org.sightline.edge.embed.FaceEmbedders;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.models.InstalledAttackPack;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.presentationattack.AttackDetector;
import org.sightline.edge.presentationattack.NetworkAttackDetector;

/**
 * The networks, ready to run. One thread at a time.
 *
 * @param attackDetector null where nothing looks for presentation attacks
 */
public record Engine(
    FaceDetector detector, FaceEmbedder embedder, @Nullable AttackDetector attackDetector)
    implements AutoCloseable {

  /** Networks that do not look for presentation attacks. */
  public Engine(FaceDetector detector, FaceEmbedder embedder) {
    this(detector, embedder, null);
  }

  /**
   * Loads the networks of a pack.
   *
   * @param settings how pictures are searched; the embedder computes with the same
   */
  public static Engine open(InstalledPack pack, DetectionSettings settings)
      throws SightlineException {
    FaceDetector detector = FaceDetectors.open(pack.manifest(), pack.folder(), settings);
    try {
      return new Engine(
          detector, FaceEmbedders.open(pack.manifest(), pack.folder(), settings.compute()));
    } catch (SightlineException | RuntimeException e) {
      detector.close();
      throw e;
    }
  }

  /**
   * The same networks and those of a pack against presentation attacks.
   *
   * @throws SightlineException if they cannot be loaded; then this engine is closed too
   */
  public Engine with(InstalledAttackPack pack, Compute compute) throws SightlineException {
    try {
      return new Engine(detector, embedder, NetworkAttackDetector.open(pack, compute));
    } catch (SightlineException | RuntimeException e) {
      close();
      throw e;
    }
  }

  @Override
  public void close() {
    if (attackDetector != null) {
      attackDetector.close();
    }
    embedder.close();
    detector.close();
  }
}
