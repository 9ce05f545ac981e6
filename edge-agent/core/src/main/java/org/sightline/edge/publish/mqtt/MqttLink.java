package org.sightline.edge.publish.mqtt;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.publish.PublishException;

/**
 * One connection to a broker, from its CONNECT to its end; a new one is made after that. The
 * library's own reconnecting and in-flight store are not used: a client that never lives twice
 * cannot send again what an earlier connection left behind. Thread-safe.
 */
final class MqttLink implements AutoCloseable {
  /**
   * The library's own log goes to standard error past ours, with stack traces of its threads that
   * trip over a connection as it ends. What an end means is said here. Held: a level is forgotten
   * with its logger.
   */
  private static final Logger LIBRARY = Logger.getLogger("org.eclipse.paho");

  static {
    LIBRARY.setLevel(Level.OFF);
  }

  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

  /** What is longer does not arrive; the longest that is worth reading is an alert. */
  private static final long LARGEST_PACKET_BYTES = 4 << 20;

  /**
   * How many messages may be under way to us at once: as many as the protocol allows, and has for a
   * client that does not say. Mosquitto then takes 20, and up to 2.0.14, when a session is taken up
   * again, it looks at the first so many of those that wait: if all of them have expired, nothing
   * is left to be acknowledged, and the good ones behind them stay where they are.
   */
  private static final int MOST_UNDER_WAY = 65_535;

  /** Between two attempts to hand a message to the library. */
  private static final long ATTEMPTS_APART_NANOS = 1_000_000;

  private final MqttAsyncClient client;
  private final BrokerAddress address;
  private final Duration patience;
  private final AtomicBoolean dropped = new AtomicBoolean();
  private final AtomicReference<Refusal> refusal = new AtomicReference<>();
  private final AtomicReference<MqttException> end = new AtomicReference<>();
  private long maximumPacketBytes = Long.MAX_VALUE;

  private MqttLink(MqttAsyncClient client, BrokerAddress address, Duration patience) {
    this.client = client;
    this.address = address;
    this.patience = patience;
  }

  /**
   * What the broker remembers a client by, and for how long after a connection: its subscriptions,
   * and what was published to them meanwhile.
   *
   * @param keepAlive how often the connection is tested when nothing else is sent
   */
  record Session(String clientId, Duration kept, Duration keepAlive) {
    /** The longest that an alert is kept; whatever is about one has no meaning after that. */
    private static final Duration LONGEST = Duration.ofHours(24);

    /** One that outlives its connections. */
    static Session kept(String clientId) {
      return new Session(clientId, LONGEST, KEEP_ALIVE);
    }

    /** One that begins and ends with its connection. */
    static Session clean(String clientId) {
      return new Session(clientId, Duration.ZERO, KEEP_ALIVE);
    }

    /** The same, tested more or less often. */
    Session tested(Duration every) {
      return new Session(clientId, kept, every);
    }
  }

  /** What a broker publishes, retained, when a connection ends without a farewell. */
  record Will(String topic, MqttMessage message) {}

  /**
   * Connects to the first address that answers.
   *
   * @param patience how long to wait for an answer, here and later
   * @param inbox gets what arrives, and its topic; an exception of its own ends the connection, and
   *     the broker sends the message again
   */
  static MqttLink open(
      BrokerAccess access,
      Session session,
      @Nullable Will will,
      Duration patience,
      BiConsumer<String, MqttMessage> inbox)
      throws PublishException {
    return access.firstAnswer(address -> open(access, address, session, will, patience, inbox));
  }

  /** The same, to one address. */
  static MqttLink open(
      BrokerAccess access,
      BrokerAddress address,
      Session session,
      @Nullable Will will,
      Duration patience,
      BiConsumer<String, MqttMessage> inbox)
      throws PublishException {
    try {
      MqttLink link =
          new MqttLink(
              new MqttAsyncClient(address.pahoUri(), session.clientId(), new MemoryPersistence()),
              address,
              patience);
      try {
        link.client.setCallback(new Inbox(inbox));
        link.connect(access, session, will);
        return link;
      } catch (PublishException | RuntimeException e) {
        link.drop();
        throw e;
      }
    } catch (MqttException e) {
      throw BrokerAccess.failure(address, e, null);
    }
  }

  private void connect(BrokerAccess access, Session session, @Nullable Will will)
      throws PublishException {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(session.kept().isZero());
    options.setSessionExpiryInterval(session.kept().toSeconds());
    options.setAutomaticReconnect(false);
    options.setKeepAliveInterval((int) session.keepAlive().toSeconds());
    options.setConnectionTimeout((int) Math.max(1, patience.toSeconds()));
    options.setMaximumPacketSize(LARGEST_PACKET_BYTES);
    options.setReceiveMaximum(MOST_UNDER_WAY);
    access.applyTo(options, address, LARGEST_PACKET_BYTES, new Watch());
    if (will != null) {
      options.setWill(will.topic(), will.message());
      // The library takes the will's properties from here alone.
      options.setWillMessageProperties(will.message().getProperties());
    }
    IMqttToken token = answered(() -> client.connect(options));
    MqttProperties granted = token.getResponseProperties();
    if (granted != null && granted.getMaximumPacketSize() != null) {
      maximumPacketBytes = granted.getMaximumPacketSize();
    }
  }

