package org.sightline.edge.cli.authority;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.Refusal;
import org.sightline.edge.authorisation.Ruling;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.SignedDocument.Reading;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.signing.AuthorityKey;
import picocli.CommandLine.ParameterException;

/**
 * An authorisation that others have signed, before another authority says something of it.
 *
 * @param bytes of its file
 * @param signers by whom it is signed
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
record AuthorisationToSign(
    Authorisation authorisation, byte[] bytes, List<AuthorityPublicKey> signers) {
  /**
   * Reads one whose every signature is by those named.
   *
   * @param signers those named
   */
  static AuthorisationToSign read(Path file, List<AuthorityPublicKey> signers)
      throws CryptoException {
    byte[] bytes = DocumentFile.read(file);
    return new AuthorisationToSign(signedByThem(bytes, file, signers), bytes, signers);
  }

  private static Authorisation signedByThem(
      byte[] bytes, Path file, List<AuthorityPublicKey> signers) throws CryptoException {
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

  /**
   * A ruling on it, signed by an authority that has not signed it.
   *
   * @throws ParameterException if it has
   */
  byte[] ruling(Ruling.Word word, NextSignature by) throws SightlineException {
    AuthorityKey key = by.key();
    if (Authorisation.readSigned(bytes, signers) instanceof Reading.Signed<Authorisation> signed
        && signed.signers().contains(key.publicKey().fingerprint())) {
      throw by.signedAlready();
    }
    return new Ruling(
            word,
            authorisation.deployment(),
            Sha256.of(bytes),
            Instant.now().truncatedTo(ChronoUnit.SECONDS))
        .sign(List.of(key))
        .bytes();
  }

  /**
   * Prints what somebody puts a name to.
   *
   * @param done what was done to it, in one word
   */
  void print(PrintWriter terminal, String done) {
    terminal.printf(
        "%s %s%n  officer  %s%n  purpose  %s%n  basis    %s%n  place    %s%n"
            + "  time     %s to %s%n  list     %s%n  notice   %s%n",
        done,
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
        .grounds()
        .urgency()
        .ifPresent(urgency -> terminal.println("  urgent   " + urgency.reason()));
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
