package org.sightline.edge.aim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.detect.Search;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.imaging.Part;
import org.sightline.edge.imaging.Sharpness;
import org.sightline.edge.pipeline.WatchedView;
import org.sightline.edge.track.PassTracker;
import org.sightline.edge.track.Sighting;
import org.sightline.edge.track.TrackSettings;

/**
 * Measures the faces in the pictures of one camera. Only numbers are kept: sizes, sharpness and
 * where in the view; a face is followed as long as its pass lasts, as everywhere. Not thread-safe.
 */
final class ViewMeasure {
  /**
   * How fast a face moves across the view of somebody who walks, in its heights a second: a third
   * of what walking at 1.4 m/s straight across comes to.
   */
  private static final double WALKING = 2;

  /** Slower than this, nothing blurs. */
  private static final double SLOW = 1;

  private final FaceDetector detector;
  private final WatchedView view;
  private final AimLimits limits;
  private final PassTracker tracker = new PassTracker(TrackSettings.defaults());
  private final Sharpness sharpness = new Sharpness();
  private final Map<Long, Seen> passes = new HashMap<>();
  private final List<Double> heights = new ArrayList<>();
  private final List<Double> eyes = new ArrayList<>();
  private final List<List<Double>> heightsByRegion = lists();
  private final List<List<Double>> eyesByRegion = lists();
  private final List<Double> slow = new ArrayList<>();
  private final List<Double> walking = new ArrayList<>();
  private int searched;
  private double brightness;
  private double clipped;
  private double contrast;

  /**
   * @param detector is borrowed
   */
  ViewMeasure(FaceDetector detector, WatchedView view, AimLimits limits) {
    this.detector = detector;
    this.view = view;
    this.limits = limits;
  }

  private static List<List<Double>> lists() {
    List<List<Double>> lists = new ArrayList<>();
    for (int region = 0; region < Region.COUNT; region++) {
      lists.add(new ArrayList<>());
    }
    return lists;
  }

  /** What is known of a pass: where it was last, and the largest that it was. */
  private static final class Seen {
    private @Nullable BoxPx box;
    private Duration at = Duration.ZERO;
    private boolean largeEnough;
    private boolean whole;
    private boolean high;
    private double largest;
    private int region;

    /** Once a face was whole, those that are cut count no more. */
    void grew(double height, boolean isWhole, int where) {
      if (height > largest || (isWhole && !whole)) {
        largest = height;
        region = where;
      }
    }

    Shortfall.Kind lacked() {
      if (!whole) {
        return Shortfall.Kind.CUT;
      }
      return high ? Shortfall.Kind.TURNED_AWAY : Shortfall.Kind.SMALL;
    }

    /**
     * How fast it moves across the view, in heights of the face a second; not a number at first.
     */
    double moved(BoxPx now, Duration then) {
      BoxPx before = box;
      double seconds = then.minus(at).toNanos() / 1e9;
      box = now;
      at = then;
      return before == null || seconds <= 0
          ? Double.NaN
          : Math.hypot(now.centreX() - before.centreX(), now.centreY() - before.centreY())
              / now.height()
              / seconds;
    }
  }

  /**
   * Searches a picture.
   *
   * @param at its time in the stream; not before that of the picture before
   * @return the faces that were found and may be looked at, whether they are counted or not
   */
  List<Face> see(Picture picture, Duration at) {
    Part part = view.part(picture);
    List<Face> faces =
        view.within(picture, detector.detectAll(List.of(part), Search.FULL).get(0)).stream()
            .filter(Face::isFinite)
            .toList();
    searched++;
    meter(Light.of(part.pixels()));
    for (Sighting sighting : tracker.update(at, faces).sightings()) {
      count(picture, sighting, at);
    }
    return faces;
  }

  private void meter(Light light) {
    brightness += light.brightness();
    clipped += light.clipped();
    contrast += light.contrast();
  }

  private void count(Picture picture, Sighting sighting, Duration at) {
    BoxPx box = sighting.face().box();
    double height = box.height();
    double apart = sighting.face().landmarks().interEyeDistancePx();
    int region = Region.at(box.centreX() / picture.widthPx(), box.centreY() / picture.heightPx());
    heights.add(height);
    eyes.add(apart);
    heightsByRegion.get(region).add(height);
    eyesByRegion.get(region).add(apart);
    Seen pass = passes.computeIfAbsent(sighting.pass(), fresh -> new Seen());
    double speed = pass.moved(box, at);
    boolean isWhole = isWhole(box, picture);
    if (isWhole || !pass.whole) {
      pass.grew(height, isWhole, region);
    }
    pass.whole |= isWhole;
    boolean high = isWhole && height >= limits.faceHeightPx();
    pass.high |= high;
    if (high && apart >= limits.eyeDistancePx()) {
      pass.largeEnough = true;
      if (speed >= WALKING) {
        walking.add(sharpness.of(picture, box));
      } else if (speed < SLOW) {
        slow.add(sharpness.of(picture, box));
      }
    }
  }

  /** A face that the picture's edge cuts is not all there, however large it is. */
  private static boolean isWhole(BoxPx box, Picture picture) {
    return box.x() >= 0
        && box.y() >= 0
        && box.right() <= picture.widthPx()
        && box.bottom() <= picture.heightPx();
  }

  private @Nullable Shortfall shortfall() {
    List<Seen> failing = passes.values().stream().filter(pass -> !pass.largeEnough).toList();
    Shortfall.Kind kind = most(failing, Seen::lacked);
    if (kind == null) {
      return null;
    }
    List<Seen> alike = failing.stream().filter(pass -> pass.lacked() == kind).toList();
    int region = Objects.requireNonNull(most(alike, pass -> pass.region));
    List<Double> largest =
        alike.stream().filter(pass -> pass.region == region).map(pass -> pass.largest).toList();
    return new Shortfall(
        kind, Region.name(region), Objects.requireNonNull(Sizes.of(largest).medianPx()));
  }

  /** What most of them are, the first of those that are equally many; null if there are none. */
  private static <T extends Comparable<T>> @Nullable T most(
      List<Seen> passes, Function<Seen, T> what) {
    Map<T, Long> counts =
        passes.stream().collect(Collectors.groupingBy(what, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .min(
            Map.Entry.<T, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  /** All that was measured so far. */
  AimFigures figures() {
    List<Region> regions = new ArrayList<>();
    for (int region = 0; region < Region.COUNT; region++) {
      regions.add(
          new Region(
              Region.name(region),
              Sizes.of(heightsByRegion.get(region)),
              Sizes.of(eyesByRegion.get(region))));
    }
    int largeEnough = (int) passes.values().stream().filter(pass -> pass.largeEnough).count();
    return new AimFigures(
        searched,
        new AimFigures.People(passes.size(), largeEnough, shortfall()),
        Sizes.of(heights),
        Sizes.of(eyes),
        regions,
        new AimFigures.Focus(median(slow), median(walking)),
        searched == 0
            ? null
            : new Light(
                thousandths(brightness / searched),
                thousandths(clipped / searched),
                thousandths(contrast / searched)));
  }

  private static @Nullable Double median(List<Double> values) {
    return values.isEmpty()
        ? null
        : thousandths(values.stream().sorted().toList().get((values.size() - 1) / 2));
  }

  private static double thousandths(double value) {
    return Math.round(1000 * value) / 1000.0;
  }
}
