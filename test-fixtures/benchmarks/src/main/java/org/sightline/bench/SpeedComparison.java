package org.sightline.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.FrameSources;
import org.sightline.edge.capture.MeasuredSource;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.pipeline.PipelineCounters;

/**
 * Ours, the stock pipeline and the lower bounds on one clip, in turns, so that whatever else the
 * machine does falls on all alike. The stock pipeline is slow: each turn is a further part of its
 * one way through the clip, while the others go through the whole of it each time.
 */
final class SpeedComparison {
  private static final double THRESHOLD = 0.5;
  private static final int ENTRIES = 10_000;
  private static final int WARM_UPS = 3;
  private static final Path STOCK_DETECTOR =
      Path.of("detector", "face_detection_yunet_2023mar.onnx");

  private final Street street;
  private final Workplace workplace;
  private final int turns;
  private final int threads = Runtime.getRuntime().availableProcessors();

  /** What one turn of each took. */
  private final List<Effort> stock = new ArrayList<>();

  private final List<Effort> ours = new ArrayList<>();
  private final List<Effort> decode = new ArrayList<>();
  private final List<Effort> search = new ArrayList<>();
  private final List<Effort> look = new ArrayList<>();
  private final List<Effort> embed = new ArrayList<>();

  SpeedComparison(Street street, Workplace workplace, int turns) {
    this.street = street;
    this.workplace = workplace;
    this.turns = turns;
  }

  /** Measures, and prints the figures with what they are to reach. */
  void run(PrintStream out) throws Exception {
    LongList list = LongList.of(street.scenario(), workplace.pack(), ENTRIES);
    CameraSettings camera = OurPipeline.camera("mast-1", street, CameraSettings.Pace.FASTEST);
    Hits oursHits = new Hits(street.scenario());
    Hits stockHits = new Hits(street.scenario());
    PipelineCounters.Snapshot counters;
    try (OurPipeline pipeline = new OurPipeline(list, new Similarity(THRESHOLD), threads);
        Networks networks = new Networks(workplace.pack(), Compute.cpu(threads));
        StockPipeline afternoon =
            new StockPipeline(
                street.clip(),
                workplace.weights().resolve(STOCK_DETECTOR),
                list,
                THRESHOLD,
                stockHits,
                threads)) {
      networks.take(camera);
      // At first the compiler is at work beside it; that does not count.
      for (int i = 0; i < WARM_UPS; i++) {
        pipeline.run(List.of(camera), oursHits);
      }
      counters = pipeline.run(List.of(camera), oursHits);
      int part = Math.toIntExact((counters.frames().read() + turns - 1) / turns);
      for (int turn = 0; turn < turns; turn++) {
        stock.add(Effort.of(() -> afternoon.run(part)));
        ours.add(Effort.of(() -> pipeline.run(List.of(camera), oursHits).frames().read()));
        decode.add(Effort.of(() -> decode(camera)));
        search.add(Effort.of(() -> networks.search(part)));
        look.add(Effort.of(() -> networks.look(part)));
        embed.add(Effort.of(() -> networks.embed(part)));
      }
    }
    print(out, list, counters, oursHits, stockHits);
  }

  private static long decode(CameraSettings camera) throws Exception {
    long frames = 0;
    try (MeasuredSource source = FrameSources.open(camera)) {
      for (Frame frame = source.next(); frame != null; frame = source.next()) {
        frame.close();
        frames++;
      }
    }
    return frames;
  }

  private void print(
      PrintStream out,
      LongList list,
      PipelineCounters.Snapshot counters,
      Hits oursHits,
      Hits stockHits) {
    out.printf(
        "%d frames of %s, %.1f faces found a frame, %d entries, %d threads, %d turns%n",
        counters.frames().read(),
        street.scenario().name(),
        (double) counters.faces().detected() / counters.frames().processed(),
        list.entries().size(),
        threads,
        turns);
    out.println("                     frames/s   wall ms   processor ms");
    row(out, "stock pipeline", stock, "a frame");
    row(out, "ours", ours, "a frame");
    row(out, "decode only", decode, "a frame");
    row(out, "detector only", search, "a search");
    row(out, "closer look only", look, "a look");
    row(out, "embedder only", embed, "a face");
    double ratio =
        Medians.of(ours, Effort::framesPerSecond) / Medians.of(stock, Effort::framesPerSecond);
    double work = workSeconds(counters);
    double taken = Medians.of(ours, Effort::processorSeconds);
    Figures.print(out, "times the frames/s of the stock pipeline", ratio, 8, Figures.AT_LEAST);
    Figures.print(
        out,
        "frames/s, for a camera of 25",
        Medians.of(ours, Effort::framesPerSecond),
        25,
        Figures.AT_LEAST);
    out.printf(
        "asked for: %d decoded, %d searches, %d embeddings with a closer look each%n",
        counters.frames().read(), counters.frames().processed(), counters.embeddings());
    Figures.print(
        out,
        "times the processor time of that inference and decoding",
        taken / work,
        1.15,
        Figures.AT_MOST);
    out.println("ours:  " + oursHits);
    out.println("stock: " + stockHits);
    Set<String> missed = stockHits.right();
    missed.removeAll(oursHits.right());
    Figures.print(out, "true alerts fewer than stock", missed.size(), 0, Figures.AT_MOST);
    Set<String> added = oursHits.wrong();
    added.removeAll(stockHits.wrong());
    Figures.print(out, "false alerts more than stock", added.size(), 0, Figures.AT_MOST);
  }

  /** Processor time of the networks' runs and of decoding, by themselves. */
  private double workSeconds(PipelineCounters.Snapshot counters) {
    return (counters.frames().read() * Medians.of(decode, Effort::processorMillisPerFrame)
            + counters.frames().processed() * Medians.of(search, Effort::processorMillisPerFrame)
            + counters.embeddings()
                * (Medians.of(look, Effort::processorMillisPerFrame)
                    + Medians.of(embed, Effort::processorMillisPerFrame)))
        / 1000;
  }

  private static void row(PrintStream out, String name, List<Effort> efforts, String unit) {
    out.printf(
        "%-18s %10.1f %9.2f %14.2f %s%n",
        name,
        Medians.of(efforts, Effort::framesPerSecond),
        Medians.of(efforts, Effort::wallMillisPerFrame),
        Medians.of(efforts, Effort::processorMillisPerFrame),
        unit);
  }
}
