package org.sightline.edge.fieldtest;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.ListScale;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.enrol.EnrolmentResult;
import org.sightline.edge.enrol.EnrolmentWorkers;
import org.sightline.edge.enrol.EnrolmentWorkers.Enrolment;
import org.sightline.edge.enrol.EnrolmentWorkers.Enrolments;
import org.sightline.edge.evaluate.PictureFiles;
import org.sightline.edge.fieldtest.ScenarioSettings.Fillers;
import org.sightline.edge.fieldtest.ScenarioSettings.Listed;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.threshold.ThresholdChoice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watchlist of a scenario: the listed subjects and the fillers, enrolled from their pictures. A
 * filler is a person: of a folder within the fillers' folder one picture is taken, and nobody who
 * looks like somebody listed before.
 *
 * @param refusedPictures one line for every picture that could not be used
 */
record ListOfScenario(List<WatchlistEntry> entries, List<String> refusedPictures) {
  private static final Logger LOG = LoggerFactory.getLogger(ListOfScenario.class);

  static final String FILLER_CATEGORY = "filler";

  /**
   * Enrols the pictures on all cores.
   *
   * @throws SightlineException if a listed subject has no usable picture, or the fillers' folder
   *     has none
   */
  static ListOfScenario enrol(ScenarioSettings scenario, InstalledPack pack)
      throws SightlineException, InterruptedException {
    List<WatchlistEntry> entries = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    try (EnrolmentWorkers workers = EnrolmentWorkers.open(pack)) {
      for (Listed listed : scenario.watchlist()) {
        List<Template> templates = new ArrayList<>();
        Jpeg portrait = null;
        Enrolments enrolments = workers.enrol(listed.images());
        while (enrolments.hasNext()) {
          Enrolment enrolment = enrolments.next();
          if (enrolment.result() instanceof EnrolmentResult.Enrolled enrolled) {
            templates.add(enrolled.template());
            portrait = portrait == null ? enrolled.portrait() : portrait;
          } else if (enrolment.result() instanceof EnrolmentResult.Refused refusal) {
            refused.add(
                listed.subject() + ": " + enrolment.picture() + ": " + refusal.explanation());
          }
        }
        if (portrait == null) {
          throw new SightlineException(
              ErrorKind.UNUSABLE_INPUT,
              "no picture of subject " + listed.subject() + " can be enrolled",
              listed.images().toString(),
              String.join("; ", refused));
        }
        entries.add(new WatchlistEntry(listed.subject(), listed.category(), templates, portrait));
      }
      Fillers fillers = scenario.fillers();
      if (fillers != null) {
        addFillers(
            fillers,
            ThresholdChoice.scale(pack.manifest(), scenario.recognition().calibration()),
            workers,
            entries,
            refused);
      }
    }
    return new ListOfScenario(entries, refused);
  }

  /** The same and others. */
  ListOfScenario and(List<WatchlistEntry> others) {
    List<WatchlistEntry> all = new ArrayList<>(entries);
    all.addAll(others);
    return new ListOfScenario(all, refusedPictures);
  }

  private static void addFillers(
      Fillers fillers,
      @Nullable ListScale scale,
      EnrolmentWorkers workers,
      List<WatchlistEntry> entries,
      List<String> refused)
      throws SightlineException, InterruptedException {
    Enrolments enrolments = workers.enrol(PictureFiles.onePerPerson(fillers.folder()));
    int added = 0;
    while (added < fillers.count() && enrolments.hasNext()) {
      Enrolment enrolment = enrolments.next();
      if (enrolment.result() instanceof EnrolmentResult.Enrolled enrolled) {
        if (scale != null && isLikeAny(enrolled.template(), entries, scale.lookAlikesFrom())) {
          refused.add(
              FILLER_CATEGORY + ": " + enrolment.picture() + ": looks like somebody listed before");
          continue;
        }
        added++;
        entries.add(
            new WatchlistEntry(
                new SubjectRef("filler-" + added),
                FILLER_CATEGORY,
                List.of(enrolled.template()),
                enrolled.portrait()));
      } else if (enrolment.result() instanceof EnrolmentResult.Refused refusal) {
        refused.add(FILLER_CATEGORY + ": " + enrolment.picture() + ": " + refusal.explanation());
      }
    }
    if (added == 0) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "the folder of fillers has no picture that can be enrolled",
          fillers.folder().toString(),
          "give a folder of portraits");
    }
    if (added < fillers.count()) {
      LOG.warn(
          "Only {} of {} fillers can be enrolled: the folder has no more usable people",
          added,
          fillers.count());
    }
  }

  private static boolean isLikeAny(Template template, List<WatchlistEntry> entries, double from) {
    return entries.stream()
        .flatMap(entry -> entry.templates().stream())
        .anyMatch(listed -> template.similarityTo(listed).cosine() >= from);
  }
}
