package org.sightline.edge.config;

import java.nio.file.Path;

/**
 * Where a secret is read from.
 *
 * @param sealed whether the service manager has unsealed it for this service alone, so that it lies
 *     on no disk in the clear; otherwise it is a file, which is for exercises
 */
public record KeyFile(Path path, boolean sealed) {
  /** Variable by which the service manager says where it has put unsealed secrets. */
  public static final String CREDENTIALS_DIRECTORY = "CREDENTIALS_DIRECTORY";
}
