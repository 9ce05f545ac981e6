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
  @Mixin private NextSignature signature;

  @Parameters(paramLabel = "FILE", description = "The urgent authorisation, as the van has it.")
  private Path file;

  @Override
  public Integer call() throws SightlineException {
    AuthorisationToSign found = AuthorisationToSign.read(file, signature.signers());
    if (found.authorisation().grounds().urgency().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "it is not urgent: 'deployment revoke' ends it");
    }
    signature.create(found.ruling(Ruling.Word.REFUSED, signature));
    found.print(spec.commandLine().getOut(), "refused");
    return 0;
  }
}
