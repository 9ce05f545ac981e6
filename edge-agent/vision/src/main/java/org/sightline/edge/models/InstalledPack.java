package org.sightline.edge.models;

import java.nio.file.Path;

/**
 * A pack whose files were found with the right bytes when it was opened.
 *
 * @param folder that holds the files; need not exist for a pack without files
 */
public record InstalledPack(ModelPack manifest, Path folder) {

  /**
   * Where a file of the pack lies.
   *
   * @param fileName as in the manifest
   * @throws IllegalArgumentException if the manifest names no such file
   */
  public Path path(String fileName) {
    if (manifest.files().stream().noneMatch(file -> file.name().equals(fileName))) {
      throw new IllegalArgumentException("no such file in pack " + manifest.name());
    }
    return folder.resolve(fileName);
  }
}
