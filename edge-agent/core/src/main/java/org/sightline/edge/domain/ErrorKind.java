package org.sightline.edge.domain;

import org.jspecify.annotations.Nullable;

/**
 * What kind of failure ends a command, so that its caller knows whether to start it again. Each
 * kind has one exit code; the units in {@code systemd/} go by these.
 */
public enum ErrorKind {
  /** An argument, a file, an address or a folder cannot be used: it has to be corrected first. */
  UNUSABLE_INPUT(2, false),

  /** All could be read, and a safeguard says no: nothing valid permits what was asked for. */
  REFUSED(1, false),

  /** A full disk, a folder in use, a broker that is away: the same may succeed later. */
  TEMPORARY(75, true),

  /**
   * An error of the program. Nobody can say whether it would come again, so it is tried again, as
   * often as the unit's start limit allows.
   */
  INTERNAL(70, true);

  private final int exitCode;
  private final boolean triedAgain;

  ErrorKind(int exitCode, boolean triedAgain) {
    this.exitCode = exitCode;
    this.triedAgain = triedAgain;
  }

  /** The kind of what is caused by an expected failure is the cause's, else unusable input. */
  public static ErrorKind of(@Nullable Throwable cause) {
    return cause instanceof SightlineException known ? known.kind() : UNUSABLE_INPUT;
  }

  /** What a command that fails so ends with. */
  public int exitCode() {
    return exitCode;
  }

  /** Whether a service manager should start again what failed so. */
  public boolean isTriedAgain() {
    return triedAgain;
  }
}
