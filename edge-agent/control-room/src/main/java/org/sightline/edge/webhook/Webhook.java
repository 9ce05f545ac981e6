package org.sightline.edge.webhook;

import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where alerts are posted to.
 *
 * @param url of HTTPS, or of HTTP on this machine
 * @param secretFile whose first line is the secret that both sides share, {@code whsec_} and base64
 * @param caFile PEM of the authorities whose certificates are trusted; null for the system's own
 */
public record Webhook(URI url, Path secretFile, @Nullable Path caFile) {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  /** Scheme, host and port alone, for logs: what follows may be a secret. */
  String place() {
    return url.getScheme() + "://" + url.getAuthority();
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException saying why alerts may not be posted to it
   */
  public static URI address(String text) {
    URI url = URI.create(text);
    if (url.getHost() == null || url.getUserInfo() != null || url.getFragment() != null) {
      throw new IllegalArgumentException("it is an address such as https://host/path");
    }
    boolean open = "http".equals(url.getScheme()) && THIS_MACHINE.contains(url.getHost());
    if (!open && !"https".equals(url.getScheme())) {
      throw new IllegalArgumentException("it begins with https:// unless it is on this machine");
    }
    return url;
  }
}
