package org.sightline.edge.cli.authority;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.signing.AuthorityKey;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Who has signed a document, who signs now, and where that goes. */
final class NextSignature {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

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
      description = "Key file of the authority that signs now, another one than before.")
  private Path authority;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "File to make; an existing one is never overwritten.")
  private Path out;

  /** Those who have signed it. */
  List<AuthorityPublicKey> signers() throws CryptoException {
    List<AuthorityPublicKey> signers = new ArrayList<>();
    for (Path each : signedBy) {
      signers.add(AuthorityPublicKey.read(each));
    }
    return signers;
  }

  /** The key of who signs now. */
  AuthorityKey key() throws SightlineException {
    return AuthorityKey.read(authority);
  }

  /** Makes the file. */
  void create(byte[] document) throws CryptoException {
    DocumentFile.createDocument(out, document);
  }

  /**
   * Makes the file with one signature more than a document has.
   *
   * @throws ParameterException if who signs now has signed it already
   */
  void countersign(byte[] document) throws SightlineException {
    AuthorityKey key = key();
    byte[] signed;
    try {
      signed = SignedDocument.parse(document).orElseThrow().countersign(key).bytes();
    } catch (IllegalArgumentException e) {
      throw signedAlready();
    }
    create(signed);
  }

  /** That another authority has to sign. */
  ParameterException signedAlready() {
    return new ParameterException(
        spec.commandLine(), "this authority has signed it already; another one is needed");
  }
}
