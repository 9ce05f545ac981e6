package org.sightline.edge.cli.authority;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.sightline.edge.authorisation.Revocation;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.signing.AuthorityKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deployment revoke}. */
@Command(
    name = "revoke",
    description = {
      "Signs the end of a deployment, for good. One authority suffices.",
      "",
      "Put the file where the van's settings name it, or publish it, retained, on"
          + " sightline/v1/VAN/revocations: capture stops within two seconds of its arrival."
    },
    footer = {
      "",
      "Example:",
      "  sightline deployment revoke --authority a.key --deployment D-7 --out revocation.json",
      "  mosquitto_pub -h BROKER -t sightline/v1/van-7/revocations -q 1 -r -f revocation.json"
    })
final class DeploymentRevokeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--authority",
      required = true,
      paramLabel = "KEY",
      description = "Key file of an authority that signs; once for each.")
  private List<Path> authorities;

  @Option(names = "--deployment", required = true, paramLabel = "ID", description = "Which one.")
  private DeploymentId deployment;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Revocation to make; an existing file is never overwritten.")
  private Path out;

  @Override
  public Integer call() throws SightlineException {
    List<AuthorityKey> signers = new ArrayList<>();
    for (Path file : authorities) {
      signers.add(AuthorityKey.read(file));
    }
    Revocation revocation =
        new Revocation(deployment, Instant.now().truncatedTo(ChronoUnit.SECONDS));
    DocumentFile.create(out, revocation.sign(signers).bytes());
    spec.commandLine()
        .getOut()
        .printf(
            "revocation of %s: %s%nit ends the deployment on each van that it is brought to, whatever"
                + " authorisation names it, and on no other%n",
            deployment, out);
    return 0;
  }
}
