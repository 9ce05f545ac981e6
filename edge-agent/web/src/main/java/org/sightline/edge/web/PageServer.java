package org.sightline.edge.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.List;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.HTTP2Cipher;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.WindowRateControl;
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
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.TlsMaterial;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.web.login.Sessions;

/** Serves a page, over TLS wherever others than this machine can listen. Thread-safe. */
public final class PageServer implements AutoCloseable {
  private static final int THREADS = 24;
  private static final int MOST_CONNECTIONS = 500;
  private static final int LARGEST_HEADER_BYTES = 8 << 10;
  private static final long IDLE_MILLIS = 30_000;

  /** Requests of one connection of HTTP/2: the streams of a session, and pictures beside them. */
  private static final int MOST_AT_ONCE = EventStreams.MOST_OF_A_SESSION + 16;

  /** What may be on its way on such a connection; the least that the protocol allows. */
  private static final int WINDOW_BYTES = 65_535;

  /** Resets, pings and settings of such a connection in a second; a page needs next to none. */
  private static final int MOST_EVENTS_A_SECOND = 64;

  private final Server server;
  private final ServerConnector connector;
  private final LoginForm login;
  private final boolean secure;

  private PageServer(Server server, ServerConnector connector, LoginForm login, boolean secure) {
    this.server = server;
    this.connector = connector;
    this.login = login;
    this.secure = secure;
  }

  /**
   * Starts serving.
   *
   * @param certificate null without TLS, which is for this machine alone
   * @param trustedProxy through which browsers come, and whose word on their addresses is taken;
   *     null for none
   * @param streams that end with their sessions
   * @param routes what there is besides files, the login and the logout
   * @param clock that never goes back
   * @throws SightlineException if it cannot listen there, or must not without TLS
   * @throws CryptoException if certificate or key cannot be used
   */
  public static PageServer start(
      ListenAddress listen,
      @Nullable ServerCertificate certificate,
      @Nullable InetAddress trustedProxy,
      Sessions sessions,
      EventStreams streams,
      PageFiles files,
      List<Route> routes,
      Clock clock)
      throws SightlineException, CryptoException {
    boolean secure = certificate != null;
    InetAddress address = address(listen);
    if (!secure && !address.isLoopbackAddress()) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "others could listen in on this address",
          listen.toString(),
          "give tls: a certificate and its key, or listen on 127.0.0.1");
    }
    SecurityHeaders headers = new SecurityHeaders(secure);
    QueuedThreadPool threads = new QueuedThreadPool(THREADS);
    threads.setName("page");
    Server server = new Server(threads);
    ServerConnector connector = new ServerConnector(server, 1, 1, connection(certificate));
    connector.setHost(address.getHostAddress());
    connector.setPort(listen.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    Doorkeeper doorkeeper = new Doorkeeper();
    connector.addBean(doorkeeper);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, server));
    server.setErrorHandler(new SilentErrors(headers));
    LoginForm login =
        new LoginForm(sessions, streams, new SessionCookie(secure), trustedProxy, clock);
    server.setHandler(new AccessControl(secure, headers, doorkeeper, login, files, routes));
    PageServer page = new PageServer(server, connector, login, secure);
    page.listen(listen);
    doorkeeper.watch(connector.getScheduler());
    return page;
  }

  private static InetAddress address(ListenAddress listen) throws SightlineException {
    try {
      return InetAddress.getByName(listen.host());
    } catch (UnknownHostException e) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "there is no such address",
          listen.toString(),
          "use an address of this machine",
          e);
    }
  }

  private static ConnectionFactory[] connection(@Nullable ServerCertificate certificate)
      throws CryptoException {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setRequestHeaderSize(LARGEST_HEADER_BYTES);
    HttpConnectionFactory http = new HttpConnectionFactory(configuration);
    if (certificate == null) {
      return new ConnectionFactory[] {http};
    }
    SslContextFactory.Server context = new SslContextFactory.Server();
    context.setSslContext(
        TlsMaterial.serverContext(certificate.certificateFile(), certificate.keyFile()));
    context.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    context.setCipherComparator(HTTP2Cipher.COMPARATOR);
    HTTP2ServerConnectionFactory http2 = http2(configuration);
    ALPNServerConnectionFactory either =
        new ALPNServerConnectionFactory(http2.getProtocol(), http.getProtocol());
    either.setDefaultProtocol(http.getProtocol());
    return new ConnectionFactory[] {
      new SslConnectionFactory(context, either.getProtocol()), either, http2, http
    };
  }

  /** All tabs of a browser on one connection: of HTTP/1.1 it opens six and no more. */
  private static HTTP2ServerConnectionFactory http2(HttpConfiguration configuration) {
    HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(configuration);
    http2.setMaxConcurrentStreams(MOST_AT_ONCE);
    http2.setInitialSessionRecvWindow(WINDOW_BYTES);
    http2.setInitialStreamRecvWindow(WINDOW_BYTES);
    http2.setStreamIdleTimeout(IDLE_MILLIS);
    http2.setRateControlFactory(new WindowRateControl.Factory(MOST_EVENTS_A_SECOND));
    return http2;
  }

  private void listen(ListenAddress listen) throws SightlineException {
    try {
      server.start();
    } catch (Exception e) {
      close();
      if (e instanceof IOException) {
        throw new SightlineException(
            ErrorKind.TEMPORARY,
            "nothing can listen on this address",
            listen.toString(),
            "check that it is an address of this machine and that no other program uses the port",
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
    login.close();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the server does not stop", e);
    }
  }
}
