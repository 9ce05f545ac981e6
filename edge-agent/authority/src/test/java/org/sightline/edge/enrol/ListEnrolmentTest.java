package org.sightline.edge.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.Scoring;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.enrol.EnrolmentResult.FaceQuality;
import org.sightline.edge.enrol.EnrolmentResult.Reason;
import org.sightline.edge.enrol.ListEnrolment.Outcome;
import org.sightline.edge.enrol.ListEnrolment.RefusedPicture;

class ListEnrolmentTest {
  /** One pair of strangers in a hundred reaches 0.3. */
  private static final Calibration CALIBRATION =
      new Calibration(
          "sample",
          Scoring.COSINE,
          null,
          null,
          1_000_000,
          List.of(new Calibration.Point(0.3, 0.01, 0.01, 0.01, true)),
          List.of());

  private final List<WatchlistEntry> entries = new ArrayList<>();

  @Test
  void aSubjectIsEnrolledByAllItsUsablePicturesAndShownByTheFirstOfThem() throws Exception {
    Outcome outcome = enrol(subject("S-1", "bad.jpg", "a.jpg", "b.jpg"));
    assertThat(entries).hasSize(1);
    assertThat(entries.get(0).templates()).hasSize(2);
    assertThat(entries.get(0).portrait()).isEqualTo(portrait(Path.of("a.jpg")));
    assertThat(outcome.refusedPictures())
        .containsExactly(
            new RefusedPicture(
                new SubjectRef("S-1"), picture("bad.jpg"), Reason.NO_FACE, "no face"));
    assertThat(outcome.complete()).isFalse();
  }

  @Test
  void aSubjectWithoutAUsablePictureIsLeftOutAndReported() throws Exception {
    Outcome outcome = enrol(subject("S-1", "bad.jpg"), subject("S-2", "a.jpg"));
    assertThat(entries).extracting(WatchlistEntry::subject).containsExactly(new SubjectRef("S-2"));
    assertThat(outcome.entries()).isEqualTo(1);
    assertThat(outcome.refusedSubjects()).containsExactly(new SubjectRef("S-1"));
  }

  @Test
  void aPictureOfSomebodyElseIsRefusedWhereTheOthersAgree() throws Exception {
    Outcome outcome = enrol(subject("S-1", "a.jpg", "other.jpg", "b.jpg"));
    assertThat(entries.get(0).templates()).hasSize(2);
    assertThat(outcome.refusedPictures())
        .extracting(RefusedPicture::picture, RefusedPicture::reason)
        .containsExactly(tuple(picture("other.jpg"), Reason.OTHER_PERSON));
  }

  @Test
  void aReferenceForTwoPeopleIsLeftOutWhereNobodyKnowsWhoIsMeant() throws Exception {
    Outcome outcome = enrol(subject("S-1", "a.jpg", "b.jpg", "other-a.jpg", "other-b.jpg"));
    assertThat(entries).isEmpty();
    assertThat(outcome.refusedPictures()).hasSize(4);
    assertThat(outcome.refusedSubjects()).containsExactly(new SubjectRef("S-1"));
  }

  @Test
  void templatesAreWipedOnceTheEntryIsTaken() throws Exception {
    enrol(subject("S-1", "a.jpg"));
    float[] values = new float[2];
    entries.get(0).templates().get(0).copyTo(values, 0);
    assertThat(values).containsOnly(0);
  }

  private Outcome enrol(PictureList.Subject... subjects) throws Exception {
    Function<Path, EnrolmentResult> enroller = ListEnrolmentTest::enrolPicture;
    try (EnrolmentWorkers workers =
        new EnrolmentWorkers(List.of(enroller, enroller), List.of(() -> {}))) {
      return ListEnrolment.enrol(
          List.of(subjects),
          workers,
          CALIBRATION,
          (entry, listing) -> entries.add(entry),
          () -> {});
    }
  }

  private static EnrolmentResult enrolPicture(Path picture) {
    return picture.toString().startsWith("bad")
        ? new EnrolmentResult.Refused(Reason.NO_FACE, "no face")
        : new EnrolmentResult.Enrolled(
            Template.normalised(
                "sample-pack",
                picture.toString().startsWith("other") ? new float[] {2, -1} : new float[] {1, 2}),
            portrait(picture),
            new FaceQuality(60, 0.5));
  }

  private static Jpeg portrait(Path picture) {
    return new Jpeg(picture.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static PictureList.Subject subject(String reference, String... pictures) {
    return new PictureList.Subject(
        new SubjectRef(reference),
        new Listing("wanted", LocalDate.parse("2026-11-30"), "warrant", false),
        Stream.of(pictures).map(ListEnrolmentTest::picture).toList());
  }

  private static PictureList.ListedPicture picture(String name) {
    return new PictureList.ListedPicture(Path.of(name), "custody", 2);
  }
}
