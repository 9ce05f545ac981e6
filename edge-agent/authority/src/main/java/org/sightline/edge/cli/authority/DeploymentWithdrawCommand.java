package org.sightline.edge.cli.authority;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.sightline.edge.authorisation.Withdrawal;
import org.sightline.edge.authorisation.WithdrawalReason;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.signing.AuthorityKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deployment withdraw}. */
@Command(
    name = "withdraw",
    description = {
      "Signs that a subject of a deployment's list is not looked for any more, for good. One"
          + " authority suffices. Who is meant is sealed for the van's device.",
      "",
      "Put the file into the folder that the van's settings name, or publish it, retained, on"
          + " sightline/v1/VAN/withdrawals/ID: within two seconds of its arrival nobody is taken"
          + " for the subject any more, and then the entry is taken off the disk."
    },
    footer = {
      "",
      "Example:",
      "  sightline deployment withdraw --authority a.key --device van-7.public --deployment D-7"
          + " --subject S-0001 --reason found --out withdrawal.json"
    })
final class DeploymentWithdrawCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--authority",
      required = true,
      paramLabel = "KEY",
      description = "Key file of an authority that signs; once for each.")
  private List<Path> authorities;

  @Option(
      names = "--device",
      required = true,
      paramLabel = "FILE",
      description = "Identity of the device that has the list.")
  private Path device;

  @Option(names = "--deployment", required = true, paramLabel = "ID", description = "Which one.")
  private DeploymentId deployment;

  @Option(
      names = "--subject",
      required = true,
      paramLabel = "REF",
      description = "Who is not looked for any more, by the reference in the list.")
  private SubjectRef subject;

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "WORD",
      description = "Why: found, not-wanted, listed-in-error or ordered.")
  private WithdrawalReason reason;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Withdrawal to make; an existing file is never overwritten.")
  private Path out;

  @Override
  public Integer call() throws SightlineException {
    List<AuthorityKey> signers = new ArrayList<>();
    for (Path file : authorities) {
      signers.add(AuthorityKey.read(file));
    }
    Withdrawal withdrawal =
        Withdrawal.of(
            UUID.randomUUID(),
            deployment,
            Instant.now().truncatedTo(ChronoUnit.SECONDS),
            new Withdrawal.Content(subject, reason.word()),
            DeviceIdentity.read(device));
    DocumentFile.create(out, withdrawal.sign(signers).bytes());
    spec.commandLine()
        .getOut()
        .printf("withdrawal %s of %s: %s%n", withdrawal.id(), deployment, out);
    return 0;
  }
}
