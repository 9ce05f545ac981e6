package org.sightline.edge.cli.authority;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.sightline.edge.authorisation.Ruling;
import org.sightline.edge.domain.SightlineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
  @Mixin private NextSignature signature;

  @Parameters(paramLabel = "FILE", description = "The urgent authorisation, as the van has it.")
  private Path file;

  @Override
  public Integer call() throws SightlineException {
    AuthorisationToSign found = AuthorisationToSign.read(file, signature.signers());
    if (found.authorisation().grounds().urgency().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "it is not urgent: nobody has to confirm it (deployment countersign adds a signature)");
    }
    signature.create(found.ruling(Ruling.Word.CONFIRMED, signature));
    found.print(spec.commandLine().getOut(), "confirmed");
    return 0;
  }
}
