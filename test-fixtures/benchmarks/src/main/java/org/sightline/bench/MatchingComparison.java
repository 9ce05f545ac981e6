package org.sightline.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.match.Candidate;
import org.sightline.edge.match.Gallery;

/**
 * Searches the same lists with the gallery and with FAISS's IndexFlatIP, by turns in one run, and
 * prints the medians and their ratios. Both have to find the same rows and cosines. Without FAISS
 * the gallery is measured alone.
 */
final class MatchingComparison {
  private static final String PACK = "random";
  private static final int DIMENSION = 256;
  private static final int[] ENTRIES = {10_000, 100_000};
  private static final int[] PROBES = {1, 16};
  private static final int[] THREADS = {1, 2};
  private static final int ROUNDS = 9;
  private static final long SEED = 20_261_124;

  /** Time of a round for one of the two sides, about. */
  private static final double ROUND_MS = 100;

  private final List<String> faissCommand;
  private final PrintStream out;

  /**
   * @param python that has FAISS
   * @param script faiss_flat.py
   */
  MatchingComparison(Path python, Path script, PrintStream out) {
    this.faissCommand = List.of(python.toString(), script.toString());
    this.out = out;
  }

  void run() throws IOException, InterruptedException {
    int mostEntries = ENTRIES[ENTRIES.length - 1];
    float[][] vectors = unitVectors(mostEntries + PROBES[PROBES.length - 1]);
    Path file = Files.createTempFile("vectors", ".f32");
    try (Faiss faiss = Faiss.over(write(vectors, file), faissCommand)) {
      out.printf(
          "Java %s; %s%n",
          Runtime.version(),
          faiss.version().orElse(faissCommand.get(0) + " has no FAISS: not compared"));
      out.println("entries | probes | threads | ours, ms | FAISS, ms | FAISS / ours");
      for (int entries : ENTRIES) {
        compare(vectors, entries, mostEntries, faiss);
      }
    } finally {
      Files.delete(file);
    }
  }

  private void compare(float[][] vectors, int entries, int firstProbe, Faiss faiss)
      throws InterruptedException {
    faiss.index(entries);
    try (Gallery gallery = gallery(Arrays.asList(vectors).subList(0, entries))) {
      for (int count : PROBES) {
        List<Template> probes =
            Arrays.stream(vectors, firstProbe, firstProbe + count)
                .map(vector -> Template.normalised(PACK, vector))
                .toList();
        for (int threads : THREADS) {
          ForkJoinPool pool = new ForkJoinPool(threads);
          try {
            print(entries, count, threads, new Round(gallery, probes, firstProbe, pool, faiss));
          } finally {
            pool.shutdown();
          }
        }
      }
    }
  }

