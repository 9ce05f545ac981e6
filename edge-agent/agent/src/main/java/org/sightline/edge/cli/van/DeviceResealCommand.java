package org.sightline.edge.cli.van;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.setup.BoxKeys;
import org.sightline.edge.setup.SealedBy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code device reseal}. */
@Command(
    name = "reseal",
    description = {
      "Seals the keys of this box to the machine again, so that updates of its firmware and of"
          + " Secure Boot leave them to be opened. Needs root.",
      "",
      "The keys stay the same. What is sealed so far is replaced only when the new one has been"
          + " opened; a running agent is not disturbed."
    },
    footer = {"", "Example:", "  sudo sightline device reseal --config /etc/sightline/agent.yaml"})
final class DeviceResealCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SealedKeysOption keys;

  @Override
  public Integer call() throws SightlineException {
    Path sealed = keys.sealed();
    Optional<SealedBy> by = BoxKeys.ofThisMachine().sealAgain(sealed);
    spec.commandLine().getOut().println(SealedKeysOption.line(sealed, by));
    return 0;
  }
}
