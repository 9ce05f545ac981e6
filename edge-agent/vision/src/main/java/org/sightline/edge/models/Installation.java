package org.sightline.edge.models;

import java.util.List;
import org.sightline.edge.models.ModelPack.PackFile;

/** How an installation ended. */
public sealed interface Installation {
  /** The pack is installed, now or since before. */
  record Installed() implements Installation {}

  /**
   * The source lacks files; nothing was written.
   *
   * @param sought one or more, each followed by those inputs of its conversion that are lacking too
   */
  record SourcesMissing(List<PackFile> sought) implements Installation {
    public SourcesMissing {
      sought = List.copyOf(sought);
    }
  }
}
