package org.sightline.edge.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.Calibration.Point;

/**
 * Non-mated comparisons, gathered into a table of similarities and false match rates with their
 * uncertainty. A person is in many comparisons, so these are not independent: the intervals are
 * those of a bootstrap that draws people, and at least as wide as the number of pairs of people
 * alone would have them (exact Poisson). Not thread-safe.
 */
final class FalseMatchTable {
  /** Fewest pairs of people on which a measured rate rests. */
  static final int LEAST_SUPPORT = 10;

  /** Fewest pairs of people on which the tail rests that is followed below the measured rates. */
  private static final int LEAST_TAIL = 2000;

  /** The lowest rate that is modelled. */
  private static final double LOWEST_RATE = 0.99e-10;

  /** Comparisons below it only count; no row of a table of rates up to 0.1 lies there. */
  private static final float KEPT_FROM = 0.05f;

  private static final int STEPS_PER_UNIT = 10_000;
  private static final int REPLICATES = 1000;
  private static final long SEED = 1;
  private static final double TAIL = 0.025;

  private final int people;
  private final double[] weights = new double[2 * STEPS_PER_UNIT + 1];
  private double totalWeight;
  private long comparisons;
  private Kept kept = new Kept(1024);

  /** The highest similarity of each pair of people, of those kept. */
  private final Map<Long, Float> highest = new HashMap<>();

  /**
   * @param people who are compared, numbered from 0
   */
  FalseMatchTable(int people) {
    this.people = people;
  }

  /**
   * One row, with what supports it.
   *
   * @param comparisons that reached the similarity
   * @param pairsOfSubjects that had such a comparison
   */
  record Row(Point point, long comparisons, long pairsOfSubjects) {}

  /** Two people and the highest similarity between any of their pictures. */
  record Near(int a, int b, double similarity) {}

  /** Adds a comparison of two people, with its share in the whole. */
  void add(int a, int b, double weight, double similarity) {
    weights[step(similarity)] += weight;
    totalWeight += weight;
    comparisons++;
    if (similarity >= KEPT_FROM) {
      kept = kept.with(a, b, weight, (float) similarity);
      highest.merge(key(a, b), (float) similarity, Math::max);
    }
  }

  private static int step(double similarity) {
    return (int) Math.floor((similarity + 1) * STEPS_PER_UNIT);
  }

  private long key(int a, int b) {
    return (long) Math.min(a, b) * people + Math.max(a, b);
  }

  long comparisons() {
    return comparisons;
  }

  /** Share of the comparisons, each with its weight, that reach a similarity. */
  double rateAt(double similarity) {
    double weight = 0;
    for (int step = step(similarity + 1e-9); step < weights.length; step++) {
      weight += weights[step];
    }
    return weight / totalWeight;
  }

  /** The pairs that came nearest, nearest first. */
  List<Near> nearest(int most) {
    return highest.entrySet().stream()
        .sorted(Map.Entry.<Long, Float>comparingByValue(Comparator.reverseOrder()))
        .limit(most)
        .map(
            each ->
                new Near(
                    (int) (each.getKey() / people),
                    (int) (each.getKey() % people),
                    each.getValue()))
        .toList();
  }

  /** For rates 1, 5, 2, 1 of each decade the lowest similarity with at most that rate. */
  List<Row> rows() {
    List<Rate> rates = measured();
    if (rates.isEmpty()) {
      return List.of();
    }
    int measured = rates.size();
    Rate beginning = beginning(rates);
    Excesses excesses = kept.over(beginning.similarity());
    rates.addAll(modelled(rates, excesses.tail(beginning.rate(), null)));
    double[][] drawn = bootstrap(rates, measured, excesses);
    List<Row> rows = new ArrayList<>();
    double lower = 1;
    double upper = 1;
    for (int i = 0; i < rates.size(); i++) {
      Rate rate = rates.get(i);
      long support = i < measured ? rate.pairs() : beginning.pairs();
      Arrays.sort(drawn[i]);
      lower =
          Math.min(
              lower,
              Math.min(
                  Quantiles.of(drawn[i], TAIL), rate.rate() * poissonLower(support) / support));
      upper =
          Math.min(
              upper,
              Math.max(
                  Quantiles.of(drawn[i], 1 - TAIL), rate.rate() * poissonUpper(support) / support));
      rows.add(
          new Row(
              new Point(
                  rate.similarity(),
                  rounded(rate.rate()),
                  Math.min(rounded(lower), rounded(rate.rate())),
                  Math.max(rounded(Math.min(1, upper)), rounded(rate.rate())),
                  i < measured),
              i < measured ? rate.comparisons() : 0,
              i < measured ? rate.pairs() : 0));
    }
    return rows;
  }

