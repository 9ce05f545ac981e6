package org.sightline.edge.cli.authority;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.trust.TrustStatement;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** For whom a trust statement is, who signs it, and where it goes. */
final class StatementOptions {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--device",
      required = true,
      paramLabel = "FILE",
      description = "Identity of a device that it is for; once for each.")
  private List<Path> devices;

  @Option(
      names = "--authority",
      required = true,
      paramLabel = "KEY",
      description =
          "Key file of an authority that signs; once for each. Two have to, here or by trust"
              + " countersign.")
  private List<Path> authorities;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Statement to make; an existing file is never overwritten.")
  private Path out;

  /** Signs it, writes it and shows it. */
  int write(TrustStatement.Act act) throws SightlineException {
    List<AuthorityKey> signers = new ArrayList<>();
    for (Path file : authorities) {
      signers.add(AuthorityKey.read(file));
    }
    List<Sha256> named = new ArrayList<>();
    for (Path file : devices) {
      named.add(DeviceIdentity.read(file).fingerprint());
    }
    byte[] document;
    TrustStatement statement;
    try {
      statement =
          new TrustStatement(
              UUID.randomUUID(), named, Instant.now().truncatedTo(ChronoUnit.SECONDS), act);
      document = statement.sign(signers).bytes();
    } catch (IllegalArgumentException e) {
      throw wrong(e);
    }
    DocumentFile.create(out, document);
    StatementLines.print(spec.commandLine().getOut(), statement, signers.size());
    return 0;
  }

  /** What an option must not be. */
  ParameterException wrong(IllegalArgumentException e) {
    return new ParameterException(spec.commandLine(), e.getMessage());
  }
}
