package org.sightline.edge.enrol;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Who may be listed at all.
 *
 * @param lastDay last day, UTC, on which the list is used: each listing is reviewed until then
 * @param under18Accepted whether the list may hold people under 18, who are not ordinarily listed
 */
public record ListRules(LocalDate lastDay, boolean under18Accepted) {

  /** A rule that is broken, and how to fix it. */
  record Breach(String what, String remedy) {}

  Optional<Breach> breach(Listing listing) {
    if (listing.reviewedUntil().isBefore(lastDay)) {
      return Optional.of(
          new Breach(
              "the listing is reviewed until "
                  + listing.reviewedUntil()
                  + ", the list is used until "
                  + lastDay,
              "review it, or let the list expire before"));
    }
    if (listing.under18() && !under18Accepted) {
      return Optional.of(
          new Breach(
              "the subject is under 18",
              "under-18s are not ordinarily listed: leave the row out, or give --accept-under-18"));
    }
    return Optional.empty();
  }
}
