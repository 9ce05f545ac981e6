package org.sightline.edge.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The MQTT broker.
 *
 * @param uris one {@code mqtt://host:port} or {@code mqtts://host:port} for each node of it, all of
 *     one scheme
 * @param username null for none
 * @param passwordFile file whose first line is the password; null for none
 * @param caFile PEM of the authority that signed the broker's certificate; null for the system's
 *     own
 * @param certificateFile PEM chain of the client certificate; null for none
 * @param keyFile PEM (PKCS#8) of its private key; null for none
 * @param onvif whether alerts are published as ONVIF events besides
 */
public record BrokerSettings(
    List<URI> uris,
    @Nullable String username,
    @Nullable Path passwordFile,
    @Nullable Path caFile,
    @Nullable Path certificateFile,
    @Nullable Path keyFile,
    boolean onvif) {

  private static final int LAST_PORT = 65535;

  public BrokerSettings {
    uris = List.copyOf(uris);
    uris.forEach(BrokerSettings::check);
    if (uris.stream().map(URI::getScheme).distinct().count() != 1) {
      throw new IllegalArgumentException(
          "a broker has at least one address, and either all of them are mqtts:// or none is");
    }
  }

  /**
   * Reads the address of one node.
   *
   * @throws IllegalArgumentException if it is none, or holds more than scheme, host and port
   */
  public static URI address(String text) {
    try {
      return check(new URI(text));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("a broker is mqtt://host:port or mqtts://host:port", e);
    }
  }

  private static URI check(URI uri) {
    boolean known = "mqtt".equals(uri.getScheme()) || "mqtts".equals(uri.getScheme());
    if (!known
        || uri.getHost() == null
        || uri.getUserInfo() != null
        || uri.getPath().length() > 1
        || uri.getQuery() != null
        || uri.getFragment() != null) {
      throw new IllegalArgumentException(
          uri.getHost() == null && String.valueOf(uri.getAuthority()).indexOf('_') >= 0
              ? "the name of a host has no underscore: give it another name, or its address"
              : "a broker is mqtt://host:port or mqtts://host:port, without user, path or query");
    }
    if (uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
      throw new IllegalArgumentException("a port lies between 1 and " + LAST_PORT);
    }
    return uri;
  }

  /** Without ONVIF events. */
  public BrokerSettings(
      List<URI> uris,
      @Nullable String username,
      @Nullable Path passwordFile,
      @Nullable Path caFile,
      @Nullable Path certificateFile,
      @Nullable Path keyFile) {
    this(uris, username, passwordFile, caFile, certificateFile, keyFile, false);
  }

  /** Whether both sides show a certificate: over TLS, and with one of the client. */
  public boolean mutuallyAuthenticated() {
    return "mqtts".equals(uris.get(0).getScheme()) && certificateFile != null && keyFile != null;
  }

  /** A broker on this machine or in a test: no TLS, no credentials. */
  public static BrokerSettings plain(URI uri) {
    return new BrokerSettings(List.of(uri), null, null, null, null, null);
  }
}