  /** Properties of a message with a content type. */
  static MqttProperties properties(String contentType) {
    MqttProperties properties = new MqttProperties();
    properties.setContentType(contentType);
    return properties;
  }

  /** The largest payload that surely fits into a packet the broker takes, in bytes. */
  long maximumPayloadBytes() {
    return maximumPacketBytes - 1024;
  }

  boolean connected() {
    return client.isConnected();
  }

  /**
   * Why the connection has ended by itself, if it was not simply cut: what the broker said, or did
   * that it may not.
   */
  Optional<PublishException> ending() {
    MqttException known = end.get();
    Refusal said = refusal.get();
    if (connected() || (known == null && (said == null || !said.ended()))) {
      return Optional.empty();
    }
    return Optional.of(
        BrokerAccess.failure(
            address,
            known == null
                ? new MqttException(MqttClientException.REASON_CODE_CONNECTION_LOST)
                : known,
            said));
  }

  private final class Watch implements InboundPackets.Watch {
    /** Of the refusals of one request the last counts, but for the farewell. */
    @Override
    public void refused(Refusal said) {
      refusal.updateAndGet(before -> before != null && before.ended() ? before : said);
    }

    @Override
    public void tooLong(InboundPackets.PacketTooLongException tooLong) {
      end.set(new MqttException(tooLong));
    }
  }

  /** What the broker said when it answered a request by a refusal, fit for logs. */
  String refusal(int reason) {
    Refusal said = refusal.get();
    return said != null && said.reason() == reason
        ? said.toString()
        : new Refusal(false, reason, "").toString();
  }

  /**
   * Publishes with QoS 1.
   *
   * @return the reason code of the broker's PUBACK
   * @throws PublishException if none came
   */
  int publish(String topic, byte[] payload, boolean retained, MqttProperties properties)
      throws PublishException {
    return reasonCode(answered(() -> send(topic, message(payload, retained, properties))));
  }

  /**
   * The library counts a message as under way until its thread for callbacks has seen the answer.
   * While that thread is busy with what arrives, it has soon as many as the broker takes at once,
   * though each was answered.
   */
  private IMqttToken send(String topic, MqttMessage message) throws MqttException {
    long begun = System.nanoTime();
    while (true) {
      try {
        return client.publish(topic, message);
      } catch (MqttException e) {
        if (e.getReasonCode() != MqttClientException.REASON_CODE_MAX_INFLIGHT
            || System.nanoTime() - begun >= patience.toNanos()) {
          throw e;
        }
        LockSupport.parkNanos(ATTEMPTS_APART_NANOS);
      }
    }
  }

  /**
   * Subscribes with QoS 1.
   *
   * @throws PublishException if the broker does not allow it, or does not answer
   */
  void subscribe(String topic) throws PublishException {
    int reason = reasonCode(answered(() -> client.subscribe(topic, 1)));
    if (reason >= MqttReturnCode.RETURN_CODE_UNSPECIFIED_ERROR) {
      Refusal said = refusal.get();
      throw new PublishException(
          "the broker refuses a subscription to "
              + topic
              + " ("
              + (said == null ? refusal(reason) : said)
              + ")",
          address.toString(),
          said == null || said.reason() == MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED
              ? "allow this user to read the topic"
              : said.remedy(),
          null);
    }
  }

  /** Ends the connection with a farewell: the will is not published. */
  @Override
  public void close() {
    try {
      if (client.isConnected()) {
        answered(client::disconnect);
      }
    } catch (PublishException e) {
      // It ends all the same, only without a farewell.
    }
    drop();
  }

  /** Ends the connection without a farewell: the broker publishes the will. */
  void drop() {
    if (!dropped.compareAndSet(false, true)) {
      return;
    }
    try {
      client.disconnectForcibly(0, 0, false);
    } catch (MqttException | RuntimeException e) {
      // There is no connection to end, or it ends by itself at this moment.
    }
    try {
      client.close(true);
    } catch (MqttException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Request {
    IMqttToken send() throws MqttException;
  }

  private IMqttToken answered(Request request) throws PublishException {
    refusal.updateAndGet(before -> before != null && before.ended() ? before : null);
    try {
      IMqttToken token = request.send();
      token.waitForCompletion(patience.toMillis());
      return token;
    } catch (MqttException e) {
      throw failed(e);
    } catch (RuntimeException e) {
      // The library trips over a connection that ends under its hands.
      throw failed(new MqttException(e));
    }
  }

  /** What ended the connection says more than that it has ended. */
  private PublishException failed(MqttException e) {
    MqttException known = end.get();
    return BrokerAccess.failure(address, known == null ? e : known, refusal.get());
  }

  private static int reasonCode(IMqttToken token) {
    int[] codes = token.getReasonCodes();
    return codes == null || codes.length == 0 ? 0 : codes[0];
  }

  static String hex(int reason) {
    return "0x%02X".formatted(reason);
  }

  /** A message of QoS 1. */
  static MqttMessage message(byte[] payload, boolean retained, MqttProperties properties) {
    return new MqttMessage(payload, 1, retained, properties);
  }

  /** Passes on what arrives; the rest is seen elsewhere. */
  private record Inbox(BiConsumer<String, MqttMessage> receiver) implements MqttCallback {
    @Override
    public void messageArrived(String topic, MqttMessage message) {
      receiver.accept(topic, message);
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
  }
}
