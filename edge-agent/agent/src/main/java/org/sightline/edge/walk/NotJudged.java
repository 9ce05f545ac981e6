package org.sightline.edge.walk;

import java.util.Locale;

/** Why it is not known whether an announced walk would have been recognised. */
public enum NotJudged {
  /** The camera gave no frames, at some time of it. */
  CAMERA_DOWN,
  /** The agent was not there, at some time of it. */
  AGENT_STOPPED,
  /** The deployment was paused before it was over. */
  PAUSED,
  /** The deployment was over before it was. */
  CLOSED,
  /** The subject was taken off the list. */
  WITHDRAWN,
  /** Who was to walk cannot be read any more. */
  UNREADABLE;

  /**
   * Whether somebody at the box can bring it about, and so be rid of a walk that goes badly. Where
   * a lowest rate is authorised, what was not recognised by then counts as missed.
   */
  boolean countsAgainst() {
    return this == PAUSED || this == AGENT_STOPPED;
  }

  /** As it is stored and published. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
