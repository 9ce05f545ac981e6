package org.sightline.edge.fieldtest;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.SightlineException;

/**
 * One scenario of those that were run, with either its report or why there is none.
 *
 * @param name of the scenario; of its file if it could not be read
 * @param folder name of the folder for its report, unique among the scenarios run together
 * @param comparison with an earlier report; null if it was compared with none
 */
public record ScenarioRun(
    String name,
    Path file,
    String folder,
    @Nullable FieldTestReport report,
    @Nullable SightlineException failure,
    @Nullable Comparison comparison) {

  /** Whether all came as expected and nothing got worse. */
  public boolean passed() {
    return report != null
        && report.asExpected()
        && (comparison == null || comparison.worse().isEmpty());
  }
}
