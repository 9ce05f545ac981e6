package org.sightline.edge.publish.mqtt;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttConnect;

/** Takes connections of a van and then does not do what a broker should. */
final class BadBroker implements AutoCloseable {
  /** What it does. */
  enum Fault {
    /** Lets everybody in and answers nothing more. */
    SILENT,
    /** Lets everybody in and ends the connection at every message. */
    ENDS_AT_EACH_MESSAGE,
    /** Ends the connection at the first alert, whenever that comes again, and takes the others. */
    ENDS_AT_THE_FIRST_ALERT,
    /** The same, with an answer that the library does not know: too large. */
    ANSWERS_THE_FIRST_ALERT_IN_UNKNOWN_WORDS,
    /** Never answers the first alert, and takes the others. */
    SWALLOWS_THE_FIRST_ALERT,
    /** Answers the first alert with "quota exceeded", and takes the others. */
    HAS_NO_QUOTA_FOR_THE_FIRST_ALERT,
    /** Takes all alerts, and lets nobody subscribe, for a reason that the library does not know. */
    REFUSES_SUBSCRIPTIONS,
    /** Takes the connection and never answers on it. */
    NEVER_ANSWERS,
    /** Answers that it is not available. */
    REFUSES,
    /** Lets everybody in and ends the connection. */
    ENDS_AT_ONCE,
    /** Lets everybody in and ends the connection at the first subscription: name taken over. */
    ENDS_AT_A_SUBSCRIPTION,
    /** Says what is not MQTT. */
    GARBAGE,
    /** Lets everybody in and then says what is not MQTT. */
    GARBAGE_LATER,
    /** Speaks HTTP. */
    HTTP,
    /** The same, without waiting to be spoken to. */
    HTTP_AT_ONCE,
    /** Ends the connection before it is spoken to. */
    ENDS_BEFORE_IT_IS_SPOKEN_TO,
    /** Lets everybody in and announces a packet of 260 MB. */
    HUGE_PACKET
  }

  /** Those that answer as a broker does, but for the first alert. */
  private static final Set<Fault> ALERT_FAULTS =
      EnumSet.of(
          Fault.ENDS_AT_THE_FIRST_ALERT,
          Fault.ANSWERS_THE_FIRST_ALERT_IN_UNKNOWN_WORDS,
          Fault.SWALLOWS_THE_FIRST_ALERT,
          Fault.HAS_NO_QUOTA_FOR_THE_FIRST_ALERT,
          Fault.REFUSES_SUBSCRIPTIONS);

  private static final byte[] CONNACK = {0x20, 0x03, 0x00, 0x00, 0x00};
  private static final byte[] SERVER_UNAVAILABLE = {0x20, 0x03, 0x00, (byte) 0x88, 0x00};
  private static final byte[] BAD_REQUEST =
      "HTTP/1.1 400 Bad Request".getBytes(StandardCharsets.US_ASCII);
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final int PUBLISH = 3;
  private static final int SUBSCRIBE = 8;

  private final Fault fault;
  private final ServerSocket server;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final List<MqttConnect> connects = new CopyOnWriteArrayList<>();
  private final CopyOnWriteArrayList<UUID> alerts = new CopyOnWriteArrayList<>();
  private final Random random = new Random(7);

