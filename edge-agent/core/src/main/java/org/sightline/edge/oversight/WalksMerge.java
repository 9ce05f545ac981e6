package org.sightline.edge.oversight;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.oversight.MergedRecord.NotJudged;
import org.sightline.edge.oversight.MergedRecord.Recognition;
import org.sightline.edge.oversight.MergedRecord.Walks;

/** How often control entries were recognised, over several records. Pure. */
final class WalksMerge {
  private WalksMerge() {}

  /** Null if no list has control entries. */
  static @Nullable Walks of(List<RecordFigures> records) {
    List<Recognition> recognition = new ArrayList<>();
    List<NotJudged> notJudged = new ArrayList<>();
    int entries = 0;
    long recognised = 0;
    long walked = 0;
    long open = 0;
    long unannounced = 0;
    for (RecordFigures record : records) {
      RecordFigures.Walks walks = record.walks();
      if (walks == null) {
        continue;
      }
      String van = record.use().van();
      entries = Math.max(entries, walks.controlEntries());
      open += walks.open();
      unannounced += walks.unannounced();
      for (RecordFigures.Recognition each : walks.recognition()) {
        RecordFigures.Passes passes = each.trueRecognition();
        recognised += passes.count();
        walked += passes.of();
        recognition.add(
            new Recognition(
                van,
                each.camera(),
                each.list(),
                each.listVersion(),
                each.modelPack(),
                each.software(),
                each.threshold(),
                Rate.some(passes.count(), passes.of())));
      }
      walks
          .notJudged()
          .forEach(
              each ->
                  notJudged.add(
                      new NotJudged(
                          van,
                          each.camera(),
                          each.reason(),
                          each.passes(),
                          each.recognisedBefore())));
    }
    return entries == 0
        ? null
        : new Walks(
            entries,
            recognition,
            areAlike(recognition) ? Rate.of(recognised, walked) : null,
            notJudged,
            open,
            unannounced);
  }

  /**
   * Whether a rate of all says something of each: two rows of one camera are two settings of it.
   */
  private static boolean areAlike(List<Recognition> rows) {
    return rows.stream()
                .map(
                    each ->
                        Arrays.asList(
                            each.list(),
                            each.listVersion(),
                            each.modelPack(),
                            each.software(),
                            each.threshold()))
                .distinct()
                .count()
            <= 1
        && rows.stream().map(each -> List.of(each.van(), each.camera())).distinct().count()
            == rows.size();
  }
}
