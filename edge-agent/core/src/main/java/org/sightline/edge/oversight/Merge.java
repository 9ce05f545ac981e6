package org.sightline.edge.oversight;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.oversight.MergedRecord.Afterwards;
import org.sightline.edge.oversight.MergedRecord.Box;
import org.sightline.edge.oversight.MergedRecord.BoxFigures;
import org.sightline.edge.oversight.MergedRecord.BoxTime;
import org.sightline.edge.oversight.MergedRecord.NotMerged;
import org.sightline.edge.oversight.MergedRecord.Time;
import org.sightline.edge.oversight.MergedRecord.Total;
import org.sightline.edge.oversight.MergedRecord.Waits;
import org.sightline.edge.oversight.RecordFigures.Authorised;
import org.sightline.edge.oversight.RecordFigures.Counts;
import org.sightline.edge.oversight.RecordFigures.Outcomes;

/** Merges what the boxes of one deployment signed. Pure. */
final class Merge {
  private static final long HOUR_SECONDS = 3600;

  private final List<SignedPart> parts;

  private Merge(List<SignedPart> parts) {
    this.parts = parts;
  }

  /**
   * The record of the deployment.
   *
   * @param open whether a box may still have been open when it signed
   * @throws SightlineException if they are not of one deployment, or one box is among them twice
   */
  static MergedRecord of(List<SignedPart> signed, boolean open) throws SightlineException {
    List<SignedPart> parts =
        signed.stream()
            .sorted(
                Comparator.<SignedPart, String>comparing(part -> part.figures().use().van())
                    .thenComparing(part -> part.signed().device().hex()))
            .toList();
    requireOneDeployment(parts);
    requireEachBoxOnce(parts);
    if (!open) {
      requireEnded(parts);
    }
    return new Merge(parts).merged();
  }

  private static void requireOneDeployment(List<SignedPart> parts) throws SightlineException {
    for (SignedPart part : parts) {
      if (part.figures().use().authorised() == null) {
        throw SignedPart.refused(
            "the record does not say under which authorisation it was made, as its version did not"
                + " keep that",
            part.file(),
            "publish it by itself");
      }
    }
    requireSame(parts, "deployment", part -> part.signed().deployment().value());
    requireSame(parts, "authorisation", part -> authorised(part).authorisation());
    requireSame(parts, "list", part -> authorised(part).list());
    requireSame(parts, "number of authorised boxes", part -> authorised(part).boxes());
    requireSame(parts, "place", part -> part.figures().use().place());
    requireSame(parts, "length of the list", part -> part.figures().search().galleryEntries());
    requireSame(parts, "number of control entries", Merge::controlEntries);
  }

  private static Authorised authorised(SignedPart part) {
    return Objects.requireNonNull(part.figures().use().authorised());
  }

  private static int controlEntries(SignedPart part) {
    RecordFigures.Walks walks = part.figures().walks();
    return walks == null ? 0 : walks.controlEntries();
  }

  private static void requireSame(
      List<SignedPart> parts, String what, Function<SignedPart, Object> of)
      throws SightlineException {
    SignedPart first = parts.get(0);
    for (SignedPart part : parts) {
      if (!of.apply(part).equals(of.apply(first))) {
        throw SignedPart.refused(
            "the records are not of one deployment: another " + what + " than in " + first.file(),
            part.file(),
            "merge those that were made under one authorisation");
      }
    }
  }

  private static void requireEachBoxOnce(List<SignedPart> parts) throws SightlineException {
    requireOnce(parts, part -> part.signed().device());
    requireOnce(parts, part -> part.figures().use().van());
    if (parts.size() > authorised(parts.get(0)).boxes()) {
      throw SignedPart.refused(
          "more boxes than the " + authorised(parts.get(0)).boxes() + " that are authorised",
          parts.get(parts.size() - 1).file(),
          "merge those that the authorisation names");
    }
  }

  private static void requireOnce(List<SignedPart> parts, Function<SignedPart, Object> box)
      throws SightlineException {
    Map<Object, SignedPart> seen = new HashMap<>();
    for (SignedPart part : parts) {
      SignedPart before = seen.put(box.apply(part), part);
      if (before != null) {
        throw SignedPart.refused(
            "two records of one box, " + part.box() + ": the other is " + before.file(),
            part.file(),
            "name the one that was signed last, alone");
      }
    }
  }

  private static void requireEnded(List<SignedPart> parts) throws SightlineException {
    for (SignedPart part : parts) {
      RecordFigures.Life life = part.figures().use().life();
      if (life.end() == null) {
        throw SignedPart.refused(
            life.isOpen()
                ? "the deployment had not ended when " + part.box() + " signed"
                : "not known whether the deployment had ended when " + part.box() + " signed",
            part.file(),
            "sign it again there after the end, or give --accept-open");
      }
    }
  }

