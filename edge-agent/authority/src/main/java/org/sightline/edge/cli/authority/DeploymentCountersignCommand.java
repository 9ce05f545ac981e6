package org.sightline.edge.cli.authority;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.sightline.edge.domain.SightlineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deployment countersign}. */
@Command(
    name = "countersign",
    description = {
      "Adds the signature of a second authority to an authorisation, and shows what is signed.",
      "",
      "The first authority's signature is checked before."
    },
    footer = {
      "",
      "Example:",
      "  sightline deployment countersign draft.json --signed-by a.public --authority b.key \\",
      "    --out authorisation.json"
    })
final class DeploymentCountersignCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private NextSignature signature;

  @Parameters(paramLabel = "FILE", description = "The authorisation signed so far.")
  private Path file;

  @Override
  public Integer call() throws SightlineException {
    AuthorisationToSign found = AuthorisationToSign.read(file, signature.signers());
    signature.countersign(found.bytes());
    found.print(spec.commandLine().getOut(), "countersigned");
    return 0;
  }
}
