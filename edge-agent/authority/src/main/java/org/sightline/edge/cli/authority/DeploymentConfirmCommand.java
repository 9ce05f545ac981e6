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

/** {@code deployment confirm}. */
@Command(
    name = "confirm",
    description = {
      "Signs that an urgent authorisation stands, as another authority than the one that gave it, and"
          + " shows what is signed.",
      "",
      "Put the file into the folder that the van's settings name (rulings), or publish it, retained,"
          + " on sightline/v1/VAN/rulings/DEPLOYMENT. Once it has arrived, the deployment lasts to its"
          + " authorised end; without it, it ends by itself 24 hours after it was signed."
    },
    footer = {
      "",
      "Example:",
      "  sightline deployment confirm authorisation.json --signed-by a.public --authority b.key \\",
      "    --out confirmation.json",
      "  mosquitto_pub -h BROKER -t sightline/v1/van-7/rulings/D-7 -q 1 -r -f confirmation.json"
    })
final class DeploymentConfirmCommand implements Callable<Integer> {
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
      description = "Confirmation to make; an existing file is never overwritten.")
  private Path out;

  @Override
  public Integer call() throws SightlineException {
    AuthorisationToSign found = AuthorisationToSign.read(file, signedBy);
    if (found.authorisation().grounds().urgency().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "it is not urgent: nobody has to confirm it (deployment countersign adds a signature)");
    }
    AuthorityKey key = found.another(authority, spec);
    Ruling ruling =
        new Ruling(
            Ruling.Word.CONFIRMED,
            found.authorisation().deployment(),
            Sha256.of(found.bytes()),
            Instant.now().truncatedTo(ChronoUnit.SECONDS));
    DocumentFile.create(out, ruling.sign(List.of(key)).bytes());
    found.print(spec.commandLine().getOut(), "confirmed");
    return 0;
  }
}
