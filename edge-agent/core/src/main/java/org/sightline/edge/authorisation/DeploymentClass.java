package org.sightline.edge.authorisation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What a deployment is for, and so how strictly it is held. */
public enum DeploymentClass {
  /** Among consenting people or on recorded or drawn footage; one signature suffices. */
  @JsonProperty("exercise")
  EXERCISE,

  /** In public; needs the signatures of two authorities and a model pack fit for it. */
  @JsonProperty("live")
  LIVE;

  /** The word of the contract. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
