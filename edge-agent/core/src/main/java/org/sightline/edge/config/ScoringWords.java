package org.sightline.edge.config;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How {@link org.sightline.edge.domain.Scoring} is written in JSON; a mix-in. */
public enum ScoringWords {
  @JsonProperty("cosine")
  COSINE,
  @JsonProperty("list-normalised")
  LIST_NORMALISED
}