  private void print(int entries, int probes, int threads, Round round)
      throws InterruptedException {
    int repetitions = round.warmedUp();
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      ours.add(round.oursMs(repetitions));
      round.theirsMs(repetitions).ifPresent(theirs::add);
    }
    double oursMs = Medians.of(ours, Double::doubleValue);
    out.printf(Locale.ROOT, "%7d | %6d | %7d | %8.3f | ", entries, probes, threads, oursMs);
    if (theirs.isEmpty()) {
      out.println("not compared");
    } else {
      double theirsMs = Medians.of(theirs, Double::doubleValue);
      out.printf(Locale.ROOT, "%9.3f | %12.2f%n", theirsMs, theirsMs / oursMs);
    }
  }

  /** A search by both sides. */
  private record Round(
      Gallery gallery, List<Template> probes, int firstProbe, ForkJoinPool pool, Faiss faiss) {
    /** Searches until the machine code is there, and says how many searches fill a round. */
    int warmedUp() throws InterruptedException {
      oursMs(3);
      int repetitions = (int) Math.max(3, ROUND_MS / oursMs(3));
      oursMs(3 * repetitions);
      theirsMs(1);
      return (int) Math.max(1, ROUND_MS / oursMs(repetitions));
    }

    double oursMs(int repetitions) throws InterruptedException {
      // Within a pool a search runs on its threads.
      try {
        return pool.submit(
                () -> {
                  List<Long> times = new ArrayList<>();
                  for (int i = 0; i < repetitions; i++) {
                    long begin = System.nanoTime();
                    gallery.nearest(probes);
                    times.add(System.nanoTime() - begin);
                  }
                  return Medians.of(times, Long::doubleValue) / 1e6;
                })
            .get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }

    Optional<Double> theirsMs(int repetitions) {
      return faiss.search(firstProbe, pool.getParallelism(), repetitions, gallery.nearest(probes));
    }
  }

  private static float[][] unitVectors(int count) {
    Random random = new Random(SEED);
    float[][] vectors = new float[count][DIMENSION];
    for (float[] vector : vectors) {
      for (int i = 0; i < DIMENSION; i++) {
        vector[i] = (float) random.nextGaussian();
      }
      Template.normalised(PACK, vector).copyTo(vector, 0);
    }
    return vectors;
  }

  private static Gallery gallery(List<float[]> vectors) {
    try (Gallery.Builder builder = Gallery.builder(PACK, DIMENSION, vectors.size())) {
      for (float[] vector : vectors) {
        builder.add(
            new SubjectRef("S-" + builder.size()),
            "exercise",
            List.of(Template.normalised(PACK, vector)));
      }
      return builder.build(null);
    }
  }

  private static Path write(float[][] vectors, Path file) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(vectors.length * DIMENSION * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (float[] vector : vectors) {
      for (float value : vector) {
        bytes.putFloat(value);
      }
    }
    return Files.write(file, bytes.array());
  }

  /** FAISS in a Python process, or nothing if it has none. */
  private static final class Faiss implements AutoCloseable {
    private static final double TOLERANCE = 1e-5;
    private final Process process;
    private final PrintWriter orders;
    private final BufferedReader answers;
    private final Optional<String> version;

    private Faiss(Process process) throws IOException {
      this.process = process;
      this.orders = new PrintWriter(process.outputWriter(StandardCharsets.US_ASCII), true);
      this.answers = process.inputReader(StandardCharsets.US_ASCII);
      this.version =
          Optional.ofNullable(answers.readLine()).filter(line -> line.startsWith("faiss"));
    }

    static Faiss over(Path vectors, List<String> command) throws IOException {
      List<String> whole = new ArrayList<>(command);
      whole.add(vectors.toString());
      whole.add(Integer.toString(DIMENSION));
      return new Faiss(
          new ProcessBuilder(whole).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    Optional<String> version() {
      return version;
    }

    void index(int entries) {
      if (version.isPresent()) {
        answer("index 0 " + entries);
      }
    }

    /** Median milliseconds of a search; refuses to continue if it finds something else. */
    Optional<Double> search(
        int firstProbe, int threads, int repetitions, List<Optional<Candidate>> expected) {
      if (version.isEmpty()) {
        return Optional.empty();
      }
      String[] words =
          answer(
                  String.join(
                      " ",
                      "search",
                      Integer.toString(firstProbe),
                      Integer.toString(expected.size()),
                      Integer.toString(threads),
                      Integer.toString(repetitions)))
              .split(" ", -1);
      for (int i = 0; i < expected.size(); i++) {
        Candidate ours = expected.get(i).orElseThrow();
        int row = Integer.parseInt(words[1 + 2 * i]);
        double cosine = Double.parseDouble(words[2 + 2 * i]);
        if (row != ours.row() || Math.abs(cosine - ours.similarity().cosine()) > TOLERANCE) {
          throw new IllegalStateException(
              "FAISS finds row " + row + " at " + cosine + " where the gallery finds " + ours);
        }
      }
      return Optional.of(Long.parseLong(words[0]) / 1e6);
    }

    private String answer(String order) {
      orders.println(order);
      try {
        return Optional.ofNullable(answers.readLine())
            .orElseThrow(() -> new IllegalStateException("faiss_flat.py has ended"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      process.destroy();
    }
  }
}
