package org.sightline.edge.watchlist;

import java.util.Optional;

/**
 * What holds for some of the entries of a list, as signed with it.
 *
 * @param categories what holds for each category; empty if they are words alone
 * @param control that there are control entries; empty if there are none
 */
public record SignedRules(Optional<SignedPolicy> categories, Optional<ControlTerms> control) {
  /** Of a list whose categories are words alone, and nobody on it is a control entry. */
  public static final SignedRules NONE = new SignedRules(Optional.empty(), Optional.empty());
}
