package org.sightline.edge.board.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.board.login.Patience;
import org.sightline.edge.board.login.Sessions;
import org.sightline.edge.board.room.ControlRoom;
import org.sightline.edge.config.BoardSettings;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.TlsMaterial;

/** Serves the page, over TLS wherever others than this machine can listen. Thread-safe. */
public final class PageServer implements AutoCloseable {
  private static final int THREADS = 24;
  private static final int MOST_CONNECTIONS = 500;
  private static final int LARGEST_HEADER_BYTES = 8 << 10;
  private static final long IDLE_MILLIS = 30_000;

  private final Server server;
  private final ServerConnector connector;
  private final boolean secure;

  private PageServer(Server server, ServerConnector connector, boolean secure) {
    this.server = server;
    this.connector = connector;
    this.secure = secure;
  }

  /**
   * Starts serving.
   *
   * @param clock that never goes back
   * @throws BoardException if it cannot listen there, or must not without TLS
   * @throws CryptoException if certificate or key cannot be used
   */
  public static PageServer start(
      BoardSettings settings,
      ControlRoom room,
      Sessions sessions,
      EventStreams streams,
      Clock clock)
      throws BoardException, CryptoException {
    BoardSettings.Tls tls = settings.tls();
    boolean secure = tls != null;
    InetAddress address = address(settings.listen());
    if (!secure && !address.isLoopbackAddress()) {
      throw new BoardException(
          "others could listen in on this address",
          settings.listen().toString(),
          "give tls: a certificate and its key, or listen on 127.0.0.1",
          null);
    }
    SecurityHeaders headers = new SecurityHeaders(secure);
    QueuedThreadPool threads = new QueuedThreadPool(THREADS);
    threads.setName("page");
    Server server = new Server(threads);
    ServerConnector connector = new ServerConnector(server, 1, 1, connection(tls));
    connector.setHost(address.getHostAddress());
    connector.setPort(settings.listen().port());
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, server));
    server.setErrorHandler(new SilentErrors(headers));
    SessionCookie cookie = new SessionCookie(secure);
    server.setHandler(
        new Door(
            secure,
            headers,
            cookie,
            sessions,
            new LoginForm(sessions, cookie, new Patience(clock), new Patience(clock)),
            new Inside(
                    settings.name(), settings.twoPerson(), room, streams, sessions, cookie, clock)
                .routes()));
    PageServer page = new PageServer(server, connector, secure);
    page.listen(settings.listen());
    return page;
  }

  private static InetAddress address(BoardSettings.Listen listen) throws BoardException {
    try {
      return InetAddress.getByName(listen.host());
    } catch (UnknownHostException e) {
      throw new BoardException(
          "there is no such address", listen.toString(), "name one of this machine's own", e);
    }
  }

  private static ConnectionFactory[] connection(BoardSettings.@Nullable Tls tls)
      throws CryptoException {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setRequestHeaderSize(LARGEST_HEADER_BYTES);
    List<ConnectionFactory> factories = new ArrayList<>();
    HttpConnectionFactory http = new HttpConnectionFactory(configuration);
    if (tls != null) {
      SslContextFactory.Server context = new SslContextFactory.Server();
      context.setSslContext(TlsMaterial.serverContext(tls.certificateFile(), tls.keyFile()));
      context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
      factories.add(new SslConnectionFactory(context, http.getProtocol()));
    }
    factories.add(http);
    return factories.toArray(ConnectionFactory[]::new);
  }

  private void listen(BoardSettings.Listen listen) throws BoardException {
    try {
      server.start();
    } catch (Exception e) {
      close();
      if (e instanceof IOException) {
        throw new BoardException(
            "nothing can listen on this address",
            listen.toString(),
            "see that it is this machine's own, and that no other program has the port",
            e);
      }
      throw new IllegalStateException("the server does not start", e);
    }
  }

  /** Where it listens. */
  public URI uri() {
    String host = connector.getHost();
    return URI.create(
        (secure ? "https://" : "http://")
            + (host.contains(":") ? "[" + host + "]" : host)
            + ":"
            + connector.getLocalPort()
            + "/");
  }

  /** Ends all connections. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the server does not stop", e);
    }
  }
}
