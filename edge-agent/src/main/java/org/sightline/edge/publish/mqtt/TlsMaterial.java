package org.sightline.edge.publish.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.publish.PublishException;

/**
 * Sockets for TLS from PEM files. The oldest version spoken is 1.2, the floor of Java 17 itself.
 */
final class TlsMaterial {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
  private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private TlsMaterial() {}

  /**
   * @param authorities whose certificates are trusted; null for the system's own
   * @param certificate chain of the client, its own first; null for none
   * @param key of the client's certificate, PKCS#8; null for none
   */
  static SSLSocketFactory socketFactory(
      @Nullable Path authorities, @Nullable Path certificate, @Nullable Path key)
      throws PublishException {
    if ((certificate == null) != (key == null)) {
      throw new PublishException(
          "a client certificate and its key go together",
          String.valueOf(certificate == null ? key : certificate),
          "give both files or neither",
          null);
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          certificate == null || key == null ? null : keyManagers(certificate, key),
          authorities == null ? null : trustManagers(authorities),
          null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException | IOException e) {
      throw new PublishException(
          "the key does not belong to the certificate", String.valueOf(key), "see both files", e);
    }
  }

  private static TrustManager[] trustManagers(Path authorities)
      throws PublishException, GeneralSecurityException, IOException {
    KeyStore trusted = emptyStore();
    int number = 0;
    for (Certificate authority : certificates(authorities)) {
      trusted.setCertificateEntry("authority-" + number++, authority);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    return factory.getTrustManagers();
  }

  private static KeyManager[] keyManagers(Path certificate, Path key)
      throws PublishException, GeneralSecurityException, IOException {
    KeyStore own = emptyStore();
    char[] unused = new char[0];
    own.setKeyEntry(
        "client", privateKey(key), unused, certificates(certificate).toArray(Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(own, unused);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file) throws PublishException {
    Collection<? extends Certificate> certificates;
    try (InputStream in = Files.newInputStream(file)) {
      certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
    } catch (IOException | GeneralSecurityException e) {
      throw noCertificate(file, e);
    }
    if (certificates.isEmpty()) {
      throw noCertificate(file, null);
    }
    return certificates;
  }

  private static PublishException noCertificate(Path file, @Nullable Throwable cause) {
    return new PublishException(
        "not a certificate", file.toString(), "give a readable file of PEM certificates", cause);
  }

  private static PrivateKey privateKey(Path file) throws PublishException {
    String pem;
    try {
      pem = Files.readString(file);
    } catch (IOException e) {
      throw noKey(file);
    }
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

  private static PublishException noKey(Path file) {
    return new PublishException(
        "not a private key",
        file.toString(),
        "give a readable PEM file that says BEGIN PRIVATE KEY (PKCS#8, not encrypted)",
        null);
  }
}
