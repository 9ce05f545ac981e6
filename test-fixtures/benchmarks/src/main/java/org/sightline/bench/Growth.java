package org.sightline.bench;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.CameraSettings.Pace;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.pipeline.PipelineCounters;
import org.sightline.edge.plot.Axis;
import org.sightline.edge.plot.Plot;
import org.sightline.edge.plot.Series;

/**
 * How speed and delay change with one thing at a time, everything else as in the middle: faces in a
 * frame, resolution, length of the list, number of cameras. Each point is measured twice: as fast
 * as the machine can, which shows how much it can take, and at the pace of cameras, which shows
 * what becomes of what it cannot.
 */
final class Growth {
  private static final Similarity THRESHOLD = new Similarity(0.9);
  private static final int ENTRIES = 10_000;
  private static final int SECONDS = 4;
  private static final int FACES = 7;
  private static final int DENSE_FACES = 50;
  private static final Street.View MIDDLE = new Street.View(1920, 1080, SECONDS, FACES, 0);

  private final Workplace workplace;
  private final PrintStream out;

  Growth(Workplace workplace, PrintStream out) {
    this.workplace = workplace;
    this.out = out;
  }

  /**
   * A measured point.
   *
   * @param x place on the axis
   * @param most frames a second of all cameras together, as fast as the machine can
   * @param live what became of the frames at the cameras' pace
   */
  private record Load(
      double x, double most, double processorMillis, PipelineCounters.Snapshot live) {
    double droppedShare() {
      return (double) live.frames().dropped() / live.frames().read();
    }
  }

  /** Measures all four ways of growing, prints tables and writes plots. */
  void run(Path plots) throws Exception {
    Files.createDirectories(plots);
    List<Load> faces = new ArrayList<>();
    head("faces a frame, 1080p, 10,000 listed, 1 camera");
    // The nearest thing to an empty street: somebody once in ten minutes.
    for (double each : new double[] {0.01, 1, 3, 7, 15, 30, 100}) {
      // A dense crowd takes minutes to draw.
      int seconds = each > DENSE_FACES ? 1 : SECONDS;
      faces.add(measure(Double.NaN, new Street.View(1920, 1080, seconds, each, 0), ENTRIES, 1));
    }
    draw(plots, "faces", "faces a frame", faces, false);
    List<Load> resolutions = new ArrayList<>();
    head("lines of the picture, 7 faces, 10,000 listed, 1 camera");
    for (int lines : new int[] {540, 720, 1080, 1440, 2160}) {
      resolutions.add(
          measure(lines, new Street.View(lines * 16 / 9, lines, SECONDS, FACES, 0), ENTRIES, 1));
    }
    draw(plots, "resolution", "lines of the picture", resolutions, false);
    List<Load> entries = new ArrayList<>();
    head("listed, 1080p, 7 faces, 1 camera");
    for (int each : new int[] {100, 1000, 10_000, 100_000}) {
      entries.add(measure(each, MIDDLE, each, 1));
    }
    draw(plots, "entries", "listed", entries, true);
    List<Load> cameras = new ArrayList<>();
    head("cameras, 1080p, 7 faces each, 10,000 listed");
    for (int each : new int[] {1, 2, 3, 4, 6, 8}) {
      cameras.add(measure(each, MIDDLE, ENTRIES, each));
    }
    draw(plots, "cameras", "cameras", cameras, false);
  }

  private void head(String what) {
    out.println();
    out.println(what);
    out.println(
        "         frames/s at most  processor ms | at 25 frames/s: dropped  longest wait ms");
  }

  /**
   * @param x place on the axis; NaN for the faces found in a frame
   */
  private Load measure(double x, Street.View view, int length, int cameras) throws Exception {
    Street street = Street.drawn(view, workplace);
    LongList list = LongList.of(street.scenario(), workplace.pack(), length);
    Hits nobody = new Hits(street.scenario());
    try (OurPipeline pipeline =
        new OurPipeline(list, THRESHOLD, Runtime.getRuntime().availableProcessors())) {
      pipeline.run(cameras(street, 1, Pace.FASTEST), nobody);
      List<CameraSettings> fastest = cameras(street, cameras, Pace.FASTEST);
      Effort most = Effort.of(() -> pipeline.run(fastest, nobody).frames().read());
      PipelineCounters.Snapshot live =
          pipeline.run(cameras(street, cameras, Pace.REALTIME), nobody);
      double found = (double) live.faces().detected() / Math.max(1, live.frames().processed());
      Load load =
          new Load(
              Double.isNaN(x) ? found : x,
              most.framesPerSecond(),
              most.processorMillisPerFrame(),
              live);
      out.printf(
          "%8.1f %17.1f %13.1f | %23.1f%% %16d%n",
          load.x(),
          load.most(),
          load.processorMillis(),
          100 * load.droppedShare(),
          live.longestWait().toMillis());
      return load;
    }
  }

  private static List<CameraSettings> cameras(Street street, int count, Pace pace) {
    List<CameraSettings> cameras = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      cameras.add(OurPipeline.camera("mast-" + i, street, pace));
    }
    return cameras;
  }

  private static void draw(
      Path folder, String name, String label, List<Load> loads, boolean logarithmic)
      throws Exception {
    double from = loads.get(0).x();
    double to = loads.get(loads.size() - 1).x();
    Axis x = logarithmic ? Axis.logarithmic(label, from, to) : Axis.linear(label, from, to);
    double highest =
        loads.stream().flatMapToDouble(each -> DoubleStream.of(each.most())).max().orElse(1);
    Plot plot =
        new Plot(
            "growth-" + name,
            "Frames per second against " + label,
            "Frames per second of all cameras together, as fast as the machine can, against "
                + label,
            x,
            Axis.linear("frames per second", 0, highest),
            List.of(
                new Series.Line(
                    "as fast as the machine can",
                    loads.stream().map(each -> new Series.Point(each.x(), each.most())).toList())));
    Files.writeString(folder.resolve("growth-" + name + ".svg"), plot.svg());
  }
}
