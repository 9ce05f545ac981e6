package org.sightline.edge.cli.authority;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.Refusal;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.crypto.SignedDocument.Reading;
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
    List<AuthorityPublicKey> trusted = new ArrayList<>();
    for (Path each : signedBy) {
      trusted.add(AuthorityPublicKey.read(each));
    }
    byte[] bytes = DocumentFile.read(file);
    Authorisation authorisation = signedByThem(bytes, trusted);
    AuthorityKey key = AuthorityKey.read(authority);
    byte[] document;
    try {
      document = SignedDocument.parse(bytes).orElseThrow().countersign(key).bytes();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "this authority has signed it already; another one is needed");
    }
    DocumentFile.create(out, document);
    print(spec.commandLine().getOut(), authorisation);
    return 0;
  }

  private Authorisation signedByThem(byte[] bytes, List<AuthorityPublicKey> signers)
      throws CryptoException {
    Reading<Authorisation> reading = Authorisation.readSigned(bytes, signers);
    if (reading instanceof Reading.Signed<Authorisation> signed) {
      return signed.content();
    }
    if (reading instanceof Reading.Newer<Authorisation> newer) {
      Refusal refusal = new Refusal.NewerVersion(newer.member());
      throw new CryptoException(refusal.line(), file.toString(), refusal.remedy());
    }
    throw new CryptoException(
        "not an authorisation signed by those named",
        file.toString(),
        "name each signer's public file, or get the file again");
  }

  private void print(PrintWriter terminal, Authorisation authorisation) {
    terminal.printf(
        "countersigned %s%n  officer  %s%n  purpose  %s%n  basis    %s%n  place    %s%n"
            + "  time     %s to %s%n  list     %s%n  notice   %s%n",
        authorisation.deployment(),
        authorisation.grounds().officer().value(),
        authorisation.grounds().purpose().value(),
        authorisation.grounds().legalBasis().value(),
        authorisation.site().place(),
        authorisation.period().start(),
        authorisation.period().end(),
        authorisation.list().digest().shortForm(),
        authorisation.grounds().publicNotice().value());
    authorisation
        .limits()
        .recognition()
        .ifPresent(rule -> terminal.println("  walks    " + rule.line()));
    authorisation
        .alerts()
        .outcomeRule()
        .ifPresent(rule -> terminal.println("  outcome  needs two officers"));
    authorisation.permitLines().forEach(line -> terminal.println("  permits  " + line));
    authorisation
        .alerts()
        .groups()
        .ifPresent(
            groups ->
                groups.forEach(
                    group -> terminal.printf("  group    %s: %s%n", group.code(), group.label())));
  }
}
