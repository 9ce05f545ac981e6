package org.sightline.edge.authorisation;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a deployment is for, and so how strictly it is held. */
public enum DeploymentClass {
  /** Among consenting people or on recorded or drawn footage; one signature suffices. */
  @JsonProperty("exercise")
  EXERCISE,

  /** In public; needs the signatures of two authorities and a model pack fit for it. */
  @JsonProperty("live")
  LIVE
}
