package org.sightline.edge.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * The files of a page, from the program itself: index.html, login.html and what they name. The
 * style of the login and the icon are the same for all.
 */
public final class PageFiles {
  /** One folder at most, and no name that leads out of it. */
  static final Pattern PATH =
      Pattern.compile("/(?:page/)?[a-z0-9]+(?:-[a-z0-9]+)*\\.(?:css|js|svg)");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private final Class<?> owner;
  private final String folder;

  /**
   * @param owner beside whose class they lie
   * @param folder there
   */
  public PageFiles(Class<?> owner, String folder) {
    this.owner = owner;
    this.folder = folder;
  }

  /**
   * @param path one that {@link #PATH} allows, or of an HTML file that we name ourselves
   */
  void send(String path, Exchange exchange) throws IOException {
    try (InputStream file = file(path)) {
      if (file == null) {
        exchange.empty(HttpStatus.NOT_FOUND_404);
      } else {
        String kind = path.substring(path.lastIndexOf('.') + 1);
        exchange.content(String.valueOf(TYPES.get(kind)), file.readAllBytes());
      }
    }
  }

  private @Nullable InputStream file(String path) {
    InputStream own = owner.getResourceAsStream(folder + path);
    return own == null ? PageFiles.class.getResourceAsStream("page" + path) : own;
  }
}
