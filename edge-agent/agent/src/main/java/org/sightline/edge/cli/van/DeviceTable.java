package org.sightline.edge.cli.van;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sightline.edge.doctor.DeviceFigures;

/** What devices made of the same frames, side by side, for people. */
final class DeviceTable {
  private DeviceTable() {}

  static List<String> lines(List<DeviceFigures> devices) {
    List<String> lines = new ArrayList<>();
    lines.add(row("device", "ran on", "frames/s", "median ms", "95 % ms", "memory MiB"));
    for (DeviceFigures each : devices) {
      lines.add(
          row(
              each.device(),
              each.ranOn() == null ? "built in" : each.ranOn(),
              figure("%.1f", each.framesPerSecond()),
              figure("%.1f", each.medianMillis()),
              figure("%.1f", each.p95Millis()),
              each.memoryMib() == null ? "?" : each.memoryMib().toString()));
    }
    return lines;
  }

  private static String figure(String form, double value) {
    return String.format(Locale.ROOT, form, value);
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, "%-9s %-9s %9s %10s %9s %11s", cells);
  }
}
