package org.sightline.edge.authorisation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.Signatory;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.crypto.SignedDocument.Reading;
import org.sightline.edge.domain.DeploymentId;

/**
 * What an authority says of an urgent authorisation once it has looked at it: that it stands, or
 * that it should not have been given. A refusal holds however late it arrives and whatever else a
 * newer version says in it; a confirmation that says more than this version understands may be a
 * rule to be kept, and is ignored.
 *
 * @param authorisation digest of the signed authorisation
 * @param ruledAt when it was signed; shown, never compared with a clock
 */
public record Ruling(Word word, DeploymentId deployment, Sha256 authorisation, Instant ruledAt) {
  /** No document is longer. */
  public static final int MAX_SIZE_BYTES = 4096;

  /** What is said, each with the media type that the signatures cover. */
  public enum Word {
    CONFIRMED("application/vnd.sightline.urgent-confirmation.v1+json", Confirmation.class),
    REFUSED("application/vnd.sightline.urgent-refusal.v1+json", Refused.class);

    private final String type;

    @SuppressWarnings("ImmutableEnumChecker") // A class never changes.
    private final Class<? extends Content> content;

    Word(String type, Class<? extends Content> content) {
      this.type = type;
      this.content = content;
    }

    /** The word of output: lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private interface Content {
    DeploymentId deployment();

    Sha256 authorisation();

    Instant ruledAt();
  }

  private record Confirmation(DeploymentId deployment, Sha256 authorisation, Instant ruledAt)
      implements Content {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Refused(DeploymentId deployment, Sha256 authorisation, Instant ruledAt)
      implements Content {}

  /** What a file or message turned out to be. */
  public sealed interface Check {
    /**
     * A ruling by authorities that are trusted here.
     *
     * @param signers fingerprints of their keys
     * @param digest of the document
     */
    record Valid(Ruling ruling, Set<Sha256> signers, Sha256 digest) implements Check {
      public Valid {
        signers = Set.copyOf(signers);
      }
    }

    /** Ignored. */
    record Ignored(Reason reason) implements Check {}
  }

  /** Why a document is ignored. */
  public enum Reason {
    MALFORMED("the document is not a ruling on an urgent authorisation, or was altered"),
    NEWER_VERSION("the confirmation was made by a newer version, and says more than is known here"),
    UNKNOWN_AUTHORITY("the ruling is signed by an authority not trusted here"),
    BAD_SIGNATURE("the ruling was altered after it was signed"),
    NOT_HERE("the ruling is on an authorisation that no deployment here is under"),
    NOT_URGENT("the ruling is on an authorisation that is not urgent: revoke it instead"),
    SAME_AUTHORITY(
        "the ruling is by the authority that signed the authorisation itself, or by the key that"
            + " has replaced it"),
    CONFIRMED_BEFORE("the refusal is of an authorisation that was confirmed: revoke it instead"),
    REFUSED_BEFORE("the confirmation is of an authorisation that was refused"),
    TOO_LATE("the confirmation came after the urgent authorisation had lapsed"),
    REPEATED("the ruling is known already");

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
    Content content =
        word == Word.CONFIRMED
            ? new Confirmation(deployment, authorisation, ruledAt)
            : new Refused(deployment, authorisation, ruledAt);
    return SignedDocument.sign(word.type, CanonicalJson.write(content), authorities);
  }

  /** Checks the bytes of a file or message. */
  public static Check check(byte[] document, Collection<AuthorityPublicKey> trusted) {
    if (document.length > MAX_SIZE_BYTES) {
      return new Check.Ignored(Reason.MALFORMED);
    }
    Check check = check(Word.REFUSED, document, trusted);
    return check.equals(new Check.Ignored(Reason.MALFORMED))
        ? check(Word.CONFIRMED, document, trusted)
        : check;
  }

  private static Check check(Word word, byte[] document, Collection<AuthorityPublicKey> trusted) {
    Reading<? extends Content> reading =
        SignedDocument.read(document, word.type, word.content, trusted);
    if (reading instanceof Reading.Signed<? extends Content> signed) {
      Content content = signed.content();
      return new Check.Valid(
          new Ruling(word, content.deployment(), content.authorisation(), content.ruledAt()),
          signed.signers(),
          Sha256.of(document));
    }
    if (reading instanceof Reading.UnknownSigner<? extends Content>) {
      return new Check.Ignored(Reason.UNKNOWN_AUTHORITY);
    }
    if (reading instanceof Reading.Newer<? extends Content>) {
      return new Check.Ignored(Reason.NEWER_VERSION);
    }
    return new Check.Ignored(
        reading instanceof Reading.BadSignature<? extends Content>
            ? Reason.BAD_SIGNATURE
            : Reason.MALFORMED);
  }
}
