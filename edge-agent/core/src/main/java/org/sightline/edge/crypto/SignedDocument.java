package org.sightline.edge.crypto;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Exact bytes and who signed them: a <a href="https://github.com/secure-systems-lab/dsse">DSSE</a>
 * v1 envelope with Ed25519 signatures:
 *
 * <pre>{@code
 * {"payload":"<base64>","payloadType":"<type>","signatures":[{"keyid":"<hex>","sig":"<base64>"}]}
 * }</pre>
 *
 * What is signed holds the type as well as the payload, so that a document of one type can never
 * pass for another. The payload is checked and read as it was received. The envelope around it,
 * which nobody signs, has one spelling, and nothing can be added to it. Immutable.
 */
public final class SignedDocument {
  private static final int MAX_SIGNATURES = 8;

  private final Envelope envelope;

  /** By which keys a signature on it was found to be good, or not: it is found out once. */
  private final Map<Sha256, Boolean> good = new ConcurrentHashMap<>();

  private SignedDocument(Envelope envelope) {
    this.envelope = envelope;
  }

  /** The envelope as JSON. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared; handed out as copies only.
  private record Envelope(byte[] payload, String payloadType, List<Signature> signatures) {
    Envelope {
      signatures = List.copyOf(signatures);
      Set<Sha256> keys = signatures.stream().map(Signature::keyid).collect(Collectors.toSet());
      if (signatures.isEmpty()
          || signatures.size() > MAX_SIGNATURES
          || keys.size() < signatures.size()) {
        throw new IllegalArgumentException("a document has 1 to 8 signatures of different keys");
      }
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Signature(Sha256 keyid, byte[] sig) {}

  /** What a check of the signatures found. */
  public sealed interface Verification {
    /**
     * Every signature on the document is good and by a trusted key.
     *
     * @param signers fingerprints of the keys, each once
     */
    record Trusted(Set<Sha256> signers) implements Verification {
      public Trusted {
        signers = Set.copyOf(signers);
      }
    }

    /** A signature is by a key that is not trusted here. */
    record UnknownSigner(Sha256 signer) implements Verification {}

    /** The payload, the type or the signature was altered. */
    record BadSignature(Sha256 signer) implements Verification {}

    /** The document is of another type. */
    record OtherType(String found) implements Verification {}
  }

  /**
   * Signs a payload by one or more signatories, each once.
   *
   * @param type media type that distinguishes this kind of document and its version from all others
   */
  public static SignedDocument sign(
      String type, byte[] payload, Collection<? extends Signatory> signatories) {
    return signWith(type, payload, signatories.stream().map(Signatory::signingKey).toList());
  }

  static SignedDocument signWith(String type, byte[] payload, List<SigningKey> keys) {
    byte[] message = preAuthenticationEncoding(type, payload);
    List<Signature> signatures = new ArrayList<>();
    for (SigningKey key : keys) {
      signatures.add(new Signature(key.verifyingKey().fingerprint(), key.sign(message)));
    }
    return new SignedDocument(new Envelope(payload.clone(), type, signatures));
  }

  /** What a signed record turned out to be. */
  public sealed interface Reading<T> {
    /**
     * Signed by trusted keys alone, and read.
     *
     * @param signers fingerprints of the keys, each once
     */
    record Signed<T>(T content, Set<Sha256> signers) implements Reading<T> {
      public Signed {
        signers = Set.copyOf(signers);
      }
    }

    /** A signature is by a key that is not trusted here. */
    record UnknownSigner<T>(Sha256 signer) implements Reading<T> {}

    /** The payload, the type or the signature was altered. */
    record BadSignature<T>(Sha256 signer) implements Reading<T> {}

    /**
     * Signed by trusted keys alone, but by a newer version.
     *
     * @param member what this version does not know and may not pass over
     */
    record Newer<T>(String member) implements Reading<T> {}

    /** No signed document, of another type, or its content is none of this kind. */
    record Malformed<T>() implements Reading<T> {}
  }

  /**
   * Reads a record that was signed as a document of a type: signatures first, content after.
   *
   * @param file the document's bytes
   */
  public static <T> Reading<T> read(
      byte[] file, String type, Class<T> content, Collection<AuthorityPublicKey> trusted) {
    return readWith(file, type, content, verifyingKeys(trusted));
  }

  static <T> Reading<T> readWith(
      byte[] file, String type, Class<T> content, Collection<VerifyingKey> trusted) {
    Optional<SignedDocument> document = parse(file);
    if (document.isEmpty()) {
      return new Reading.Malformed<>();
    }
    Verification verification = document.get().verifyWith(type, trusted);
    if (verification instanceof Verification.UnknownSigner unknown) {
      return new Reading.UnknownSigner<>(unknown.signer());
    }
    if (verification instanceof Verification.BadSignature bad) {
      return new Reading.BadSignature<>(bad.signer());
    }
    return verification instanceof Verification.Trusted trustedBy
        ? contentOf(document.get().payload(), content, trustedBy.signers())
        : new Reading.Malformed<>();
  }

