package org.sightline.edge.capture.ffmpeg;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.capture.CameraAddress;
import org.sightline.edge.concurrent.Threads;

/**
 * One connection to a camera, offered to FFmpeg as one to the loopback interface. FFmpeg is given
 * neither the camera's address nor a user: here requests get the address of the settings and the
 * proof of the password, so that the pictures come from that address and nowhere else. A reply that
 * sends the reader elsewhere ends the connection; TLS is not left; a password in clear goes only
 * through TLS. A client of the loopback port has to know the path, which is drawn by lot, and
 * nobody is served after the first.
 */
final class RtspRelay implements LiveSource.Transport {
  private static final int ARRIVING_MILLIS = 3000;
  private static final int BUFFER_BYTES = 1 << 16;

  /** Beyond this many requests without an answer something is wrong. */
  private static final int MOST_WAITING = 16;

  /** Requests without which there are no pictures. */
  private static final Set<String> NEEDED = Set.of("DESCRIBE", "SETUP", "PLAY");

  /** A request on its way: as FFmpeg numbered it, and what the camera has been shown so far. */
  private record Waiting(String number, RtspMessage request, boolean answersChallenge) {}

  private final CameraAddress address;
  private final @Nullable CameraLogin login;
  private final Socket camera;
  private final ServerSocket door;
  private final String doorUri;
  private final Map<String, Waiting> waiting = new HashMap<>();
  private @Nullable RtspChallenge challenge;
  private int lastNumber;
  private volatile @Nullable OpenFailure refusal;

  private RtspRelay(
      CameraAddress address, @Nullable CameraLogin login, Socket camera, ServerSocket door) {
    this.address = address;
    this.login = login;
    this.camera = camera;
    this.door = door;
    byte[] path = new byte[16];
    new SecureRandom().nextBytes(path);
    // A slash where the camera's own has one: FFmpeg appends the name of a track to either alike.
    this.doorUri =
        "rtsp://"
            + door.getInetAddress().getHostAddress()
            + ":"
            + door.getLocalPort()
            + "/"
            + HexFormat.of().formatHex(path)
            + (address.requestUri().endsWith("/") ? "/" : "");
  }

  static RtspRelay connect(
      CameraAddress address,
      @Nullable CameraLogin login,
      @Nullable Path caFile,
      Interrupt interrupt)
      throws OpenFailure {
    Socket camera = CameraSocket.connect(address, caFile, interrupt);
    try {
      ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      door.setSoTimeout(ARRIVING_MILLIS);
      RtspRelay relay = new RtspRelay(address, login, camera, door);
      Threads.daemon("rtsp-relay", relay::serve).start();
      return relay;
    } catch (IOException e) {
      closeQuietly(camera);
      throw new OpenFailure(
          OpenFailure.Kind.UNREACHABLE,
          "no port is free on this machine",
          "see what holds its ports; it is retried");
    }
  }

  /** Where FFmpeg finds the camera. */
  String uri() {
    return doorUri;
  }

  @Override
  public @Nullable OpenFailure refusal() {
    return refusal;
  }

  private void serve() {
    try (Socket reader = door.accept()) {
      door.close();
      reader.setTcpNoDelay(true);
      OutputStream toReader = new BufferedOutputStream(reader.getOutputStream(), BUFFER_BYTES);
      OutputStream toCamera = new BufferedOutputStream(camera.getOutputStream(), BUFFER_BYTES);
      InputStream fromReader = reader.getInputStream();
      Threads.daemon(
              "rtsp-relay-up",
              () -> {
                pass(fromReader, toCamera, message -> request(message, toCamera));
                closeQuietly(reader);
                closeQuietly(camera);
              })
          .start();
      pass(camera.getInputStream(), toReader, message -> reply(message, toReader, toCamera));
    } catch (IOException e) {
      // The reader sees the connection end, and connects again.
    } finally {
      close();
    }
  }

  private interface Handling {
    void of(RtspMessage message) throws IOException;
  }

  /** Passes on what belongs to the stream and has messages handled, until either end hangs up. */
  private void pass(InputStream from, OutputStream to, Handling handling) {
    BufferedInputStream in = new BufferedInputStream(from, BUFFER_BYTES);
    byte[] packet = new byte[4 + 0xffff];
    try {
      for (int first = in.read(); first >= 0; first = in.read()) {
        if (first == '$') {
          packet[0] = '$';
          in.readNBytes(packet, 1, 3);
          int length = ((packet[2] & 0xff) << Byte.SIZE) + (packet[3] & 0xff);
          in.readNBytes(packet, 4, length);
          write(to, packet, 4 + length, in.available() == 0);
        } else if (first >= 'A' && first <= 'Z') {
          handling.of(RtspMessage.read(first, in));
        }
        // Anything else is padding, or junk, between two packets.
      }
    } catch (ProtocolException e) {
      refuse(OpenFailure.Kind.UNREACHABLE, "it does not speak RTSP", "check port and address");
    } catch (IOException e) {
      // One end has hung up.
    }
  }

