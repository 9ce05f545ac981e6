package org.sightline.edge.enrol;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.enrol.ListRules.Breach;
import org.sightline.edge.enrol.PictureList.ListedPicture;
import org.sightline.edge.enrol.PictureList.Subject;

/** A list while it is read. Every fault is collected, so that a list is fixed once. */
final class ListDraft {
  private static final int MOST_FAULTS_LISTED = 20;

  private final Path source;
  private final ListRules rules;
  private final Map<SubjectRef, Listing> listings = new LinkedHashMap<>();
  private final Map<SubjectRef, List<ListedPicture>> pictures = new LinkedHashMap<>();
  private final List<PictureListException> faultsListed = new ArrayList<>();
  private int faults;

  ListDraft(Path source, ListRules rules) {
    this.source = source;
    this.rules = rules;
  }

  /**
   * Adds a picture of a subject.
   *
   * @param place where in the list it stands, to follow the list's name
   */
  void add(String subject, Listing listing, ListedPicture picture, String place) {
    SubjectRef reference;
    try {
      reference = new SubjectRef(subject);
    } catch (IllegalArgumentException e) {
      fault(String.valueOf(e.getMessage()), place, "rename the subject", e);
      return;
    }
    @Nullable Breach breach = rules.breach(listing).orElse(null);
    Listing known = listings.getOrDefault(reference, listing);
    if (breach != null) {
      fault(breach.what(), place, breach.remedy(), null);
    } else if (!known.equals(listing)) {
      fault(
          "a subject has two " + difference(known, listing),
          place,
          "give all its rows the same",
          null);
    } else if (!Files.isRegularFile(picture.file())) {
      fault("there is no such image", place, "name a picture, from the list's folder on", null);
    } else if (pictures.getOrDefault(reference, List.of()).size() == PictureList.MAX_PICTURES) {
      fault(
          "a subject has more than " + PictureList.MAX_PICTURES + " pictures",
          place,
          "keep the best of them",
          null);
    } else {
      listings.put(reference, listing);
      pictures.computeIfAbsent(reference, none -> new ArrayList<>()).add(picture);
    }
  }

  private static String difference(Listing one, Listing other) {
    if (!one.category().equals(other.category())) {
      return "categories";
    }
    if (!one.reviewedUntil().equals(other.reviewedUntil())) {
      return "dates of review";
    }
    return one.legalBasis().equals(other.legalBasis()) ? "answers to under18" : "legal bases";
  }

  void fault(String what, String place, String remedy, @Nullable Exception cause) {
    faults++;
    if (faultsListed.size() < MOST_FAULTS_LISTED) {
      faultsListed.add(new PictureListException(what, source + place, remedy, cause));
    }
  }

  /** The list, if it has a subject and no fault. */
  Collection<Subject> finish() throws PictureListException {
    if (faults == 1) {
      throw faultsListed.get(0);
    }
    if (faults > 1) {
      throw PictureListException.ofMany(
          "the list has " + faults + " faults",
          source.toString(),
          faults > MOST_FAULTS_LISTED
              ? "fix them; the first " + MOST_FAULTS_LISTED + " are listed"
              : "fix them",
          faultsListed.stream().map(PictureListException::getMessage).toList());
    }
    if (listings.isEmpty()) {
      throw new PictureListException(
          "the list is empty", source.toString(), "list at least one subject", null);
    }
    List<Subject> subjects = new ArrayList<>(listings.size());
    listings.forEach(
        (subject, listing) ->
            subjects.add(new Subject(subject, listing, pictures.getOrDefault(subject, List.of()))));
    return subjects;
  }
}
