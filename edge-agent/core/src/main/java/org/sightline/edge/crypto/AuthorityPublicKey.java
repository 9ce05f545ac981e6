package org.sightline.edge.crypto;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.file.Path;
import java.util.Optional;

/** The public half of an authority's key: what a device is given to trust. */
public final class AuthorityPublicKey {
  private static final String FORMAT = "sightline-authority-public-key/1";

  private final VerifyingKey verifyingKey;

  public AuthorityPublicKey(VerifyingKey verifyingKey) {
    this.verifyingKey = verifyingKey;
  }

  /** The file contains the fingerprint so that a damaged key is noticed when it is read. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Content(String format, byte[] verifyingKey, Sha256 fingerprint) {}

  /** Reads a file made by {@link #writeTo}. */
  public static AuthorityPublicKey read(Path file) throws CryptoException {
    return KeyFileContent.read(DocumentFile.read(file), FORMAT, Content.class, file)
        .filter(content -> Sha256.of(content.verifyingKey()).equals(content.fingerprint()))
        .flatMap(AuthorityPublicKey::from)
        .orElseThrow(
            () ->
                new CryptoException(
                    "not the public key of an authority",
                    file.toString(),
                    "name the file made by: sightline authority init --public-out"));
  }

  /** Its form in a document: the 32 bytes. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static AuthorityPublicKey of(byte[] raw) {
    return new AuthorityPublicKey(new VerifyingKey(raw));
  }

  @JsonValue
  byte[] raw() {
    return verifyingKey.raw();
  }

  private static Optional<AuthorityPublicKey> from(Content content) {
    try {
      return Optional.of(new AuthorityPublicKey(new VerifyingKey(content.verifyingKey())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Writes a new file. */
  public void writeTo(Path file) throws CryptoException {
    DocumentFile.create(
        file, CanonicalJson.write(new Content(FORMAT, verifyingKey.raw(), fingerprint())));
  }

  /** SHA-256 of the key's 32 bytes. */
  public Sha256 fingerprint() {
    return verifyingKey.fingerprint();
  }

  VerifyingKey verifyingKey() {
    return verifyingKey;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AuthorityPublicKey key && key.fingerprint().equals(fingerprint());
  }

  @Override
  public int hashCode() {
    return fingerprint().hashCode();
  }

  @Override
  public String toString() {
    return "AuthorityPublicKey[" + fingerprint().shortForm() + "]";
  }
}
