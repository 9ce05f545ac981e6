package org.sightline.edge.fieldtest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.statistics.Interval;

/**
 * What came of the passes that have something in common.
 *
 * @param by what they have in common, such as {@code camera} or a column of the labels
 * @param value of it
 * @param warning why the rate says little; null if it does not
 */
public record Group(
    String by,
    String value,
    @JsonUnwrapped ListedPasses listed,
    @JsonUnwrapped Others others,
    @Nullable String warning) {
  /**
   * Passes of listed people.
   *
   * @param passes by the scenario
   * @param alerted of those, the ones that raised their alert
   * @param tpir alerted per pass; null without any
   */
  public record ListedPasses(
      int passes, int alerted, @Nullable Double tpir, @Nullable Interval tpirInterval) {}

  /**
   * What happened to others.
   *
   * @param nonListedPasses passes of people who are not listed; null if that is not known
   * @param falseAlerts null where none can be ascribed to a group
   */
  public record Others(@Nullable Integer nonListedPasses, @Nullable Integer falseAlerts) {}

  private static final int FEW_PASSES = 30;
  private static final double WIDE = 0.20;

  static Group of(
      String by,
      String value,
      int passes,
      int alerted,
      @Nullable Integer nonListedPasses,
      @Nullable Integer falseAlerts) {
    Interval interval = Interval.of(alerted, passes);
    return new Group(
        by,
        value,
        new ListedPasses(passes, alerted, passes == 0 ? null : (double) alerted / passes, interval),
        new Others(nonListedPasses, falseAlerts),
        warning(passes, interval));
  }

  private static @Nullable String warning(int passes, @Nullable Interval interval) {
    if (passes < FEW_PASSES || interval == null) {
      return "fewer than " + FEW_PASSES + " passes: too few to compare groups by";
    }
    return interval.width() > WIDE
        ? "the interval is wider than 20 points: too wide to compare groups by"
        : null;
  }

  /** Groups of several runs, those of the same value put together, in the order of their coming. */
  static List<Group> pooled(List<Group> groups) {
    Map<List<String>, Group> pooled = new LinkedHashMap<>();
    for (Group group : groups) {
      pooled.merge(List.of(group.by, group.value), group, Group::and);
    }
    return new ArrayList<>(pooled.values());
  }

  private Group and(Group other) {
    return of(
        by,
        value,
        listed.passes + other.listed.passes,
        listed.alerted + other.listed.alerted,
        sum(others.nonListedPasses, other.others.nonListedPasses),
        sum(others.falseAlerts, other.others.falseAlerts));
  }

  private static @Nullable Integer sum(@Nullable Integer one, @Nullable Integer other) {
    return one == null || other == null ? null : Integer.valueOf(one + other);
  }
}
