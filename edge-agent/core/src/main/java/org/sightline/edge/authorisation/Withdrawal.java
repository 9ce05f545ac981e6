package org.sightline.edge.authorisation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.Signatory;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.crypto.SignedDocument.Reading;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.SubjectRef;

/**
 * The word of an authority that one subject of a deployment's list is not looked for any more. One
 * trusted authority suffices: to stop must be easier than to start. It can only take away; it
 * cannot be taken back, and it holds however late it arrives and whatever else a newer version says
 * in it. Who is meant is sealed for the device, so that neither the broker nor who carries the file
 * learns it.
 *
 * @param id of this withdrawal; one that was applied is not applied again
 * @param withdrawnAt when it was signed; shown, never compared with a clock
 * @param sealed {@link Content}, for the device
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@SuppressWarnings("ArrayRecordComponent") // Never compared, never changed.
public record Withdrawal(UUID id, DeploymentId deployment, Instant withdrawnAt, byte[] sealed) {
  /** Media type that the signatures cover. */
  static final String TYPE = "application/vnd.sightline.withdrawal.v1+json";

  /** No document is longer. */
  public static final int MAX_SIZE_BYTES = 4096;

  /** Every content is filled up to so many bytes, so that its length says nothing. */
  private static final int CONTENT_BYTES = 256;

  /**
   * Who is meant.
   *
   * @param reason a {@link WithdrawalReason}'s word, or one of a newer version
   */
  public record Content(SubjectRef subject, String reason) {
    public Content {
      if (!reason.matches("[a-z][a-z-]{0,31}")) {
        throw new IllegalArgumentException("a reason is a word");
      }
    }
  }

  /** The content as it is sealed. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Sealed(String subject, String reason) {}

  /** What a file or message turned out to be. */
  public sealed interface Check {
    /**
     * A withdrawal by an authority that is trusted here.
     *
     * @param signer one of those who signed it
     * @param digest of the document
     */
    record Valid(Withdrawal withdrawal, Sha256 signer, Sha256 digest) implements Check {}

    /** Ignored. */
    record Ignored(Reason reason) implements Check {}
  }

  /** Why a document is ignored. */
  public enum Reason {
    MALFORMED("the document is not a withdrawal, or was altered"),
    UNKNOWN_AUTHORITY("the withdrawal is signed by an authority not trusted here"),
    BAD_SIGNATURE("the withdrawal was altered after it was signed"),
    OTHER_DEPLOYMENT("the withdrawal is of a deployment that is not here"),
    OTHER_DEVICE("the withdrawal is sealed for another device, or for something else"),
    TOO_MANY("there are more withdrawals than the list could need");

    private final String line;

    Reason(String line) {
      this.line = line;
    }

    /** The reason in one line, without a full stop. */
    public String line() {
      return line;
    }
  }

  /** A withdrawal for one device. */
  public static Withdrawal of(
      UUID id,
      DeploymentId deployment,
      Instant withdrawnAt,
      Content content,
      DeviceIdentity device) {
    byte[] clear = CanonicalJson.write(new Sealed(content.subject().value(), content.reason()));
    byte[] filled = Arrays.copyOf(clear, CONTENT_BYTES);
    Arrays.fill(filled, clear.length, filled.length, (byte) ' ');
    return new Withdrawal(
        id, deployment, withdrawnAt, device.seal(filled, context(id, deployment)));
  }

  private static byte[] context(UUID id, DeploymentId deployment) {
    return ("sightline withdrawal v1\n" + deployment + "\n" + id).getBytes(StandardCharsets.UTF_8);
  }

  /** Signs it. */
  public SignedDocument sign(Collection<? extends Signatory> authorities) {
    return SignedDocument.sign(TYPE, CanonicalJson.write(this), authorities);
  }

  /** Checks the bytes of a file or message; who is meant stays sealed. */
  public static Check check(byte[] document, Collection<AuthorityPublicKey> trusted) {
    if (document.length > MAX_SIZE_BYTES) {
      return new Check.Ignored(Reason.MALFORMED);
    }
    Reading<Withdrawal> reading = SignedDocument.read(document, TYPE, Withdrawal.class, trusted);
    if (reading instanceof Reading.Signed<Withdrawal> signed) {
      return new Check.Valid(
          signed.content(), signed.signers().iterator().next(), Sha256.of(document));
    }
    if (reading instanceof Reading.UnknownSigner<Withdrawal>) {
      return new Check.Ignored(Reason.UNKNOWN_AUTHORITY);
    }
    return new Check.Ignored(
        reading instanceof Reading.BadSignature<Withdrawal>
            ? Reason.BAD_SIGNATURE
            : Reason.MALFORMED);
  }

  /** Who is meant; empty if it was sealed for another device, deployment or withdrawal. */
  public Optional<Content> open(DeviceKeys device) {
    try {
      return CanonicalJson.read(device.open(sealed, context(id, deployment)), Sealed.class)
          .map(clear -> new Content(new SubjectRef(clear.subject()), clear.reason()));
    } catch (CryptoException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
