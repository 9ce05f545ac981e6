package org.sightline.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.enrol.EnrolmentResult;
import org.sightline.edge.enrol.EnrolmentWorkers;
import org.sightline.edge.fieldtest.ScenarioSettings;
import org.sightline.edge.fieldtest.ScenarioSettings.Listed;
import org.sightline.edge.match.Gallery;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.threshold.ThresholdChoice;

/**
 * A list of a wanted length: a scenario's subjects, enrolled from their pictures, and random unit
 * vectors, which cost as much to search as people do and are like nobody.
 *
 * @param entries the scenario's subjects first
 */
record LongList(InstalledPack pack, List<WatchlistEntry> entries) {
  private static final String CATEGORY = "filler";

  static LongList of(ScenarioSettings scenario, InstalledPack pack, int length)
      throws SightlineException, InterruptedException {
    List<WatchlistEntry> entries = new ArrayList<>();
    try (EnrolmentWorkers workers = EnrolmentWorkers.open(pack)) {
      for (Listed listed : scenario.watchlist()) {
        entries.add(entry(listed, workers));
      }
    }
    Random chance = new Random(1);
    while (entries.size() < length) {
      entries.add(
          new WatchlistEntry(
              new SubjectRef("filler-" + entries.size()),
              CATEGORY,
              List.of(random(pack, chance)),
              new Jpeg(new byte[] {(byte) 0xff, (byte) 0xd8})));
    }
    return new LongList(pack, entries);
  }

  private static WatchlistEntry entry(Listed listed, EnrolmentWorkers workers)
      throws InterruptedException {
    List<Template> templates = new ArrayList<>();
    Jpeg portrait = null;
    EnrolmentWorkers.Enrolments each = workers.enrol(listed.images());
    while (each.hasNext()) {
      if (each.next().result() instanceof EnrolmentResult.Enrolled enrolled) {
        templates.add(enrolled.template());
        portrait = enrolled.portrait();
      }
    }
    if (portrait == null) {
      throw new IllegalStateException("a generated portrait cannot be enrolled");
    }
    return new WatchlistEntry(listed.subject(), listed.category(), templates, portrait);
  }

  private static Template random(InstalledPack pack, Random chance) {
    float[] values = new float[pack.manifest().embedder().dimension()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) chance.nextGaussian();
    }
    return Template.normalised(pack.manifest().name(), values);
  }

  /** As the agent holds it. */
  Gallery gallery() {
    try (Gallery.Builder builder =
        Gallery.builder(
            pack.manifest().name(), pack.manifest().embedder().dimension(), entries.size())) {
      for (WatchlistEntry entry : entries) {
        builder.add(entry.subject(), entry.category(), entry.templates());
      }
      return builder.build(ThresholdChoice.scale(pack.manifest(), null));
    }
  }

  /** As an afternoon's program holds it: a row for each entry. */
  float[][] rows() {
    float[][] rows = new float[entries.size()][pack.manifest().embedder().dimension()];
    for (int i = 0; i < rows.length; i++) {
      entries.get(i).templates().get(0).copyTo(rows[i], 0);
    }
    return rows;
  }

  SubjectRef subject(int row) {
    return entries.get(row).subject();
  }
}
