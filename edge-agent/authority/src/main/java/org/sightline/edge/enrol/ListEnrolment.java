package org.sightline.edge.enrol;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;

/**
 * Enrols a whole list on all cores, in the order of the list and in the memory of a few subjects.
 * No picture is dropped silently: each is either part of an entry or reported with its reason.
 */
public final class ListEnrolment {
  private ListEnrolment() {}

  /**
   * What became of a list.
   *
   * @param refusedPictures pictures that are part of no entry
   * @param refusedSubjects subjects without an entry, because none of their pictures is usable
   */
  public record Outcome(
      int entries, List<RefusedPicture> refusedPictures, List<SubjectRef> refusedSubjects) {
    public Outcome {
      refusedPictures = List.copyOf(refusedPictures);
      refusedSubjects = List.copyOf(refusedSubjects);
    }

    /** The refused pictures by themselves. */
    public Set<PictureList.ListedPicture> picturesOfNobody() {
      return refusedPictures.stream().map(RefusedPicture::picture).collect(Collectors.toSet());
    }

    /** Whether every picture of the list was enrolled. */
    public boolean complete() {
      return refusedPictures.isEmpty();
    }
  }

  /** A picture that cannot be enrolled, and why. */
  public record RefusedPicture(
      SubjectRef subject,
      PictureList.ListedPicture picture,
      EnrolmentResult.Reason reason,
      String explanation) {}

  private record Shown(PictureList.ListedPicture picture, EnrolmentResult.Enrolled enrolled) {
    Template template() {
      return enrolled.template();
    }
  }

  /** Takes the entries, one by one; their templates are wiped when it returns. */
  public interface EntrySink {
    void accept(WatchlistEntry entry, Listing listing) throws SightlineException;
  }

  /**
   * Enrols each subject by all of its usable pictures; the first of them is the portrait.
   *
   * @param workers turn pictures into templates, or say why not
   * @param calibration of the pack, for single comparisons; pictures under one reference have to
   *     resemble each other more than it says that strangers do
   * @param progress called after each subject
   */
  public static Outcome enrol(
      Collection<PictureList.Subject> list,
      EnrolmentWorkers workers,
      Calibration calibration,
      EntrySink sink,
      Runnable progress)
      throws SightlineException, InterruptedException {
    EnrolmentWorkers.Enrolments enrolments =
        workers.enrol(
            list.stream()
                .flatMap(subject -> subject.pictures().stream())
                .map(PictureList.ListedPicture::file)
                .toList());
    OnePerson onePerson = new OnePerson(calibration);
    int entries = 0;
    List<RefusedPicture> refusedPictures = new ArrayList<>();
    List<SubjectRef> refusedSubjects = new ArrayList<>();
    for (PictureList.Subject subject : list) {
      List<Shown> shown = new ArrayList<>();
      for (PictureList.ListedPicture picture : subject.pictures()) {
        EnrolmentResult result = enrolments.next().result();
        if (result instanceof EnrolmentResult.Enrolled enrolled) {
          shown.add(new Shown(picture, enrolled));
        } else if (result instanceof EnrolmentResult.Refused refused) {
          refusedPictures.add(
              new RefusedPicture(
                  subject.subject(), picture, refused.reason(), refused.explanation()));
        }
      }
      List<Shown> agreeing = onePerson.among(shown, Shown::template);
      for (Shown other : shown) {
        if (!agreeing.contains(other)) {
          refusedPictures.add(
              new RefusedPicture(
                  subject.subject(),
                  other.picture(),
                  EnrolmentResult.Reason.OTHER_PERSON,
                  "it does not show the person in the subject's other pictures; give each person a"
                      + " reference of their own"));
        }
      }
      if (agreeing.isEmpty()) {
        refusedSubjects.add(subject.subject());
      } else {
        sink.accept(
            new WatchlistEntry(
                subject.subject(),
                subject.listing().category(),
                agreeing.stream().map(Shown::template).toList(),
                agreeing.get(0).enrolled().portrait()),
            subject.listing());
        entries++;
      }
      shown.forEach(each -> each.template().close());
      progress.run();
    }
    return new Outcome(entries, refusedPictures, refusedSubjects);
  }
}
