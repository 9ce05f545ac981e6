package org.sightline.edge.publish.mqtt;

import java.net.URI;

/** Where one node of a broker listens. */
record BrokerAddress(boolean secure, String host, int port) {
  private static final int PORT = 1883;
  private static final int TLS_PORT = 8883;

  /** From an address that the settings have let pass. */
  static BrokerAddress of(URI uri) {
    boolean secure = "mqtts".equals(uri.getScheme());
    return new BrokerAddress(
        secure, uri.getHost(), uri.getPort() > 0 ? uri.getPort() : secure ? TLS_PORT : PORT);
  }

  /** The host as certificates name it. */
  String tlsName() {
    if (host.startsWith("[")) {
      return host.substring(1, host.length() - 1);
    }
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  /** For the library, which has no part in TLS. */
  String pahoUri() {
    return "tcp://" + this;
  }

  /** Host and port, fit for logs. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
