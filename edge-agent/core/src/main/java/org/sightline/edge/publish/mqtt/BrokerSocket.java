package org.sightline.edge.publish.mqtt;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.concurrent.CountDownLatch;
import javax.net.SocketFactory;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A socket to a broker, which speaks TLS by itself if that is wanted. It sends at once what it is
 * given (TCP_NODELAY): the library writes a packet in pieces, and the second would wait for the
 * acknowledgement of the first, which the other end delays by some 40 ms. What comes in is watched
 * by {@link InboundPackets}.
 *
 * <p>Nothing is read before the first byte is written. The library starts its reader before it
 * sends its CONNECT, and its sender then never ends if the reader has already met an end or what is
 * not MQTT.
 *
 * <p>The library's own TLS fails on addresses of IPv6 and on names with a dot at their end, which
 * it sends along as host names.
 */
final class BrokerSocket extends Socket {
  private final @Nullable SSLSocketFactory tls;
  private final BrokerAddress address;
  private final long largestPacketBytes;
  private final InboundPackets.Watch watch;
  private final Socket plain = new Socket();
  private volatile Socket transport = plain;
  private final CountDownLatch spoken = new CountDownLatch(1);
  private @Nullable InputStream watched;

  private BrokerSocket(
      @Nullable SSLSocketFactory tls,
      BrokerAddress address,
      long largestPacketBytes,
      InboundPackets.Watch watch)
      throws SocketException {
    this.tls = tls;
    this.address = address;
    this.largestPacketBytes = largestPacketBytes;
    this.watch = watch;
    plain.setTcpNoDelay(true);
  }

  /**
   * Makes sockets to one address.
   *
   * @param tls by which they are secured; null for not at all
   * @param largestPacketBytes what is longer ends the connection
   */
  static SocketFactory factory(
      @Nullable SSLSocketFactory tls,
      BrokerAddress address,
      long largestPacketBytes,
      InboundPackets.Watch watch) {
    return new SocketFactory() {
      @Override
      public Socket createSocket() throws IOException {
        return new BrokerSocket(tls, address, largestPacketBytes, watch);
      }

      @Override
      public Socket createSocket(String host, int port) {
        throw unused();
      }

      @Override
      public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw unused();
      }

      @Override
      public Socket createSocket(InetAddress host, int port) {
        throw unused();
      }

      @Override
      public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw unused();
      }

      private UnsupportedOperationException unused() {
        return new UnsupportedOperationException("the library connects by itself");
      }
    };
  }

  /** Connects, and secures the connection within the same time again. */
  @Override
  public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
    plain.connect(endpoint, timeoutMillis);
    if (tls == null) {
      return;
    }
    try {
      plain.setSoTimeout(timeoutMillis);
      transport = secured(tls);
      plain.setSoTimeout(0);
    } catch (IOException | RuntimeException e) {
      // The library does not close what has not connected.
      plain.close();
      throw e;
    }
  }

  /** Names are sent along by Java itself, addresses are not. */
  private Socket secured(SSLSocketFactory factory) throws IOException {
    SSLSocket secure =
        (SSLSocket) factory.createSocket(plain, address.tlsName(), address.port(), true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    return secure;
  }

  @Override
  public synchronized InputStream getInputStream() throws IOException {
    if (watched == null) {
      watched = new InboundPackets(new Held(transport.getInputStream()), largestPacketBytes, watch);
    }
    return watched;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new Speaking(transport.getOutputStream());
  }

  /** What comes in, once something has gone out or the socket is closed. */
  private final class Held extends FilterInputStream {
    Held(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      awaitSpoken();
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
      awaitSpoken();
      return in.read(bytes, offset, count);
    }

    @Override
    public int available() throws IOException {
      return spoken.getCount() > 0 ? 0 : in.available();
    }

    private void awaitSpoken() throws IOException {
      try {
        spoken.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException();
      }
    }
  }

  private final class Speaking extends FilterOutputStream {
    Speaking(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int piece) throws IOException {
      try {
        out.write(piece);
      } finally {
        spoken.countDown();
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      try {
        out.write(bytes, offset, count);
      } finally {
        spoken.countDown();
      }
    }
  }

  @Override
  public synchronized void setSoTimeout(int millis) throws SocketException {
    transport.setSoTimeout(millis);
  }

  @Override
  public boolean getTcpNoDelay() throws SocketException {
    return plain.getTcpNoDelay();
  }

  /** Below TLS, which would complain of a farewell that has not come. */
  @Override
  public void shutdownInput() throws IOException {
    spoken.countDown();
    plain.shutdownInput();
  }

  @Override
  public synchronized void close() throws IOException {
    spoken.countDown();
    transport.close();
  }

  @Override
  public boolean isConnected() {
    return plain.isConnected();
  }

  @Override
  public boolean isClosed() {
    return plain.isClosed();
  }
}