  private record Rate(double similarity, double rate, long comparisons, long pairs) {}

  private List<Rate> measured() {
    float[] rising = new float[highest.size()];
    int n = 0;
    for (float each : highest.values()) {
      rising[n++] = each;
    }
    Arrays.sort(rising);
    float[] all = kept.rising();
    List<Rate> rates = new ArrayList<>();
    for (double decade = 0.1; decade > 1e-9; decade /= 10) {
      for (double part : new double[] {1, 0.5, 0.2}) {
        Rate rate = lowestAt(decade * part, all, rising);
        boolean further =
            rates.isEmpty() || rate.similarity() > rates.get(rates.size() - 1).similarity();
        if (further && rate.pairs() >= LEAST_SUPPORT && rate.rate() > 0) {
          rates.add(rate);
        }
      }
    }
    return rates;
  }

  private Rate lowestAt(double wanted, float[] all, float[] pairs) {
    double weight = 0;
    int step = weights.length - 1;
    // From above, so that the rarest similarities are added first and lose no precision.
    while (step >= 0 && (weight + weights[step]) / totalWeight <= wanted) {
      weight += weights[step--];
    }
    double similarity = (double) (step + 1 - STEPS_PER_UNIT) / STEPS_PER_UNIT;
    return new Rate(
        similarity, weight / totalWeight, reaching(all, similarity), reaching(pairs, similarity));
  }

