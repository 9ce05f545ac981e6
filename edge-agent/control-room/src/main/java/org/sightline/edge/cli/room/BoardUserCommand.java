package org.sightline.edge.cli.room;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.cli.page.UserEntry;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.web.login.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code board user}. */
@Command(
    name = "user",
    description = {
      "Adds an officer to the users file of a board, or gives one a new password; --remove removes"
          + " one. A running board applies it at once: sessions under an old password end.",
      "",
      UserEntry.PASSWORD
    },
    exitCodeList = {"0:done", "1:there is nobody to remove"},
    footer = {"", "Example: sightline board user --users /etc/sightline/users.json --officer 1234"})
final class BoardUserCommand implements Callable<Integer> {
  @Mixin private UserEntry user;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description =
          "officer; supervisor: decides where two officers disagree, and corrects what others stated;"
              + " street: goes to the person of an alert that was judged true, with a phone, and"
              + " sees nothing else; or auditor: reads and verifies the log of what others did, and"
              + " sees no alert (default: officer; who is in the file keeps their role).")
  private @Nullable Role role;

  @Override
  public Integer call() throws CryptoException, IOException {
    return user.apply(role);
  }
}
