package org.sightline.edge.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page of the documentation as something that can be run. Of its fenced blocks, {@code
 * ```console} holds commands after a prompt, each with all that it prints, and <code>
 * ```LANGUAGE NAME</code> a file that the commands find.
 *
 * <pre>
 *   $ sightline deployment open \        a command continues after a backslash
 *       --config agent.yaml
 *   deployment D-1 is open until ...     times, digests, ids and decimals may differ
 *   ...                                  any number of lines
 * </pre>
 *
 * @param files content by name
 */
public record ConsoleDocument(Map<String, String> files, List<Command> commands) {
  /** Where the commands run. */
  public static final String WORK = "work";

  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w+)(?: (\\S+))?\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern COMMAND =
      Pattern.compile("^\\$ ((?:.*\\\\\\n)*.*)\\n((?:(?!\\$ ).*\\n)*)", Pattern.MULTILINE);

  /** What is another at each run, longest first. */
  private static final Pattern VARIABLE =
      Pattern.compile(
          String.join(
              "|",
              "\\b\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z",
              "\\b\\d\\d:\\d\\d:\\d\\d\\.\\d+",
              "\\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\\b",
              "\\b(?:[0-9a-f]{4}-){3}[0-9a-f]{4}\\b",
              "\\b[0-9a-f]{64}\\b",
              "\\b[0-9a-f]{32}\\b",
              "\\b\\d+\\.\\d+\\b"));

  private static final String ANY_LINES = "...";

  /**
   * A command.
   *
   * @param shown what the page says it prints
   */
  public record Command(String text, String shown) {
    /** Whether this is what the page shows. */
    public boolean shows(String printed) {
      String lines =
          shown
              .lines()
              .map(
                  line ->
                      line.equals(ANY_LINES)
                          ? "(?:.*\\n)*?"
                          : Pattern.quote(constant(line)) + "\\n")
              .collect(Collectors.joining());
      return Pattern.matches(lines, constant(printed));
    }
  }

  private static String constant(String text) {
    return VARIABLE.matcher(text).replaceAll("*");
  }

  /**
   * Reads a page.
   *
   * @param changes what is on the page, and what is in its place when it is run; of two that begin
   *     or end alike the longer one counts
   */
  public static ConsoleDocument read(Path page, Map<String, String> changes) throws IOException {
    String text = Files.readString(page);
    List<String> longestFirst =
        changes.keySet().stream().sorted(Comparator.comparing(String::length).reversed()).toList();
    for (String part : longestFirst) {
      text = text.replace(part, changes.getOrDefault(part, part));
    }
    Map<String, String> files = new LinkedHashMap<>();
    List<Command> commands = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      String content = block.group(3);
      if (block.group(2) != null) {
        files.put(block.group(2), content);
      } else if (block.group(1).equals("console")) {
        COMMAND
            .matcher(content)
            .results()
            .forEach(found -> commands.add(new Command(found.group(1), found.group(2))));
      }
    }
    return new ConsoleDocument(files, commands);
  }

  /**
   * Runs the commands in one shell until one of them fails.
   *
   * @param folder they run in its folder {@value #WORK}; empty
   * @param sightline the program that they call by that name, with what stands before it
   * @return what each printed, as far as they were run; of one that failed its exit code, too
   */
  public List<String> run(Path folder, String... sightline)
      throws IOException, InterruptedException {
    Path printed = Files.createDirectory(folder.resolve("printed"));
    Path work = Files.createDirectory(folder.resolve(WORK));
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path written = work.resolve(file.getKey());
      Files.createDirectories(written.getParent());
      Files.writeString(written, file.getValue());
    }
    StringBuilder script =
        new StringBuilder("set -eu\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n");
    for (int i = 0; i < commands.size(); i++) {
      script.append(
          "exec >'%s' 2>&1\n%s\n".formatted(printed.resolve("" + i), commands.get(i).text()));
    }
    Path programs = programs(folder, sightline);
    Path file = Files.writeString(folder.resolve("script"), script.toString());
    ProcessBuilder shell = new ProcessBuilder("bash", file.toString()).directory(work.toFile());
    shell.environment().put("SIGHTLINE_MODELS_HOME", work.resolve("models").toString());
    shell.environment().merge("PATH", programs.toString(), (path, first) -> first + ":" + path);
    int code = shell.inheritIO().start().waitFor();
    List<String> all = new ArrayList<>();
    for (int i = 0; Files.exists(printed.resolve("" + i)); i++) {
      all.add(Files.readString(printed.resolve("" + i)));
    }
    if (code != 0) {
      all.set(all.size() - 1, all.get(all.size() - 1) + "exit code " + code + "\n");
    }
    return all;
  }

  /** A folder for the search path; a function would not be a process that can be ended. */
  private static Path programs(Path folder, String... sightline) throws IOException {
    Path programs = Files.createDirectory(folder.resolve("programs"));
    Path program =
        Files.writeString(
            programs.resolve("sightline"),
            "#!/bin/sh\nexec '%s' \"$@\"\n".formatted(String.join("' '", sightline)));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return programs;
  }
}
