package org.sightline.edge.oversight;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.oversight.MergedRecord.Street;
import org.sightline.edge.oversight.RecordFigures.Actions;
import org.sightline.edge.oversight.RecordFigures.Confirmed;
import org.sightline.edge.oversight.RecordFigures.Engagements;

/**
 * What became of alerts in the street, over several records. Of groups nothing is computed but from
 * what each record shows, so that no difference between the sum and the records says what one of
 * them does not show. Pure.
 */
final class StreetMerge {
  /** What stands for a count that is not shown; as in the records. */
  static final String WITHHELD = "withheld";

  private static final List<String> RESULTS = List.of("true", "false", "unresolved");

  private StreetMerge() {}

  /** Null if nothing was stated. */
  static @Nullable Street of(List<RecordFigures> records) {
    List<RecordFigures> stated =
        records.stream().filter(record -> record.street() != null).toList();
    if (stated.isEmpty()) {
      return null;
    }
    Engagements engagements = new Engagements(0, 0, 0);
    Confirmed confirmed = new Confirmed(0, 0, 0);
    Actions actions = new Actions(0, 0, 0);
    long corrections = 0;
    for (RecordFigures record : stated) {
      RecordFigures.Street each = street(record);
      engagements = engagements.plus(each.engagements());
      confirmed = confirmed.plus(each.confirmed());
      actions = actions.plus(each.actions());
      corrections += each.corrections();
    }
    return new Street(engagements, confirmed, actions, corrections, groups(stated));
  }

  private static RecordFigures.Street street(RecordFigures record) {
    return Objects.requireNonNull(record.street());
  }

  private static Map<String, Map<String, String>> groups(List<RecordFigures> records) {
    Map<String, Map<String, String>> merged = new LinkedHashMap<>();
    Set<String> codes = new TreeSet<>();
    // Under an authorisation of which no box shows a group nobody was asked for one, or none is
    // shown: it is in no sum as a whole. Where another box shows some, what is missing is withheld.
    Set<RecordFigures.Authorised> asked = new HashSet<>();
    for (RecordFigures record : records) {
      street(record).groups().values().forEach(row -> codes.addAll(row.keySet()));
      if (!street(record).groups().isEmpty() && record.use().authorised() != null) {
        asked.add(record.use().authorised());
      }
    }
    if (codes.isEmpty()) {
      return merged;
    }
    List<RecordFigures.Street> stated =
        records.stream()
            .filter(
                record ->
                    !street(record).groups().isEmpty() || asked.contains(record.use().authorised()))
            .map(StreetMerge::street)
            .toList();
    for (String result : RESULTS) {
      // Somebody was stopped there: of nobody, it is known that every count is none.
      List<Map<String, String>> rows = new ArrayList<>();
      stated.stream()
          .filter(each -> each.confirmed().of(result) > 0)
          .forEach(each -> rows.add(each.groups().getOrDefault(result, Map.of())));
      Map<String, String> row = new LinkedHashMap<>();
      codes.forEach(code -> row.put(code, sum(rows, code)));
      merged.put(result, row);
    }
    return merged;
  }

  private static String sum(List<Map<String, String>> rows, String code) {
    long sum = 0;
    for (Map<String, String> row : rows) {
      String shown = row.getOrDefault(code, WITHHELD);
      if (!shown.matches("[0-9]{1,9}")) {
        return WITHHELD;
      }
      sum += Long.parseLong(shown);
    }
    return Long.toString(sum);
  }
}
