package org.sightline.edge.cli.authority;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.crypto.SignedDocument.Reading;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.trust.TrustStatement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

  @Parameters(paramLabel = "FILE", description = "The statement signed so far.")
  private Path file;

  @Option(
      names = "--signed-by",
      required = true,
      paramLabel = "FILE",
      description = "Public file of each authority that has signed it.")
  private List<Path> signedBy;

  @Option(
      names = "--authority",
      required = true,
      paramLabel = "KEY",
      description = "Key file of the authority that signs now.")
  private Path authority;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Statement to make; an existing file is never overwritten.")
  private Path out;

  @Override
  public Integer call() throws SightlineException {
    List<AuthorityPublicKey> signers = new ArrayList<>();
    for (Path each : signedBy) {
      signers.add(AuthorityPublicKey.read(each));
    }
    byte[] bytes = DocumentFile.read(file);
    if (!(TrustStatement.readSigned(bytes, signers)
        instanceof Reading.Signed<TrustStatement> signed)) {
      throw new CryptoException(
          "not a trust statement of this version signed by those named",
          file.toString(),
          "name each signer's public file, or get the file again");
    }
    AuthorityKey key = AuthorityKey.read(authority);
    byte[] document;
    try {
      document = SignedDocument.parse(bytes).orElseThrow().countersign(key).bytes();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "this authority has signed it already; another one is needed");
    }
    DocumentFile.create(out, document);
    StatementLines.print(
        spec.commandLine().getOut(), signed.content(), signed.signers().size() + 1);
    return 0;
  }
}
