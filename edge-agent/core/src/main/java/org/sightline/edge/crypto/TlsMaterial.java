package org.sightline.edge.crypto;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.RegularFile;

/**
 * Both sides of TLS from PEM files. The oldest version spoken is 1.2, the floor of Java 17 itself.
 */
public final class TlsMaterial {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private TlsMaterial() {}

  /**
   * Sockets of a client.
   *
   * @param authorities whose certificates are trusted; null for the system's own
   * @param certificate chain of the client, its own first; null for none
   * @param key of the client's certificate, PKCS#8; null for none
   */
  public static SSLSocketFactory socketFactory(
      @Nullable Path authorities, @Nullable Path certificate, @Nullable Path key)
      throws CryptoException {
    if ((certificate == null) != (key == null)) {
      throw new CryptoException(
          "a client certificate and its key go together",
          String.valueOf(certificate == null ? key : certificate),
          "give both files or neither");
    }
    return context(
            certificate == null || key == null ? null : keyManagers(certificate, key),
            authorities == null ? null : trustManagers(authorities))
        .getSocketFactory();
  }

  /**
   * What a client without a certificate trusts.
   *
   * @param authorities whose certificates are trusted; null for the system's own
   */
  public static SSLContext clientContext(@Nullable Path authorities) throws CryptoException {
    return context(null, authorities == null ? null : trustManagers(authorities));
  }

  /**
   * What a server shows itself by.
   *
   * @param certificate its own first
   * @param key of that certificate, PKCS#8
   */
  public static SSLContext serverContext(Path certificate, Path key) throws CryptoException {
    return context(keyManagers(certificate, key), null);
  }

  /**
   * When the first certificate of a PEM chain expires.
   *
   * @throws CryptoException if the file holds none
   */
  public static Instant validUntil(Path chain) throws CryptoException {
    return validUntil(certificates(chain).toArray(Certificate[]::new));
  }

  /** When the first of some X.509 certificates, at least one, expires. */
  public static Instant validUntil(Certificate... chain) {
    return Stream.of(chain)
        .map(each -> ((X509Certificate) each).getNotAfter().toInstant())
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static SSLContext context(
      KeyManager @Nullable [] keys, TrustManager @Nullable [] authorities) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, authorities, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has TLS", e);
    }
  }

  private static TrustManager[] trustManagers(Path authorities) throws CryptoException {
    Collection<? extends Certificate> trusted = certificates(authorities);
    try {
      KeyStore store = emptyStore();
      int number = 0;
      for (Certificate authority : trusted) {
        store.setCertificateEntry("authority-" + number++, authority);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw noCertificate(authorities, e);
    }
  }

  private static KeyManager[] keyManagers(Path certificate, Path key) throws CryptoException {
    PrivateKey own = privateKey(key);
    Certificate[] chain = certificates(certificate).toArray(Certificate[]::new);
    char[] unused = new char[0];
    try {
      if (!belongTogether(chain[0].getPublicKey(), own)) {
        throw strangers(key, null);
      }
      KeyStore store = emptyStore();
      store.setKeyEntry("own", own, unused, chain);
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, unused);
      return factory.getKeyManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw strangers(key, e);
    }
  }

  /** A server whose key is another one would start, and then refuse every connection. */
  private static boolean belongTogether(PublicKey certified, PrivateKey own)
      throws GeneralSecurityException {
    String algorithm = own.getAlgorithm();
    Signature signature =
        Signature.getInstance(
            algorithm.equals("RSA")
                ? "SHA256withRSA"
                : algorithm.equals("EC") ? "SHA256withECDSA" : "EdDSA");
    byte[] probe = {1};
    signature.initSign(own);
    signature.update(probe);
    byte[] signed = signature.sign();
    signature.initVerify(certified);
    signature.update(probe);
    return signature.verify(signed);
  }

  private static CryptoException strangers(Path key, @Nullable Throwable cause) {
    return new CryptoException(
        "the key does not belong to the certificate", key.toString(), "see both files", cause);
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file) throws CryptoException {
    Collection<? extends Certificate> certificates;
    InputStream in = new ByteArrayInputStream(bytes(file, "the certificate"));
    try {
      certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
    } catch (GeneralSecurityException e) {
      throw noCertificate(file, e);
    }
    if (certificates.isEmpty()) {
      throw noCertificate(file, null);
    }
    return certificates;
  }

  private static CryptoException noCertificate(Path file, @Nullable Throwable cause) {
    return new CryptoException(
        "not a certificate", file.toString(), "give a file of PEM certificates", cause);
  }

  private static PrivateKey privateKey(Path file) throws CryptoException {
    String pem = new String(bytes(file, "the private key"), StandardCharsets.ISO_8859_1);
    Matcher key = KEY.matcher(pem);
    if (!key.find()) {
      throw noKey(file);
    }
    byte[] encoded = Base64.getMimeDecoder().decode(key.group(1));
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (InvalidKeySpecException e) {
        // A key of another kind; the next is tried.
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
    throw noKey(file);
  }

  private static byte[] bytes(Path file, String what) throws CryptoException {
    try {
      return Files.readAllBytes(RegularFile.require(file));
    } catch (IOException e) {
      throw new CryptoException(
          what + " cannot be read",
          file.toString(),
          "check the path, and that this user may read it",
          e);
    }
  }

  private static CryptoException noKey(Path file) {
    return new CryptoException(
        "not a private key",
        file.toString(),
        "give a PEM file that says BEGIN PRIVATE KEY (PKCS#8, not encrypted)",
        null);
  }
}
