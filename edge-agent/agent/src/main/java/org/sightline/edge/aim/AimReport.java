package org.sightline.edge.aim;

import java.util.List;
import org.sightline.edge.doctor.Finding;
import org.sightline.edge.doctor.Verdict;

/**
 * Whether a camera is aimed.
 *
 * @param aimed whether faces come near enough and nothing else stands against it; false where that
 *     is not known
 * @param toDo one line; empty where there is nothing to do
 */
public record AimReport(
    String camera,
    int widthPx,
    int heightPx,
    boolean zone,
    boolean aimed,
    String toDo,
    List<Finding> findings,
    AimFigures figures) {
  public AimReport {
    findings = List.copyOf(findings);
  }

  /** Faces come first: what they need is done before everything else. */
  static String toDo(List<Finding> findings) {
    Finding faces = findings.get(0);
    return faces.verdict() == Verdict.UNTESTED
        ? faces.measured()
        : findings.stream()
            .filter(each -> each.verdict().isTrouble())
            .map(Finding::remedy)
            .findFirst()
            .orElse("");
  }
}
