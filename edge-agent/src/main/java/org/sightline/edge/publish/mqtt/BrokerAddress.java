package org.sightline.edge.publish.mqtt;

import java.net.URI;
import org.sightline.edge.publish.PublishException;

/** Where one node of a broker listens. */
record BrokerAddress(boolean secure, String host, int port) {
  private static final int PORT = 1883;
  private static final int TLS_PORT = 8883;

  /**
   * @throws PublishException if that is not the address of a broker
   */
  static BrokerAddress of(URI uri) throws PublishException {
    String host = uri.getHost();
    boolean secure = "mqtts".equals(uri.getScheme());
    if (host == null || !(secure || "mqtt".equals(uri.getScheme()))) {
      throw new PublishException(
          "not the address of a broker",
          // Without credentials somebody may have put into it.
          uri.getScheme() + "://" + host,
          "write mqtt://host:port or mqtts://host:port",
          null);
    }
    return new BrokerAddress(
        secure, host, uri.getPort() > 0 ? uri.getPort() : secure ? TLS_PORT : PORT);
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
