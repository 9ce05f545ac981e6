package org.sightline.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sightline.edge.domain.ErrorKind;

/** What is written about exit codes, held against the kinds of errors. */
class DocumentedExitCodesTest {
  private static final Path DOCS = Path.of("..", "..", "docs");

  @ParameterizedTest
  @EnumSource(ErrorKind.class)
  void theListOfCommandsNamesTheExitCodeOfEachKind(ErrorKind kind) throws Exception {
    assertThat(row("commands.md", kind)).isNotBlank();
  }

  @ParameterizedTest
  @EnumSource(ErrorKind.class)
  void thePageOnTroublesSaysWhetherTheServiceIsStartedAgain(ErrorKind kind) throws Exception {
    assertThat(row("troubleshooting.md", kind).replaceFirst(".*\\| (\\w+).*? \\|$", "$1"))
        .isEqualTo(kind.isTriedAgain() ? "yes" : "no");
  }

  /** The row that begins with the exit code, in the page's first table of them. */
  private static String row(String page, ErrorKind kind) throws Exception {
    List<String> rows =
        Pattern.compile("(?m)^\\| " + kind.exitCode() + " \\|.*$")
            .matcher(Files.readString(DOCS.resolve(page)))
            .results()
            .map(MatchResult::group)
            .toList();
    assertThat(rows).isNotEmpty();
    return rows.get(0);
  }
}
