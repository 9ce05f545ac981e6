package org.sightline.edge.cli.van;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.app.Delivery;
import org.sightline.edge.app.Device;
import org.sightline.edge.cli.OfficerOption;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.deployment.DataFolderLock;
import org.sightline.edge.deployment.DeploymentState;
import org.sightline.edge.deployment.DeploymentStatus;
import org.sightline.edge.doctor.Doctor;
import org.sightline.edge.doctor.Finding;
import org.sightline.edge.domain.SightlineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deployment open}. */
@Command(
    name = "open",
    description = {
      "Allows capture from the authorised start on.",
      "",
      "Without --from the list must have been imported under the authorisation that the settings"
          + " name. With it, all is done at once: the folder is searched for an authorisation for"
          + " this box and the list that it names, both are verified, the list is imported, the"
          + " deployment opened, and the box tested as by doctor. What cannot be used changes"
          + " nothing, and after an interruption the same command goes on.",
      "",
      "The agent opens the cameras at the start, not before."
    },
    exitCodeList = {
      "0:the deployment is open",
      "1:refused; or, with --from, it is open and doctor found something against it"
    },
    footer = {
      "",
      "What is in the folder stays there: the list on a stick is yours to remove.",
      "",
      "Examples:",
      "  sightline deployment open --config /etc/sightline/agent.yaml --by 1234",
      "  sudo sightline-on-device deployment open --from /media/usb --by 1234"
    })
final class DeploymentOpenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DeviceOptions device;
  @Mixin private OfficerOption officer;

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description = "Folder in which authorisation and list were brought, such as of a stick.")
  private @Nullable Path from;

  @Override
  public Integer call() throws SightlineException, InterruptedException {
    try (Device box = device.open()) {
      box.settle();
      if (from == null) {
        open(box);
        return 0;
      }
      open(box, Delivery.in(from, box));
    }
    return examine();
  }

  private void open(Device box) throws SightlineException {
    DeploymentStatus status =
        box.deployments()
            .open(box.settings().deployment().authorisation(), box.pack(), officer.actor());
    out()
        .printf(
            "deployment %s is open until %s: %d listed%n",
            status.deployment(), status.ends(), status.list().entries());
  }

  /** Nothing is in the place of what was there before the list has been verified and imported. */
  private void open(Device box, Delivery delivery) throws SightlineException {
    Path place = box.settings().deployment().authorisation();
    Optional<DeploymentStatus> open = alreadyOpen(box, delivery);
    if (open.isPresent()) {
      delivery.place(place);
      out()
          .printf(
              "deployment %s was open already, until %s%n",
              open.get().deployment(), open.get().ends());
      return;
    }
    DeploymentStatus imported;
    try (DataFolderLock lock = box.lock()) {
      imported =
          box.deployments()
              .importList(
                  lock, delivery.file(), delivery.bundle(), box.pack(), officer.actor(), () -> {});
    }
    delivery.place(place);
    out()
        .printf(
            "list %s of deployment %s imported: %d entries, version %d%n",
            imported.list().digest().shortForm(),
            imported.deployment(),
            imported.list().entries(),
            imported.list().version());
    open(box);
  }

  private static Optional<DeploymentStatus> alreadyOpen(Device box, Delivery delivery)
      throws SightlineException {
    Sha256 document = Sha256.of(DocumentFile.read(delivery.file()));
    return box.deployments().all().stream()
        .filter(each -> each.state() == DeploymentState.OPEN)
        .filter(each -> each.authorisation().equals(document))
        .findFirst();
  }

  private int examine() throws InterruptedException {
    List<Finding> findings = new Doctor().examine(device.file(), Clock.systemUTC());
    Ansi colour = spec.commandLine().getColorScheme().ansi();
    findings.forEach(each -> out().println(FindingLines.line(each, colour)));
    return findings.stream().anyMatch(each -> each.verdict().isTrouble()) ? Sightline.EXIT_NO : 0;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
