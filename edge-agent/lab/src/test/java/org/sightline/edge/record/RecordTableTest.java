package org.sightline.edge.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

class RecordTableTest {
  private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");

  private static PublicRecord record(String place, long facesSeen, PublicRecord.Outcomes outcomes) {
    TreeMap<String, Long> categories = new TreeMap<>();
    categories.put("exercise", 8L);
    DeploymentCounts counts = new DeploymentCounts(9000, 5000, facesSeen, 8, categories);
    return new PublicRecord(
        new PublicRecord.Use(
            "D-7",
            "van-7",
            place,
            null,
            new PublicRecord.Opened(START, null),
            new PublicRecord.Ended(START.plusSeconds(7200)),
            new CaptureTime(7000L, 200, List.of(), 51.4),
            null),
        new PublicRecord.Search("1.2.3", "retail-0095", 300, 1, List.of(), null),
        List.of(new PublicRecord.Threshold(START, 0.65852, "derived for 300 entries")),
        counts,
        outcomes,
        6,
        PublicRecord.FalseAlerts.of(counts, outcomes),
        new PublicRecord.Afterwards(
            new EngagementFigures(
                new EngagementFigures.Attempts(5, 1, 2),
                new EngagementFigures.Confirmed(4, 1, 0),
                new EngagementFigures.Actions(3, 1, 1),
                null,
                0,
                new TreeMap<>()),
            null,
            null));
  }

  private static final PublicRecord RECORD =
      record("High Street, \"north\" side", 100, new PublicRecord.Outcomes(5, 2, 1, 0));

  private static CSVRecord row(PublicRecord record) throws Exception {
    return CSVFormat.RFC4180
        .builder()
        .setHeader()
        .setSkipHeaderRecord(true)
        .get()
        .parse(new StringReader(RecordTable.csv(record)))
        .getRecords()
        .get(0);
  }

  @Test
  void aRowHasTheFiguresOfTheRecord() throws Exception {
    CSVRecord row = row(RECORD);

    assertThat(row.toMap())
        .containsEntry("deployment", "D-7")
        .containsEntry("place", "High Street, \"north\" side")
        .containsEntry("until", "2026-11-23T11:00:00Z")
        .containsEntry("listEntries", "300")
        .containsEntry("thresholds", "0.6585")
        .containsEntry("facesSeen", "100")
        .containsEntry("alerts", "8")
        .containsEntry("true", "5")
        .containsEntry("false", "2")
        .containsEntry("unresolved", "1")
        .containsEntry("stopped", "5")
        .containsEntry("arrested", "3");
  }

  @Test
  void aRateHasItsDenominatorAndInterval() throws Exception {
    CSVRecord row = row(RECORD);

    assertThat(row.toMap())
        .containsEntry("falseAlertsPerFaceSeenCount", "2")
        .containsEntry("falseAlertsPerFaceSeenOf", "100")
        .containsEntry("falseAlertsPerFaceSeen", "0.02")
        .containsEntry("falseAlertsPerFaceSeenLower95", "0.00243134")
        .containsEntry("falseAlertsPerFaceSeenUpper95", "0.0703839");
  }

  @Test
  void whatCannotBeSaidIsAnEmptyCell() throws Exception {
    CSVRecord row = row(record("High Street", 0, new PublicRecord.Outcomes(0, 0, 0, 8)));

    assertThat(row.get("falseAlertsPerFaceSeen")).isEmpty();
    assertThat(row.get("falseAlertsPerAlertOf")).isEmpty();
  }

  @Test
  void noSpreadsheetTakesAPlaceForAFormula() throws Exception {
    CSVRecord row = row(record("=1+1", 0, new PublicRecord.Outcomes(0, 0, 0, 8)));

    assertThat(row.get("place")).isEqualTo("'=1+1");
  }

  @Test
  void thePageSaysTheSameToPeople() {
    assertThat(RecordTable.page(RECORD))
        .contains(
            "High Street, &quot;north&quot; side",
            "<th scope=\"row\">Arrests</th><td class=\"n\">3</td>",
            "2 of 100 = 2.000 % (95 % interval 0.2431 to 7.038 %)")
        .doesNotContain("<script", "http:", "https:");
  }
}
