package org.sightline.edge.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.domain.DeploymentId;

/**
 * What a log says of one deployment, counted up to one of its lines. Of the alerts, each id counts
 * once, whether it was raised or about somebody who had been withdrawn. One thread.
 */
final class LogCounts {
  private static final String RAISED = word(AuditKind.ALERT_RAISED);
  private static final String WITHDRAWN = word(AuditKind.ALERT_WITHDRAWN);
  private static final String OUTCOME = word(AuditKind.OUTCOME_RECORDED);
  private static final String THRESHOLD = word(AuditKind.THRESHOLD_SET);

  private final DeploymentId deployment;
  private final long last;
  private final Set<String> alerts = new HashSet<>();
  private final Map<String, Integer> outcomes = new LinkedHashMap<>();
  private final List<String> thresholds = new ArrayList<>();
  private int signedOutcomes;

  /**
   * @param last sequence of the last line that counts
   */
  LogCounts(DeploymentId deployment, long last) {
    this.deployment = deployment;
    this.last = last;
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Line(long sequence, String event, Map<String, String> details) {}

  private static String word(AuditKind kind) {
    return new String(CanonicalJson.write(kind), UTF_8).replace("\"", "");
  }

  /** Takes the next line of a log that was verified, without its end. */
  void line(byte[] bytes) {
    CanonicalJson.read(bytes, Line.class)
        .filter(line -> line.sequence() <= last)
        .filter(line -> deployment.value().equals(line.details().get("deployment")))
        .ifPresent(this::count);
  }

  private void count(Line line) {
    String event = line.event();
    Map<String, String> details = line.details();
    if (event.equals(RAISED) || event.equals(WITHDRAWN)) {
      alerts.add(details.getOrDefault("alert", ""));
    } else if (event.equals(OUTCOME)) {
      outcomes.merge(details.getOrDefault("outcome", ""), 1, Integer::sum);
      signedOutcomes += "signed".equals(details.get("way")) ? 1 : 0;
    } else if (event.equals(THRESHOLD)) {
      thresholds.add(details.getOrDefault("cosine", ""));
    }
  }

  String alerts() {
    return Integer.toString(alerts.size());
  }

  /**
   * How many outcomes there are of a kind.
   *
   * @param word as in the log
   */
  String outcomes(String word) {
    return Integer.toString(outcomes.getOrDefault(word, 0));
  }

  String signedOutcomes() {
    return Integer.toString(signedOutcomes);
  }

  /** The thresholds that were set, in their order. */
  String thresholds() {
    return String.join(" ", thresholds);
  }
}
