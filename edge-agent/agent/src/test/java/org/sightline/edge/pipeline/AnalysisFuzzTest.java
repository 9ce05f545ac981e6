package org.sightline.edge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.sightline.edge.testing.FuzzTarget;
import org.slf4j.LoggerFactory;

/**
 * Whatever cameras show and networks make of it, the analysis continues, wipes what it has cut out,
 * and raises no alert without a picture.
 */
class AnalysisFuzzTest extends FuzzTarget {
  private static final int SEEDS = 40;
  private static final Logger LOG = (Logger) LoggerFactory.getLogger(Faults.class);

  /** Every input meets faults, which would all be logged. */
  AnalysisFuzzTest() {
    LOG.setLevel(Level.OFF);
  }

  @AfterAll
  static void logAgain() {
    LOG.setLevel(null);
  }

  @Override
  protected List<byte[]> seeds() {
    Random random = new Random(7);
    List<byte[]> seeds = new ArrayList<>();
    for (int i = 0; i < SEEDS; i++) {
      byte[] seed = new byte[400];
      random.nextBytes(seed);
      seeds.add(seed);
    }
    return seeds;
  }

  @Override
  protected void take(byte[] input) {
    RandomAnalysis analysis = new RandomAnalysis(input);
    analysis.run();
    assertThat(analysis.aligned).allSatisfy(face -> assertThat(face.bgr()).containsOnly(0));
    assertThat(analysis.raised)
        .allSatisfy(alert -> assertThat(alert.match().probe().jpeg().bytes()).isNotEmpty());
  }
}
