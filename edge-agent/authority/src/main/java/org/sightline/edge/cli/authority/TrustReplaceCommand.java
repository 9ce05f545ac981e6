package org.sightline.edge.cli.authority;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.cli.Moment;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.trust.TrustStatement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code trust replace}. */
@Command(
    name = "replace",
    description = {
      "Signs that a key takes the place of another, with all that the other could do.",
      "",
      "What a device has taken in by the old key's signature holds to its end; nothing that comes"
          + " later does. If somebody else may have the old key, revoke it besides."
    },
    footer = {
      "",
      "Put the file into the folder that the van's settings name as trust, or publish it, retained,"
          + " on sightline/v1/VAN/trust/ID. The settings go on naming the old key until they name"
          + " the new one in its place.",
      "",
      "Example:",
      "  sightline trust replace --old a.public --new a2.public --label \"Supt 1234\" --device"
          + " van-7.public --authority a.key --authority b.key --out a2.json"
    })
final class TrustReplaceCommand implements Callable<Integer> {
  @Mixin private StatementOptions statement;

  @Option(
      names = "--old",
      required = true,
      paramLabel = "FILE",
      description = "Public file of the authority whose key goes.")
  private Path old;

  @Option(
      names = "--new",
      required = true,
      paramLabel = "FILE",
      description = "Public file of the new key.")
  private Path successor;

  @Option(
      names = "--label",
      required = true,
      paramLabel = "TEXT",
      description = "Whose the new key is, for people: 1 to 80 characters.")
  private String label;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = Moment.class,
      description = "From when on (default: at once).")
  private @Nullable Instant from;

  @Override
  public Integer call() throws SightlineException {
    AuthorityPublicKey key = AuthorityPublicKey.read(old);
    AuthorityPublicKey by = AuthorityPublicKey.read(successor);
    try {
      return statement.write(new TrustStatement.Replace(key, by, label, Optional.ofNullable(from)));
    } catch (IllegalArgumentException e) {
      throw statement.wrong(e);
    }
  }
}