  BadBroker(int port, Fault fault) throws IOException {
    this.fault = fault;
    server = new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** How many connections it took. */
  int attempts() {
    return connections.size();
  }

  /** How clients have asked to be admitted, oldest first. */
  List<MqttConnect> connects() {
    return List.copyOf(connects);
  }

  /** The ids of the alerts that came, in the order of their first coming. */
  List<UUID> alerts() {
    return List.copyOf(alerts);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "bad-broker");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = server.accept();
        connections.add(connection);
        start(() -> serve(connection));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      DataInputStream in = new DataInputStream(connection.getInputStream());
      OutputStream out = connection.getOutputStream();
      if (fault == Fault.ENDS_BEFORE_IT_IS_SPOKEN_TO) {
        return;
      }
      if (fault == Fault.HTTP_AT_ONCE) {
        out.write(BAD_REQUEST);
        takeAll(in, out);
      }
      int header = in.readUnsignedByte();
      connects.add(new MqttConnect((byte) header, body(in)));
      switch (fault) {
        case REFUSES -> out.write(SERVER_UNAVAILABLE);
        case GARBAGE -> out.write(garbage());
        case HTTP -> out.write(BAD_REQUEST);
        case HTTP_AT_ONCE, ENDS_BEFORE_IT_IS_SPOKEN_TO ->
            throw new IllegalStateException("it has been spoken to");
        case NEVER_ANSWERS -> takeAll(in, out);
        case ENDS_AT_ONCE -> out.write(CONNACK);
        case HUGE_PACKET -> {
          out.write(CONNACK);
          out.write(new byte[] {0x30, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7c});
          takeAll(in, out);
        }
        case GARBAGE_LATER -> {
          out.write(CONNACK);
          out.write(garbage());
          takeAll(in, out);
        }
        case SILENT,
            ENDS_AT_EACH_MESSAGE,
            ENDS_AT_A_SUBSCRIPTION,
            ENDS_AT_THE_FIRST_ALERT,
            ANSWERS_THE_FIRST_ALERT_IN_UNKNOWN_WORDS,
            SWALLOWS_THE_FIRST_ALERT,
            HAS_NO_QUOTA_FOR_THE_FIRST_ALERT,
            REFUSES_SUBSCRIPTIONS -> {
          out.write(CONNACK);
          takeAll(in, out);
        }
      }
    } catch (IOException | MqttException e) {
      // The client has gone.
    }
  }

  private void takeAll(DataInputStream in, OutputStream out) throws IOException {
    while (true) {
      int type = in.readUnsignedByte() >> 4;
      byte[] body = body(in);
      if (fault == Fault.ENDS_AT_A_SUBSCRIPTION && type == SUBSCRIBE) {
        out.write(new byte[] {(byte) 0xe0, 0x01, (byte) Refusal.SESSION_TAKEN_OVER});
        return;
      }
      if (fault == Fault.ENDS_AT_EACH_MESSAGE) {
        if (type == PUBLISH) {
          return;
        }
        if (type == SUBSCRIBE) {
          out.write(new byte[] {(byte) 0x90, 0x04, body[0], body[1], 0x00, 0x01});
        }
      } else if (ALERT_FAULTS.contains(fault)) {
        if (type == SUBSCRIBE) {
          byte answer = (byte) (fault == Fault.REFUSES_SUBSCRIPTIONS ? 0x97 : 0x01);
          out.write(new byte[] {(byte) 0x90, 0x04, body[0], body[1], 0x00, answer});
        } else if (type == PUBLISH && !taken(body, out)) {
          return;
        }
      }
    }
  }

  /** Answers a PUBLISH of QoS 1; false if the connection is to end. */
  private boolean taken(byte[] body, OutputStream out) throws IOException {
    int topicBytes = ((body[0] & 0xff) << 8) | (body[1] & 0xff);
    String topic = new String(body, 2, topicBytes, StandardCharsets.UTF_8);
    byte high = body[2 + topicBytes];
    byte low = body[3 + topicBytes];
    if (topic.endsWith("/alerts")) {
      UUID alert = id(body);
      alerts.addIfAbsent(alert);
      if (fault != Fault.REFUSES_SUBSCRIPTIONS && alert.equals(alerts.get(0))) {
        if (fault == Fault.ANSWERS_THE_FIRST_ALERT_IN_UNKNOWN_WORDS) {
          out.write(new byte[] {0x40, 0x03, high, low, (byte) 0x95});
        } else if (fault == Fault.HAS_NO_QUOTA_FOR_THE_FIRST_ALERT) {
          out.write(new byte[] {0x40, 0x03, high, low, (byte) 0x97});
        }
        return fault != Fault.ENDS_AT_THE_FIRST_ALERT;
      }
    }
    out.write(new byte[] {0x40, 0x02, high, low});
    return true;
  }

  private static UUID id(byte[] body) {
    Matcher matcher = ID.matcher(new String(body, StandardCharsets.ISO_8859_1));
    if (!matcher.find()) {
      throw new IllegalStateException("an alert without an id");
    }
    return UUID.fromString(matcher.group());
  }

  /** The rest of a packet behind its first byte. */
  private static byte[] body(DataInputStream in) throws IOException {
    int length = 0;
    int shift = 0;
    int next;
    do {
      next = in.readUnsignedByte();
      length |= (next & 0x7f) << shift;
      shift += 7;
    } while (next > 0x7f);
    return in.readNBytes(length);
  }

  private byte[] garbage() {
    byte[] bytes = new byte[64];
    random.nextBytes(bytes);
    return bytes;
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
