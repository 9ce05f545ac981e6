package org.sightline.edge.pipeline;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.alert.PassEvidence;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.shot.ShotSelection;
import org.sightline.edge.shot.ShotSettings;

/**
 * What is known of one pass while it lasts. {@link #close()} wipes all of it: nothing of somebody
 * who raised no alert outlives the pass.
 */
final class Pass implements AutoCloseable {
  final ShotSelection selection;
  final PassEvidence evidence = new PassEvidence();

  /** The best view so far, for the alert's probe picture. */
  private @Nullable BgrPicture probe;

  private long probeCapturedNanos;

  Pass(ShotSettings settings) {
    selection = new ShotSelection(settings);
  }

  void probe(BgrPicture picture, long capturedNanos) {
    wipeProbe();
    probe = picture;
    probeCapturedNanos = capturedNanos;
  }

  BgrPicture probe() {
    if (probe == null) {
      throw new IllegalStateException("no view of the pass was taken");
    }
    return probe;
  }

  long probeCapturedNanos() {
    return probeCapturedNanos;
  }

  private void wipeProbe() {
    if (probe != null) {
      ByteBuffer data = probe.data();
      for (int i = 0; i < data.capacity(); i++) {
        data.put(i, (byte) 0);
      }
      probe = null;
    }
  }

  @Override
  public void close() {
    evidence.close();
    wipeProbe();
  }
}
