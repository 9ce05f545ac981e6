package org.sightline.edge.app.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.sightline.edge.concurrent.Threads;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SystemWords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the figures of an agent at {@code /metrics} to programs of the same machine. What goes
 * wrong here stops no capture.
 */
public final class MetricsServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsServer.class);
  private static final String PATH = "/metrics";
  private static final String FORM = "text/plain; version=0.0.4; charset=utf-8";

  /** Who asks by another name was led here by a page of a browser. */
  private static final Pattern OWN_NAME =
      Pattern.compile("(127(\\.\\d{1,3}){3}|\\[::1]|localhost)(:\\d+)?");

  /** Readers at a time; those beyond wait. */
  private static final int READERS = 4;

  static {
    // Of the JDK's server, in seconds: a reader that sends or takes nothing gives its thread back.
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.maxRspTime", "10");
  }

  private final HttpServer server;
  private final ExecutorService readers;

  private MetricsServer(HttpServer server, ExecutorService readers) {
    this.server = server;
    this.readers = readers;
  }

  /**
   * Serves from now on.
   *
   * @throws SightlineException if the address cannot be had
   */
  public static MetricsServer start(InetSocketAddress address, MetricsPage page)
      throws SightlineException {
    HttpServer server;
    try {
      server = HttpServer.create(address, 0);
    } catch (IOException e) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "figures cannot be served",
          address.getAddress().getHostAddress() + ":" + address.getPort(),
          SystemWords.of(e) + "; see 'metrics.listen' in the settings",
          e);
    }
    ExecutorService readers =
        Executors.newFixedThreadPool(READERS, work -> Threads.daemon("metrics", work));
    server.setExecutor(readers);
    server.createContext("/", exchange -> answer(exchange, page));
    server.start();
    return new MetricsServer(server, readers);
  }

  /** Where it serves. */
  InetSocketAddress address() {
    return server.getAddress();
  }

  private static void answer(HttpExchange exchange, MetricsPage page) throws IOException {
    try (exchange) {
      String host = exchange.getRequestHeaders().getFirst("Host");
      if (host == null || !OWN_NAME.matcher(host).matches()) {
        exchange.sendResponseHeaders(403, -1);
      } else if (!exchange.getRequestURI().getPath().equals(PATH)) {
        exchange.sendResponseHeaders(404, -1);
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        exchange.sendResponseHeaders(405, -1);
      } else {
        byte[] text = page.text().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", FORM);
        exchange.sendResponseHeaders(200, text.length);
        exchange.getResponseBody().write(text);
      }
    } catch (RuntimeException e) {
      LOG.error("Figures could not be served: {}", e.getClass().getSimpleName());
    }
  }

  @Override
  public void close() {
    server.stop(0);
    readers.shutdownNow();
  }
}
