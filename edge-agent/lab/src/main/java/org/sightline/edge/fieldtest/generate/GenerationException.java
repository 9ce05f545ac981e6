package org.sightline.edge.fieldtest.generate;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;

/** Generated material could not be written. */
public final class GenerationException extends SightlineException {
  private static final long serialVersionUID = 1L;

  GenerationException(String what, String where, String remedy, @Nullable Throwable cause) {
    super(ErrorKind.of(cause), what, where, remedy, cause);
  }

  static GenerationException unwritable(Path folder, IOException cause) {
    return new GenerationException(
        "the folder cannot be written",
        folder.toString(),
        "check that it is a writable folder with room",
        cause);
  }
}
