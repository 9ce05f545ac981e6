package org.sightline.edge.pipeline;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.alert.PassEvidence;
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

  final PassViews views = new PassViews();

  private @Nullable PresentedFace presented;

  Pass(ShotSettings settings) {
    selection = new ShotSelection(settings);
  }

  /**
   * Takes what is needed to decide whether the best view shows a picture of a face, in the place of
   * what was taken of the best before it.
   *
   * @param face null if nothing looks for that
   */
  void presented(@Nullable PresentedFace face) {
    wipePresented();
    presented = face;
  }

  @Nullable PresentedFace presented() {
    return presented;
  }

  private void wipePresented() {
    if (presented != null) {
      presented.close();
      presented = null;
    }
  }

  @Override
  public void close() {
    evidence.close();
    views.close();
    wipePresented();
  }
}
