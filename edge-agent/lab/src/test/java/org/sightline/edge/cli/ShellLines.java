package org.sightline.edge.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The simple commands of a script, each as its words: enough of a shell's grammar for what stands
 * in documents, without running anything.
 */
final class ShellLines {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\\\\\n"
              + "|(?<comment>(?<!\\S)#[^\\n]*)"
              + "|(?<end>\\n|[;&|()<>]+)"
              + "|(?<word>(?:'[^']*'|\"[^\"]*\"|\\$\\([^)]*\\)|\\\\.|[^\\s;&|()<>'\"\\\\])+)");

  private ShellLines() {}

  static List<List<String>> of(String script) {
    List<List<String>> commands = new ArrayList<>();
    List<String> words = new ArrayList<>();
    boolean redirected = false;
    Matcher token = TOKEN.matcher(script);
    while (token.find()) {
      if (token.group("end") != null) {
        redirected = token.group().matches(".*[<>].*");
        if (!redirected) {
          add(words, commands);
          words = new ArrayList<>();
        }
      } else if (token.group("word") != null) {
        if (!redirected) {
          words.add(unquoted(token.group()));
        }
        redirected = false;
      }
    }
    add(words, commands);
    return commands;
  }

  private static void add(List<String> words, List<List<String>> commands) {
    if (!words.isEmpty()) {
      commands.add(words);
    }
  }

  private static String unquoted(String word) {
    return word.replaceAll("'([^']*)'|\"([^\"]*)\"|\\\\(.)", "$1$2$3");
  }
}
