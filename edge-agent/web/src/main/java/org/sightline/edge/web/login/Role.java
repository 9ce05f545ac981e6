package org.sightline.edge.web.login;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.EnumSet;
import java.util.Set;

/** What somebody who may log in is there for. */
public enum Role {
  /** Judges. */
  @JsonProperty("officer")
  OFFICER,

  /** Decides where two officers disagree, and judges. */
  @JsonProperty("supervisor")
  SUPERVISOR,

  /** Goes to the person of an alert that was judged, with a phone, and sees nothing else. */
  @JsonProperty("street")
  STREET,

  /** Reads and verifies the log of what others did; sees no alert, and does nothing about any. */
  @JsonProperty("auditor")
  AUDITOR;

  /** Those who sit at a desk. */
  public static final Set<Role> DESK = Set.copyOf(EnumSet.of(OFFICER, SUPERVISOR));
}
