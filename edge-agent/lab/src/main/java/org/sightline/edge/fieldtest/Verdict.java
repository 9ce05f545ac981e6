package org.sightline.edge.fieldtest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.fieldtest.ScenarioSettings.ExpectedAlert;

/**
 * What the raised alerts are worth against the truth: each expected alert is met by the first
 * raised one that fits it; every raised one that meets none is false, a repetition too.
 */
public record Verdict(List<Met> met, List<RaisedAlert> falseAlerts, List<ExpectedAlert> missed) {
  public Verdict {
    met = List.copyOf(met);
    falseAlerts = List.copyOf(falseAlerts);
    missed = List.copyOf(missed);
  }

  /** An expected alert with the one that met it. */
  public record Met(ExpectedAlert expected, RaisedAlert alert) {}

  static Verdict of(List<ExpectedAlert> expected, List<RaisedAlert> raised) {
    List<ExpectedAlert> open = new ArrayList<>(expected);
    // The one that closes first chooses first, so that overlapping windows are all met if they can.
    open.sort(Comparator.comparingDouble(ExpectedAlert::toSeconds));
    List<Met> met = new ArrayList<>();
    List<RaisedAlert> unmet = new ArrayList<>();
    List<RaisedAlert> inOrder = new ArrayList<>(raised);
    inOrder.sort(Comparator.comparingDouble(RaisedAlert::seconds));
    for (RaisedAlert alert : inOrder) {
      ExpectedAlert fitting =
          open.stream().filter(each -> fits(each, alert)).findFirst().orElse(null);
      if (fitting == null) {
        unmet.add(alert);
      } else {
        open.remove(fitting);
        met.add(new Met(fitting, alert));
      }
    }
    return new Verdict(met, unmet, open);
  }

  private static boolean fits(ExpectedAlert expected, RaisedAlert alert) {
    return isAbout(expected, alert) && secondsOutside(expected, alert) <= 0;
  }

  private static boolean isAbout(ExpectedAlert expected, RaisedAlert alert) {
    return expected.subject().equals(alert.subject()) && expected.camera().equals(alert.camera());
  }

  /**
   * The alert of a missed one that came outside every window of its subject and camera, as when a
   * window is too narrow: the nearest to it; null if none did.
   */
  @Nullable RaisedAlert outside(ExpectedAlert expected, List<ExpectedAlert> all) {
    return falseAlerts.stream()
        .filter(alert -> isAbout(expected, alert))
        .filter(alert -> all.stream().noneMatch(each -> fits(each, alert)))
        .min(Comparator.comparingDouble(alert -> secondsOutside(expected, alert)))
        .orElse(null);
  }

  private static double secondsOutside(ExpectedAlert expected, RaisedAlert alert) {
    return Math.max(
        expected.fromSeconds() - alert.seconds(), alert.seconds() - expected.toSeconds());
  }

  /** The alerts that meet an expectation. */
  public List<RaisedAlert> trueAlerts() {
    return met.stream().map(Met::alert).toList();
  }

  /** Whether everything came out as expected. */
  public boolean asExpected() {
    return falseAlerts.isEmpty() && missed.isEmpty();
  }
}
