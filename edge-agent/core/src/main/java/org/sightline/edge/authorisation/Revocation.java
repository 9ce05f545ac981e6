package org.sightline.edge.authorisation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.Collection;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.Signatory;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.crypto.SignedDocument.Reading;
import org.sightline.edge.domain.DeploymentId;

/**
 * The end of a deployment, by the word of an authority. One trusted authority suffices: to stop
 * must be easier than to start. It cannot be taken back, and it holds however late it arrives, and
 * whatever else a newer version says in it.
 *
 * @param revokedAt when it was signed; shown, never compared with a clock
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Revocation(DeploymentId deployment, Instant revokedAt) {
  /** Media type that the signatures cover. */
  static final String TYPE = "application/vnd.sightline.revocation.v1+json";

  /** What a file or message turned out to be. */
  public sealed interface Check {
    /**
     * A revocation by an authority that is trusted here.
     *
     * @param signer one of those who signed it
     * @param digest of the document
     */
    record Valid(Revocation revocation, Sha256 signer, Sha256 digest) implements Check {}

    /** Ignored. */
    record Ignored(Reason reason) implements Check {}
  }

  /** Why a document is ignored. */
  public enum Reason {
    MALFORMED("the document is not a revocation, or was altered"),
    UNKNOWN_AUTHORITY("the revocation is signed by an authority not trusted here"),
    BAD_SIGNATURE("the revocation was altered after it was signed");

    private final String line;

    Reason(String line) {
      this.line = line;
    }

    /** The reason in one line, without a full stop. */
    public String line() {
      return line;
    }
  }

  /** Signs it. */
  public SignedDocument sign(Collection<? extends Signatory> authorities) {
    return SignedDocument.sign(TYPE, CanonicalJson.write(this), authorities);
  }

  /** Checks the bytes of a file or message. */
  public static Check check(byte[] document, Collection<AuthorityPublicKey> trusted) {
    Reading<Revocation> reading = SignedDocument.read(document, TYPE, Revocation.class, trusted);
    if (reading instanceof Reading.Signed<Revocation> signed) {
      return new Check.Valid(
          signed.content(), signed.signers().iterator().next(), Sha256.of(document));
    }
    if (reading instanceof Reading.UnknownSigner<Revocation>) {
      return new Check.Ignored(Reason.UNKNOWN_AUTHORITY);
    }
    return new Check.Ignored(
        reading instanceof Reading.BadSignature<Revocation>
            ? Reason.BAD_SIGNATURE
            : Reason.MALFORMED);
  }
}
