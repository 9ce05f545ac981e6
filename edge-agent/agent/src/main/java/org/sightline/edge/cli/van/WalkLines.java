package org.sightline.edge.cli.van;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sightline.edge.statistics.Proportion;
import org.sightline.edge.walk.AnnouncedWalk;
import org.sightline.edge.walk.WalkFigures;

/**
 * How often control entries were recognised, as lines of a record; their name stands on the first.
 */
final class WalkLines {
  static final String NAME = "Walks";

  private WalkLines() {}

  static List<String> of(WalkFigures walks) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "of %d control entries, who are among the entries of the list and raise no alerts"
            .formatted(walks.controlEntries()));
    for (WalkFigures.Recognition each : walks.recognition()) {
      lines.add(each.camera() + ": " + rate(each.trueRecognition()) + of(each));
    }
    for (WalkFigures.Unknown each : walks.notJudged()) {
      lines.add(
          "%s: %s not judged (%s)%s"
              .formatted(each.camera(), passes(each.passes()), each.reason(), before(each)));
    }
    if (walks.open() > 0) {
      lines.add(passes(walks.open()) + " of walks that are not over");
    }
    if (walks.unannounced() > 0) {
      lines.add(passes(walks.unannounced()) + " recognised without an announced walk");
    }
    return lines;
  }

  /**
   * That a walk is not over when its deployment is; empty if it is.
   *
   * @param end when the deployment is over if nothing else comes
   */
  static Optional<String> cutShort(AnnouncedWalk walk, Instant end) {
    return end.isBefore(walk.until())
        ? Optional.of(
            "the deployment ends before that, at %s: then none of its passes is judged (closed)"
                .formatted(end))
        : Optional.empty();
  }

  private static String before(WalkFigures.Unknown each) {
    return each.recognisedBefore() == null
        ? ""
        : ", of which %d recognised by then".formatted(each.recognisedBefore());
  }

  private static String rate(Proportion rate) {
    return String.format(
        Locale.ROOT,
        "true recognition rate %d of %d, 95 %% interval %.0f to %.0f %%",
        rate.count(),
        rate.of(),
        100 * rate.lower95(),
        100 * rate.upper95());
  }

  private static String of(WalkFigures.Recognition each) {
    return " (list version %d, sightline %s, %s%s)"
        .formatted(
            each.listVersion(),
            each.software(),
            each.modelPack(),
            each.threshold() == null
                ? ""
                : String.format(Locale.ROOT, ", threshold %.4f", each.threshold()));
  }

  private static String passes(long passes) {
    return passes == 1 ? "1 pass" : passes + " passes";
  }
}
