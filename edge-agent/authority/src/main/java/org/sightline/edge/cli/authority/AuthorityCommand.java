package org.sightline.edge.cli.authority;

import java.util.concurrent.Callable;
import org.sightline.edge.cli.NewKeyFiles;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.signing.AuthorityKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What concerns those who authorise. */
@Command(
    name = "authority",
    description = "The keys of an authority.",
    subcommands = AuthorityCommand.Init.class)
final class AuthorityCommand {

  /** {@code authority init}. */
  @Command(
      name = "init",
      description = {
        "Makes the key of a new authority: one person who may sign authorisations and watchlists.",
        "",
        "The key file is secret: it is written for its owner alone (0600) and is never put on a"
            + " device. The public file goes to the devices that are to trust this key."
      },
      footer = {
        "",
        "Example:",
        "  sightline authority init --out authority.key --public-out authority.public"
      })
  static final class Init implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private NewKeyFiles files;

    @Override
    public Integer call() throws CryptoException {
      files.requireAbsent();
      AuthorityKey key = AuthorityKey.generate();
      key.writeTo(files.secretFile());
      key.publicKey().writeTo(files.publicFile());
      spec.commandLine()
          .getOut()
          .printf(
              "authority %s%n  key     %s (secret: stays with the authority)%n  public  %s (for"
                  + " devices to trust)%n",
              key.publicKey().fingerprint().shortForm(), files.secretFile(), files.publicFile());
      return 0;
    }
  }
}
