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

/** {@code trust name}. */
@Command(
    name = "name",
    description = {
      "Signs that a key counts on the devices named, such as that of another force's authority"
          + " while it has the van. It then signs authorisations, lists, revocations and"
          + " withdrawals, and no trust statements.",
      "",
      "Name it again to change until when; the statement made later holds. A deployment that rests"
          + " on it ends when its time is over.",
      "",
      "With --in-place-of, the file of a control room: alerts that an authorisation has sealed for"
          + " the one in whose place it is are sealed for this one meanwhile, and its outcomes count."
          + " Then the other holds again."
    },
    footer = {
      "",
      "Put the file into the folder that the van's settings name as trust, or publish it, retained,"
          + " on sightline/v1/VAN/trust/ID.",
      "",
      "Example:",
      "  sightline trust name --key north.public --label \"Northern force\" --until +P7D"
          + " --device van-7.public --authority a.key --authority b.key --out lent.json",
      "  sightline trust name --key night.public --in-place-of room.public --label \"Night desk\""
          + " --until +PT12H --device van-7.public --authority a.key --authority b.key --out"
          + " night.json"
    })
final class TrustNameCommand implements Callable<Integer> {
  @Mixin private StatementOptions statement;

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "Public file of the authority or control room.")
  private Path named;

  @Option(
      names = "--in-place-of",
      paramLabel = "FILE",
      description = "Public file of the control room in whose place another one is named.")
  private @Nullable Path place;

  @Option(
      names = "--label",
      required = true,
      paramLabel = "TEXT",
      description = "Whose the key is, for people: 1 to 80 characters.")
  private String label;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = Moment.class,
      description = "From when on it counts (default: at once).")
  private @Nullable Instant from;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = Moment.class,
      description = "Until when (default: until it is named again or revoked).")
  private @Nullable Instant until;

  @Override
  public Integer call() throws SightlineException {
    PublicFile key = PublicFile.read(named);
    PublicFile other = place == null ? null : PublicFile.read(place);
    Optional<Instant> begins = Optional.ofNullable(from);
    Optional<Instant> ends = Optional.ofNullable(until);
    try {
      if (key instanceof PublicFile.Authority authority && other == null) {
        return statement.write(new TrustStatement.Name(authority.key(), label, begins, ends));
      }
      if (key instanceof PublicFile.Room room && other instanceof PublicFile.Room absent) {
        return statement.write(
            new RoomAct.Name(absent.identity(), room.identity(), label, begins, ends));
      }
      throw new IllegalArgumentException(
          "a control room is named in the place of another one (--in-place-of), and an authority in"
              + " nobody's");
    } catch (IllegalArgumentException e) {
      throw statement.wrong(e);
    }
  }
}
