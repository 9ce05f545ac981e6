package org.sightline.edge.presentationattack;

import java.util.List;
import org.sightline.edge.domain.BgrPicture;

/**
 * What is needed of a face to decide later whether it was a picture of one. It may be somebody who
 * raises no alert: it lives in memory only, and {@link #close()} wipes it.
 *
 * @param views one a network, in the pack's order; owned from now
 */
public record PresentedFace(List<BgrPicture> views) implements AutoCloseable {
  public PresentedFace {
    views = List.copyOf(views);
  }

  @Override
  public void close() {
    views.forEach(BgrPicture::wipe);
  }
}
