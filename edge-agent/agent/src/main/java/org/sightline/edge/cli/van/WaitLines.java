package org.sightline.edge.cli.van;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.sightline.edge.record.WaitFigures;
import org.sightline.edge.record.WaitFigures.Times;

/** How long alerts waited, as lines of a record. */
final class WaitLines {
  private WaitLines() {}

  /** Each line by its name. */
  static Map<String, String> of(WaitFigures waits) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("Published", line(waits.published()));
    lines.put("Seen", line(waits.seen()));
    lines.put("Claimed", line(waits.claimed()));
    lines.put("Outcome", line(waits.outcome()));
    lines.put("Stop stated", line(waits.stopped()));
    if (waits.notPlausible() > 0) {
      lines.put("", waits.notPlausible() + " waits stated by boards cannot be and do not count");
    }
    return lines;
  }

  private static String line(Times times) {
    String alerts = times.alerts() == 1 ? "1 alert" : times.alerts() + " alerts";
    return times.medianSeconds() == null || times.p95Seconds() == null
        ? "of " + alerts + (times.alerts() == 0 ? "" : "; times are not published of so few")
        : String.format(
            Locale.ROOT,
            "median %.1f s, 95 of 100 within %.1f s, of %s",
            times.medianSeconds(),
            times.p95Seconds(),
            alerts);
  }
}
