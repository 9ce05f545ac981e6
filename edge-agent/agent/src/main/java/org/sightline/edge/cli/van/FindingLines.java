package org.sightline.edge.cli.van;

import org.sightline.edge.doctor.Finding;
import org.sightline.edge.doctor.Verdict;
import picocli.CommandLine.Help.Ansi;

/** What was found out, for people: a line each. */
final class FindingLines {
  private FindingLines() {}

  static String line(Finding finding, Ansi colour) {
    StringBuilder line = new StringBuilder(word(finding.verdict(), colour));
    line.append(finding.subject()).append(": ").append(finding.measured());
    if (!finding.limit().isEmpty() && finding.verdict() != Verdict.GOOD) {
      line.append("; needed: ").append(finding.limit());
    }
    if (!finding.remedy().isEmpty()) {
      line.append(" (").append(finding.remedy()).append(')');
    }
    return line.toString();
  }

  private static String word(Verdict verdict, Ansi colour) {
    String style =
        switch (verdict) {
          case GOOD -> "green";
          case LOOK -> "yellow,bold";
          case BAD -> "red,bold";
          case UNTESTED -> "faint";
        };
    return colour.string("@|%s %-10s|@ ".formatted(style, verdict.word()));
  }
}
