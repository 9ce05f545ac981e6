package org.sightline.edge.cli.room;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.cli.OfficerReference;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.config.PasswordFile;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.web.login.Officers;
import org.sightline.edge.web.login.PasswordHash;
import org.sightline.edge.web.login.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code board user}. */
@Command(
    name = "user",
    description = {
      "Adds an officer to the users file of a board, or gives one a new password; --remove removes"
          + " one. A running board applies it at once: sessions under an old password end.",
      "",
      "The password is asked for at the terminal, or read as one line from standard input. It has"
          + " at least "
          + Officers.SHORTEST_PASSWORD
          + " characters; several words do."
    },
    exitCodeList = {"0:done", "1:there is nobody to remove"},
    footer = {"", "Example: sightline board user --users /etc/sightline/users.json --officer 1234"})
final class BoardUserCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--users",
      required = true,
      paramLabel = "FILE",
      description = "Users file; made (0600) if it is not there.")
  private Path users;

  @Option(
      names = "--officer",
      required = true,
      paramLabel = "REF",
      converter = OfficerReference.class,
      description = "Number or role of the officer, never a name; recorded with every outcome.")
  private Actor officer;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description =
          "officer; supervisor: decides where two officers disagree, and corrects what others stated;"
              + " street: goes to the person of an alert that was judged true, with a phone, and"
              + " sees nothing else; or auditor: reads and verifies the log of what others did, and"
              + " sees no alert (default: officer; who is in the file keeps their role).")
  private @Nullable Role role;

  @Option(names = "--remove", description = "Remove the officer.")
  private boolean remove;

  @Override
  public Integer call() throws CryptoException, IOException {
    if (remove) {
      boolean removed = Officers.read(users).remove(officer.reference());
      say(removed ? "officer %s can no longer log in%n" : "there is no officer %s%n");
      return removed ? 0 : Sightline.EXIT_NO;
    }
    Officers officers = Officers.readOrNone(users);
    char[] password = password();
    try {
      PasswordHash hash = PasswordHash.of(password);
      if (role == null) {
        officers.put(officer.reference(), hash);
      } else {
        officers.put(officer.reference(), hash, role);
      }
    } finally {
      Arrays.fill(password, '\0');
    }
    say("officer %s can log in%n");
    return 0;
  }

  private void say(String format) {
    spec.commandLine().getOut().printf(format, officer.reference());
  }

  /** A newer Java machine has a console for a pipe too; nothing comes again from that. */
  @SuppressWarnings("SystemConsoleNull")
  private char[] password() throws IOException {
    Console terminal = System.console();
    char[] password = terminal == null ? line() : typed(terminal);
    if (password.length < Officers.SHORTEST_PASSWORD
        || password.length > Officers.LONGEST_PASSWORD) {
      throw new ParameterException(
          spec.commandLine(),
          "a password has "
              + Officers.SHORTEST_PASSWORD
              + " to "
              + Officers.LONGEST_PASSWORD
              + " characters");
    }
    return password;
  }

  private static char[] line() throws IOException {
    @Nullable String line =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    return line == null ? new char[0] : PasswordFile.password(line).toCharArray();
  }

  private char[] typed(Console terminal) {
    char @Nullable [] once = terminal.readPassword("Password of officer %s: ", officer.reference());
    char @Nullable [] again = terminal.readPassword("Again: ");
    if (once == null || (again != null && !Arrays.equals(once, again))) {
      throw new ParameterException(spec.commandLine(), "the two are not the same");
    }
    return once;
  }
}
