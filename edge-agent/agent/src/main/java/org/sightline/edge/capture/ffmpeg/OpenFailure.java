package org.sightline.edge.capture.ffmpeg;

import org.sightline.edge.capture.CaptureException;

/** Why a clip or camera could not be opened, before it is known whose failure that is. */
final class OpenFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** What a retry may hope for. */
  enum Kind {
    /** The reader was closed meanwhile. */
    CLOSED,
    /** Not there, not answering or not understood. */
    UNREACHABLE,
    /** There, but one does not accept the other: the password or the certificate is wrong. */
    REFUSED
  }

  private final Kind kind;
  private final String remedy;

  /** The message and fix hold no address and no secret: both end in logs. */
  OpenFailure(Kind kind, String what, String remedy) {
    super(what);
    this.kind = kind;
    this.remedy = remedy;
  }

  Kind kind() {
    return kind;
  }

  CaptureException at(String where) {
    return new CaptureException(String.valueOf(getMessage()), where, remedy, null);
  }
}
