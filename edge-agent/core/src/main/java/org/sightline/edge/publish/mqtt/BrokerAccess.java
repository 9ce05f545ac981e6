package org.sightline.edge.publish.mqtt;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.config.PasswordFile;
import org.sightline.edge.config.SettingsException;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.TlsMaterial;
import org.sightline.edge.publish.PublishException;

/**
 * Addresses and credentials of a broker, read once; knows which address answered last and says what
 * a failure to reach one means. Thread-safe.
 */
final class BrokerAccess {
  private static final String NOT_SECURE = "no secure connection to the broker";

  private final List<BrokerAddress> addresses = new ArrayList<>();
  private final @Nullable String username;
  private final byte @Nullable [] password;
  private final @Nullable SSLSocketFactory tls;
  private final AtomicInteger answeredLast = new AtomicInteger();

  /**
   * @throws PublishException if a file cannot be used
   */
  BrokerAccess(BrokerSettings settings) throws PublishException {
    for (URI uri : settings.uris()) {
      addresses.add(BrokerAddress.of(uri));
    }
    username = settings.username();
    Path passwordFile = settings.passwordFile();
    password = passwordFile == null ? null : password(passwordFile);
    tls = addresses.get(0).secure() ? sockets(settings) : null;
  }

  private static SSLSocketFactory sockets(BrokerSettings settings) throws PublishException {
    try {
      return TlsMaterial.socketFactory(
          settings.caFile(), settings.certificateFile(), settings.keyFile());
    } catch (CryptoException e) {
      throw new PublishException(e.what(), e.where(), e.remedy(), e);
    }
  }

  private static byte[] password(Path file) throws PublishException {
    try {
      return PasswordFile.read(file).getBytes(StandardCharsets.UTF_8);
    } catch (SettingsException e) {
      throw new PublishException(e.what(), e.where(), e.remedy(), e);
    }
  }

  /** What is to be done with an address. */
  interface Attempt<T> {
    T at(BrokerAddress address) throws PublishException;
  }

  /**
   * Tries the addresses in turn until one answers, first the one that did so last: a node that is
   * gone costs its failure once.
   *
   * @throws PublishException saying why the last of them did not
   */
  <T> T firstAnswer(Attempt<T> attempt) throws PublishException {
    int first = answeredLast.get();
    PublishException failure = null;
    for (int i = 0; i < addresses.size(); i++) {
      int next = (first + i) % addresses.size();
      try {
        T answer = attempt.at(addresses.get(next));
        answeredLast.set(next);
        return answer;
      } catch (PublishException e) {
        if (failure != null) {
          e.addSuppressed(failure);
        }
        failure = e;
      }
    }
    throw Objects.requireNonNull(failure);
  }

  /** Hosts and ports, fit for logs. */
  String describe() {
    return addresses.stream().map(BrokerAddress::toString).collect(Collectors.joining(", "));
  }

  /**
   * @param address that is to be connected to
   * @param largestPacketBytes what is longer ends the connection
   */
  void applyTo(
      MqttConnectionOptions options,
      BrokerAddress address,
      long largestPacketBytes,
      InboundPackets.Watch watch) {
    if (username != null) {
      options.setUserName(username);
    }
    if (password != null) {
      options.setPassword(password.clone());
    }
    options.setSocketFactory(BrokerSocket.factory(tls, address, largestPacketBytes, watch));
  }

  /**
   * When the first certificate of the chain that an address shows expires; empty without TLS.
   *
   * @throws IOException if no secure connection comes about
   */
  Optional<Instant> certificateUntil(BrokerAddress address, Duration patience) throws IOException {
    if (tls == null) {
      return Optional.empty();
    }
    Socket plain = new Socket();
    try (plain) {
      plain.connect(
          new InetSocketAddress(address.tlsName(), address.port()), (int) patience.toMillis());
      plain.setSoTimeout((int) patience.toMillis());
      try (SSLSocket secure =
          (SSLSocket) tls.createSocket(plain, address.tlsName(), address.port(), true)) {
        secure.startHandshake();
        return Optional.of(TlsMaterial.validUntil(secure.getSession().getPeerCertificates()));
      }
    }
  }

