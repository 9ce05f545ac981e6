package org.sightline.edge.cli.authority;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.crypto.SignedDocument.Reading;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.trust.TrustStatement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code trust countersign}. */
@Command(
    name = "countersign",
    description = {
      "Adds the signature of a second authority to a trust statement, and shows what is signed.",
      "",
      "The first authority's signature is checked before."
    },
    footer = {
      "",
      "Example:",
      "  sightline trust countersign draft.json --signed-by a.public --authority b.key --out"
          + " lent.json"
    })
final class TrustCountersignCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private NextSignature signature;

  @Parameters(paramLabel = "FILE", description = "The statement signed so far.")
  private Path file;

  @Override
  public Integer call() throws SightlineException {
    byte[] bytes = DocumentFile.read(file);
    if (!(TrustStatement.readSigned(bytes, signature.signers())
        instanceof Reading.Signed<TrustStatement> signed)) {
      throw new CryptoException(
          "not a trust statement of this version signed by those named",
          file.toString(),
          "name each signer's public file, or get the file again");
    }
    signature.countersign(bytes);
    StatementLines.print(
        spec.commandLine().getOut(), signed.content(), signed.signers().size() + 1);
    return 0;
  }
}
