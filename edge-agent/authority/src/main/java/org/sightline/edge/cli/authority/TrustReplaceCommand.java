package org.sightline.edge.cli.authority;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.cli.Moment;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.trust.RoomAct;
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
          + " later does. If somebody else may have the old key, revoke it besides.",
      "",
      "With the files of two control rooms: alerts that an authorisation has sealed for the old one"
          + " are sealed for the new one, those that wait, too, and the outcomes of the new one"
          + " count alone. Nothing in the authorisation has to change."
    },
    footer = {
      "",
      "Put the file into the folder that the van's settings name as trust, or publish it, retained,"
          + " on sightline/v1/VAN/trust/ID. The settings go on naming the old key until they name"
          + " the new one in its place.",
      "",
      "Example:",
      "  sightline trust replace --old a.public --new a2.public --label \"Supt 1234\" --device"
          + " van-7.public --authority a.key --authority b.key --out a2.json",
      "  sightline trust replace --old room.public --new room2.public --label \"Northern room\""
          + " --device van-7.public --authority a.key --authority b.key --out room2.json"
    })
final class TrustReplaceCommand implements Callable<Integer> {
  @Mixin private StatementOptions statement;

  @Option(
      names = "--old",
      required = true,
      paramLabel = "FILE",
      description = "Public file of the authority or control room whose key goes.")
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
    PublicFile key = PublicFile.read(old);
    PublicFile by = PublicFile.read(successor);
    Optional<Instant> begins = Optional.ofNullable(from);
    try {
      if (key instanceof PublicFile.Authority before && by instanceof PublicFile.Authority after) {
        return statement.write(
            new TrustStatement.Replace(before.key(), after.key(), label, begins));
      }
      if (key instanceof PublicFile.Room before && by instanceof PublicFile.Room after) {
        return statement.write(
            new RoomAct.Replace(before.identity(), after.identity(), label, begins));
      }
      throw new IllegalArgumentException(
          "an authority takes the place of an authority, a control room that of a control room");
    } catch (IllegalArgumentException e) {
      throw statement.wrong(e);
    }
  }
}
