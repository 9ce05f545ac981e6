package org.sightline.edge.app.metrics;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where figures are served: an address of this machine alone, as {@code 127.0.0.1:9464}. */
public final class MetricsAddress {
  private static final Pattern FORM =
      Pattern.compile("(127(?:\\.\\d{1,3}){3}|\\[::1]|localhost):(\\d{1,5})");

  private static final int LAST_PORT = 65535;

  private MetricsAddress() {}

  /**
   * Reads one; no name is looked up.
   *
   * @throws IllegalArgumentException if it is none, or other machines could reach it
   */
  public static InetSocketAddress parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "must be 127.0.0.1:PORT or [::1]:PORT: other machines never reach it");
    }
    int port = Integer.parseInt(parts.group(2));
    if (port < 1 || port > LAST_PORT) {
      throw new IllegalArgumentException("a port is between 1 and " + LAST_PORT);
    }
    String host = parts.group(1);
    try {
      return new InetSocketAddress(
          host.equals("localhost") ? InetAddress.getLoopbackAddress() : InetAddress.getByName(host),
          port);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("no part of an address is more than 255", e);
    }
  }
}
