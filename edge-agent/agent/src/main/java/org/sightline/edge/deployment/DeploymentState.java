package org.sightline.edge.deployment;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a deployment stands; docs/deployment.md draws the steps between. */
public enum DeploymentState {
  /** Nothing of it is here. */
  CLOSED,

  /** Its list is here, under a verified authorisation; no capture. */
  AUTHORISED,

  /** Capture from the authorised start on. */
  OPEN,

  /** Over; its list is about to be destroyed. */
  ENDED,

  /** Over, and nothing of its list is left; it never comes back. */
  DESTROYED,

  /** Over, but keys or files could not be removed: somebody has to look. */
  ALARM;

  /** What moves a deployment from one state to another. */
  public enum Step {
    /** A list is imported. */
    IMPORT,
    /** Capture is allowed to begin. */
    OPEN,
    /** The end has come: its time, a close, a revocation, the list's expiry. */
    END,
    /** Keys and files have been removed. */
    DESTROY,
    /** Keys or files could not be removed. */
    FAIL
  }

  /** The state after a step; empty if the step is not allowed here. */
  public Optional<DeploymentState> after(Step step) {
    @Nullable DeploymentState next =
        switch (this) {
          case CLOSED -> step == Step.IMPORT ? AUTHORISED : null;
          case AUTHORISED ->
              switch (step) {
                case IMPORT -> AUTHORISED;
                case OPEN -> OPEN;
                case END -> ENDED;
                case DESTROY, FAIL -> null;
              };
          case OPEN -> step == Step.END ? ENDED : null;
          case ENDED, ALARM ->
              switch (step) {
                case DESTROY -> DESTROYED;
                case FAIL -> ALARM;
                case IMPORT, OPEN, END -> null;
              };
          case DESTROYED -> null;
        };
    return Optional.ofNullable(next);
  }

  /** The name in the data file and in output: lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static DeploymentState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
