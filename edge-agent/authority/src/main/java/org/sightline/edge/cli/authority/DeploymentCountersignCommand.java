package org.sightline.edge.cli.authority;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.signing.AuthorityKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

  @Parameters(paramLabel = "FILE", description = "The authorisation signed so far.")
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
      description = "Authorisation to make; an existing file is never overwritten.")
  private Path out;

  @Override
  public Integer call() throws SightlineException {
    AuthorisationToSign found = AuthorisationToSign.read(file, signedBy);
    AuthorityKey key = AuthorityKey.read(authority);
    byte[] document;
    try {
      document = SignedDocument.parse(found.bytes()).orElseThrow().countersign(key).bytes();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "this authority has signed it already; another one is needed");
    }
    DocumentFile.create(out, document);
    found.print(spec.commandLine().getOut(), "countersigned");
    return 0;
  }
}
