package org.sightline.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sightline.edge.documents.Document;
import org.sightline.edge.documents.Document.Block;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Every command of every page can be typed as it stands there. */
class DocumentedCommandsTest {
  private static final Pattern TYPED =
      Pattern.compile("^\\$ ((?:.*\\\\\\n)*.*)$", Pattern.MULTILINE);

  /** What stands before a program in a shell. */
  private static final Pattern BEFORE = Pattern.compile("sudo|if|do|then|\\w+=.*");

  private static final Set<String> PROGRAMS =
      Set.of("sightline", "scripts/sightline", "sightline-on-device");

  /** What the variables of the walks hold. */
  private static final Map<String, String> VARIABLES =
      Map.of("$alert", "019ac9f0-0000-7000-8000-000000000001", "$head", "6:" + "a".repeat(64));

  private static final Set<String> PACKAGES_OF_THE_VAN =
      Set.of(
          "org.sightline.edge.cli", "org.sightline.edge.cli.van", "org.sightline.edge.cli.models");

  private static final CommandLine COMMANDS = Sightline.everyCommand().commandLine();

  static Stream<Block> scripts() throws IOException {
    return Document.allBlocks().stream()
        .filter(block -> Set.of("sh", "console", "text").contains(block.language()))
        .filter(block -> !script(block).isEmpty());
  }

  static Stream<Document> documents() throws IOException {
    return Document.all().stream();
  }

  private static String script(Block block) {
    return block.language().equals("sh")
        ? block.content()
        : TYPED
            .matcher(block.content())
            .results()
            .map(command -> command.group(1) + "\n")
            .collect(Collectors.joining());
  }

  /** The commands of a block, each beginning with its program. */
  private static List<List<String>> commands(Block block) {
    return ShellLines.of(script(block)).stream()
        .map(words -> words.stream().dropWhile(word -> BEFORE.matcher(word).matches()).toList())
        .filter(words -> !words.isEmpty())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void everyScriptIsOneForTheShell(Block block) throws Exception {
    Process bash = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
    bash.getOutputStream().write(script(block).getBytes(StandardCharsets.UTF_8));
    bash.getOutputStream().close();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(bash.waitFor()).as(said).isZero();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void everyScriptOfTheRepositoryIsThere(Block block) {
    assertThat(commands(block))
        .extracting(words -> words.get(0))
        .filteredOn(program -> program.startsWith("scripts/"))
        .allSatisfy(
            program ->
                assertThat(Files.isExecutable(Document.inRepository(program)))
                    .as(program)
                    .isTrue());
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void everyCommandTakesItsArguments(Block block) {
    for (List<String> words : commands(block)) {
      if (PROGRAMS.contains(words.get(0))) {
        List<String> arguments = new ArrayList<>(words.subList(1, words.size()));
        arguments.replaceAll(word -> VARIABLES.getOrDefault(word, word));
        if (words.get(0).equals("sightline-on-device")) {
          takenOnTheVan(arguments);
        } else {
          taken(arguments);
        }
      }
    }
  }

  private void taken(List<String> arguments) {
    assertThatCode(() -> COMMANDS.parseArgs(arguments.toArray(String[]::new)))
        .as(String.join(" ", arguments))
        .doesNotThrowAnyException();
  }

  /** The settings of the box are given by the wrapper. */
  private void takenOnTheVan(List<String> arguments) {
    CommandSpec command = command(arguments);
    assertThat(PACKAGES_OF_THE_VAN).contains(command.userObject().getClass().getPackageName());
    if (command.findOption("--config") != null) {
      arguments.add("--config=/etc/sightline/agent.yaml");
    }
    taken(arguments);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyCommandAndOptionNamedInALineIsThere(Document document) {
    document.codes().stream()
        .map(code -> List.of(code.split("\\s+")))
        .filter(words -> PROGRAMS.contains(words.get(0)) && words.size() > 1)
        .filter(words -> words.get(1).matches("[a-z].*") && !words.contains("v1"))
        .map(words -> words.subList(1, words.size()))
        .forEach(
            words -> {
              CommandSpec command = command(words);
              words.stream()
                  .map(word -> word.replaceAll("^\\[|[]=].*", ""))
                  .filter(word -> word.startsWith("--"))
                  .forEach(
                      option ->
                          assertThat(command.findOption(option))
                              .as("%s %s", command.qualifiedName(), option)
                              .isNotNull());
            });
  }

  /** The innermost command that is named. */
  private CommandSpec command(List<String> words) {
    CommandLine command = COMMANDS;
    for (String word : words) {
      CommandLine inner = command.getSubcommands().get(word);
      if (inner == null) {
        break;
      }
      command = inner;
    }
    assertThat(command).as("a command: %s", words).isNotSameAs(COMMANDS);
    return command.getCommandSpec();
  }
}