  private static int reaching(float[] rising, double similarity) {
    int low = 0;
    int high = rising.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (step(rising[middle]) >= step(similarity + 1e-9)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return rising.length - low;
  }

  /** The rates below the measured ones, by the tail. */
  private static List<Rate> modelled(List<Rate> measured, Tail tail) {
    double last = measured.get(measured.size() - 1).similarity();
    double lastRate = measured.get(measured.size() - 1).rate();
    List<Rate> further = new ArrayList<>();
    for (double decade = 0.1; decade > LOWEST_RATE; decade /= 10) {
      for (double part : new double[] {1, 0.5, 0.2}) {
        double wanted = decade * part;
        if (wanted < lastRate && wanted > LOWEST_RATE) {
          double similarity =
              Math.ceil(tail.similarityAt(wanted) * STEPS_PER_UNIT) / STEPS_PER_UNIT;
          if (similarity > last && similarity < 1) {
            further.add(new Rate(similarity, tail.rateAt(similarity), 0, 0));
            last = similarity;
          }
        }
      }
    }
    return further;
  }

  /** The highest measured similarity that enough pairs reach for a tail to be fitted to them. */
  private static Rate beginning(List<Rate> measured) {
    Rate beginning = measured.get(0);
    for (Rate rate : measured) {
      if (rate.pairs() >= LEAST_TAIL) {
        beginning = rate;
      }
    }
    return beginning;
  }

  /** The rates among people drawn with replacement, by row and replicate. */
  private double[][] bootstrap(List<Rate> rates, int measured, Excesses excesses) {
    int[] row = kept.rows(rates.subList(0, measured).stream().mapToDouble(Rate::similarity));
    SplittableRandom random = new SplittableRandom(SEED);
    double[][] drawn = new double[rates.size()][REPLICATES];
    int[] times = new int[people];
    for (int replicate = 0; replicate < REPLICATES; replicate++) {
      Arrays.fill(times, 0);
      for (int i = 0; i < people; i++) {
        times[random.nextInt(people)]++;
      }
      double[] reached = kept.weightByRow(row, times, measured);
      double scale = scale(times);
      double sum = 0;
      for (int i = measured - 1; i >= 0; i--) {
        sum += reached[i];
        drawn[i][replicate] = sum * scale;
      }
      double overBeginning = excesses.weight(times);
      if (overBeginning > 0) {
        Tail tail = excesses.tail(overBeginning * scale, times);
        for (int i = measured; i < rates.size(); i++) {
          drawn[i][replicate] = tail.rateAt(rates.get(i).similarity());
        }
      }
    }
    return drawn;
  }

  /** The share of one comparison among those of the people drawn. */
  private double scale(int[] times) {
    double squares = 0;
    for (int each : times) {
      squares += (double) each * each;
    }
    double drawnPairs = ((double) people * people - squares) / 2;
    return people * (people - 1.0) / 2 / drawnPairs / totalWeight;
  }

  private static double poissonLower(long count) {
    return GammaDistribution.of((double) count, 1).inverseCumulativeProbability(TAIL);
  }

  private static double poissonUpper(long count) {
    return GammaDistribution.of(count + 1.0, 1).inverseSurvivalProbability(TAIL);
  }

  /** To three figures: more would pretend. */
  private static double rounded(double rate) {
    return rate == 0 ? 0 : Double.parseDouble("%.2e".formatted(rate));
  }

  /**
   * Comparisons beyond a similarity, by column, least alike first.
   *
   * @param a one of the two people
   * @param b the other
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Excesses(double from, double[] over, double[] weight, int[] a, int[] b) {

    /**
     * The tail that fits.
     *
     * @param rate of all of them
     * @param times each of the people was drawn; null for once
     */
    Tail tail(double rate, int @Nullable [] times) {
      return Tail.fit(from, rate, over, times == null ? weight : drawn(times));
    }

    double weight(int[] times) {
      return Arrays.stream(drawn(times)).sum();
    }

    private double[] drawn(int[] times) {
      double[] drawn = new double[weight.length];
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = (double) times[a[i]] * times[b[i]] * weight[i];
      }
      return drawn;
    }
  }

  /** Comparisons by column, which leaves room for millions. */
  private static final class Kept {
    private final int[] a;
    private final int[] b;
    private final float[] weight;
    private final float[] similarity;
    private int size;

    Kept(int capacity) {
      a = new int[capacity];
      b = new int[capacity];
      weight = new float[capacity];
      similarity = new float[capacity];
    }

    Kept with(int newA, int newB, double newWeight, float newSimilarity) {
      Kept room = size < a.length ? this : grown();
      room.a[room.size] = newA;
      room.b[room.size] = newB;
      room.weight[room.size] = (float) newWeight;
      room.similarity[room.size++] = newSimilarity;
      return room;
    }

    private Kept grown() {
      Kept larger = new Kept(2 * size);
      System.arraycopy(a, 0, larger.a, 0, size);
      System.arraycopy(b, 0, larger.b, 0, size);
      System.arraycopy(weight, 0, larger.weight, 0, size);
      System.arraycopy(similarity, 0, larger.similarity, 0, size);
      larger.size = size;
      return larger;
    }

    /** The comparisons from a similarity on, least alike first. */
    Excesses over(double from) {
      int least = step(from + 1e-9);
      int[] places = IntStream.range(0, size).filter(i -> step(similarity[i]) >= least).toArray();
      double[] over = Arrays.stream(places).mapToDouble(i -> similarity[i] - from).toArray();
      int[] order = Arrays.stream(Tail.rising(over)).map(i -> places[i]).toArray();
      return new Excesses(
          from,
          Arrays.stream(order).mapToDouble(i -> Math.max(0, similarity[i] - from)).toArray(),
          Arrays.stream(order).mapToDouble(i -> weight[i]).toArray(),
          Arrays.stream(order).map(i -> a[i]).toArray(),
          Arrays.stream(order).map(i -> b[i]).toArray());
    }

    float[] rising() {
      float[] rising = Arrays.copyOf(similarity, size);
      Arrays.sort(rising);
      return rising;
    }

    /** For each comparison the last row that it reaches; -1 if none. */
    int[] rows(DoubleStream similarities) {
      int[] steps = similarities.mapToInt(each -> step(each + 1e-9)).toArray();
      int[] row = new int[size];
      for (int i = 0; i < size; i++) {
        int reached = -1;
        int own = step(similarity[i]);
        while (reached + 1 < steps.length && steps[reached + 1] <= own) {
          reached++;
        }
        row[i] = reached;
      }
      return row;
    }

    double[] weightByRow(int[] row, int[] times, int rows) {
      double[] sums = new double[rows];
      for (int i = 0; i < size; i++) {
        if (row[i] >= 0) {
          sums[row[i]] += (double) times[a[i]] * times[b[i]] * weight[i];
        }
      }
      return sums;
    }
  }
}
