package org.sightline.edge.pipeline;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.alert.PassEvidence;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.presentationattack.PresentedFace;
import org.sightline.edge.shot.ShotSelection;
import org.sightline.edge.shot.ShotSettings;

/**
 * What is known of one pass while it lasts. {@link #close()} wipes all of it: nothing of somebody
 * who raised no alert outlives the pass.
 */
final class Pass implements AutoCloseable {
  final ShotSelection selection;
  final PassEvidence evidence = new PassEvidence();

  /** Empty unless the authorisation permits to say where an alerted person walks. */
  final Walk walk = new Walk();

  /** The best view so far, for the alert's probe picture. */
  private @Nullable BgrPicture probe;

  private @Nullable PresentedFace presented;
  private long probeCapturedNanos;

  Pass(ShotSettings settings) {
    selection = new ShotSelection(settings);
  }

  /** Puts a better view in the place of the best so far. */
  void probe(BgrPicture picture, long capturedNanos) {
    wipeProbe();
    probe = picture;
    probeCapturedNanos = capturedNanos;
  }

  /**
   * Adds what is needed to decide whether the view of the probe shows a picture of a face.
   *
   * @param face null if nothing looks for that
   */
  void presented(@Nullable PresentedFace face) {
    presented = face;
  }

  BgrPicture probe() {
    if (probe == null) {
      throw new IllegalStateException("no view of the pass was taken");
    }
    return probe;
  }

  @Nullable PresentedFace presented() {
    return presented;
  }

  long probeCapturedNanos() {
    return probeCapturedNanos;
  }

  private void wipeProbe() {
    if (probe != null) {
      probe.wipe();
      probe = null;
    }
    if (presented != null) {
      presented.close();
      presented = null;
    }
  }

  @Override
  public void close() {
    evidence.close();
    wipeProbe();
  }
}
