package org.sightline.edge.cli.authority;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.cli.authority.WatchlistReport.NearDuplicate;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.ListNearness;
import org.sightline.edge.domain.ListScale;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.enrol.ListEnrolment.Outcome;
import org.sightline.edge.enrol.LookAlikes;
import org.sightline.edge.enrol.LookAlikes.Generic;
import org.sightline.edge.enrol.PictureList;

/**
 * Subjects of a list who may be one and the same: somebody listed twice is one more chance of a
 * false match for everybody else. The list-maker puts them under one reference, or says that they
 * are different people.
 *
 * @param threshold similarity from which on two subjects are reported; null if there is no
 *     calibration to derive it from
 * @param pairs all pairs that reach it
 * @param nearDuplicates the most alike of them
 * @param generic subjects that far more others resemble than is usual
 * @param nearness how much all subjects resemble each other in general; null where that is not
 *     measured
 */
record Resemblances(
    @Nullable Double threshold,
    long pairs,
    List<NearDuplicate> nearDuplicates,
    List<SamePicture> samePictures,
    List<Generic> generic,
    @Nullable ListNearness nearness) {
  private static final int MOST_REPORTED = 1000;
  private static final int MOST_PRINTED = 20;

  static Resemblances of(
      Collection<PictureList.Subject> list,
      LookAlikes lookAlikes,
      Calibration calibration,
      Outcome outcome,
      @Nullable ListScale scale) {
    List<SamePicture> same = SamePicture.in(list, outcome.picturesOfNobody());
    List<Generic> generic = lookAlikes.generic(calibration);
    Optional<Similarity> threshold = LookAlikes.threshold(calibration, outcome.entries());
    ListNearness nearness = scale == null ? null : nearness(lookAlikes, scale);
    if (threshold.isEmpty()) {
      return new Resemblances(null, 0, List.of(), same, generic, nearness);
    }
    LookAlikes.Found found = lookAlikes.reaching(threshold.get(), MOST_REPORTED);
    return new Resemblances(
        threshold.get().cosine(),
        found.count(),
        found.nearest().stream()
            .map(
                pair ->
                    new NearDuplicate(
                        pair.a().value(), pair.b().value(), pair.similarity().cosine()))
            .toList(),
        same,
        generic,
        nearness);
  }

  private static @Nullable ListNearness nearness(LookAlikes lookAlikes, ListScale scale) {
    OptionalDouble mean = lookAlikes.meanNearness(scale);
    return mean.isPresent() ? scale.nearnessOf(mean.getAsDouble()) : null;
  }

  /** Whether anybody may be listed twice. */
  boolean any() {
    return pairs > 0 || !samePictures.isEmpty();
  }

  /** A line for each, but not for each of very many. */
  void report(PrintWriter err) {
    if (nearness != null && nearness.isUnusual()) {
      err.println("warning: " + nearness.warning());
    }
    Set<List<String>> reported = new HashSet<>();
    for (SamePicture same : samePictures) {
      reported.add(List.of(same.a(), same.b()));
    }
    samePictures.stream()
        .limit(MOST_PRINTED)
        .forEach(
            same ->
                err.printf(
                    "warning: %s and %s are listed by the same picture: %s, %s%n",
                    same.a(), same.b(), same.picture(), same.otherPicture()));
    reportRest(err, samePictures.size() - MOST_PRINTED, "pictures are listed under two subjects");
    List<NearDuplicate> others =
        nearDuplicates.stream()
            .filter(near -> !reported.contains(List.of(near.a(), near.b())))
            .toList();
    others.stream()
        .limit(MOST_PRINTED)
        .forEach(
            near ->
                err.printf(
                    "warning: %s and %s may be the same person or the same picture: similarity"
                        + " %.3f%n",
                    near.a(), near.b(), near.similarity()));
    reportRest(
        err,
        pairs - nearDuplicates.size() + others.size() - MOST_PRINTED,
        "pairs may be the same person or the same picture");
    reportGeneric(err);
  }

  private void reportGeneric(PrintWriter err) {
    generic.stream()
        .limit(MOST_PRINTED)
        .forEach(
            each ->
                err.printf(
                    "warning: %d others of the list resemble %s, three times as many as usual or"
                        + " more: expect more false alerts for it (give another picture)%n",
                    each.resembledBy(), each.subject()));
    reportRest(err, generic.size() - MOST_PRINTED, "subjects resemble many others");
  }

  private static void reportRest(PrintWriter err, long rest, String what) {
    if (rest > 0) {
      err.printf("warning: %d more %s (see --report)%n", rest, what);
    }
  }
}
