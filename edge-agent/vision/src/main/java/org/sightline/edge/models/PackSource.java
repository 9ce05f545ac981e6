package org.sightline.edge.models;

import java.io.IOException;
import java.nio.file.Path;
import org.sightline.edge.models.ModelPack.PackFile;

/** Where the files of a pack come from. */
interface PackSource {
  /** Whether the file can be asked for here. */
  boolean has(PackFile file) throws ModelPackException;

  /**
   * Puts the file's bytes, and no others, at the target.
   *
   * @param file one that this source has
   * @throws IOException if the target cannot be written
   */
  void fetch(PackFile file, Path target) throws ModelPackException, IOException;
}
