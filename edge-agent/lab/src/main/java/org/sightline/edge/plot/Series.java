package org.sightline.edge.plot;

import java.util.List;

/** What is drawn in a plot under one name in its key. */
public sealed interface Series {
  /** Its text in the key. */
  String name();

  /** A place in a plot, in the units of its axes. */
  record Point(double x, double y) {}

  /** Points joined in their order. */
  record Line(String name, List<Point> points) implements Series {
    public Line {
      points = List.copyOf(points);
    }
  }

  /**
   * Points joined in their order along the x axis first, then along the other: for what holds until
   * the next point.
   */
  record Steps(String name, List<Point> points) implements Series {
    public Steps {
      points = List.copyOf(points);
    }
  }

  /** Bars from the lower end of the y axis, such as those of a histogram. */
  record Bars(String name, List<Bar> bars) implements Series {
    public Bars {
      bars = List.copyOf(bars);
    }
  }

  /** One bar; {@code from} below {@code to} along the x axis. */
  record Bar(double from, double to, double height) {}

  /** Marks with whiskers, such as rates with their intervals. */
  record Estimates(String name, List<Estimate> estimates) implements Series {
    public Estimates {
      estimates = List.copyOf(estimates);
    }
  }

  /** A value at a place, and how far it can be trusted. */
  record Estimate(double x, double y, double lower, double upper) {}

  /** A line across the plot at one value of the x axis, such as a threshold. */
  record Rule(String name, double x) implements Series {}
}
