package org.sightline.edge.watchlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class BundleContentsTest {
  private static final LocalDate EARLY = LocalDate.parse("2026-11-24");
  private static final LocalDate LATE = LocalDate.parse("2026-12-24");

  private final BundleContents.Count count = new BundleContents.Count();

  @Test
  void entriesAreCountedByCategoryAndThoseUnder18AndTheFirstReviewAreReported() {
    count.add("wanted", new EntryTerms(LATE, false));
    count.add("missing", new EntryTerms(EARLY, true));
    count.add("wanted", new EntryTerms(LATE, false));
    BundleContents contents = count.contents();
    assertThat(contents.entriesByCategory())
        .containsExactly(entry("missing", 1), entry("wanted", 2));
    assertThat(contents.under18Entries()).isEqualTo(1);
    assertThat(contents.earliestReview()).isEqualTo(EARLY);
  }

  @Test
  void thirtyTwoCategoriesAreReportedByName() {
    for (int i = 0; i < 32; i++) {
      count.add("category " + i, new EntryTerms(LATE, false));
    }
    assertThat(count.contents().entriesByCategory()).hasSize(32).doesNotContainKey("other");
  }

  @Test
  void ofMoreCategoriesTheSmallestAreCountedTogether() {
    for (int i = 0; i < 40; i++) {
      for (int entries = 0; entries <= i; entries++) {
        count.add("category " + i, new EntryTerms(LATE, false));
      }
    }
    BundleContents contents = count.contents();
    assertThat(contents.entriesByCategory())
        .hasSize(32)
        .containsEntry("category 39", 40)
        .containsEntry("other", 9 * 10 / 2)
        .doesNotContainKey("category 8");
    assertThat(contents.entryCount()).isEqualTo(40 * 41 / 2);
  }
}
