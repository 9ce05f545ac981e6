package org.sightline.edge.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.domain.ListScale;
import org.sightline.edge.domain.Scoring;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;

class GalleryTest {
  private static final int DIMENSION = 67;
  private static final ListScale SCALE = new ListScale(0.2, 0.9, 0.05);

  /** Entries of a list so long that several threads share its search. */
  private static final int SEVERAL_PARTS = 6000;

  private final Random random = new Random(7);

  @ParameterizedTest
  @ValueSource(ints = {1, 255, 256, 257, 600})
  void theNearestSubjectIsTheOneThatComparisonWithEachFinds(int size) {
    List<Template> listed = templates(size);
    try (Gallery gallery = galleryOf(listed)) {
      for (int i = 0; i < 50; i++) {
        Template probe = random();
        int nearest = 0;
        for (int row = 1; row < size; row++) {
          if (cosine(listed.get(row), probe) > cosine(listed.get(nearest), probe)) {
            nearest = row;
          }
        }
        assertThat(gallery.nearest(probe).orElseThrow().row()).isEqualTo(nearest);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Scoring.class)
  void aControlEntryIsNobodysNearestAndChangesNoOthersSimilarity(Scoring scoring) {
    List<Template> listed = templates(600);
    try (Gallery without = galleryOf(listed, scoring);
        Gallery with = galleryWithControl(listed, scoring)) {
      for (int i = 0; i < 50; i++) {
        Template probe = random();
        Candidate expected = without.nearest(probe).orElseThrow();
        if (expected.row() % 100 != 0) {
          assertThat(with.nearest(probe)).contains(expected);
        }
      }
      assertThat(with.nearest(listed.get(100)).orElseThrow().row() % 100).isNotZero();
      assertThat(with.size()).isEqualTo(600);
    }
  }

  @ParameterizedTest
  @EnumSource(Scoring.class)
  void theNearestControlEntryIsFoundByTheSimilarityThatItWouldHaveAmongTheOthers(Scoring scoring) {
    List<Template> listed = templates(600);
    try (Gallery without = galleryOf(listed, scoring);
        Gallery with = galleryWithControl(listed, scoring)) {
      Candidate found = with.nearestControl(listed.get(300)).orElseThrow();

      assertThat(found.row()).isEqualTo(300);
      assertThat(found.similarity().cosine())
          .isCloseTo(
              without.nearest(listed.get(300)).orElseThrow().similarity().cosine(), within(1e-6));
    }
  }

  @Test
  void aWithdrawnControlEntryIsNotFound() {
    try (Gallery.Builder builder = Gallery.builder("pack", DIMENSION, 1)) {
      Template listed = random();
      builder.addControl(new SubjectRef("C-1"), "control", List.of(listed));
      try (Gallery gallery = builder.build(null)) {
        assertThat(gallery.nearest(listed)).isEmpty();
        assertThat(gallery.nearestControl(listed)).isPresent();

        gallery.withdraw(Set.of(new SubjectRef("C-1")));

        assertThat(gallery.nearestControl(listed)).isEmpty();
        assertThat(gallery.size()).isZero();
      }
    }
  }

  /** Each hundredth is a control entry. */
  private static Gallery galleryWithControl(List<Template> listed, Scoring scoring) {
    try (Gallery.Builder builder = Gallery.builder("pack", DIMENSION, listed.size())) {
      for (int row = 0; row < listed.size(); row++) {
        if (row % 100 == 0) {
          builder.addControl(new SubjectRef("S-1"), "exercise", List.of(listed.get(row)));
        } else {
          builder.add(new SubjectRef("S-1"), "exercise", List.of(listed.get(row)));
        }
      }
      return builder.build(scoring == Scoring.COSINE ? null : SCALE);
    }
  }

  @Test
  void theSimilarityIsTheCosineWithTheNearestSubject() {
    List<Template> listed = templates(300);
    try (Gallery gallery = galleryOf(listed)) {
      for (int i = 0; i < 50; i++) {
        Template probe = random();
        Candidate found = gallery.nearest(probe).orElseThrow();
        assertThat(found.similarity().cosine())
            .isCloseTo(cosine(listed.get(found.row()), probe), within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void searchedTogetherProbesFindWhatEachFindsAloneToTheLastBit(Scoring scoring) {
    List<Template> probes = templates(17);
    try (Gallery gallery = galleryOf(templates(SEVERAL_PARTS), scoring)) {
      assertThat(gallery.nearest(probes)).isEqualTo(probes.stream().map(gallery::nearest).toList());
    }
  }

  @ParameterizedTest
  @EnumSource
  void anyNumberOfThreadsFindsTheSameToTheLastBit(Scoring scoring) throws Exception {
    List<Template> probes = templates(17);
    try (Gallery gallery = galleryOf(templates(SEVERAL_PARTS), scoring)) {
      assertThat(searched(gallery, probes, 3)).isEqualTo(searched(gallery, probes, 1));
    }
  }

  /** The threads of a fork-join pool that searches are those that it is split over. */
  private static List<Optional<Candidate>> searched(
      Gallery gallery, List<Template> probes, int threads) throws Exception {
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      return pool.submit(() -> gallery.nearest(probes)).get();
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void theNearestIsFoundInWhicheverPartOfALongListItIs() {
    List<Template> listed = templates(SEVERAL_PARTS);
    try (Gallery gallery = galleryOf(listed)) {
      List<Integer> rows = List.of(0, 2559, 2560, 5119, 5120, SEVERAL_PARTS - 1);
      assertThat(gallery.nearest(rows.stream().map(listed::get).toList()))
          .extracting(found -> found.orElseThrow().row())
          .isEqualTo(rows);
    }
  }

  @Test
  void ofSubjectsThatAreAsNearTheFirstIsFound() {
    List<Template> listed = templates(SEVERAL_PARTS);
    Template twice = listed.get(300);
    listed.set(SEVERAL_PARTS - 1, twice);
    try (Gallery gallery = galleryOf(listed)) {
      assertThat(gallery.nearest(twice).orElseThrow().row()).isEqualTo(300);
    }
  }

  @Test
  void noProbesFindNothing() {
    try (Gallery gallery = galleryOf(templates(300), Scoring.LIST_NORMALISED)) {
      assertThat(gallery.nearest(List.of())).isEmpty();
    }
  }

  @Test
  void aListedSubjectIsFoundEvenIfEveryoneIsUnlikeTheProbe() {
    try (Gallery gallery = galleryOf(List.of(of(1, 2, 3)))) {
      assertThat(gallery.nearest(of(-1, -2, -3)).orElseThrow().similarity().cosine())
          .isCloseTo(-1, within(1e-6));
    }
  }

  @Test
  void aCandidateSaysWhoIsListedInItsRowAndWhy() {
    try (Gallery.Builder builder = Gallery.builder("pack", 3, 2)) {
      builder.add(new SubjectRef("S-A"), "missing", List.of(of(1, 0, 0)));
      builder.add(new SubjectRef("S-B"), "wanted", List.of(of(0, 1, 0)));
      try (Gallery gallery = builder.build(null)) {
        Candidate found = gallery.nearest(of(0.1f, 1, 0)).orElseThrow();
        assertThat(found)
            .isEqualTo(new Candidate(1, new SubjectRef("S-B"), "wanted", found.similarity()));
      }
    }
  }

  @Test
  void whatThePicturesOfASubjectHaveInCommonFindsTheSubjectBest() {
    try (Gallery.Builder builder = Gallery.builder("pack", 3, 1)) {
      builder.add(new SubjectRef("S-1"), "exercise", List.of(of(1, 1, 0), of(1, -1, 0)));
      try (Gallery gallery = builder.build(null)) {
        assertThat(gallery.nearest(of(1, 0, 0)).orElseThrow().similarity().cosine())
            .isCloseTo(1, within(1e-6));
      }
    }
  }

  @Test
  void sizeCountsSubjectsNotTemplatesOrRoom() {
    try (Gallery.Builder builder = Gallery.builder("pack", DIMENSION, 5)) {
      builder.add(new SubjectRef("S-1"), "exercise", templates(3));
      try (Gallery gallery = builder.build(null)) {
        assertThat(gallery.size()).isOne();
      }
    }
  }

  @Test
  void anEmptyGalleryHasNoNearest() {
    try (Gallery gallery = galleryOf(List.of())) {
      assertThat(gallery.nearest(random())).isEmpty();
    }
  }

  @Test
  void aListedTemplateOfAnotherPackIsRefused() {
    try (Gallery.Builder builder = Gallery.builder("pack", DIMENSION, 1)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.add(new SubjectRef("S-1"), "exercise", List.of(foreign())));
    }
  }

  @Test
  void aProbeOfAnotherPackIsRefused() {
    try (Gallery gallery = galleryOf(templates(1))) {
      assertThatIllegalArgumentException().isThrownBy(() -> gallery.nearest(foreign()));
    }
  }

  @Test
  void probesAreRefusedIfOneIsOfAnotherPack() {
    try (Gallery gallery = galleryOf(templates(1))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> gallery.nearest(List.of(random(), foreign())));
    }
  }

  @Test
  void aRefusedEntryLeavesNoTraceInTheGallery() {
    try (Gallery.Builder builder = Gallery.builder("pack", DIMENSION, 1)) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> builder.add(new SubjectRef("S-1"), "exercise", List.of(random(), foreign())));
      try (Gallery gallery = builder.build(null)) {
        assertThat(gallery.size()).isZero();
      }
    }
  }

  @Test
  void moreEntriesThanThereIsRoomForAreRefused() {
    try (Gallery.Builder builder = Gallery.builder("pack", DIMENSION, 1)) {
      builder.add(new SubjectRef("S-1"), "exercise", templates(1));
      assertThatIllegalStateException()
          .isThrownBy(() -> builder.add(new SubjectRef("S-2"), "exercise", templates(1)));
    }
  }

  @Test
  void nothingCanBeAddedToABuiltGallery() {
    try (Gallery.Builder builder = Gallery.builder("pack", DIMENSION, 1)) {
      Gallery gallery = builder.build(null);
      assertThatIllegalStateException()
          .isThrownBy(() -> builder.add(new SubjectRef("S-1"), "exercise", templates(1)));
      gallery.close();
    }
  }

  @Test
  void closingTheBuilderLeavesABuiltGalleryAsItIs() {
    List<Template> listed = templates(1);
    try (Gallery gallery = galleryOf(listed)) {
      assertThat(gallery.nearest(listed.get(0)).orElseThrow().similarity().cosine())
          .isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void aBuilderThatIsGivenUpIsWiped() {
    Gallery.Builder builder = Gallery.builder("pack", DIMENSION, 3);
    ByteBuffer memory = builder.memory();
    builder.add(new SubjectRef("S-1"), "exercise", templates(1));
    assertThat(isWiped(memory)).isFalse();

    builder.close();

    assertThat(isWiped(memory)).isTrue();
  }

  @Test
  void closingWipesEveryTemplate() {
    Gallery gallery = galleryOf(templates(300));
    ByteBuffer memory = gallery.memory();
    assertThat(isWiped(memory)).isFalse();

    gallery.close();

    assertThat(isWiped(memory)).isTrue();
  }

  /** Entry i is of subject S-i, but the last, which is of S-0 once more. */
  private static Gallery subjects(List<Template> listed, @Nullable ListScale scale) {
    try (Gallery.Builder builder =
        Gallery.builder("pack", listed.get(0).dimension(), listed.size())) {
      for (int i = 0; i < listed.size(); i++) {
        String subject = "S-" + (i == listed.size() - 1 ? 0 : i);
        builder.add(new SubjectRef(subject), "exercise", List.of(listed.get(i)));
      }
      return builder.build(scale);
    }
  }

  @Test
  void whoIsWithdrawnIsNobodysNearestAnyMoreByAnyOfTheirEntries() {
    List<Template> listed = templates(300);
    for (ListScale scale : new ListScale[] {null, SCALE}) {
      try (Gallery gallery = subjects(listed, scale)) {
        gallery.withdraw(Set.of(new SubjectRef("S-0")));
        assertThat(gallery.nearest(List.of(listed.get(0), listed.get(299))))
            .extracting(found -> found.orElseThrow().subject().value())
            .doesNotContain("S-0", "withdrawn");
        assertThat(gallery.size()).isEqualTo(298);
      }
    }
  }

  @Test
  void theOthersAreFoundInTheirRowsAsBefore() {
    List<Template> listed = templates(300);
    try (Gallery gallery = subjects(listed, null)) {
      Candidate before = gallery.nearest(listed.get(7)).orElseThrow();
      gallery.withdraw(Set.of(new SubjectRef("S-0")));
      assertThat(gallery.nearest(listed.get(7))).contains(before);
    }
  }

  @Test
  void theTemplatesOfWhoIsWithdrawnAreWiped() {
    Gallery gallery = subjects(templates(300), SCALE);
    ByteBuffer memory = gallery.memory();
    Set<SubjectRef> all =
        IntStream.range(0, 300)
            .mapToObj(number -> new SubjectRef("S-" + number))
            .collect(Collectors.toSet());
    gallery.withdraw(all);
    assertThat(isWiped(memory)).isTrue();
    assertThat(gallery.nearest(random())).isEmpty();
    gallery.close();
  }

  @Test
  void aListIsScoredByTheLengthThatItsThresholdsWereDerivedFor() {
    for (int left : new int[] {0, 1, 2, 299}) {
      List<Template> listed = templates(left);
      try (Gallery.Builder builder = Gallery.builder("pack", DIMENSION, left)) {
        listed.forEach(
            template -> builder.add(new SubjectRef("S-1"), "exercise", List.of(template)));
        try (Gallery gallery = builder.build(SCALE, 300)) {
          assertThat(gallery.scoring()).isEqualTo(Scoring.LIST_NORMALISED);
          gallery
              .nearest(random())
              .ifPresent(found -> assertThat(found.similarity().cosine()).isBetween(-1.0, 1.0));
        }
      }
    }
  }

  @Test
  void theTemplatesAreNotOnTheHeap() {
    try (Gallery gallery = galleryOf(templates(1))) {
      assertThat(gallery.memory().isDirect()).isTrue();
    }
  }

  @Test
  void aClosedGalleryIsNotSearched() {
    Gallery gallery = galleryOf(templates(1));
    gallery.close();
    assertThatIllegalStateException().isThrownBy(() -> gallery.nearest(random()));
  }

  @Test
  void aClosedGalleryCanBeClosedAgain() {
    Gallery gallery = galleryOf(templates(1));
    gallery.close();
    gallery.close();
    assertThatIllegalStateException().isThrownBy(() -> gallery.nearest(random()));
  }

  @Test
  void aSearchWhileTheGalleryIsClosedFindsWhatWasThereOrNothing() throws Exception {
    List<Template> listed = templates(1000);
    Template probe = random();
    Candidate expected;
    try (Gallery gallery = galleryOf(listed)) {
      expected = gallery.nearest(probe).orElseThrow();
    }
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      for (int round = 0; round < 50; round++) {
        Gallery gallery = galleryOf(listed);
        CountDownLatch searching = new CountDownLatch(3);
        List<Future<Boolean>> searches = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          searches.add(threads.submit(() -> findsUntilClosed(gallery, probe, expected, searching)));
        }
        searching.await();
        gallery.close();
        for (Future<Boolean> search : searches) {
          assertThat(search.get()).isTrue();
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Searches until the gallery is closed; whether every answer was the expected one. */
  private static boolean findsUntilClosed(
      Gallery gallery, Template probe, Candidate expected, CountDownLatch searching) {
    boolean asExpected = gallery.nearest(probe).orElseThrow().equals(expected);
    searching.countDown();
    try {
      while (asExpected) {
        asExpected = gallery.nearest(probe).orElseThrow().equals(expected);
      }
      return false;
    } catch (IllegalStateException closed) {
      return asExpected;
    }
  }

  private static Gallery galleryOf(List<Template> listed) {
    return galleryOf(listed, Scoring.COSINE);
  }

  private static Gallery galleryOf(List<Template> listed, Scoring scoring) {
    int dimension = listed.isEmpty() ? DIMENSION : listed.get(0).dimension();
    try (Gallery.Builder builder = Gallery.builder("pack", dimension, listed.size())) {
      for (Template template : listed) {
        builder.add(new SubjectRef("S-1"), "exercise", List.of(template));
      }
      return builder.build(scoring == Scoring.COSINE ? null : SCALE);
    }
  }

  static boolean isWiped(ByteBuffer memory) {
    for (int i = 0; i < memory.capacity(); i++) {
      if (memory.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  private List<Template> templates(int count) {
    List<Template> templates = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      templates.add(random());
    }
    return templates;
  }

  private Template random() {
    return Template.normalised("pack", randomValues());
  }

  private Template foreign() {
    return Template.normalised("other", randomValues());
  }

  private float[] randomValues() {
    float[] values = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static Template of(float... values) {
    return Template.normalised("pack", values);
  }

  private static double cosine(Template one, Template other) {
    return one.similarityTo(other).cosine();
  }
}
