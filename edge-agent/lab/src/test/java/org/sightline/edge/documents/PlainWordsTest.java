package org.sightline.edge.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The glossary says which words are used nowhere: in no message, help, page, comment or name. */
class PlainWordsTest {
  private static final Path REPOSITORY = Path.of("..", "..");
  private static final Path GLOSSARY = REPOSITORY.resolve("docs/glossary.md");

  /** Where a word begins within a name, such as {@code isSaidOnce}, {@code MOST_SAID}. */
  private static final Pattern IN_NAMES =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_");

  private static final Pattern BOLD = Pattern.compile("\\*\\*(\\w+)\\*\\*");

  private static final Path TROUBLESHOOTING = REPOSITORY.resolve("docs/troubleshooting.md");

  /** Where a quoted message has something variable, or was put together from parts. */
  private static final Pattern VARIABLE = Pattern.compile("\\.\\.\\.|[:;(),]|\\b[A-Z0-9]+\\b");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "edge-agent",
        "test-fixtures",
        "docs",
        "systemd",
        "scripts",
        "README.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "CHANGELOG.md"
      })
  void noWordThatTheGlossaryBansIsUsed(String where) throws Exception {
    Pattern banned = banned();
    List<String> found = new ArrayList<>();
    for (Path file : texts(REPOSITORY.resolve(where))) {
      int number = 0;
      for (String line : Files.readAllLines(file)) {
        number++;
        if (banned.matcher(IN_NAMES.matcher(line).replaceAll(" ")).find()) {
          found.add(REPOSITORY.relativize(file) + ":" + number + ": " + line.strip());
        }
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void theGlossaryBansWords() throws Exception {
    assertThat(bannedWords()).hasSizeGreaterThan(4);
  }

  private static Pattern banned() throws IOException {
    return Pattern.compile("(?i)\\b(" + String.join("|", bannedWords()) + ")(s|ed|ing)?\\b");
  }

  /** Those in bold in the last column of a table. */
  private static Set<String> bannedWords() throws IOException {
    Set<String> words = new TreeSet<>();
    for (String line : Files.readAllLines(GLOSSARY)) {
      if (line.startsWith("| ")) {
        String[] columns = line.split("\\|", 0);
        BOLD.matcher(columns[columns.length - 1])
            .results()
            .map(bold -> bold.group(1))
            .forEach(words::add);
      }
    }
    return words;
  }

  /** Text that is written by hand here; the glossary itself has to name the words. */
  private static List<Path> texts(Path where) throws IOException {
    try (Stream<Path> files = Files.walk(where)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.toString().matches(".*/(target|resources)/.*"))
          .filter(file -> !file.equals(GLOSSARY))
          .filter(
              file -> {
                String name = file.getFileName().toString();
                return name.matches(".*\\.(java|md|ya?ml|json|conf|service|timer|sh)")
                    || name.matches("[a-z-]+");
              })
          .toList();
    }
  }

  @Test
  void everyMessageThatThePageOnTroublesQuotesIsOneOfTheProgram() throws Exception {
    String program = program();
    assertThat(quotedParts())
        .hasSizeGreaterThan(80)
        .filteredOn(part -> !program.contains(part))
        .isEmpty();
  }

  /** The first column from the lines of the log on, cut where a message has something variable. */
  private static List<String> quotedParts() throws IOException {
    String page = Files.readString(TROUBLESHOOTING);
    return Pattern.compile("(?m)^\\| (`.*?`) \\|")
        .matcher(page.substring(page.indexOf("\n## Lines in the log")))
        .results()
        .map(row -> row.group(1))
        .flatMap(column -> Pattern.compile("`([^`]+)`").matcher(column).results())
        .map(quoted -> quoted.group(1))
        .flatMap(VARIABLE::splitAsStream)
        .map(String::strip)
        .filter(part -> part.length() > 8)
        .toList();
  }

  /**
   * All that scripts and classes of the program say, with the texts in one that are written in
   * several.
   */
  private static String program() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String script : List.of("launch", "sightline-update", "debian/list-guard")) {
      all.append(Files.readString(REPOSITORY.resolve("scripts").resolve(script)));
    }
    for (Path file : texts(REPOSITORY.resolve("edge-agent"))) {
      if (file.toString().contains("/src/main/java/")) {
        all.append(Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", ""));
      }
    }
    return all.toString();
  }
}