  private MergedRecord merged() {
    SignedPart first = parts.get(0);
    return new MergedRecord(
        first.signed().deployment().value(),
        first.figures().use().place(),
        authorised(first),
        first.figures().search().galleryEntries(),
        parts.stream().map(Merge::box).toList(),
        total(parts.stream().map(SignedPart::figures).toList()),
        notMerged());
  }

  private static Box box(SignedPart part) {
    RecordFigures figures = part.figures();
    RecordFigures.Time time = figures.use().time();
    return new Box(
        figures.use().van(),
        part.signed().device().hex(),
        part.digest().hex(),
        part.signed().signedAt(),
        part.signed().auditHead(),
        figures.use().life(),
        new BoxFigures(
            figures.search().software(),
            figures.search().modelPack(),
            figures.search().entriesWithdrawn(),
            figures.search().thresholds(),
            new BoxTime(
                time.captureSeconds(),
                time.pausedSeconds(),
                time.pauses(),
                facesPerHour(figures.counts().facesSeen(), time.captureSeconds())),
            figures.counts(),
            figures.outcomes(),
            figures.signedOutcomes()));
  }

  /** All of some records together. */
  static Total total(List<RecordFigures> records) {
    Counts counts = records.stream().map(RecordFigures::counts).reduce(Counts.NONE, Counts::plus);
    Outcomes outcomes =
        records.stream().map(RecordFigures::outcomes).reduce(Outcomes.NONE, Outcomes::plus);
    boolean sayable = counts.alerts() == 0 || outcomes.adjudicated() > 0;
    return new Total(
        time(records, counts.facesSeen()),
        counts,
        outcomes,
        sum(records, RecordFigures::signedOutcomes),
        // One face seen may raise an alert for each of several subjects; it is one face all the
        // same.
        sayable
            ? Rate.of(Math.min(outcomes.wrong(), counts.facesSeen()), counts.facesSeen())
            : null,
        Rate.of(outcomes.wrong(), outcomes.adjudicated()),
        new Afterwards(StreetMerge.of(records), waits(records), WalksMerge.of(records)));
  }

  private static Time time(List<RecordFigures> records, long facesSeen) {
    boolean known =
        records.stream().noneMatch(record -> record.use().time().captureSeconds() == null);
    Long capture =
        known
            ? sum(records, each -> Objects.requireNonNull(each.use().time().captureSeconds()))
            : null;
    return new Time(
        capture,
        sum(records, each -> each.use().time().pausedSeconds()),
        facesPerHour(facesSeen, capture));
  }

  static long sum(List<RecordFigures> records, ToLongFunction<RecordFigures> of) {
    return records.stream().mapToLong(of).sum();
  }

  /** To a tenth. */
  private static @Nullable BigDecimal facesPerHour(long faces, @Nullable Long captureSeconds) {
    return captureSeconds == null || captureSeconds == 0
        ? null
        : BigDecimal.valueOf(faces * HOUR_SECONDS)
            .divide(BigDecimal.valueOf(captureSeconds), 1, RoundingMode.HALF_UP);
  }

  private static @Nullable Waits waits(List<RecordFigures> records) {
    List<RecordFigures.Waits> known =
        records.stream().map(RecordFigures::waits).filter(Objects::nonNull).toList();
    return known.isEmpty()
        ? null
        : new Waits(
            known.stream().mapToLong(each -> each.published().alerts()).sum(),
            known.stream().mapToLong(each -> each.seen().alerts()).sum(),
            known.stream().mapToLong(each -> each.claimed().alerts()).sum(),
            known.stream().mapToLong(each -> each.outcome().alerts()).sum(),
            known.stream().mapToLong(each -> each.stopped().alerts()).sum(),
            known.stream().mapToLong(RecordFigures.Waits::notPlausible).sum());
  }

  private List<NotMerged> notMerged() {
    List<NotMerged> left = new ArrayList<>();
    left.add(
        new NotMerged(
            "entriesWithdrawn",
            "each box counts what was withdrawn from its own copy of the list, and one subject may be"
                + " among those of several"));
    left.add(new NotMerged("thresholds", "each box has its own; they stand with the boxes"));
    left.add(new NotMerged("nearness", "is of the list, and stands in each box's own record"));
    if (parts.stream().anyMatch(part -> part.figures().waits() != null)) {
      left.add(
          new NotMerged(
              "waits.medianSeconds, waits.p95Seconds",
              "a median of all cannot be computed from the medians of each box"));
    }
    if (parts.stream().anyMatch(part -> part.figures().street() != null)) {
      left.add(
          new NotMerged(
              "street.medianMinutesStopped",
              "a median of all cannot be computed from the medians of each box"));
      left.add(
          new NotMerged(
              "street.groups",
              "a count that one box does not show is in no sum: the others' would give it away"));
    }
    return left;
  }
}
