package org.sightline.edge.cli.van;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.sightline.edge.app.Device;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.deployment.Trust;
import org.sightline.edge.domain.SightlineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trust import}. */
@Command(
    name = "import",
    description = {
      "Applies trust statements. What was applied before changes nothing.",
      "",
      "An agent that runs takes them in at once, and does the same by itself with those in the"
          + " folder that the settings name as trust, and with those that the broker sends."
    },
    exitCodeList = {"0:each is applied", "1:one at least is not, for the reason printed"},
    footer = {"", "Example: sightline trust import --config /etc/sightline/agent.yaml lent.json"})
final class TrustImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DeviceOptions device;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Statements signed by two authorities.")
  private List<Path> files;

  @Override
  public Integer call() throws SightlineException {
    Map<Sha256, Path> documents = new LinkedHashMap<>();
    List<byte[]> bytes = new ArrayList<>();
    for (Path file : files) {
      byte[] document = DocumentFile.read(file);
      documents.put(Sha256.of(document), file);
      bytes.add(document);
    }
    PrintWriter out = spec.commandLine().getOut();
    try (Device box = device.open()) {
      List<Trust.Ignored> ignored = box.deployments().trust().apply(bytes);
      box.deployments().settle();
      out.printf("%d of %d applied%n", bytes.size() - ignored.size(), bytes.size());
      ignored.forEach(
          each -> out.printf("not applied: %s: %s%n", documents.get(each.document()), each.line()));
      return ignored.isEmpty() ? 0 : Sightline.EXIT_NO;
    }
  }
}
