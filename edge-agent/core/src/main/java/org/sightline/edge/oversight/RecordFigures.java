package org.sightline.edge.oversight;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is computed with of a published record. What a record does not say is null or empty; what a
 * newer version says besides is passed over.
 *
 * @param street what became of alerts in the street; null if nothing was stated
 * @param waits null if nothing is known of them
 * @param walks null if the list has no control entries
 */
public record RecordFigures(
    Use use,
    Search search,
    Counts counts,
    Outcomes outcomes,
    long signedOutcomes,
    @Nullable Street street,
    @Nullable Waits waits,
    @Nullable Walks walks) {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** No box counts more of anything. */
  private static final long MOST = 1L << 40;

  /** Which deployment it was. */
  public record Use(
      String van, String place, @Nullable Authorised authorised, Life life, Time time) {}

  /**
   * When the deployment was, as one box knew it.
   *
   * @param ended null of a record that does not say whether it had ended
   * @param urgent null unless its authorisation is urgent
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Life(
      @Nullable Instant openedAt, @JsonUnwrapped @Nullable Ended ended, @Nullable Urgent urgent) {
    /** Null if it had not ended, or that is not known. */
    public @Nullable Instant end() {
      return ended == null ? null : ended.endedAt;
    }

    /** Whether it is known that it had not ended. */
    public boolean isOpen() {
      return ended != null && ended.endedAt == null;
    }
  }

  /** The end; {@code endedAt} is null of a deployment that had not ended. */
  public record Ended(@Nullable Instant endedAt) {}

  /**
   * That one authority signed the authorisation alone, because it could not wait.
   *
   * @param reason as the authority put it
   * @param lapses when it lapses, or would have, if no second authority confirms it
   * @param confirmedAt null if nobody had when the record was signed
   * @param lapsed whether the deployment ended because of that
   */
  public record Urgent(
      String reason, Instant lapses, @Nullable Instant confirmedAt, boolean lapsed) {
    /** The same in one line. */
    public String line() {
      String state =
          confirmedAt != null
              ? "confirmed by a second authority at " + confirmedAt
              : lapsed
                  ? "lapsed at " + lapses + ", confirmed by no second authority"
                  : "confirmed by no second authority when the record was signed";
      return "urgent, " + state + "; because: " + reason;
    }
  }

  /** By what a deployment may be: digests, and how many devices the authorisation names. */
  public record Authorised(String authorisation, String list, int boxes) {}

  /**
   * How long cameras were open.
   *
   * @param captureSeconds null where it was not kept
   */
  public record Time(@Nullable Long captureSeconds, long pausedSeconds, List<Pause> pauses) {
    private static final Time UNKNOWN = new Time(null, 0, List.of());

    public Time {
      pauses = listOf(pauses);
    }
  }

  /** An interruption; {@code until} is null while it lasts. */
  public record Pause(Instant since, @Nullable Instant until, String reason) {}

  /** What searched which list. */
  public record Search(
      String software,
      String modelPack,
      int galleryEntries,
      int entriesWithdrawn,
      List<Threshold> thresholds) {}

  /** A threshold, as a cosine, and since when it held. */
  public record Threshold(Instant since, BigDecimal cosine, String reason) {
    public Threshold {
      cosine = Rate.rounded(cosine.doubleValue());
    }
  }

  /** What went through. */
  public record Counts(
      long frames,
      long faceDetections,
      long facesSeen,
      long alerts,
      Map<String, Long> alertsByCategory) {
    static final Counts NONE = new Counts(0, 0, 0, 0, Map.of());

    public Counts {
      alertsByCategory = sorted(alertsByCategory);
    }

    /**
     * The same with at least so many alerts: an earlier version counted an outcome before its
     * alert.
     */
    Counts withAlerts(long least) {
      return new Counts(
          frames, faceDetections, facesSeen, Math.max(alerts, least), alertsByCategory);
    }

    Counts plus(Counts more) {
      Map<String, Long> categories = new TreeMap<>(alertsByCategory);
      more.alertsByCategory.forEach(
          (category, count) -> categories.merge(category, count, Long::sum));
      return new Counts(
          frames + more.frames,
          faceDetections + more.faceDetections,
          facesSeen + more.facesSeen,
          alerts + more.alerts,
          categories);
    }
  }

  /** What alerts were found to be; {@code open} have no outcome. */
  public record Outcomes(long correct, long wrong, long unresolved, long open) {
    static final Outcomes NONE = new Outcomes(0, 0, 0, 0);

    long adjudicated() {
      return correct + wrong + unresolved;
    }

    Outcomes plus(Outcomes more) {
      return new Outcomes(
          correct + more.correct,
          wrong + more.wrong,
          unresolved + more.unresolved,
          open + more.open);
    }
  }

  /** What became of alerts in the street. */
  public record Street(
      Engagements engagements,
      Confirmed confirmed,
      Actions actions,
      long corrections,
      Map<String, Map<String, String>> groups) {
    public Street {
      groups = sorted(groups);
    }
  }

  /** How many alerts had somebody stopped. */
  public record Engagements(long stopped, long lost, long notAttempted) {
    Engagements plus(Engagements more) {
      return new Engagements(
          stopped + more.stopped, lost + more.lost, notAttempted + more.notAttempted);
    }
  }

  /** Who those stopped were found to be. */
  public record Confirmed(long correct, long wrong, long unresolved) {
    /** How many were found to be so. */
    long of(String result) {
      return switch (result) {
        case "true" -> correct;
        case "false" -> wrong;
        default -> unresolved;
      };
    }

    Confirmed plus(Confirmed more) {
      return new Confirmed(
          correct + more.correct, wrong + more.wrong, unresolved + more.unresolved);
    }
  }

  /** What was done with those stopped. */
  public record Actions(long arrested, long noAction, long other) {
    Actions plus(Actions more) {
      return new Actions(arrested + more.arrested, noAction + more.noAction, other + more.other);
    }
  }

  /** Of how many alerts each wait is known. */
  public record Waits(
      Known published,
      Known seen,
      Known claimed,
      Known outcome,
      Known stopped,
      long notPlausible) {}

  /** How many. */
  public record Known(long alerts) {}

  /** How often control entries were recognised. */
  public record Walks(
      int controlEntries,
      List<Recognition> recognition,
      List<NotJudged> notJudged,
      long open,
      long unannounced) {
    public Walks {
      recognition = listOf(recognition);
      notJudged = listOf(notJudged);
    }
  }

  /** The rate of one camera, with one list, pack and version. */
  public record Recognition(
      String camera,
      String list,
      long listVersion,
      String modelPack,
      String software,
      @Nullable BigDecimal threshold,
      Passes trueRecognition) {
    public Recognition {
      threshold = threshold == null ? null : Rate.rounded(threshold.doubleValue());
    }
  }

  /** Recognised, of those walked. */
  public record Passes(long count, long of) {}

  /** Passes of which it is not known, and why. */
  public record NotJudged(
      String camera, String reason, long passes, @Nullable Long recognisedBefore) {}

  /** The record as it is published. */
  private record Document(
      @Nullable String van,
      @Nullable String place,
      @Nullable Authorised authorised,
      @Nullable Instant openedAt,
      @Nullable Instant endedAt,
      @Nullable Urgent urgent,
      @Nullable Time time,
      @Nullable String software,
      @Nullable String modelPack,
      int galleryEntries,
      int entriesWithdrawn,
      @Nullable List<Threshold> thresholds,
      @Nullable Counts counts,
      @Nullable Outcomes outcomes,
      long signedOutcomes,
      @Nullable Street street,
      @Nullable Waits waits,
      @Nullable Walks walks) {}

  /** The figures of a record; empty if it has none, or if they cannot be. */
  static Optional<RecordFigures> read(JsonNode record) {
    try {
      Document document = JSON.treeToValue(record, Document.class);
      return document.counts == null || document.outcomes == null
          ? Optional.empty()
          : Optional.of(of(document, record.has("endedAt"), document.counts, document.outcomes))
              .filter(figures -> areCounts(record) && figures.canBe());
    } catch (RuntimeException e) {
      // Jackson's, or of something that is missing: whatever a device signed stops no other record.
      return Optional.empty();
    }
  }

  /** Whether every whole number in the figures is one that sums can be made of. */
  private static boolean areCounts(JsonNode node) {
    return node.isContainer()
        ? node.valueStream().allMatch(RecordFigures::areCounts)
        : !node.isIntegralNumber() || (node.canConvertToLong() && Math.abs(node.asLong()) <= MOST);
  }

  private static RecordFigures of(
      Document document, boolean saysEnd, Counts counts, Outcomes outcomes) {
    return new RecordFigures(
        new Use(
            text(document.van),
            text(document.place),
            document.authorised,
            new Life(
                document.openedAt, saysEnd ? new Ended(document.endedAt) : null, document.urgent),
            document.time == null ? Time.UNKNOWN : document.time),
        new Search(
            text(document.software),
            text(document.modelPack),
            document.galleryEntries,
            document.entriesWithdrawn,
            listOf(document.thresholds)),
        counts.withAlerts(outcomes.adjudicated()),
        outcomes,
        document.signedOutcomes,
        document.street,
        document.waits,
        document.walks);
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  static <T> List<T> listOf(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }

  private static <V> Map<String, V> sorted(@Nullable Map<String, V> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(map));
  }

  /** Whether nothing is negative, and no part is more than its whole. */
  private boolean canBe() {
    // What is missing shows where it is computed with.
    Merge.total(List.of(this));
    long least =
        LongStream.of(
                counts.frames,
                counts.faceDetections,
                counts.facesSeen,
                counts.alerts,
                outcomes.correct,
                outcomes.wrong,
                outcomes.unresolved,
                outcomes.open,
                signedOutcomes)
            .min()
            .orElse(0);
    return least >= 0
        && (use.authorised == null
            || (use.authorised.authorisation != null && use.authorised.list != null))
        && counts.alertsByCategory.values().stream().allMatch(count -> count >= 0)
        && (walks == null
            || walks.recognition.stream()
                .map(Recognition::trueRecognition)
                .allMatch(
                    passes -> passes.count >= 0 && passes.of > 0 && passes.count <= passes.of));
  }
}
