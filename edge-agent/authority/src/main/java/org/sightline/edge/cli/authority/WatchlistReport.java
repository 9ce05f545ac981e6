package org.sightline.edge.cli.authority;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.ListNearness;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.enrol.EnrolmentResult.Reason;
import org.sightline.edge.enrol.ListEnrolment.Outcome;
import org.sightline.edge.enrol.ListEnrolment.RefusedPicture;
import org.sightline.edge.enrol.PictureList;
import org.sightline.edge.watchlist.BundleTerms;

/**
 * What {@code watchlist build --report} holds: everything about everybody on the list but the
 * faces. It stays with the list's maker; the van gets none of it.
 */
record WatchlistReport(
    @JsonUnwrapped Terms terms,
    int entries,
    List<Listed> subjects,
    List<Refused> refusedPictures,
    List<String> refusedSubjects,
    @JsonUnwrapped LookAlikes lookAlikes,
    @JsonUnwrapped Nearness nearness) {

  /** Which list it is. */
  record Terms(
      String deployment,
      long listVersion,
      Instant created,
      Instant expires,
      String modelPack,
      int modelPackVersion) {
    static Terms of(BundleTerms terms) {
      return new Terms(
          terms.deployment().value(),
          terms.listVersion(),
          terms.created(),
          terms.expires(),
          terms.modelPack(),
          terms.modelPackVersion());
    }
  }

  /** Who of the list could be taken for whom. */
  record LookAlikes(
      @Nullable Double nearDuplicateThreshold,
      long nearDuplicatePairs,
      List<NearDuplicate> nearDuplicates,
      List<SamePicture> samePictures,
      int genericEntries,
      List<Generic> generic,
      boolean lookAlikesAccepted) {
    static LookAlikes of(Resemblances resemblances, boolean accepted) {
      return new LookAlikes(
          resemblances.threshold(),
          resemblances.pairs(),
          resemblances.nearDuplicates(),
          resemblances.samePictures(),
          resemblances.generic().size(),
          resemblances.generic().stream()
              .map(each -> new Generic(each.subject().value(), each.resembledBy()))
              .toList(),
          accepted);
    }
  }

  /** How near to each other the list's subjects are. */
  record Nearness(@Nullable Double meanNearness, @Nullable Double usualNearness) {
    static Nearness of(@Nullable ListNearness nearness) {
      return nearness == null
          ? new Nearness(null, null)
          : new Nearness(nearness.mean(), nearness.usual());
    }
  }

  /** A subject of the list; {@code listed} says whether the bundle holds it. */
  record Listed(
      String subject,
      String category,
      LocalDate review,
      String legalBasis,
      boolean under18,
      boolean listed,
      List<Shown> pictures) {}

  /** A picture of a subject; {@code line} is 0 for one found in a folder. */
  record Shown(String picture, long line, String source, boolean enrolled) {}

  /** A picture that could not be enrolled. */
  record Refused(String subject, String picture, long line, Reason reason, String explanation) {}

  /** Two subjects more alike than different people are. */
  record NearDuplicate(String a, String b, double similarity) {}

  /** A subject that far more others of the list resemble than is usual. */
  record Generic(String subject, int resembledBy) {}

  static WatchlistReport of(
      BundleTerms terms,
      Collection<PictureList.Subject> list,
      Outcome outcome,
      Resemblances resemblances,
      boolean lookAlikesAccepted) {
    Set<PictureList.ListedPicture> refused = outcome.picturesOfNobody();
    Set<SubjectRef> leftOut = new HashSet<>(outcome.refusedSubjects());
    return new WatchlistReport(
        Terms.of(terms),
        outcome.entries(),
        list.stream().map(subject -> listed(subject, refused, leftOut)).toList(),
        outcome.refusedPictures().stream().map(WatchlistReport::refused).toList(),
        outcome.refusedSubjects().stream().map(SubjectRef::value).toList(),
        LookAlikes.of(resemblances, lookAlikesAccepted),
        Nearness.of(resemblances.nearness()));
  }

  private static Listed listed(
      PictureList.Subject subject,
      Set<PictureList.ListedPicture> refused,
      Set<SubjectRef> leftOut) {
    return new Listed(
        subject.subject().value(),
        subject.listing().category(),
        subject.listing().reviewedUntil(),
        subject.listing().legalBasis(),
        subject.listing().under18(),
        !leftOut.contains(subject.subject()),
        subject.pictures().stream()
            .map(
                picture ->
                    new Shown(
                        picture.file().toString(),
                        picture.line(),
                        picture.source(),
                        !refused.contains(picture)))
            .toList());
  }

  private static Refused refused(RefusedPicture refused) {
    return new Refused(
        refused.subject().value(),
        refused.picture().file().toString(),
        refused.picture().line(),
        refused.reason(),
        refused.explanation());
  }
}
