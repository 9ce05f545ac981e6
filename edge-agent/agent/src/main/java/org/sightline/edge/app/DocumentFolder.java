package org.sightline.edge.app;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sightline.edge.publish.LineLimit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder in which signed documents of one kind may appear at any time, each a file; one that
 * stays as it is is read once. It need not be there.
 */
final class DocumentFolder {
  private static final Logger LOG = LoggerFactory.getLogger(DocumentFolder.class);

  /** Nobody honest puts more there. */
  static final int MOST_FILES = 10_000;

  private final Path folder;
  private final String kind;
  private final LineLimit lines = new LineLimit();
  private final Map<Path, ArrivingFile> files = new LinkedHashMap<>();

  /**
   * @param kind such as {@code withdrawal}, to which an {@code s} makes more of them
   */
  DocumentFolder(Path folder, String kind) {
    this.folder = folder;
    this.kind = kind;
  }

  /** What has come or changed since the last look. */
  List<byte[]> changed() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<byte[]> documents = new ArrayList<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder, "*.json")) {
      for (Path child : children) {
        if (files.size() >= MOST_FILES && !files.containsKey(child)) {
          lines
              .due(
                  "More than "
                      + MOST_FILES
                      + " "
                      + kind
                      + "s in one folder: the others are not read")
              .ifPresent(LOG::warn);
          break;
        }
        files
            .computeIfAbsent(child, file -> new ArrivingFile(file, "A " + kind))
            .changed()
            .ifPresent(documents::add);
      }
    } catch (IOException | DirectoryIteratorException e) {
      lines.due("The folder of " + kind + "s cannot be read: " + folder).ifPresent(LOG::warn);
    }
    return documents;
  }
}
