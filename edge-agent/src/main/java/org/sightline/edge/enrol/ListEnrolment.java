package org.sightline.edge.enrol;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;

/**
 * Enrols a whole list, one subject after another, in the memory of one. No picture is dropped
 * silently: each is either part of an entry or told with its reason.
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

    /** Whether every picture of the list was enrolled. */
    public boolean complete() {
      return refusedPictures.isEmpty();
    }
  }

  /** A picture that cannot be enrolled, and why. */
  public record RefusedPicture(
      SubjectRef subject, Path picture, EnrolmentResult.Reason reason, String explanation) {}

  /** Takes the entries, one by one; their templates are wiped when it returns. */
  public interface EntrySink {
    void accept(WatchlistEntry entry) throws SightlineException;
  }

  /**
   * Enrols each subject by all of its usable pictures; the first of them is the portrait.
   *
   * @param enroller turns one picture into a template, or says why not
   * @param progress told after each subject
   */
  public static Outcome enrol(
      Collection<PictureList.Subject> list,
      Function<Path, EnrolmentResult> enroller,
      EntrySink sink,
      Runnable progress)
      throws SightlineException {
    int entries = 0;
    List<RefusedPicture> refusedPictures = new ArrayList<>();
    List<SubjectRef> refusedSubjects = new ArrayList<>();
    for (PictureList.Subject subject : list) {
      List<Template> templates = new ArrayList<>();
      @Nullable Jpeg portrait = null;
      for (Path picture : subject.pictures()) {
        EnrolmentResult result = enroller.apply(picture);
        if (result instanceof EnrolmentResult.Enrolled enrolled) {
          templates.add(enrolled.template());
          portrait = portrait == null ? enrolled.portrait() : portrait;
        } else if (result instanceof EnrolmentResult.Refused refused) {
          refusedPictures.add(
              new RefusedPicture(
                  subject.subject(), picture, refused.reason(), refused.explanation()));
        }
      }
      if (portrait == null) {
        refusedSubjects.add(subject.subject());
      } else {
        sink.accept(new WatchlistEntry(subject.subject(), subject.category(), templates, portrait));
        templates.forEach(Template::close);
        entries++;
      }
      progress.run();
    }
    return new Outcome(entries, refusedPictures, refusedSubjects);
  }
}
