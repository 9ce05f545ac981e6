package org.sightline.edge.authorisation;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who has to judge an alert before its outcome counts, where one officer is not enough. */
public enum OutcomeRule {
  /** Two officers who find the same, or a third who decides where they do not. */
  @JsonProperty("two-officers")
  TWO_OFFICERS;

  /** The word of the contract. */
  public String word() {
    return "two-officers";
  }
}