  private static void write(OutputStream to, byte[] bytes, int count, boolean flush)
      throws IOException {
    synchronized (to) {
      to.write(bytes, 0, count);
      if (flush) {
        to.flush();
      }
    }
  }

  private static void send(RtspMessage message, OutputStream to) throws IOException {
    byte[] bytes = message.toBytes();
    write(to, bytes, bytes.length, true);
  }

  /** From FFmpeg to the camera. */
  private void request(RtspMessage message, OutputStream toCamera) throws IOException {
    if (!message.isReply()) {
      String uri = message.uri();
      if (lastNumber == 0 && !uri.startsWith(doorUri)) {
        throw new IOException("not the reader that was invited");
      }
      if (uri.startsWith(doorUri)) {
        message.uri(address.requestUri() + uri.substring(doorUri.length()));
      }
      prepare(new Waiting(String.valueOf(message.header("CSeq")), message, false));
    }
    send(message, toCamera);
  }

  /** Numbers a request for the camera and adds the proof, once the camera has asked for it. */
  private synchronized void prepare(Waiting next) throws IOException {
    if (waiting.size() == MOST_WAITING) {
      throw new IOException("the camera does not answer");
    }
    String number = String.valueOf(++lastNumber);
    RtspMessage request = next.request();
    request.header("CSeq", number);
    if (challenge != null && login != null) {
      request.header("Authorization", challenge.answer(login, request.method(), request.uri()));
    }
    waiting.put(number, next);
  }

  private synchronized @Nullable Waiting answered(RtspMessage reply) {
    return waiting.remove(String.valueOf(reply.header("CSeq")));
  }

  /** From the camera to FFmpeg. */
  private void reply(RtspMessage message, OutputStream toReader, OutputStream toCamera)
      throws IOException {
    if (!message.isReply()) {
      if (message.method().equals("REDIRECT")) {
        throw elsewhere(message);
      }
      send(message, toReader);
      return;
    }
    Waiting request = answered(message);
    int status = message.status();
    if (status >= 300 && status < 400) {
      throw elsewhere(message);
    }
    if (request == null) {
      return;
    }
    if (status == 401) {
      logIn(message, request, toCamera);
      return;
    }
    if (NEEDED.contains(request.request().method())) {
      refusal = status < 400 ? null : RtspRefusals.of(status);
    }
    message.header("CSeq", request.number());
    send(message, toReader);
  }

  private IOException elsewhere(RtspMessage message) {
    if (address.requestUri().equals(message.header("Location"))) {
      return refuse(
          OpenFailure.Kind.REFUSED,
          "the camera redirects to the address that was asked for",
          "check the RTSP settings of the camera, and restart it");
    }
    return refuse(
        OpenFailure.Kind.REFUSED,
        "the camera redirects to another address, which is not followed",
        "if the pictures are to come from there, write that address in the settings");
  }

  private void logIn(RtspMessage reply, Waiting request, OutputStream toCamera) throws IOException {
    RtspChallenge next;
    try {
      next = RtspLogin.challenge(reply, login, address.secure());
      if (request.answersChallenge() && !next.isStale()) {
        throw RtspLogin.wrong();
      }
    } catch (OpenFailure failure) {
      throw refuse(failure);
    }
    synchronized (this) {
      challenge = next;
    }
    prepare(new Waiting(request.number(), request.request(), true));
    send(request.request(), toCamera);
  }

  /** Remembers why and ends the connection. */
  private IOException refuse(OpenFailure.Kind kind, String what, String remedy) {
    return refuse(new OpenFailure(kind, what, remedy));
  }

  private IOException refuse(OpenFailure failure) {
    refusal = failure;
    return new IOException(failure.getMessage());
  }

  private static void closeQuietly(Closeable open) {
    try {
      open.close();
    } catch (IOException e) {
      // Given up either way.
    }
  }

  @Override
  public void close() {
    closeQuietly(door);
    closeQuietly(camera);
  }

  @Override
  public String toString() {
    return "RtspRelay";
  }
}
