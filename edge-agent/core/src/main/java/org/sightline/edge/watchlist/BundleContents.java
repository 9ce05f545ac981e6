package org.sightline.edge.watchlist;

import java.time.LocalDate;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a list holds, as counts: enough for the authority to see what is being signed, and nothing
 * about anybody.
 *
 * @param entriesByCategory listed subjects by why they are listed; at most {@value
 *     #MAX_CATEGORIES}, the smallest of more counted together as {@value #OTHER}
 * @param under18Entries subjects known to be under 18
 * @param earliestReview first day, UTC, after which some listing would have to be reviewed again
 */
public record BundleContents(
    SortedMap<String, Integer> entriesByCategory, int under18Entries, LocalDate earliestReview) {
  static final int MAX_CATEGORIES = 32;
  static final String OTHER = "other";

  public BundleContents {
    entriesByCategory.forEach(
        (category, entries) -> {
          if (entries == null || entries < 1) {
            throw new IllegalArgumentException("a category that is counted has an entry");
          }
          if (category.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a category is one line");
          }
        });
    if (entriesByCategory.isEmpty() || entriesByCategory.size() > MAX_CATEGORIES) {
      throw new IllegalArgumentException("a list has 1 to " + MAX_CATEGORIES + " categories");
    }
    entriesByCategory = Collections.unmodifiableSortedMap(new TreeMap<>(entriesByCategory));
    if (under18Entries < 0 || under18Entries > entryCount(entriesByCategory)) {
      throw new IllegalArgumentException("those under 18 are some of the entries");
    }
  }

  /** All listed subjects. */
  long entryCount() {
    return entryCount(entriesByCategory);
  }

  /** How many of them are control entries. */
  public int controlEntries(BundleTerms terms) {
    return terms.control().isPresent()
        ? entriesByCategory.getOrDefault(ControlTerms.CATEGORY, 0)
        : 0;
  }

  private static long entryCount(Map<String, Integer> entriesByCategory) {
    return entriesByCategory.values().stream().mapToLong(Integer::intValue).sum();
  }

  /** Counts while a list is written. */
  public static final class Count {
    private final Map<String, Integer> entriesByCategory = new HashMap<>();
    private int under18Entries;
    private LocalDate earliestReview = LocalDate.MAX;

    /** Counts one subject. */
    public void add(String category, EntryTerms terms) {
      entriesByCategory.merge(category, 1, Integer::sum);
      under18Entries += terms.under18() ? 1 : 0;
      if (terms.reviewedUntil().isBefore(earliestReview)) {
        earliestReview = terms.reviewedUntil();
      }
    }

    /** What was counted so far. */
    public BundleContents contents() {
      return new BundleContents(fewCategories(), under18Entries, earliestReview);
    }

    private SortedMap<String, Integer> fewCategories() {
      if (entriesByCategory.size() <= MAX_CATEGORIES) {
        return new TreeMap<>(entriesByCategory);
      }
      SortedMap<String, Integer> few = new TreeMap<>();
      // Control entries are counted by themselves, however few.
      entriesByCategory.entrySet().stream()
          .sorted(
              Comparator.<Map.Entry<String, Integer>, Boolean>comparing(
                      category -> !category.getKey().equals(ControlTerms.CATEGORY))
                  .thenComparing(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                  .thenComparing(Map.Entry.comparingByKey()))
          .forEach(
              category ->
                  few.merge(
                      few.size() < MAX_CATEGORIES - 1 ? category.getKey() : OTHER,
                      category.getValue(),
                      Integer::sum));
      return few;
    }
  }
}
