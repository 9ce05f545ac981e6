package org.sightline.edge.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An officer who reads the page about a shift finds its words on the board. */
class ShiftDocumentTest {
  private static final Path REPOSITORY = Path.of("..", "..");
  private static final Path PAGES =
      Path.of("../control-room/src/main/resources/org/sightline/edge/board/page");

  /** In italics, or in quotation marks; what is bold is no quotation. */
  private static final Pattern QUOTED =
      Pattern.compile("(?<![*\\w])\\*([^*]+)\\*(?!\\*)|\"([^\"]+)\"");

  @Test
  void whatItQuotesStandsOnTheBoard() throws Exception {
    String board = board();
    String text = Files.readString(REPOSITORY.resolve("docs/shift.md"));

    List<String> quoted =
        QUOTED
            .matcher(text)
            .results()
            .map(each -> plain(each.group(1) == null ? each.group(2) : each.group(1)))
            .toList();

    assertThat(quoted).hasSizeGreaterThan(20).allSatisfy(each -> assertThat(board).contains(each));
  }

  /** All that it can say, without markup. */
  private static String board() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(PAGES)) {
      for (Path file : files.filter(each -> each.toString().matches(".*\\.(html|js)")).toList()) {
        String text = Files.readString(file);
        boolean markup = file.toString().endsWith(".html");
        all.append(markup ? text.replaceAll("<[^>]*>", "") : text).append('\n');
      }
    }
    return plain(all.toString());
  }

  private static String plain(String text) {
    return text.replace('’', '\'').replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }
}
