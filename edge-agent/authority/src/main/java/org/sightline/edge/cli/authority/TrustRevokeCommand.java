package org.sightline.edge.cli.authority;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.trust.RevokedKeyReason;
import org.sightline.edge.trust.RoomAct;
import org.sightline.edge.trust.TrustStatement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code trust revoke}. */
@Command(
    name = "revoke",
    description = {
      "Signs that nothing counts any more that an authority's key has signed, for good. A"
          + " deployment that rests on it ends with it.",
      "",
      "The key that is revoked does not count among the two that sign. To end one deployment at"
          + " once, one authority suffices: deployment revoke.",
      "",
      "With the file of a control room: nothing is sealed for it any more, and no outcome of it"
          + " counts. Unless another one has its place, alerts wait, which is an alarm."
    },
    footer = {
      "",
      "Put the file into the folder that the van's settings name as trust, or publish it, retained,"
          + " on sightline/v1/VAN/trust/ID.",
      "",
      "Example:",
      "  sightline trust revoke --key c.public --reason stolen --device van-7.public --authority"
          + " a.key --authority b.key --out no-c.json",
      "  sightline trust revoke --key room.public --reason stolen --device van-7.public --authority"
          + " a.key --authority b.key --out no-room.json"
    })
final class TrustRevokeCommand implements Callable<Integer> {
  @Mixin private StatementOptions statement;

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "Public file of the authority or control room.")
  private Path revoked;

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "WORD",
      description = "Why: lost, stolen, retired, named-in-error or ordered.")
  private RevokedKeyReason reason;

  @Override
  public Integer call() throws SightlineException {
    PublicFile key = PublicFile.read(revoked);
    return statement.write(
        key instanceof PublicFile.Room room
            ? new RoomAct.Revoke(room.identity(), reason.word())
            : new TrustStatement.Revoke(((PublicFile.Authority) key).key(), reason.word()));
  }
}
