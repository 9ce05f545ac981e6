package org.sightline.edge.oversight;

import java.util.ArrayList;
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
                each.listVersion(),
                each.modelPack(),
                each.software(),
                Rate.some(passes.count(), passes.of())));
      }
      walks
          .notJudged()
          .forEach(
              each ->
                  notJudged.add(new NotJudged(van, each.camera(), each.reason(), each.passes())));
    }
    return entries == 0
        ? null
        : new Walks(
            entries, recognition, Rate.of(recognised, walked), notJudged, open, unannounced);
  }
}
