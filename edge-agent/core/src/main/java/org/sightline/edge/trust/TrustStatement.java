package org.sightline.edge.trust;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.Signatory;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.crypto.SignedDocument.Reading;

/**
 * The word of two authorities on whose key counts at the devices that it names, of authorities and
 * of control rooms. Of two about one key the one made later holds, in whatever order they arrive; a
 * revocation holds for good.
 *
 * @param id of this statement; one that was applied is not applied again
 * @param devices fingerprints of those that it is for, 1 to {@value #MOST_DEVICES}; at no other
 *     does it change anything
 * @param created when it was made, by the authority's clock
 */
public record TrustStatement(UUID id, List<Sha256> devices, Instant created, Act act) {
  /** Media type that the signatures cover. */
  static final String TYPE = "application/vnd.sightline.trust-statement.v1+json";

  /** No document is longer. */
  public static final int MAX_SIZE_BYTES = 16 * 1024;

  /** A statement is for so many devices at most. */
  public static final int MOST_DEVICES = 64;

  /** Authorities whose signatures a statement needs. */
  public static final int SIGNATURES = 2;

  private static final int MAX_LABEL_LENGTH = 80;

  /** What is said. */
  public sealed interface Act permits KeyAct, RoomAct {
    /** Whether it takes a key away for good, and gives none. */
    default boolean takesAway() {
      return false;
    }
  }

  /** What is said of an authority's key. */
  public sealed interface KeyAct extends Act {
    /** The key that it is about: of two, the one that goes. */
    AuthorityPublicKey authority();
  }

  /**
   * A key counts, as those of the settings do, but for statements like this one.
   *
   * @param label whose it is, for people; one line of 1 to 80 characters
   * @param from first moment at which it counts; empty if at once
   * @param until first moment at which it counts no more; empty if it counts until a later word
   */
  public record Name(
      AuthorityPublicKey authority,
      String label,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Instant> from,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Instant> until)
      implements KeyAct {
    public Name {
      requireLabel(label);
      requireTime(from, until);
    }
  }

  /**
   * A key takes the place of another, which signs nothing more from then on.
   *
   * @param by the one that takes the place
   * @param label whose that is, as above
   * @param from the moment; empty if at once
   */
  public record Replace(
      AuthorityPublicKey authority,
      AuthorityPublicKey by,
      String label,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Instant> from)
      implements KeyAct {
    public Replace {
      requireLabel(label);
      if (authority.equals(by)) {
        throw new IllegalArgumentException("a key takes the place of another one");
      }
    }
  }

  /**
   * Nothing that a key has signed counts any more, for good, whether it is known yet or not.
   *
   * @param reason a {@link RevokedKeyReason}'s word, or one of a newer version
   */
  public record Revoke(AuthorityPublicKey authority, String reason) implements KeyAct {
    public Revoke {
      requireReason(reason);
    }

    @Override
    public boolean takesAway() {
      return true;
    }
  }

  public TrustStatement {
    devices = List.copyOf(devices);
    if (devices.isEmpty()
        || devices.size() > MOST_DEVICES
        || new HashSet<>(devices).size() < devices.size()) {
      throw new IllegalArgumentException("a statement names 1 to 64 devices, each once");
    }
  }

  static void requireReason(String reason) {
    if (!reason.matches("[a-z][a-z-]{0,31}")) {
      throw new IllegalArgumentException("a reason is a word");
    }
  }

  static void requireTime(Optional<Instant> from, Optional<Instant> until) {
    if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
      throw new IllegalArgumentException("what counts for a time begins before it ends");
    }
  }

  static void requireLabel(String label) {
    if (label.isBlank()
        || label.length() > MAX_LABEL_LENGTH
        || label.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a label is one line of 1 to " + MAX_LABEL_LENGTH + " characters");
    }
  }

  /** What is in the signed document, in this order and under these names. */
  private record Document(
      UUID id,
      List<Sha256> devices,
      Instant created,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Name> name,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Replace> replace,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Revoke> revoke,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<RoomAct.Name> nameRoom,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<RoomAct.Replace> replaceRoom,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<RoomAct.Revoke> revokeRoom) {
    List<Act> acts() {
      return Stream.of(name, replace, revoke, nameRoom, replaceRoom, revokeRoom)
          .<Act>flatMap(Optional::stream)
          .toList();
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  private static TrustStatement of(Document document) {
    List<Act> acts = document.acts();
    if (acts.size() != 1) {
      throw new IllegalArgumentException("a statement says one thing");
    }
    return new TrustStatement(document.id, document.devices, document.created, acts.get(0));
  }

  @JsonValue
  private Document document() {
    return new Document(
        id,
        devices,
        created,
        actIf(Name.class),
        actIf(Replace.class),
        actIf(Revoke.class),
        actIf(RoomAct.Name.class),
        actIf(RoomAct.Replace.class),
        actIf(RoomAct.Revoke.class));
  }

  private <T> Optional<T> actIf(Class<T> kind) {
    return Optional.of(act).filter(kind::isInstance).map(kind::cast);
  }

  /** Signs it; a device wants the signatures of {@value #SIGNATURES}. */
  public SignedDocument sign(Collection<? extends Signatory> authorities) {
    return SignedDocument.sign(TYPE, CanonicalJson.write(this), authorities);
  }

  /** Reads a statement whose every signature is by one of these authorities. */
  public static Reading<TrustStatement> readSigned(
      byte[] document, Collection<AuthorityPublicKey> signers) {
    return document.length > MAX_SIZE_BYTES
        ? new Reading.Malformed<>()
        : SignedDocument.read(document, TYPE, TrustStatement.class, signers);
  }

  /** When a document says that it was made, by any signers; empty if it is none. */
  public static Optional<Instant> claimedCreation(byte[] document) {
    return Optional.of(document)
        .filter(each -> each.length <= MAX_SIZE_BYTES)
        .flatMap(SignedDocument::parse)
        .flatMap(parsed -> CanonicalJson.read(parsed.payload(), TrustStatement.class))
        .map(TrustStatement::created);
  }

  /**
   * A document of this kind that an authority has signed at least.
   *
   * @param payload digest of what is signed; anybody can put more signatures beside those that are
   *     good, and has said no more by it
   * @param signers the authorities among those who signed
   * @param whole whether there is no signature but theirs
   */
  public record Claim(Sha256 payload, Set<Sha256> signers, boolean whole) {
    public Claim {
      signers = Set.copyOf(signers);
    }
  }

  /** What a document is, by these authorities; empty if it is none that may ever count. */
  public static Optional<Claim> claim(byte[] document, Collection<AuthorityPublicKey> authorities) {
    return Optional.of(document)
        .filter(each -> each.length <= MAX_SIZE_BYTES)
        .flatMap(SignedDocument::parse)
        .filter(parsed -> parsed.signatureCount() >= SIGNATURES)
        .map(
            parsed -> {
              Set<Sha256> signers = signersAmong(parsed, authorities);
              return new Claim(
                  Sha256.of(parsed.payload()), signers, signers.size() == parsed.signatureCount());
            })
        .filter(claim -> !claim.signers().isEmpty());
  }

  /** Those of the authorities that have signed a document of this kind, among any others. */
  static Set<Sha256> signersAmong(
      SignedDocument document, Collection<AuthorityPublicKey> authorities) {
    return document.signersAmong(TYPE, authorities);
  }
}
