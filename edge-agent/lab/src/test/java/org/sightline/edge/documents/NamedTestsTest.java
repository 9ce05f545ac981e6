package org.sightline.edge.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sightline.edge.documents.Document.inRepository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages name tests as evidence, {@code Class#method}; each has to be one of this repository. */
class NamedTestsTest {
  /** A method alone is of the class named last; dots stand for the rest of several names. */
  private static final Pattern NAMED = Pattern.compile("(\\w+(?:Test|IT))?(?:#([\\w.]+))?");

  private static final Pattern METHOD = Pattern.compile("(?m)^  (?:public )?void (\\w+)\\(");
  private static final Pattern FILE =
      Pattern.compile("(?:docs|edge-agent|models|scripts|systemd|test-fixtures)/[\\w./-]*\\w");

  /** Something to put a name for, such as {@code models/PACK/pack.json}. */
  private static final Pattern PLACEHOLDER = Pattern.compile(".*/[A-Z]+/.*");

  private static final Map<String, Set<String>> METHODS = new HashMap<>();

  static Stream<Document> all() throws IOException {
    return Document.all().stream();
  }

  @BeforeAll
  static void readTheTests() throws IOException {
    for (String place : List.of("edge-agent", "test-fixtures")) {
      try (Stream<Path> files = Files.walk(inRepository(place))) {
        for (Path file : files.filter(NamedTestsTest::isTest).toList()) {
          // Two modules may have a test of one name.
          Set<String> methods =
              METHODS.computeIfAbsent(
                  file.getFileName().toString().replace(".java", ""), test -> new HashSet<>());
          METHOD
              .matcher(Files.readString(file))
              .results()
              .forEach(method -> methods.add(method.group(1)));
        }
      }
    }
  }

  private static boolean isTest(Path file) {
    return file.toString().matches(".*/src/test/java/.*(Test|IT)\\.java");
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyTestThatAPageNamesIsThere(Document page) {
    List<String> missing = new ArrayList<>();
    String last = "no test";
    for (String code : page.codes()) {
      Matcher named = NAMED.matcher(code);
      if (!named.matches() || code.isEmpty()) {
        continue;
      }
      last = Objects.requireNonNullElse(named.group(1), last);
      if (!isThere(last, named.group(2))) {
        missing.add(code + " (of " + last + ")");
      }
    }
    assertThat(missing).isEmpty();
  }

  private static boolean isThere(String test, @Nullable String method) {
    Set<String> methods = METHODS.getOrDefault(test, Set.of());
    if (method == null) {
      return METHODS.containsKey(test);
    }
    Pattern name = Pattern.compile(method.replace("...", "\\w*"));
    return methods.stream().anyMatch(each -> name.matcher(each).matches());
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyFileThatAPageNamesIsThere(Document page) {
    assertThat(page.codes().stream().flatMap(code -> Stream.of(code.split(" ", -1))))
        .filteredOn(code -> FILE.matcher(code).matches() && !PLACEHOLDER.matcher(code).matches())
        .filteredOn(code -> Files.notExists(inRepository(code)))
        .isEmpty();
  }
}