  private static <T> Reading<T> contentOf(byte[] payload, Class<T> type, Set<Sha256> signers) {
    return CanonicalJson.read(payload, type)
        .<Reading<T>>map(value -> new Reading.Signed<>(value, signers))
        .or(() -> CanonicalJson.unknownMember(payload, type).map(Reading.Newer::new))
        .orElseGet(Reading.Malformed::new);
  }

  /**
   * The document with one signature more; the signatures it has are not checked.
   *
   * @throws IllegalArgumentException if this signatory has signed it already
   */
  public SignedDocument countersign(Signatory signatory) {
    SignedDocument own = sign(envelope.payloadType(), envelope.payload(), List.of(signatory));
    List<Signature> signatures = new ArrayList<>(envelope.signatures());
    signatures.addAll(own.envelope.signatures());
    return new SignedDocument(new Envelope(envelope.payload(), envelope.payloadType(), signatures));
  }

  /** The document with exactly these bytes, its signatures not yet checked; empty if none has. */
  public static Optional<SignedDocument> parse(byte[] bytes) {
    return CanonicalJson.read(bytes, Envelope.class)
        .filter(envelope -> Arrays.equals(bytes, CanonicalJson.write(envelope)))
        .map(SignedDocument::new);
  }

  /** The document as it is in a file. */
  public byte[] bytes() {
    return CanonicalJson.write(envelope);
  }

  /** The signed bytes; worth nothing before {@link #verify} has returned {@code Trusted}. */
  public byte[] payload() {
    return envelope.payload().clone();
  }

  /** How many signatures it bears, good or not. */
  public int signatureCount() {
    return envelope.signatures().size();
  }

  /** Whether it says that it is of a type, which {@link #verify} alone shows. */
  boolean isOf(String type) {
    return envelope.payloadType().equals(type);
  }

  /** Checks type and signatures; one signature that is not trusted or not good fails the whole. */
  public Verification verify(String type, Collection<AuthorityPublicKey> trusted) {
    return verifyWith(type, verifyingKeys(trusted));
  }

  /** Those of the keys whose signature on it is good, whatever the other signatures are. */
  public Set<Sha256> signersAmong(String type, Collection<AuthorityPublicKey> keys) {
    if (!isOf(type)) {
      return Set.of();
    }
    Set<Sha256> signers = new HashSet<>();
    for (AuthorityPublicKey key : keys) {
      if (good.computeIfAbsent(key.fingerprint(), unused -> isSignedBy(key))) {
        signers.add(key.fingerprint());
      }
    }
    return signers;
  }

  private boolean isSignedBy(AuthorityPublicKey key) {
    return envelope.signatures().stream()
        .filter(each -> each.keyid().equals(key.fingerprint()))
        .anyMatch(
            each ->
                key.verifyingKey()
                    .verifies(
                        preAuthenticationEncoding(envelope.payloadType(), envelope.payload()),
                        each.sig()));
  }

  private static List<VerifyingKey> verifyingKeys(Collection<AuthorityPublicKey> trusted) {
    return trusted.stream().map(AuthorityPublicKey::verifyingKey).toList();
  }

  Verification verifyWith(String type, Collection<VerifyingKey> trusted) {
    if (!isOf(type)) {
      return new Verification.OtherType(envelope.payloadType());
    }
    Map<Sha256, VerifyingKey> keys =
        trusted.stream()
            .collect(
                Collectors.toMap(
                    VerifyingKey::fingerprint, Function.identity(), (one, same) -> one));
    byte[] message = preAuthenticationEncoding(type, envelope.payload());
    Set<Sha256> signers = new HashSet<>();
    for (Signature signature : envelope.signatures()) {
      VerifyingKey key = keys.get(signature.keyid());
      if (key == null) {
        return new Verification.UnknownSigner(signature.keyid());
      }
      if (!key.verifies(message, signature.sig())) {
        return new Verification.BadSignature(signature.keyid());
      }
      signers.add(signature.keyid());
    }
    return new Verification.Trusted(signers);
  }

  /** DSSE's PAE: {@code DSSEv1 SP LEN(type) SP type SP LEN(payload) SP payload}. */
  private static byte[] preAuthenticationEncoding(String type, byte[] payload) {
    byte[] typeBytes = type.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(("DSSEv1 " + typeBytes.length + " ").getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(typeBytes);
    out.writeBytes((" " + payload.length + " ").getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(payload);
    return out.toByteArray();
  }
}
