package org.sightline.edge.signing;

import java.nio.file.Path;
import java.util.Arrays;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.crypto.KeyFileContent;
import org.sightline.edge.crypto.Secret;
import org.sightline.edge.crypto.Signatory;
import org.sightline.edge.crypto.SigningKey;

/** The private key by which an authority signs authorisations and watchlists. */
public final class AuthorityKey implements Signatory {
  private static final String FORMAT = "sightline-authority-key/1";

  private final Secret seed;
  private final SigningKey signingKey;

  private AuthorityKey(Secret seed) {
    this.seed = seed;
    this.signingKey = new SigningKey(seed);
  }

  private record Content(String format, Secret seed) {}

  public static AuthorityKey generate() {
    return new AuthorityKey(Secret.random());
  }

  /** Reads a key file made by {@link #writeTo}; refuses one that others than its owner can open. */
  public static AuthorityKey read(Path file) throws CryptoException {
    byte[] bytes = DocumentFile.readSecret(file);
    try {
      return KeyFileContent.read(bytes, FORMAT, Content.class, file)
          .map(content -> new AuthorityKey(content.seed()))
          .orElseThrow(
              () ->
                  new CryptoException(
                      "not the private key of an authority",
                      file.toString(),
                      "name the file made by: sightline authority init"));
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Writes a new file (0600). */
  public void writeTo(Path file) throws CryptoException {
    byte[] bytes = CanonicalJson.write(new Content(FORMAT, seed));
    try {
      DocumentFile.createSecret(file, bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  public AuthorityPublicKey publicKey() {
    return new AuthorityPublicKey(signingKey.verifyingKey());
  }

  @Override
  public SigningKey signingKey() {
    return signingKey;
  }

  @Override
  public String toString() {
    return "AuthorityKey[" + publicKey().fingerprint().shortForm() + "]";
  }
}
