package org.sightline.edge.config;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The MQTT broker.
 *
 * @param uri {@code mqtt://host:port} or {@code mqtts://host:port}
 * @param username null for none
 * @param passwordFile file whose first line is the password; null for none
 * @param caFile PEM of the authority that signed the broker's certificate; null for the system's
 *     own
 * @param certificateFile PEM chain of the client certificate; null for none
 * @param keyFile PEM (PKCS#8) of its private key; null for none
 */
public record BrokerSettings(
    URI uri,
    @Nullable String username,
    @Nullable Path passwordFile,
    @Nullable Path caFile,
    @Nullable Path certificateFile,
    @Nullable Path keyFile) {

  /** A broker on this machine or in a test: no TLS, no credentials. */
  public static BrokerSettings plain(URI uri) {
    return new BrokerSettings(uri, null, null, null, null, null);
  }
}
