package org.sightline.edge.documents;

import static org.sightline.edge.documents.Document.inRepository;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/** What the file NOTICE says of native code. */
final class Notice {
  private static final Pattern LINE = Pattern.compile("(?m)^  (\\S.*?)  +(-|\\d[\\d.]*) +(\\S.*)$");

  private Notice() {}

  /**
   * One line of it.
   *
   * @param version "-" where the library states none
   */
  record Library(String name, String version, String licence) {}

  static List<Library> nativeCode() throws IOException {
    String text = Files.readString(inRepository("NOTICE"));
    String section = text.substring(text.indexOf("\nNative code"), text.indexOf("\nJava\n"));
    return LINE.matcher(section)
        .results()
        .map(found -> new Library(found.group(1), found.group(2), found.group(3)))
        .toList();
  }
}
