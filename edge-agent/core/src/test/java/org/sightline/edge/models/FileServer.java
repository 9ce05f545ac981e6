package org.sightline.edge.models;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** An HTTP server on loopback that answers as it is asked to, then with the whole file. */
final class FileServer implements AutoCloseable {
  /** One answer. */
  @FunctionalInterface
  interface Answer {
    /**
     * Answers one request.
     *
     * @param fromByte asked for by a Range header; 0 without one
     */
    void give(HttpExchange exchange, int fromByte) throws IOException;
  }

  private final byte[] content;
  private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final List<Integer> askedFrom = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  FileServer(byte[] content) throws IOException {
    this.content = content;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  FileServer first(Answer... inTurn) {
    answers.addAll(List.of(inTurn));
    return this;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/file.onnx";
  }

  /** The first byte of each request so far. */
  List<Integer> askedFrom() {
    return askedFrom;
  }

  static Answer status(int status) {
    return (exchange, fromByte) -> exchange.sendResponseHeaders(status, -1);
  }

  /** Sends the file up to a byte, though it promised all of it, and hangs up. */
  Answer breakingOffAt(int byteCount) {
    return (exchange, fromByte) -> {
      begin(exchange, fromByte);
      exchange.getResponseBody().write(content, fromByte, byteCount - fromByte);
      exchange.getResponseBody().flush();
    };
  }

  /** Sends the file up to a byte, then nothing until the other side hangs up. */
  Answer stallingAt(int byteCount) {
    return (exchange, fromByte) -> {
      breakingOffAt(byteCount).give(exchange, fromByte);
      try {
        Thread.sleep(60_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  Answer whole() {
    return (exchange, fromByte) -> {
      begin(exchange, fromByte);
      exchange.getResponseBody().write(content, fromByte, content.length - fromByte);
    };
  }

  Answer wholeWhateverIsAsked() {
    return (exchange, fromByte) -> whole().give(exchange, 0);
  }

  static Answer other(byte[] bytes) {
    return (exchange, fromByte) -> {
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  static Answer endless() {
    return (exchange, fromByte) -> {
      exchange.sendResponseHeaders(200, 0);
      while (true) {
        exchange.getResponseBody().write(new byte[1024]);
      }
    };
  }

  private void begin(HttpExchange exchange, int fromByte) throws IOException {
    if (fromByte > 0) {
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range",
              "bytes " + fromByte + "-" + (content.length - 1) + "/" + content.length);
    }
    exchange.sendResponseHeaders(fromByte > 0 ? 206 : 200, content.length - fromByte);
  }

  private void handle(HttpExchange exchange) throws IOException {
    int fromByte = fromByte(exchange.getRequestHeaders().getFirst("Range"));
    askedFrom.add(fromByte);
    Answer next = answers.poll();
    try (exchange) {
      (next == null ? whole() : next).give(exchange, fromByte);
    }
  }

  private static int fromByte(@Nullable String range) {
    return range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
