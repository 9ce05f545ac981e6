package org.sightline.edge.oversight;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.oversight.RecordFigures.Actions;
import org.sightline.edge.oversight.RecordFigures.Authorised;
import org.sightline.edge.oversight.RecordFigures.Confirmed;
import org.sightline.edge.oversight.RecordFigures.Counts;
import org.sightline.edge.oversight.RecordFigures.Engagements;
import org.sightline.edge.oversight.RecordFigures.Life;
import org.sightline.edge.oversight.RecordFigures.Outcomes;
import org.sightline.edge.oversight.RecordFigures.Pause;
import org.sightline.edge.oversight.RecordFigures.Threshold;

/**
 * The record of a deployment over its boxes. Each alert is of one box, and so is each pass: sums
 * count both once. Somebody who passes two boxes is two passes, and is known again by neither.
 *
 * @param authorised {@code boxes} of it are how many may watch; those merged here may be fewer
 * @param boxes each as its device signed it, in the order of their vans' names
 * @param notMerged which figures of the boxes are in no sum, and why
 */
public record MergedRecord(
    String deployment,
    String place,
    Authorised authorised,
    int galleryEntries,
    List<Box> boxes,
    Total total,
    List<NotMerged> notMerged) {
  public MergedRecord {
    boxes = List.copyOf(boxes);
    notMerged = List.copyOf(notMerged);
  }

  /**
   * One of the boxes.
   *
   * @param part digest of the signed record
   * @param auditHead newest line of its audit log when it was signed
   * @param life when the deployment was, as the box knew it
   */
  public record Box(
      String van,
      String device,
      String part,
      Instant signedAt,
      String auditHead,
      @JsonUnwrapped Life life,
      BoxFigures figures) {}

  /** What one box counted. */
  public record BoxFigures(
      String software,
      String modelPack,
      int entriesWithdrawn,
      List<Threshold> thresholds,
      BoxTime time,
      Counts counts,
      Outcomes outcomes,
      long signedOutcomes) {}

  /**
   * How long the cameras of one box were open.
   *
   * @param captureSeconds null where that was not kept
   * @param facesPerHour of capture; null where no time of it is known
   */
  public record BoxTime(
      @Nullable Long captureSeconds,
      long pausedSeconds,
      List<Pause> pauses,
      @Nullable BigDecimal facesPerHour) {}

  /**
   * All boxes together.
   *
   * @param falseAlertsPerFaceSeen null when that cannot be said: no face was seen, or no alert has
   *     an outcome yet
   * @param falseAlertsPerAlert of the alerts that have an outcome; null when there are none
   */
  public record Total(
      Time time,
      Counts counts,
      Outcomes outcomes,
      long signedOutcomes,
      @Nullable Rate falseAlertsPerFaceSeen,
      @Nullable Rate falseAlertsPerAlert,
      @JsonUnwrapped Afterwards afterwards) {}

  /**
   * Hours of all boxes, one after another: two boxes open for the same hour are two hours.
   *
   * @param captureSeconds null if it is not known of one of them
   * @param facesPerHour of one box's capture; null where no time of it is known
   */
  public record Time(
      @Nullable Long captureSeconds, long pausedSeconds, @Nullable BigDecimal facesPerHour) {}

  /**
   * What was done about the alerts, and the walks.
   *
   * @param street null if nobody has stated anything
   * @param waits null if nothing is known of them
   * @param walks null if the list has no control entries
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Afterwards(@Nullable Street street, @Nullable Waits waits, @Nullable Walks walks) {}

  /**
   * What became of the alerts in the street.
   *
   * @param groups of those stopped, by who they were found to be: the sum where every box shows its
   *     count, else what stands for one that is not shown
   */
  public record Street(
      Engagements engagements,
      Confirmed confirmed,
      Actions actions,
      long corrections,
      Map<String, Map<String, String>> groups) {}

  /** Of how many alerts each wait is known. */
  public record Waits(
      long published, long seen, long claimed, long outcome, long stopped, long notPlausible) {}

  /**
   * How often control entries were recognised.
   *
   * @param inAll of all passes that could be judged; null if there are none, or if lists, versions,
   *     thresholds or settings of a camera differ among them
   */
  public record Walks(
      int controlEntries,
      List<Recognition> recognition,
      @Nullable Rate inAll,
      List<NotJudged> notJudged,
      long open,
      long unannounced) {}

  /** The rate of one camera, with one list, pack and version. */
  public record Recognition(
      String van,
      String camera,
      String list,
      long listVersion,
      String modelPack,
      String software,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable BigDecimal threshold,
      Rate trueRecognition) {}

  /** Passes of which it is not known whether they would have been recognised, and why. */
  public record NotJudged(
      String van,
      String camera,
      String reason,
      long passes,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long recognisedBefore) {}

  /** A figure of the boxes that is in no sum. */
  public record NotMerged(String figure, String why) {}
}
