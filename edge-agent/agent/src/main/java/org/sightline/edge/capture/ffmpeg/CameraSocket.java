package org.sightline.edge.capture.ffmpeg;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.capture.CameraAddress;
import org.sightline.edge.capture.CaptureException;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.TlsMaterial;

/**
 * The connection to a camera: plain, or by TLS 1.2 or newer, and then with a certificate for the
 * host of the address that the private authority of the settings has signed, or one that this
 * machine's Java trusts. FFmpeg's own TLS does not check that a certificate is for the host it
 * asked for; Java's does, and its refusals have reasons.
 */
final class CameraSocket {
  private static final int CONNECTING_MILLIS = 3000;

  private CameraSocket() {}

  /** Connects; when it returns, the camera's certificate has been accepted, where there is one. */
  static Socket connect(CameraAddress address, @Nullable Path caFile, Interrupt interrupt)
      throws OpenFailure {
    try {
      Socket plain = reach(address, interrupt);
      try {
        return address.secure()
            ? secured(plain, address, TlsMaterial.clientContext(caFile))
            : plain;
      } catch (IOException | CryptoException e) {
        plain.close();
        throw e;
      }
    } catch (IOException | CryptoException e) {
      throw failure(e, caFile, interrupt);
    }
  }

  /** By the first of the host's numbers that answers. */
  private static Socket reach(CameraAddress address, Interrupt interrupt) throws IOException {
    IOException failure = new UnknownHostException(address.host());
    for (InetAddress number : InetAddress.getAllByName(address.host())) {
      Socket socket = new Socket();
      try {
        interrupt.closeWhenRaised(socket);
        socket.connect(new InetSocketAddress(number, address.port()), CONNECTING_MILLIS);
        socket.setTcpNoDelay(true);
        return socket;
      } catch (IOException e) {
        socket.close();
        failure = e;
      }
      if (interrupt.isDue()) {
        break;
      }
    }
    throw failure;
  }

  private static Socket secured(Socket plain, CameraAddress address, SSLContext context)
      throws IOException {
    SSLSocket secured =
        (SSLSocket)
            context.getSocketFactory().createSocket(plain, address.host(), address.port(), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    secured.setSSLParameters(parameters);
    secured.setSoTimeout(CONNECTING_MILLIS);
    secured.startHandshake();
    secured.setSoTimeout(0);
    return secured;
  }

  /**
   * Checks early that a file holds certificates.
   *
   * @throws CaptureException if it does not
   */
  static void requireAuthorities(Path caFile) throws CaptureException {
    try {
      TlsMaterial.clientContext(caFile);
    } catch (CryptoException e) {
      throw new CaptureException(
          "the CA file holds no certificate that can be read",
          caFile.toString(),
          "give the authority's certificate in PEM form",
          e);
    }
  }

  private static OpenFailure failure(Exception e, @Nullable Path caFile, Interrupt interrupt) {
    if (interrupt.isRaised()) {
      return new OpenFailure(OpenFailure.Kind.CLOSED, "closed", "open it again");
    }
    if (e instanceof SSLException || e instanceof CryptoException) {
      return new OpenFailure(
          OpenFailure.Kind.REFUSED,
          "the camera's certificate is not accepted: " + reason(e),
          caFile == null
              ? "name the authority that signed it as the CA file"
              : "check that " + caFile + " is the authority that signed it, for this host name");
    }
    String what =
        e instanceof SocketTimeoutException
            ? "no answer in time"
            : e instanceof UnknownHostException
                ? "its host name is not known"
                : "no connection to it";
    return new OpenFailure(OpenFailure.Kind.UNREACHABLE, what, "check cable, power and address");
  }

  private static String reason(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
