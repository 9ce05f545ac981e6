package org.sightline.edge.web.login;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What somebody who may log in is there for. */
public enum Role {
  /** Judges. */
  @JsonProperty("officer")
  OFFICER,

  /** Decides where two officers disagree, and judges. */
  @JsonProperty("supervisor")
  SUPERVISOR
}
