package org.sightline.edge.publish.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sockets that send at once what they are given (TCP_NODELAY). The library writes a packet in
 * pieces, and the second would wait for the acknowledgement of the first, which the other end
 * delays by some 40 ms.
 */
final class PromptSockets {
  private PromptSockets() {}

  /** Without TLS. */
  static SocketFactory plain() {
    return new Plain();
  }

  /** With TLS as another factory does it. */
  static SSLSocketFactory over(SSLSocketFactory tls) {
    return new Secure(tls);
  }

  private static Socket prompt(Socket socket) throws SocketException {
    socket.setTcpNoDelay(true);
    return socket;
  }

  private static final class Plain extends SocketFactory {
    @Override
    public Socket createSocket() throws IOException {
      return prompt(new Socket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return prompt(new Socket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws IOException {
      return prompt(new Socket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return prompt(new Socket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
        throws IOException {
      return prompt(new Socket(host, port, local, localPort));
    }
  }

  private static final class Secure extends SSLSocketFactory {
    private final SSLSocketFactory tls;

    Secure(SSLSocketFactory tls) {
      this.tls = tls;
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return tls.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return tls.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket() throws IOException {
      return prompt(tls.createSocket());
    }

    @Override
    public Socket createSocket(Socket below, String host, int port, boolean autoClose)
        throws IOException {
      return prompt(tls.createSocket(below, host, port, autoClose));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return prompt(tls.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws IOException {
      return prompt(tls.createSocket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return prompt(tls.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
        throws IOException {
      return prompt(tls.createSocket(host, port, local, localPort));
    }
  }
}
