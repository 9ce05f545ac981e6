package org.sightline.bench;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.fieldtest.ScenarioSettings;
import org.sightline.edge.fieldtest.ScenarioSettings.ExpectedAlert;

/** Who was recognised: in sight at the time, or not. Thread-safe. */
final class Hits {
  private final ScenarioSettings scenario;
  private final Set<SubjectRef> right = new HashSet<>();
  private final Set<SubjectRef> wrong = new HashSet<>();

  Hits(ScenarioSettings scenario) {
    this.scenario = scenario;
  }

  synchronized void add(SubjectRef subject, double atSeconds) {
    boolean inSight = false;
    for (ExpectedAlert expected : scenario.expected()) {
      inSight |=
          expected.subject().equals(subject)
              && atSeconds >= expected.fromSeconds()
              && atSeconds <= expected.toSeconds();
    }
    (inSight ? right : wrong).add(subject);
  }

  synchronized Set<String> right() {
    return names(right);
  }

  synchronized Set<String> wrong() {
    return names(wrong);
  }

  private static Set<String> names(Set<SubjectRef> subjects) {
    Set<String> names = new TreeSet<>();
    subjects.forEach(subject -> names.add(subject.toString()));
    return names;
  }

  @Override
  public String toString() {
    return "right " + right() + ", wrong " + wrong();
  }
}
