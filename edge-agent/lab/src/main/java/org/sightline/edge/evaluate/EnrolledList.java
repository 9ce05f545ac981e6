package org.sightline.edge.evaluate;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.ListScale;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.enrol.EnrolmentResult.Reason;
import org.sightline.edge.enrol.EnrolmentWorkers;
import org.sightline.edge.enrol.ListEnrolment;
import org.sightline.edge.enrol.Listing;
import org.sightline.edge.enrol.PictureList.ListedPicture;
import org.sightline.edge.enrol.PictureList.Subject;
import org.sightline.edge.match.Gallery;
import org.sightline.edge.models.InstalledPack;

/**
 * The list that a measurement searches, enrolled by the rules of a watchlist.
 *
 * @param rows of the subjects in the gallery, in the order that they were given in; {@link #NOBODY}
 *     for one without a usable picture
 */
record EnrolledList(Gallery gallery, List<Integer> rows, Enrolment enrolment)
    implements AutoCloseable {
  static final int NOBODY = -1;

  private static final String TEST = "test";
  private static final Listing LISTING = new Listing(TEST, LocalDate.MAX, TEST, false);

  EnrolledList {
    rows = List.copyOf(rows);
  }

  /**
   * Enrols subjects by all of their pictures.
   *
   * @param subjects the pictures of each
   * @param calibration by cosine: pictures of one subject have to resemble each other by it
   * @param scale to normalise similarities by, if the list is long enough; null for plain cosines
   * @param progress run for each picture
   * @throws SightlineException if a picture cannot be read, or nobody can be listed
   */
  static EnrolledList of(
      List<List<Path>> subjects,
      InstalledPack pack,
      Calibration calibration,
      @Nullable ListScale scale,
      Runnable progress)
      throws SightlineException, InterruptedException {
    List<Subject> list = new ArrayList<>();
    for (List<Path> pictures : subjects) {
      list.add(
          new Subject(
              new SubjectRef("S-" + list.size()),
              LISTING,
              pictures.stream().map(file -> new ListedPicture(file, TEST, 0)).toList()));
    }
    Iterator<Subject> inProgress = list.iterator();
    try (EnrolmentWorkers workers = EnrolmentWorkers.open(pack);
        Gallery.Builder builder =
            Gallery.builder(
                pack.manifest().name(), pack.manifest().embedder().dimension(), list.size())) {
      ListEnrolment.Outcome outcome =
          ListEnrolment.enrol(
              list,
              workers,
              calibration,
              (entry, listing) -> builder.add(entry.subject(), entry.category(), entry.templates()),
              () -> inProgress.next().pictures().forEach(each -> progress.run()));
      Enrolment enrolment = enrolment(list, outcome);
      return new EnrolledList(builder.build(scale), rows(list, outcome), enrolment);
    }
  }

  private static Enrolment enrolment(List<Subject> list, ListEnrolment.Outcome outcome)
      throws SightlineException {
    List<Enrolment.Refused> refused = new ArrayList<>();
    for (ListEnrolment.RefusedPicture each : outcome.refusedPictures()) {
      String picture = each.picture().file().toString();
      if (each.reason() == Reason.UNREADABLE) {
        throw new SightlineException(
            ErrorKind.UNUSABLE_INPUT, "a picture cannot be read", picture, each.explanation());
      }
      refused.add(new Enrolment.Refused(picture, each.reason(), each.explanation()));
    }
    if (outcome.entries() == 0) {
      Enrolment.Refused first = refused.get(0);
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "nobody can be listed: none of " + refused.size() + " pictures can be enrolled",
          first.picture(),
          first.explanation());
    }
    int pictures = list.stream().mapToInt(each -> each.pictures().size()).sum();
    return new Enrolment(pictures - refused.size(), refused.size(), refused);
  }

  private static List<Integer> rows(List<Subject> list, ListEnrolment.Outcome outcome) {
    Set<SubjectRef> leftOut = new HashSet<>(outcome.refusedSubjects());
    List<Integer> rows = new ArrayList<>();
    int next = 0;
    for (Subject each : list) {
      rows.add(leftOut.contains(each.subject()) ? NOBODY : next++);
    }
    return rows;
  }

  @Override
  public void close() {
    gallery.close();
  }
}
