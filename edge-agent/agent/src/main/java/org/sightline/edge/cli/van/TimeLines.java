package org.sightline.edge.cli.van;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sightline.edge.record.CaptureTime;

/** How much of a deployment's time there was capture, in words. */
final class TimeLines {
  private TimeLines() {}

  static List<String> of(CaptureTime time) {
    List<String> lines = new ArrayList<>();
    if (time.captureSeconds() != null) {
      lines.add("capture for " + hours(time.captureSeconds()));
    }
    for (CaptureTime.Pause pause : time.pauses()) {
      lines.add(
          "paused from %s to %s (%s)"
              .formatted(
                  pause.since(), pause.until() == null ? "now" : pause.until(), pause.reason()));
    }
    if (time.pauses().size() > 1) {
      lines.add("pauses that are over: " + hours(time.pausedSeconds()));
    }
    return lines;
  }

  private static String hours(long seconds) {
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
