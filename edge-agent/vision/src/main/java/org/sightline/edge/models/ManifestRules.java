package org.sightline.edge.models;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.sightline.edge.models.ModelPack.PackFile;

/** The rules that all manifests keep. */
final class ManifestRules {
  private static final Pattern PACK_NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

  private ManifestRules() {}

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /**
   * Checks what all manifests have.
   *
   * @return the names of the files
   */
  static Set<String> fileNames(String name, int version, List<PackFile> files) {
    require(PACK_NAME.matcher(name).matches(), "a pack's name is 1 to 32 of a-z, 0-9 and -");
    require(version > 0, "a pack's version counts from 1");
    Set<String> names = new HashSet<>();
    for (PackFile file : files) {
      require(names.add(file.name()), "two files have the same name");
    }
    return names;
  }
}
