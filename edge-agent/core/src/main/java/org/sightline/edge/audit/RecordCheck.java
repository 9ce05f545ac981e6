package org.sightline.edge.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import tools.jackson.databind.JsonNode;

/**
 * A signed record beside the log of its device: what both count is counted again. Frames and faces
 * are in no log.
 *
 * @param log whether it is the log that the record was signed on
 * @param figures what both count; empty if it is another log
 */
public record RecordCheck(AuditVerdict log, List<Figure> figures) {
  public RecordCheck {
    figures = List.copyOf(figures);
  }

  /**
   * A figure of the record beside the same of the log.
   *
   * @param record what the record says; empty if it says nothing of it
   */
  public record Figure(String what, String record, String log) {
    @JsonProperty
    public boolean same() {
      return record.equals(log);
    }
  }

  /** Whether it is the log that the record was signed on, and both count the same. */
  @JsonProperty
  public boolean holds() {
    return log instanceof AuditVerdict.Intact && figures.stream().allMatch(Figure::same);
  }

  /**
   * Compares a record with an exported log.
   *
   * @throws SightlineException if the log cannot be read
   */
  public static RecordCheck of(SignedRecord signed, Path exported) throws SightlineException {
    AuditVerdict verdict = new AuditVerifier(List.of(signed.head())).verify(exported);
    if (!(verdict instanceof AuditVerdict.Intact)) {
      return new RecordCheck(verdict, List.of());
    }
    LogCounts counts = new LogCounts(signed.deployment(), signed.head().sequence());
    // Verified just now: each line is short, and is one of the log.
    try (BufferedReader lines = Files.newBufferedReader(exported, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        counts.line(line.getBytes(StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "the log cannot be read",
          exported.toString(),
          "name a readable file made by: audit export",
          e);
    }
    return new RecordCheck(verdict, figures(signed.record(), counts));
  }

  private static List<Figure> figures(JsonNode record, LogCounts log) {
    JsonNode outcomes = record.path("outcomes");
    List<Figure> figures = new ArrayList<>(figures(record, outcomes, log));
    long categorised =
        record
            .path("counts")
            .path("alertsByCategory")
            .valueStream()
            .mapToLong(each -> each.asLong(0))
            .sum();
    // Fewer there may be: an earlier version counted none by category.
    if (categorised > Long.parseLong(log.alerts())) {
      figures.add(new Figure("alerts by category", Long.toString(categorised), log.alerts()));
    }
    return figures;
  }

  private static List<Figure> figures(JsonNode record, JsonNode outcomes, LogCounts log) {
    return List.of(
        new Figure("alerts", number(record.path("counts").path("alerts")), log.alerts()),
        new Figure("outcomes true", number(outcomes.path("correct")), log.outcomes("true")),
        new Figure("outcomes false", number(outcomes.path("wrong")), log.outcomes("false")),
        new Figure(
            "outcomes unresolved", number(outcomes.path("unresolved")), log.outcomes("unresolved")),
        new Figure("outcomes signed", number(record.path("signedOutcomes")), log.signedOutcomes()),
        new Figure("thresholds", thresholds(record.path("thresholds")), log.thresholds()));
  }

  private static String number(JsonNode node) {
    return node.isIntegralNumber() ? node.asString() : "";
  }

  /** As the log writes them. */
  private static String thresholds(JsonNode nodes) {
    List<String> cosines = new ArrayList<>();
    for (JsonNode node : nodes) {
      cosines.add(String.format(Locale.ROOT, "%.4f", node.path("cosine").asDouble(Double.NaN)));
    }
    return String.join(" ", cosines);
  }
}
