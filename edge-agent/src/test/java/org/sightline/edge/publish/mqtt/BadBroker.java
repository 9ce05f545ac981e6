package org.sightline.edge.publish.mqtt;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
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
    /** Answers that it is not available. */
    REFUSES,
    /** Lets everybody in and ends the connection. */
    ENDS_AT_ONCE,
    /** Says what is not MQTT. */
    GARBAGE,
    /** Lets everybody in and then says what is not MQTT. */
    GARBAGE_LATER
  }

  private static final byte[] CONNACK = {0x20, 0x03, 0x00, 0x00, 0x00};
  private static final byte[] SERVER_UNAVAILABLE = {0x20, 0x03, 0x00, (byte) 0x88, 0x00};
  private static final int PUBLISH = 3;
  private static final int SUBSCRIBE = 8;

  private final Fault fault;
  private final ServerSocket server;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final List<MqttConnect> connects = new CopyOnWriteArrayList<>();
  private final Random random = new Random(7);

  BadBroker(int port, Fault fault) throws IOException {
    this.fault = fault;
    server = new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** How clients have asked to be let in, oldest first. */
  List<MqttConnect> connects() {
    return List.copyOf(connects);
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
      int header = in.readUnsignedByte();
      connects.add(new MqttConnect((byte) header, body(in)));
      switch (fault) {
        case REFUSES -> out.write(SERVER_UNAVAILABLE);
        case GARBAGE -> out.write(garbage());
        case ENDS_AT_ONCE -> out.write(CONNACK);
        case GARBAGE_LATER -> {
          out.write(CONNACK);
          out.write(garbage());
          takeAll(in, out);
        }
        case SILENT, ENDS_AT_EACH_MESSAGE -> {
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
      if (fault == Fault.ENDS_AT_EACH_MESSAGE) {
        if (type == PUBLISH) {
          return;
        }
        if (type == SUBSCRIBE) {
          out.write(new byte[] {(byte) 0x90, 0x04, body[0], body[1], 0x00, 0x01});
        }
      }
    }
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
