package org.sightline.edge.store;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;

/** The data file cannot be opened, read or written; nothing of the failed transaction remains. */
public final class StoreException extends SightlineException {
  private static final long serialVersionUID = 1L;

  /** The obstacle. */
  enum Reason {
    /** The disk is full or fails, or another process holds the file: it may pass by itself. */
    PASSING,
    /** The file or its folder cannot be written by this user, or at all. */
    NOT_WRITABLE,
    /** Anything else: trying again changes nothing. */
    LASTING
  }

  private final Reason reason;

  public StoreException(String what, String where, String remedy, @Nullable Throwable cause) {
    this(what, where, remedy, Reason.LASTING, cause);
  }

  StoreException(
      String what, String where, String remedy, Reason reason, @Nullable Throwable cause) {
    super(
        reason == Reason.PASSING ? ErrorKind.TEMPORARY : ErrorKind.UNUSABLE_INPUT,
        what,
        where,
        remedy,
        cause);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
