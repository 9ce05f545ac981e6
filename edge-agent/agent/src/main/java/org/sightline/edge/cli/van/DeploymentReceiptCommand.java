package org.sightline.edge.cli.van;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.app.Device;
import org.sightline.edge.authorisation.DiscardReceipt;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.deployment.DestructionReceipt;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deployment receipt}. */
@Command(
    name = "receipt",
    description = {
      "Shows the receipt of a list's destruction, signed by this device; of a deployment whose urgent"
          + " authorisation was refused, also that of all that came of it."
    },
    footer = {
      "",
      "Example:",
      "  sightline deployment receipt --config agent.yaml --deployment D-7 --out D-7.receipt"
    })
final class DeploymentReceiptCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DeviceOptions device;

  @Option(names = "--deployment", required = true, paramLabel = "ID", description = "Which one.")
  private DeploymentId deployment;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Signed document to write; an existing file is never overwritten.")
  private @Nullable Path out;

  @Option(
      names = "--discarded",
      paramLabel = "FILE",
      description = "The same for the receipt of what came of a refused deployment.")
  private @Nullable Path discarded;

  @Override
  public Integer call() throws SightlineException {
    try (Device box = device.open()) {
      byte[] document = document(box, deployment);
      print(spec.commandLine().getOut(), box, deployment);
      Optional<byte[]> rest = box.deployments().discards().receipt(deployment);
      rest.flatMap(each -> DiscardReceipt.read(each, box.keys().identity()))
          .ifPresent(receipt -> print(spec.commandLine().getOut(), receipt));
      if (discarded != null) {
        DocumentFile.create(
            discarded,
            rest.orElseThrow(
                () ->
                    new SightlineException(
                        ErrorKind.UNUSABLE_INPUT,
                        "nothing was discarded of this deployment",
                        deployment.value(),
                        "leave out --discarded; see how it ended: sightline deployment status")));
      }
      if (out != null) {
        DocumentFile.create(out, document);
      }
    }
    return 0;
  }

  private static void print(PrintWriter terminal, DiscardReceipt receipt) {
    terminal.printf(
        Locale.ROOT,
        "all that came of %s is discarded: %d alerts (%d never sent), %d outcomes, %d engagements,"
            + " %d walks%n  refused at %s by %s%n  discarded at %s, audit head %s%n",
        receipt.deployment(),
        receipt.discarded().alerts(),
        receipt.discarded().alertsWaiting(),
        receipt.discarded().outcomes(),
        receipt.discarded().engagements(),
        receipt.discarded().walks(),
        receipt.refusal().at(),
        receipt.refusal().by().shortForm(),
        receipt.discardedAt(),
        receipt.auditHead());
  }

  static void print(PrintWriter terminal, Device box, DeploymentId deployment)
      throws SightlineException {
    DestructionReceipt receipt =
        DestructionReceipt.read(document(box, deployment), box.keys().identity())
            .orElseThrow(
                () ->
                    new SightlineException(
                        ErrorKind.REFUSED,
                        "the receipt was altered or belongs to other device keys",
                        deployment.value(),
                        "check who had access to the data folder"));
    terminal.printf(
        "the list of %s is destroyed: %d entries, digest %s%n"
            + "  ended at %s (%s, by %s)%n  destroyed at %s, audit head %s%n",
        receipt.deployment(),
        receipt.list().entries(),
        receipt.list().digest().shortForm(),
        receipt.ended().at(),
        receipt.ended().reason(),
        receipt.ended().by(),
        receipt.destroyedAt(),
        receipt.auditHead());
    receipt.alertsWaiting().ifPresent(count -> printWaiting(terminal, count));
  }

  private static void printWaiting(PrintWriter terminal, int count) {
    if (count > 0) {
      terminal.printf(
          Locale.ROOT,
          "  %d %s waited for the broker then%n",
          count,
          count == 1 ? "alert" : "alerts");
    }
  }

  private static byte[] document(Device box, DeploymentId deployment) throws SightlineException {
    return box.deployments()
        .receipt(deployment)
        .orElseThrow(
            () ->
                new SightlineException(
                    ErrorKind.UNUSABLE_INPUT,
                    "there is no receipt: the list is not destroyed, or was never here",
                    deployment.value(),
                    "see: sightline deployment status"));
  }
}
