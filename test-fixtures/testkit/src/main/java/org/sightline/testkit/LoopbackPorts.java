package org.sightline.testkit;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of the loopback interface for servers that are started in a moment by another process.
 *
 * <p>The system gives every connection that goes out a port of its own range. A port of that range
 * that was free a moment ago may be taken when the server asks for it, by the connections of any
 * test beside it; so these lie outside it, and are handed out one after the other from where no
 * other process is likely to be. Thread-safe.
 */
public final class LoopbackPorts {
  private static final Path GIVEN_TO_CONNECTIONS =
      Path.of("/proc/sys/net/ipv4/ip_local_port_range");
  private static final int LOWEST = 10_000;
  private static final int HIGHEST = 65_535;
  private static final int FEWEST = 500;
  private static final int ATTEMPTS = 100;
  private static final Range RANGE = outside(givenToConnections());
  private static final AtomicInteger NEXT =
      new AtomicInteger(Long.hashCode(ProcessHandle.current().pid() * 8_191));

  private LoopbackPorts() {}

  /** From the first to the last, both in it. */
  record Range(int first, int last) {
    int size() {
      return last - first + 1;
    }
  }

  /**
   * A port that nobody listens on and that this process has not been given before, until all of
   * them have been.
   *
   * @throws IOException if none is free
   */
  public static int free() throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = RANGE.first() + Math.floorMod(NEXT.getAndIncrement(), RANGE.size());
      // Not by listening: a process that another thread starts meanwhile has the socket for a
      // moment, too, and would take the place of the server.
      try (Socket socket = new Socket()) {
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return port;
      } catch (BindException e) {
        // Another one.
      }
    }
    throw new IOException("no port is free");
  }

  /** The larger part of what lies beside those given to connections; all of it if none is left. */
  static Range outside(Range connections) {
    Range below = new Range(LOWEST, Math.min(HIGHEST, connections.first() - 1));
    Range above = new Range(Math.max(LOWEST, connections.last() + 1), HIGHEST);
    Range larger = below.size() >= above.size() ? below : above;
    return larger.size() >= FEWEST ? larger : new Range(LOWEST, HIGHEST);
  }

  private static Range givenToConnections() {
    try {
      String[] range = Files.readString(GIVEN_TO_CONNECTIONS).strip().split("\\s+", 2);
      return new Range(Integer.parseInt(range[0]), Integer.parseInt(range[1]));
    } catch (IOException | RuntimeException e) {
      // What Linux has unless somebody changes it.
      return new Range(32_768, 60_999);
    }
  }
}
