package org.sightline.edge.enrol;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.Template;

/** Whether the pictures under one reference are of one person. */
final class OnePerson {
  /** So many of all pairs of strangers resemble each other as much as pictures here have to. */
  private static final double STRANGERS = 0.01;

  private final @Nullable Similarity least;

  /** By what was measured of a pack; without that, everybody is believed to be one person. */
  OnePerson(Calibration calibration) {
    this.least =
        calibration.points().stream()
            .filter(point -> point.falseMatchRate() <= STRANGERS)
            .findFirst()
            .map(point -> new Similarity(point.similarity()))
            .orElse(null);
  }

  /**
   * The largest group of pictures each of which resembles another of the group.
   *
   * @return none of the pictures if two groups are the largest, for nobody knows which is meant
   */
  <T> List<T> among(List<T> pictures, Function<T, Template> template) {
    if (least == null) {
      return pictures;
    }
    List<List<T>> groups = new ArrayList<>();
    for (T picture : pictures) {
      List<T> joined = new ArrayList<>(List.of(picture));
      for (List<T> group : List.copyOf(groups)) {
        if (group.stream()
            .anyMatch(
                other ->
                    template.apply(other).similarityTo(template.apply(picture)).reaches(least))) {
          joined.addAll(group);
          groups.remove(group);
        }
      }
      groups.add(joined);
    }
    groups.sort(Comparator.comparingInt((List<T> group) -> group.size()).reversed());
    if (groups.size() > 1 && groups.get(0).size() == groups.get(1).size()) {
      return List.of();
    }
    return pictures.stream().filter(picture -> groups.get(0).contains(picture)).toList();
  }
}
