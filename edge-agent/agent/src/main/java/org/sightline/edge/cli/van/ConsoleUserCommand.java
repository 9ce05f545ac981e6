package org.sightline.edge.cli.van;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.sightline.edge.cli.page.UserEntry;
import org.sightline.edge.crypto.CryptoException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code console user}. */
@Command(
    name = "user",
    description = {
      "Adds an officer to the users file of the console, or gives one a new password; --remove"
          + " removes one. A running agent applies it at once: sessions under an old password end.",
      "",
      UserEntry.PASSWORD
    },
    exitCodeList = {"0:done", "1:there is nobody to remove"},
    footer = {
      "",
      "Example: sightline console user --users /etc/sightline/console-users.json --officer 1234"
    })
final class ConsoleUserCommand implements Callable<Integer> {
  @Mixin private UserEntry user;

  @Override
  public Integer call() throws CryptoException, IOException {
    return user.apply(null);
  }
}
