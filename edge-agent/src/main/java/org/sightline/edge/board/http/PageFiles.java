package org.sightline.edge.board.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpStatus;

/** The files of the page, from the program itself. */
final class PageFiles {
  /** One folder at most, and no name that leads out of it. */
  static final Pattern PATH =
      Pattern.compile("/(?:page/)?[a-z0-9]+(?:-[a-z0-9]+)*\\.(?:css|js|svg)");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private PageFiles() {}

  /**
   * @param path one that {@link #PATH} allows, or of an HTML file that we name ourselves
   */
  static void send(String path, Answer answer) throws IOException {
    try (InputStream file =
        PageFiles.class.getResourceAsStream("/org/sightline/edge/board/page" + path)) {
      if (file == null) {
        answer.empty(HttpStatus.NOT_FOUND_404);
      } else {
        String kind = path.substring(path.lastIndexOf('.') + 1);
        answer.content(String.valueOf(TYPES.get(kind)), file.readAllBytes());
      }
    }
  }
}
