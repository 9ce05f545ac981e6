package org.sightline.edge.publish.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Accepts every connection with a CONNACK, takes everything, answers nothing. */
final class SilentBroker implements AutoCloseable {
  private static final byte[] CONNACK = {0x20, 0x03, 0x00, 0x00, 0x00};

  private final ServerSocket server;
  private final List<Socket> connections = new CopyOnWriteArrayList<>();

  SilentBroker(int port) throws IOException {
    server = new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "silent-broker");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = server.accept();
        connections.add(connection);
        start(() -> swallow(connection));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private static void swallow(Socket connection) {
    try {
      InputStream in = connection.getInputStream();
      byte[] buffer = new byte[8192];
      if (in.read(buffer) > 0) {
        connection.getOutputStream().write(CONNACK);
      }
      while (in.read(buffer) >= 0) {
        // On and on.
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
