package org.sightline.edge.match;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.sightline.edge.domain.ListScale;
import org.sightline.edge.domain.Scoring;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;

/** From probes to the nearest entries of a list of random templates of 256 numbers. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MatchingBenchmark {
  private static final String PACK = "random";
  private static final int DIMENSION = 256;

  @Param({"10000", "100000"})
  int entries;

  @Param({"1", "16"})
  int probes;

  @Param({"1", "2"})
  int threads;

  @Param({"COSINE", "LIST_NORMALISED"})
  Scoring scoring = Scoring.COSINE;

  private static final ListScale SCALE = new ListScale(0.2, 0.55, 0.02);

  private final Random chance = new Random(1);
  private ForkJoinPool pool = new ForkJoinPool(1);
  private Gallery gallery = Gallery.builder(PACK, DIMENSION, 0).build(null);
  private List<Template> searched = List.of();

  @Setup
  public void list() {
    pool = new ForkJoinPool(threads);
    try (Gallery.Builder builder = Gallery.builder(PACK, DIMENSION, entries)) {
      for (int i = 0; i < entries; i++) {
        builder.add(new SubjectRef("S-" + i), "exercise", List.of(random()));
      }
      gallery = builder.build(scoring == Scoring.COSINE ? null : SCALE);
    }
    searched = IntStream.range(0, probes).mapToObj(probe -> random()).toList();
  }

  private Template random() {
    float[] values = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      values[i] = (float) chance.nextGaussian();
    }
    return Template.normalised(PACK, values);
  }

  /** Within a pool a search runs on its threads. */
  @Benchmark
  public List<Optional<Candidate>> nearest() throws InterruptedException, ExecutionException {
    return pool.submit(() -> gallery.nearest(searched)).get();
  }

  @TearDown
  public void close() {
    gallery.close();
    pool.shutdown();
  }
}
