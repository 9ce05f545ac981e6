package org.sightline.edge.fieldtest.generate;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs independent steps on all cores. */
final class AllCores {
  private AllCores() {}

  interface Step {
    void run(int index) throws GenerationException;
  }

  /**
   * Runs them all.
   *
   * @throws GenerationException the first that a step threw
   */
  static void each(int count, Step step) throws GenerationException {
    List<GenerationException> failures =
        IntStream.range(0, count)
            .parallel()
            .mapToObj(i -> failure(step, i))
            .flatMap(Stream::ofNullable)
            .toList();
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }

  private static @Nullable GenerationException failure(Step step, int index) {
    try {
      step.run(index);
      return null;
    } catch (GenerationException e) {
      return e;
    }
  }
}
