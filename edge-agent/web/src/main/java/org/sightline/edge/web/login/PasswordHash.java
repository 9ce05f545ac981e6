package org.sightline.edge.web.login;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password as it is kept: PBKDF2 (RFC 8018) with HMAC-SHA-512.
 *
 * @param iterations how often the function is applied; a file may hold hashes of several numbers
 * @param salt base64
 * @param hash base64
 */
public record PasswordHash(int iterations, String salt, String hash) {
  /** What OWASP's Password Storage Cheat Sheet asks for, with a little to spare. */
  private static final int ITERATIONS = 220_000;

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 64;

  /** More would let a file stop the server at every login. */
  private static final int MOST_ITERATIONS = 100_000_000;

  private static final SecureRandom RANDOM = new SecureRandom();

  public PasswordHash {
    if (iterations < ITERATIONS / 10 || iterations > MOST_ITERATIONS) {
      throw new IllegalArgumentException("iterations out of range");
    }
    if (Base64.getDecoder().decode(salt).length < SALT_BYTES
        || Base64.getDecoder().decode(hash).length != HASH_BYTES) {
      throw new IllegalArgumentException("salt or hash of a wrong length");
    }
  }

  /** Hashes a new password under a new salt. */
  public static PasswordHash of(char[] password) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    return new PasswordHash(ITERATIONS, base64(salt), base64(derive(password, salt, ITERATIONS)));
  }

  /** A hash that no password has, to be compared where there is none: it takes as long. */
  static PasswordHash unmatched() {
    return new PasswordHash(ITERATIONS, base64(new byte[SALT_BYTES]), base64(new byte[HASH_BYTES]));
  }

  /** Whether it is the hash of this password; takes as long whether it is or not. */
  boolean matches(char[] password) {
    byte[] derived = derive(password, Base64.getDecoder().decode(salt), iterations);
    return MessageDigest.isEqual(derived, Base64.getDecoder().decode(hash));
  }

  /** The same letters are the same password, however a keyboard composes them. */
  private static byte[] derive(char[] password, byte[] salt, int iterations) {
    String composed = Normalizer.normalize(new String(password), Normalizer.Form.NFKC);
    PBEKeySpec spec = new PBEKeySpec(composed.toCharArray(), salt, iterations, HASH_BYTES * 8);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has PBKDF2 with SHA-512", e);
    } finally {
      spec.clearPassword();
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "PasswordHash[" + iterations + " iterations]";
  }
}
