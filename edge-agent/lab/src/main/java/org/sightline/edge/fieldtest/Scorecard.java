package org.sightline.edge.fieldtest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.fieldtest.FieldTestReport.Recall;
import org.sightline.edge.fieldtest.ScenarioSettings.ExpectedAlert;
import org.sightline.edge.fieldtest.ScenarioSettings.Listed;
import org.sightline.edge.match.Threshold;

/** Scores the alerts of a scenario by what the scenario, its truth and its labels say. */
final class Scorecard {
  /** Lower ends of the classes of face heights, in pixels; the last class has no upper end. */
  private static final List<Integer> FACE_HEIGHTS_PX = List.of(0, 16, 24, 32, 48, 64, 80, 112, 160);

  private final ScenarioSettings scenario;
  private final @Nullable List<TruePass> truth;
  private final Labels labels;
  private final Verdict verdict;
  private final List<RaisedAlert> repeated;
  private final List<TruePass> missedWalks = new ArrayList<>();
  private final @Nullable Set<TruePass> undetected;
  private final List<ExpectedPass> passes;

  /**
   * @param truth null if nobody knows who walked by
   */
  Scorecard(
      ScenarioSettings scenario,
      @Nullable List<TruePass> truth,
      Labels labels,
      List<RaisedAlert> raised) {
    this(scenario, truth, labels, Verdict.of(scenario.expected(), raised), null);
  }

  private Scorecard(
      ScenarioSettings scenario,
      @Nullable List<TruePass> truth,
      Labels labels,
      Verdict verdict,
      @Nullable Set<TruePass> undetected) {
    this.scenario = scenario;
    this.truth = truth;
    this.labels = labels;
    this.verdict = verdict;
    this.undetected = undetected;
    this.passes = passes();
    this.repeated =
        verdict.falseAlerts().stream()
            .filter(alert -> passes.stream().anyMatch(pass -> pass.isRepeatedBy(alert)))
            .toList();
  }

  /** The same, knowing in which of the missed walks there is no face to be found. */
  Scorecard knowing(@Nullable Set<TruePass> withoutFace) {
    return new Scorecard(scenario, truth, labels, verdict, withoutFace);
  }

  /** The walks, by the truth, of the expected passes that raised no alert. */
  List<TruePass> missedWalks() {
    return missedWalks;
  }

  Verdict verdict() {
    return verdict;
  }

  /** In the order of the scenario. */
  List<ExpectedPass> expectedPasses() {
    return passes;
  }

  private List<ExpectedPass> passes() {
    List<Verdict.Met> met = new ArrayList<>(verdict.met());
    List<TruePass> walked = new ArrayList<>(truth == null ? List.of() : truth);
    List<ExpectedPass> results = new ArrayList<>();
    for (ExpectedAlert expected : scenario.expected()) {
      RaisedAlert alert = null;
      for (Verdict.Met each : met) {
        if (each.expected().equals(expected)) {
          alert = each.alert();
          // Another expectation may say the same.
          met.remove(each);
          break;
        }
      }
      TruePass pass =
          walked.stream()
              .filter(each -> each.secondsWithin(expected) > 0)
              .max(Comparator.comparingDouble(each -> each.secondsWithin(expected)))
              .orElse(null);
      walked.remove(pass);
      if (pass != null && alert == null) {
        missedWalks.add(pass);
      }
      RaisedAlert outside = alert == null ? verdict.outside(expected, scenario.expected()) : null;
      results.add(
          new ExpectedPass(
              expected.subject(),
              category(expected.subject()),
              expected.camera(),
              new ExpectedPass.Window(expected.fromSeconds(), expected.toSeconds()),
              new ExpectedPass.Raised(
                  alert == null ? null : alert.seconds(),
                  outside == null ? null : outside.seconds(),
                  alert == null ? null : alert.similarity()),
              new ExpectedPass.Passer(
                  pass == null ? null : pass.person(),
                  pass == null ? null : pass.largestFaceHeightPx(),
                  pass == null ? null : faceFound(pass, alert != null))));
    }
    return results;
  }

  private @Nullable Boolean faceFound(TruePass pass, boolean alerted) {
    if (alerted) {
      return true;
    }
    return undetected == null ? null : Boolean.valueOf(!undetected.contains(pass));
  }

  private String category(SubjectRef subject) {
    return scenario.watchlist().stream()
        .filter(listed -> listed.subject().equals(subject))
        .map(Listed::category)
        .findFirst()
        // A false alert may name somebody from the folder of fillers.
        .orElse(ListOfScenario.FILLER_CATEGORY);
  }

  Recall recall() {
    return Recall.of(passes.size(), verdict.met().size());
  }

  /**
   * All rates.
   *
   * @param tracks passes that the tracker followed
   * @param threshold with what the calibration says of it
   */
  Rates rates(long tracks, Threshold threshold) {
    Integer nonListed = nonListed(pass -> true);
    return Rates.of(
        new Rates.Counts(
            recall(),
            tracks,
            verdict.falseAlerts().size(),
            repeated.size(),
            new Rates.Walked(
                truth == null ? null : count(truth, this::isListed),
                nonListed,
                undetected == null ? null : Integer.valueOf(undetected.size())),
            nonListed == null || Double.isNaN(threshold.upper95())
                ? null
                : Prediction.of(
                    threshold.expectedFalseAlertsPerThousandFaces() / 1000 * nonListed,
                    threshold.lower95() / 1000 * nonListed,
                    threshold.upper95() / 1000 * nonListed)),
        new Rates.Groups(
            byCamera(),
            byFaceHeight(),
            byCategory(),
            byLabel(),
            truth == null || labels.columns().isEmpty() ? null : unattributed()));
  }

