package org.sightline.edge.cli.page;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.cli.OfficerReference;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.config.PasswordFile;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.web.login.Officers;
import org.sightline.edge.web.login.PasswordHash;
import org.sightline.edge.web.login.Role;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** One officer of a users file: the options that name them, and their entry. */
public final class UserEntry {
  /** Of a command's description. */
  public static final String PASSWORD =
      "The password is asked for at the terminal, or read as one line from standard input. It has"
          + " at least "
          + Officers.SHORTEST_PASSWORD
          + " characters; several words do.";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

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
      description = "Number or role of the officer, never a name; recorded with all that they do.")
  private Actor officer;

  @Option(names = "--remove", description = "Remove the officer.")
  private boolean remove;

  /**
   * Adds the officer, gives them a new password, or removes them.
   *
   * @param role null to leave it as it is
   * @return the exit code
   */
  public int apply(@Nullable Role role) throws CryptoException, IOException {
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
