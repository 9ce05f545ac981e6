package org.sightline.edge.audit;

import java.nio.file.Path;
import org.sightline.edge.domain.SightlineException;

/** An exported log cannot be read or written. */
public final class AuditException extends SightlineException {
  private static final long serialVersionUID = 1L;

  AuditException(String what, Path file, String remedy, Throwable cause) {
    super(what, file.toString(), remedy, cause);
  }
}