  /**
   * Says in our words what went wrong there.
   *
   * @param refusal what the broker itself said about it; null if it said nothing
   */
  static PublishException failure(
      BrokerAddress address, MqttException e, @Nullable Refusal refusal) {
    String where = address.toString();
    int reason = e.getReasonCode();
    if (refusal != null && refusal.ended()) {
      return PublishException.temporary(
          "the broker ended the connection (" + refusal + ")", where, refusal.remedy(), e);
    }
    Optional<Throwable> tooLong = cause(e, InboundPackets.PacketTooLongException.class::isInstance);
    if (tooLong.isPresent()) {
      return new PublishException(
          "the broker sends " + tooLong.get().getMessage(),
          where,
          "check who publishes that; no valid message is so long",
          e);
    }
    if (cause(e, InboundPackets.NotMqttException.class::isInstance).isPresent()) {
      return new PublishException(
          "what answers is not an MQTT broker", where, "check host and port in broker.uri", e);
    }
    if (reason == MqttReturnCode.RETURN_CODE_BAD_USERNAME_OR_PASSWORD
        || reason == MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED) {
      return new PublishException(
          "the broker refuses the credentials" + saying(refusal),
          where,
          "check its user and password file",
          e);
    }
    if (reason == MqttClientException.REASON_CODE_CLIENT_TIMEOUT) {
      return PublishException.temporary(
          "the broker does not answer", where, "check whether it is overloaded", e);
    }
    if (cause(e, CertificateExpiredException.class::isInstance).isPresent()) {
      return new PublishException(
          "the broker's certificate has expired, by this box's clock",
          where,
          "see the clock (timedatectl); if that is right, renew the certificate, or that of its"
              + " authority",
          e);
    }
    if (cause(e, CertificateNotYetValidException.class::isInstance).isPresent()) {
      return new PublishException(
          "the broker's certificate is not valid yet, by this box's clock",
          where,
          "set the clock right (timedatectl)",
          e);
    }
    Optional<Throwable> untrusted = cause(e, SSLException.class::isInstance);
    if (untrusted.isPresent()) {
      return new PublishException(
          NOT_SECURE,
          where,
          "check its certificate, its host name and the authority given; TLS says: "
              + untrusted.get().getMessage(),
          e);
    }
    // Since TLS 1.3 a broker may refuse a client when that has sent its first message already, and
    // the end of the connection may overtake the reason.
    if (address.secure() && cause(e, BrokerAccess::isEnd).isPresent()) {
      return new PublishException(
          NOT_SECURE,
          where,
          "see its log: it ended the connection, as it does when it does not take a client's"
              + " certificate",
          e);
    }
    if (refusal != null) {
      return PublishException.temporary(
          "the broker refuses (" + refusal + ")", where, refusal.remedy(), e);
    }
    if (reason >= MqttReturnCode.RETURN_CODE_UNSPECIFIED_ERROR && reason <= 0xff) {
      return PublishException.temporary(
          "the broker refuses (" + MqttLink.hex(reason) + ")", where, "see its log", e);
    }
    if (reason == MqttClientException.REASON_CODE_CONNECTION_LOST) {
      return PublishException.temporary(
          "the connection to the broker has ended",
          where,
          "check that it is running and the network is up",
          e);
    }
    return PublishException.temporary(
        "the broker cannot be reached", where, "check that it is running and the network is up", e);
  }

  private static String saying(@Nullable Refusal refusal) {
    return refusal == null || refusal.words().isEmpty() ? "" : " (" + refusal + ")";
  }

  private static Optional<Throwable> cause(Throwable failure, Predicate<Throwable> wanted) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(wanted)
        .findFirst();
  }

  /** Ended by the other side, not one that never came about. */
  private static boolean isEnd(Throwable cause) {
    return cause instanceof EOFException || cause.getClass().equals(SocketException.class);
  }
}
