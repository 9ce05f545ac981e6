package org.sightline.edge.capture.ffmpeg;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.capture.CaptureException;

/**
 * One TLS connection to a camera, offered to FFmpeg as a plain one on the loopback interface.
 * FFmpeg's own TLS does not check that a certificate is for the host it asked for; Java's does, and
 * its refusals have reasons. Nothing is relayed before the certificate has been accepted: signed by
 * the private authority of the settings, or by one that this machine's Java trusts, for this host,
 * TLS 1.2 or newer. The first to come to the loopback port is served, and nobody after.
 */
final class TlsRelay implements Closeable {
  private static final int CONNECTING_MILLIS = 3000;
  private static final int BUFFER_BYTES = 1 << 16;

  private final SSLSocket camera;
  private final ServerSocket door;

  private TlsRelay(SSLSocket camera, ServerSocket door) {
    this.camera = camera;
    this.door = door;
  }

  static TlsRelay connect(String host, int port, @Nullable Path caFile, Interrupt interrupt)
      throws OpenFailure {
    SSLSocket camera = null;
    try {
      camera = handshake(host, port, context(caFile), interrupt);
      ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      door.setSoTimeout(CONNECTING_MILLIS);
      TlsRelay relay = new TlsRelay(camera, door);
      daemon("rtsps-relay", relay::serve);
      return relay;
    } catch (IOException | GeneralSecurityException e) {
      closeQuietly(camera);
      throw failure(e, caFile, interrupt);
    }
  }

  private static SSLSocket handshake(String host, int port, SSLContext context, Interrupt interrupt)
      throws IOException {
    Socket socket = new Socket();
    try {
      interrupt.closeWhenRaised(socket);
      socket.connect(new InetSocketAddress(bare(host), port), CONNECTING_MILLIS);
      socket.setTcpNoDelay(true);
      SSLSocket secured =
          (SSLSocket) context.getSocketFactory().createSocket(socket, bare(host), port, true);
      SSLParameters parameters = secured.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
      secured.setSSLParameters(parameters);
      secured.setSoTimeout(CONNECTING_MILLIS);
      secured.startHandshake();
      secured.setSoTimeout(0);
      return secured;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static SSLContext context(@Nullable Path caFile)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(caFile == null ? null : authorities(caFile));
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /**
   * Checks early that a file holds certificates.
   *
   * @throws CaptureException if it does not
   */
  static void requireAuthorities(Path caFile) throws CaptureException {
    String what = "the CA file holds no certificate";
    try {
      if (authorities(caFile).size() > 0) {
        return;
      }
    } catch (IOException e) {
      what = "the CA file cannot be read";
    } catch (GeneralSecurityException e) {
      // Told below: whatever it holds, a certificate it is not.
    }
    throw new CaptureException(
        what, caFile.toString(), "give the authority's certificate in PEM form", null);
  }

  /** The certificates of a PEM file, as the only ones trusted. */
  private static KeyStore authorities(Path caFile) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream pem = Files.newInputStream(caFile)) {
      int number = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        store.setCertificateEntry("ca-" + number++, each);
      }
    }
    return store;
  }

  private static OpenFailure failure(Exception e, @Nullable Path caFile, Interrupt interrupt) {
    if (interrupt.isRaised()) {
      return new OpenFailure(OpenFailure.Kind.CLOSED, "closed", "open it again");
    }
    if (e instanceof SSLException || e instanceof GeneralSecurityException) {
      return new OpenFailure(
          OpenFailure.Kind.REFUSED,
          "the camera's certificate is not accepted: " + reason(e),
          caFile == null
              ? "name the authority that signed it as the CA file"
              : "check that " + caFile + " is the authority that signed it, for this host name");
    }
    return new OpenFailure(
        OpenFailure.Kind.UNREACHABLE,
        e instanceof SocketTimeoutException ? "no answer in time" : "it cannot be connected to",
        "check cable, power and address");
  }

  private static String reason(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  String host() {
    return door.getInetAddress().getHostAddress();
  }

  int port() {
    return door.getLocalPort();
  }

  private void serve() {
    try (Socket reader = door.accept()) {
      door.close();
      reader.setTcpNoDelay(true);
      daemon("rtsps-relay-up", () -> pass(reader, camera));
      pass(camera, reader);
    } catch (IOException e) {
      // Whoever reads sees the connection end, and connects anew.
    } finally {
      close();
    }
  }

  private static void pass(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
      }
    } catch (IOException e) {
      // One end has hung up; both are closed below.
    } finally {
      closeQuietly(from);
      closeQuietly(to);
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(@Nullable Closeable open) {
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // Given up either way.
      }
    }
  }

  @Override
  public void close() {
    closeQuietly(door);
    closeQuietly(camera);
  }
}
