package org.sightline.edge.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.shot.ShotQuality;

/**
 * The best views of one pass while it lasts, for the pictures of its alert. They are of views that
 * are embedded, which are never nearer to each other in time than {@link
 * org.sightline.edge.shot.ShotSettings#pause}. {@link #close()} wipes them: those of somebody who
 * raised no alert go with the pass. Used by the analysis thread alone.
 */
final class PassViews implements AutoCloseable {
  /** The probe, and what is shown beside it. */
  private static final int MOST = 1 + Alert.Match.MOST_MORE_VIEWS;

  private static final Comparator<View> BEST_FIRST = Comparator.comparing(View::quality).reversed();

  private final List<View> views = new ArrayList<>(MOST);

  /**
   * One of them.
   *
   * @param capturedNanos {@link System#nanoTime()} of its frame
   */
  record View(ShotQuality quality, BgrPicture picture, long capturedNanos) {}

  /** Whether a view of this quality would be kept: cutting out another one is spared. */
  boolean wants(ShotQuality quality) {
    return views.size() < MOST || quality.compareTo(views.get(MOST - 1).quality()) > 0;
  }

  /** Adds a view that is wanted, which is owned from now; the worst one makes room for it. */
  void add(View view) {
    if (views.size() == MOST) {
      views.remove(MOST - 1).picture().wipe();
    }
    views.add(view);
    views.sort(BEST_FIRST);
  }

  /**
   * The best of all.
   *
   * @throws IllegalStateException if there is none
   */
  View best() {
    if (views.isEmpty()) {
      throw new IllegalStateException("no view of the pass was taken");
    }
    return views.get(0);
  }

  /** The others, the best first. */
  List<BgrPicture> others() {
    return views.stream().skip(1).map(View::picture).toList();
  }

  @Override
  public void close() {
    views.forEach(view -> view.picture().wipe());
    views.clear();
  }
}
