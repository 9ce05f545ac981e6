package org.sightline.edge.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** systemd's end of the socket: a real one, bound by the test. */
final class ServiceManager implements AutoCloseable {
  private final AFUNIXDatagramSocket socket;

  ServiceManager(AFUNIXSocketAddress address) throws IOException {
    socket = AFUNIXDatagramSocket.newInstance();
    socket.bind(address);
  }

  /** The next message; waits for it up to 5 s. */
  String next() throws IOException {
    return receive(5000);
  }

  /** Every message that lies there. */
  List<String> pending() throws IOException {
    List<String> messages = new ArrayList<>();
    try {
      while (true) {
        messages.add(receive(50));
      }
    } catch (SocketTimeoutException nothingMore) {
      return messages;
    }
  }

  private String receive(int timeoutMillis) throws IOException {
    socket.setSoTimeout(timeoutMillis);
    DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
    socket.receive(packet);
    return new String(packet.getData(), 0, packet.getLength(), UTF_8);
  }

  @Override
  public void close() {
    socket.close();
  }
}