  private boolean isListed(TruePass pass) {
    return scenario.watchlist().stream()
        .anyMatch(listed -> listed.subject().equals(pass.subject()));
  }

  private @Nullable Integer nonListed(Predicate<TruePass> which) {
    return truth == null
        ? null
        : Integer.valueOf(count(truth, pass -> !isListed(pass) && which.test(pass)));
  }

  private List<Group> byCamera() {
    return scenario.cameras().stream()
        .map(
            camera -> {
              CameraId id = camera.id();
              return group(
                  "camera",
                  id.value(),
                  pass -> pass.camera().equals(id),
                  nonListed(pass -> pass.camera().equals(id)),
                  count(verdict.falseAlerts(), alert -> alert.camera().equals(id)));
            })
        .toList();
  }

  private List<Group> byFaceHeight() {
    Map<Integer, String> classes = new TreeMap<>();
    for (ExpectedPass pass : passes) {
      Double heightPx = pass.passer().largestFaceHeightPx();
      if (heightPx != null) {
        int index = heightClass(heightPx);
        classes.put(index, heightName(index));
      }
    }
    return classes.entrySet().stream()
        .map(
            each ->
                group(
                    "faceHeightPx",
                    each.getValue(),
                    pass ->
                        pass.passer().largestFaceHeightPx() != null
                            && heightClass(pass.passer().largestFaceHeightPx()) == each.getKey(),
                    nonListed(pass -> heightClass(pass.largestFaceHeightPx()) == each.getKey()),
                    null))
        .toList();
  }

  private static int heightClass(double heightPx) {
    int index = FACE_HEIGHTS_PX.size() - 1;
    while (index > 0 && heightPx < FACE_HEIGHTS_PX.get(index)) {
      index--;
    }
    return index;
  }

  private static String heightName(int index) {
    return FACE_HEIGHTS_PX.get(index)
        + "-"
        + (index + 1 < FACE_HEIGHTS_PX.size() ? FACE_HEIGHTS_PX.get(index + 1) : "");
  }

  /** A false alert counts where the subject it names is listed. */
  private List<Group> byCategory() {
    return scenario.watchlist().stream()
        .map(Listed::category)
        .distinct()
        .map(
            category ->
                group(
                    "category",
                    category,
                    pass -> pass.category().equals(category),
                    null,
                    count(
                        verdict.falseAlerts(),
                        alert -> category(alert.subject()).equals(category))))
        .toList();
  }

  /** A false alert counts where the person belongs who walked by, if that is known. */
  private List<Group> byLabel() {
    List<Group> groups = new ArrayList<>();
    for (String column : labels.columns()) {
      Function<ExpectedPass, @Nullable String> label =
          pass -> labels.of(column, pass.passer().person(), pass.subject().value());
      Map<String, Integer> falseAlerts = falseAlertsBy(column);
      labels.byPerson().values().stream()
          .map(row -> row.getOrDefault(column, ""))
          .filter(value -> !value.isEmpty())
          .distinct()
          .sorted()
          .forEach(
              value ->
                  groups.add(
                      group(
                          column,
                          value,
                          pass -> value.equals(label.apply(pass)),
                          nonListed(pass -> value.equals(label(column, pass))),
                          truth == null ? null : falseAlerts.getOrDefault(value, 0))));
    }
    return groups;
  }

  private @Nullable String label(String column, TruePass pass) {
    SubjectRef subject = pass.subject();
    return labels.of(column, pass.person(), subject == null ? null : subject.value());
  }

  private Map<String, Integer> falseAlertsBy(String column) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (RaisedAlert alert : wrongAlerts()) {
      TruePass pass = passerBy(alert);
      String value = pass == null ? null : label(column, pass);
      if (value != null) {
        counts.merge(value, 1, Integer::sum);
      }
    }
    return counts;
  }

  private int unattributed() {
    return count(wrongAlerts(), alert -> passerBy(alert) == null);
  }

  /** The false alerts that are more than a repetition. */
  private List<RaisedAlert> wrongAlerts() {
    return verdict.falseAlerts().stream().filter(alert -> !repeated.contains(alert)).toList();
  }

  /** Who was before the camera when it was raised; null unless it was exactly one. */
  private @Nullable TruePass passerBy(RaisedAlert alert) {
    List<TruePass> there =
        (truth == null ? List.<TruePass>of() : truth)
            .stream().filter(pass -> pass.mayHaveRaised(alert)).toList();
    return there.size() == 1 ? there.get(0) : null;
  }

  private Group group(
      String by,
      String value,
      Predicate<ExpectedPass> which,
      @Nullable Integer nonListed,
      @Nullable Integer falseAlerts) {
    List<ExpectedPass> of = passes.stream().filter(which).toList();
    return Group.of(by, value, of.size(), count(of, ExpectedPass::alerted), nonListed, falseAlerts);
  }

  private static <T> int count(List<T> of, Predicate<T> which) {
    return Math.toIntExact(of.stream().filter(which).count());
  }
}
