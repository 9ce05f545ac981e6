package org.sightline.edge.publish.mqtt;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.publish.PublishException;

/** Address and credentials of a broker, read once; says what a failure to reach it means. */
final class BrokerAccess {
  private static final int PORT = 1883;
  private static final int TLS_PORT = 8883;

  private final String scheme;
  private final String host;
  private final int port;
  private final @Nullable String username;
  private final byte @Nullable [] password;
  private final @Nullable SSLSocketFactory tls;

  /**
   * @throws PublishException if the address is not one of a broker, or a file cannot be used
   */
  BrokerAccess(BrokerSettings settings) throws PublishException {
    URI uri = settings.uri();
    String givenHost = uri.getHost();
    boolean secure = "mqtts".equals(uri.getScheme());
    if (givenHost == null || !(secure || "mqtt".equals(uri.getScheme()))) {
      throw new PublishException(
          "not the address of a broker",
          // Without credentials somebody may have put into it.
          uri.getScheme() + "://" + givenHost,
          "write mqtt://host:port or mqtts://host:port",
          null);
    }
    scheme = secure ? "ssl" : "tcp";
    host = givenHost;
    port = uri.getPort() > 0 ? uri.getPort() : secure ? TLS_PORT : PORT;
    username = settings.username();
    Path passwordFile = settings.passwordFile();
    password = passwordFile == null ? null : firstLine(passwordFile);
    tls =
        secure
            ? TlsMaterial.socketFactory(
                settings.caFile(), settings.certificateFile(), settings.keyFile())
            : null;
  }

  private static byte[] firstLine(Path file) throws PublishException {
    try {
      return Files.readString(file).lines().findFirst().orElse("").getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new PublishException(
          "the broker's password cannot be read",
          file.toString(),
          "make it a text file that this user may read, with the password in its first line",
          e);
    }
  }

  String pahoUri() {
    return scheme + "://" + address();
  }

  /** Host and port, fit for logs. */
  String address() {
    return host + ":" + port;
  }

  void applyTo(MqttConnectionOptions options) {
    if (username != null) {
      options.setUserName(username);
    }
    if (password != null) {
      options.setPassword(password.clone());
    }
    if (tls != null) {
      options.setSocketFactory(tls);
      options.setHttpsHostnameVerificationEnabled(true);
    }
  }

  /** Says in our words what went wrong. */
  PublishException failure(MqttException e) {
    int reason = e.getReasonCode();
    if (reason == MqttReturnCode.RETURN_CODE_BAD_USERNAME_OR_PASSWORD
        || reason == MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED) {
      return new PublishException(
          "the broker refuses the credentials", address(), "see its user and password file", e);
    }
    if (reason == MqttClientException.REASON_CODE_CLIENT_TIMEOUT) {
      return new PublishException(
          "the broker does not answer", address(), "see whether it is overloaded", e);
    }
    SSLException refusal = tlsCause(e);
    if (refusal != null) {
      return new PublishException(
          "no secure connection to the broker",
          address(),
          "see its certificate, its host name and the authority given; TLS says: "
              + refusal.getMessage(),
          e);
    }
    if (reason >= MqttReturnCode.RETURN_CODE_UNSPECIFIED_ERROR && reason <= 0xff) {
      return new PublishException(
          "the broker refuses (" + MqttLink.hex(reason) + ")", address(), "see its log", e);
    }
    return new PublishException(
        "the broker cannot be reached", address(), "see that it runs and the network is up", e);
  }

  private static @Nullable SSLException tlsCause(Throwable failure) {
    Throwable cause = failure;
    while (cause != null) {
      if (cause instanceof SSLException refusal) {
        return refusal;
      }
      cause = cause.getCause();
    }
    return null;
  }
}
