package org.sightline.edge.cli.authority;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.sightline.edge.authorisation.Ruling;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.signing.AuthorityKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deployment refuse}. */
@Command(
    name = "refuse",
    description = {
      "Signs that an urgent authorisation should not have been given, as another authority than the"
          + " one that gave it. Unless it was confirmed before, capture stops, the list is destroyed,"
          + " and everything that came of the deployment is discarded, alerts and outcomes included,"
          + " in the van and at its control room's boards; a signed receipt says how much that was. It"
          + " cannot be taken back.",
      "",
      "Put the file into the folder that the van's settings name (rulings), or publish it, retained,"
          + " on sightline/v1/VAN/rulings/DEPLOYMENT: capture stops within two seconds of its arrival."
          + " Where no agent runs, the file is applied by 'deployment tidy'. To end a deployment and keep what came of it, use 'deployment revoke'."
    },
    footer = {
      "",
      "Example:",
      "  sightline deployment refuse authorisation.json --signed-by a.public --authority b.key \\",
      "    --out refusal.json",
      "  mosquitto_pub -h BROKER -t sightline/v1/van-7/rulings/D-7 -q 1 -r -f refusal.json"
    })
final class DeploymentRefuseCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The urgent authorisation, as the van has it.")
  private Path file;

  @Option(
      names = "--signed-by",
      required = true,
      paramLabel = "FILE",
      description = "Public file of the authority that has signed it; once for each.")
  private List<Path> signedBy;

  @Option(
      names = "--authority",
      required = true,
      paramLabel = "KEY",
      description = "Key file of the authority that signs now, another one than before.")
  private Path authority;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Refusal to make; an existing file is never overwritten.")
  private Path out;

  @Override
  public Integer call() throws SightlineException {
    AuthorisationToSign found = AuthorisationToSign.read(file, signedBy);
    if (found.authorisation().grounds().urgency().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "it is not urgent: 'deployment revoke' ends it");
    }
    AuthorityKey key = found.another(authority, spec);
    Ruling ruling =
        new Ruling(
            Ruling.Word.REFUSED,
            found.authorisation().deployment(),
            Sha256.of(found.bytes()),
            Instant.now().truncatedTo(ChronoUnit.SECONDS));
    DocumentFile.create(out, ruling.sign(List.of(key)).bytes());
    found.print(spec.commandLine().getOut(), "refused");
    return 0;
  }
}
