package org.sightline.edge.models;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;

/** A model pack that cannot be used or installed. */
public final class ModelPackException extends SightlineException {
  private static final long serialVersionUID = 1L;

  /** What kind of failure it is. */
  public enum Reason {
    /** No pack of that name. */
    UNKNOWN_PACK,
    /** A manifest that is not JSON of the right shape, or contradicts itself. */
    BAD_MANIFEST,
    /** A file of the pack is not there. */
    NOT_INSTALLED,
    /** A file has other bytes than the manifest pins. */
    WRONG_DIGEST,
    /** Upstream could not be reached or does not have the file. */
    DOWNLOAD_FAILED,
    /** The inputs of a conversion do not make the file. */
    UNCONVERTIBLE,
    /** A folder that cannot be read or written. */
    FOLDER_UNUSABLE
  }

  private final Reason reason;

  public ModelPackException(
      Reason reason, String what, String where, String remedy, @Nullable Throwable cause) {
    super(
        reason == Reason.DOWNLOAD_FAILED ? ErrorKind.TEMPORARY : ErrorKind.UNUSABLE_INPUT,
        what,
        where,
        remedy,
        cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
