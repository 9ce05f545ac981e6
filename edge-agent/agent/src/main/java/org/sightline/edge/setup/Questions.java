package org.sightline.edge.setup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;

/** What is asked of whoever sets a box up: on a terminal, or of the options alone. */
public final class Questions {
  private final @Nullable BufferedReader answers;
  private final PrintWriter out;

  private Questions(@Nullable BufferedReader answers, PrintWriter out) {
    this.answers = answers;
    this.out = out;
  }

  /** Asks for what no option says. */
  public static Questions of(BufferedReader answers, PrintWriter out) {
    return new Questions(answers, out);
  }

  /** Asks nothing: what no option says is as it was, or as is usual. */
  public static Questions none(PrintWriter out) {
    return new Questions(null, out);
  }

  /** Makes something of an answer, or says by an {@link IllegalArgumentException} why not. */
  interface Check<T> {
    T of(String answer) throws SightlineException;
  }

  /**
   * Has a question answered: by an option, else by a person, else as was suggested. Who answers
   * wrongly is asked again; a wrong option is refused.
   *
   * @param option that answers it
   * @param given by that option; null if it is not there
   * @param suggested what an empty answer means; null if there has to be one
   */
  <T> T ask(
      String question,
      String option,
      @Nullable String given,
      @Nullable String suggested,
      Check<T> check)
      throws SightlineException {
    if (given != null || answers == null) {
      return checked(option, given == null ? suggested : given, check);
    }
    while (true) {
      out.print(
          question
              + (suggested == null || suggested.isEmpty() ? "" : " [" + suggested + "]")
              + ": ");
      out.flush();
      String answer = line(question, option);
      try {
        return checked(option, answer.isBlank() ? suggested : answer.strip(), check);
      } catch (SightlineException e) {
        out.println("  " + e.getMessage());
      }
    }
  }

  /** Shows something before the next question. */
  void show(String line) {
    out.println(line);
  }

  /** Whether there is somebody to ask. */
  boolean areAsked() {
    return answers != null;
  }

  private static <T> T checked(String option, @Nullable String answer, Check<T> check)
      throws SightlineException {
    if (answer == null) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "there is no answer to a question that has to be answered",
          option,
          "give it");
    }
    try {
      return check.of(answer);
    } catch (IllegalArgumentException e) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "this is no answer: " + answer,
          option,
          String.valueOf(e.getMessage()),
          e);
    }
  }

  private String line(String question, String option) throws SightlineException {
    String line;
    try {
      line = answers == null ? null : answers.readLine();
    } catch (IOException e) {
      line = null;
    }
    if (line == null) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "nobody answers: " + question,
          "standard input",
          "give " + option + ", or --yes for what is suggested; nothing was changed");
    }
    return line;
  }
}
