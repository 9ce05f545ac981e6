package org.sightline.edge.web;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a page is served.
 *
 * @param host name or address, without brackets
 * @param port 0 for any that is free
 */
public record ListenAddress(String host, int port) {
  /**
   * Reads {@code ADDRESS:PORT}.
   *
   * @throws IllegalArgumentException saying what it is to look like
   */
  public static ListenAddress parse(String text) {
    try {
      URI uri = new URI("page://" + text);
      String host = uri.getHost();
      if (host != null
          && uri.getPort() >= 0
          && uri.getUserInfo() == null
          && uri.getAuthority().equals(text)) {
        return new ListenAddress(
            host.startsWith("[") ? host.substring(1, host.length() - 1) : host, uri.getPort());
      }
    } catch (URISyntaxException e) {
      // The rule is the same.
    }
    throw new IllegalArgumentException("it is ADDRESS:PORT, such as 127.0.0.1:8480");
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
