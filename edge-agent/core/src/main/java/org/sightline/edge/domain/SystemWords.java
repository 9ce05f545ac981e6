package org.sightline.edge.domain;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why the system refused a file: one remedy does not fit a full disk and a wrong user alike. */
public final class SystemWords {
  private SystemWords() {}

  /** In a few words, without the name of the file. */
  public static String of(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "this user has no permission";
    }
    if (failure instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    String words =
        failure instanceof FileSystemException named ? named.getReason() : failure.getMessage();
    return words == null ? failure.getClass().getSimpleName() : words;
  }
}
