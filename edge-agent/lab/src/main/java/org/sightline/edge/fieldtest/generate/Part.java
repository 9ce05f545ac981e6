package org.sightline.edge.fieldtest.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one person does in a scene.
 *
 * @param subject reference on the watchlist; null if not listed
 * @param walks one after the other, if they are at one camera
 */
record Part(@Nullable String subject, List<Walk> walks) {
  /** A person comes again no sooner than the tracks and alerts of their last pass are over. */
  private static final float AWAY_SECONDS = 6;

  Part {
    walks = List.copyOf(walks);
  }

  boolean isListed() {
    return subject != null;
  }

  /**
   * Gives the walks of all cameras to people. Listed ones are spread evenly over the walks that lie
   * within the clip.
   *
   * @param listed how many people are listed
   * @param passes how often each person walks by
   * @return those who are listed first
   * @throws GenerationException if the walks are too few, or somebody would have to come back
   *     before they have left
   */
  static List<Part> of(List<Mast> masts, int listed, int passes) throws GenerationException {
    List<Walk> whole = masts.stream().flatMap(mast -> mast.wholeWalks().stream()).toList();
    if (whole.size() < listed * passes) {
      throw new GenerationException(
          "only " + whole.size() + " people walk by within the clip",
          "--listed " + listed + (passes == 1 ? "" : " --passes-per-person " + passes),
          "list fewer or make the clip longer",
          null);
    }
    List<Walk> ofListed = new ArrayList<>();
    for (int i = 0; i < listed * passes; i++) {
      ofListed.add(whole.get((int) ((i + 0.5) * whole.size() / (listed * passes))));
    }
    List<Walk> rest = new ArrayList<>();
    masts.forEach(mast -> rest.addAll(mast.walks()));
    rest.removeAll(ofListed);
    List<Part> parts = new ArrayList<>(inTurn(ofListed, listed, true));
    parts.addAll(inTurn(rest, (rest.size() + passes - 1) / passes, false));
    for (Mast mast : masts) {
      for (Part part : parts) {
        if (part.hurriesBackTo(mast)) {
          throw new GenerationException(
              "somebody would have to walk by again before they have left",
              "--passes-per-person " + passes,
              "ask for fewer passes a person, or more people in all",
              null);
        }
      }
    }
    return parts;
  }

  private static List<Part> inTurn(List<Walk> walks, int people, boolean listed) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < people; i++) {
      List<Walk> own = new ArrayList<>();
      for (int k = i; k < walks.size(); k += people) {
        own.add(walks.get(k));
      }
      parts.add(new Part(listed ? "S-%04d".formatted(i + 1) : null, own));
    }
    return parts;
  }

  private boolean hurriesBackTo(Mast mast) {
    Optional<Walk> last = Optional.empty();
    for (Walk walk : mast.walks()) {
      if (walks.contains(walk)) {
        float from = walk.startSeconds();
        if (last.isPresent() && from < last.get().endSeconds() + AWAY_SECONDS) {
          return true;
        }
        last = Optional.of(walk);
      }
    }
    return false;
  }
}
