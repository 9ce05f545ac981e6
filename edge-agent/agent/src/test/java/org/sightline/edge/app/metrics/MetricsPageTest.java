package org.sightline.edge.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
  private static final Path DOCUMENT = Path.of("../../docs/metrics.md");
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\w+) (\\w+)");
  private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? \\S+");
  private static final Pattern ROW =
      Pattern.compile("\\| `(?<name>\\w+)` \\| (?<labels>[^|]*) \\| (?<type>\\w+) \\|.*");

  private final AtomicReference<AgentReading> now =
      new AtomicReference<>(SampleReading.withAlarms(List.of("camera-dark")));
  private final MetricsPage page = new MetricsPage(List.of(SampleReading.CAMERA), now::get);

  @Test
  void theDocumentNamesEveryFigureWithItsTypeAndLabelsAndNoOther() throws IOException {
    Set<String> documented =
        Files.readAllLines(DOCUMENT).stream()
            .map(ROW::matcher)
            .filter(Matcher::matches)
            .map(
                row ->
                    row.group("name")
                        + " "
                        + row.group("type")
                        + " "
                        + row.group("labels").replace("`", "").replace("-", ""))
            .collect(Collectors.toSet());

    assertThat(served()).containsExactlyInAnyOrderElementsOf(documented);
  }

  /** Of each figure its name, type, and the names of its labels. */
  private Set<String> served() {
    String text = page.text();
    Set<String> figures = new TreeSet<>();
    String type = "";
    for (String line : text.lines().toList()) {
      Matcher declared = TYPE.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (declared.matches()) {
        type = declared.group(2);
      } else if (!line.startsWith("#") && sample.matches()) {
        String labels = sample.group(2) == null ? "" : sample.group(2);
        figures.add(
            sample.group(1)
                + " "
                + type
                + " "
                + labels.replaceAll("=\"[^\"]*\"", "").replace(",", ", "));
      }
    }
    return figures;
  }

  @Test
  void aCameraIsCountedUnderItsId() {
    assertThat(page.text())
        .contains(
            "sightline_camera_frames_total{camera=\"mast-1\"} 2500.0",
            "sightline_camera_frames_searched_total{camera=\"mast-1\"} 900.0",
            "sightline_camera_frames_lost_total{camera=\"mast-1\",reason=\"busy\"} 7.0",
            "sightline_camera_frames_lost_total{camera=\"mast-1\",reason=\"broken\"} 3.0",
            "sightline_camera_searched_age_seconds{camera=\"mast-1\"} 0.25");
  }

  @Test
  void theTimeLeftIsCountedByTheTimeThatTheAgentFollows() {
    assertThat(page.text()).contains("sightline_deployment_left_seconds 5399.0");
  }

  @Test
  void anAlarmIsThereUntilItIsCleared() {
    assertThat(page.text())
        .contains(
            "sightline_alarm{kind=\"camera-dark\"} 1",
            "sightline_camera_alarm{camera=\"mast-1\",kind=\"camera-dark\"} 1");

    now.set(SampleReading.withAlarms(List.of()));

    assertThat(page.text()).doesNotContain("camera-dark");
  }

  @Test
  void whatIsNotKnownIsNoNumber() {
    now.set(SampleReading.unreadable());

    assertThat(page.text())
        .contains(
            "sightline_alerts{outcome=\"open\"} NaN",
            "sightline_alerts_queued NaN",
            "sightline_disk_free_bytes NaN",
            "sightline_temperature_celsius NaN",
            "sightline_camera_searched_age_seconds{camera=\"mast-1\"} NaN",
            "sightline_status_age_seconds 40.0");
  }
}
