package org.sightline.edge.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.crypto.TlsMaterial;
import org.sightline.edge.testing.TestCertificates.Issued;

/**
 * An RTSP camera on the loopback interface, within the test's own process, whose habits are set
 * before it is asked for anything. It sends no RTCP and plays its pictures over and over.
 */
public final class TestCamera implements AutoCloseable {
  public static final String USER = "viewer";
  public static final String PASSWORD = "correct-horse%7&";

  /** A nonce for all: a proof is of this test alone. */
  private static final String NONCE = "3f9a";

  private static final int LARGEST_PAYLOAD_BYTES = 1400;
  private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"?([^\",]*)\"?");

  /** What was asked of it: the first line, and who asked. */
  public record Asked(String method, String uri, @Nullable String authorization) {}

  /** Answers a request in its place; null where it is to answer as always. */
  public interface Habit {
    @Nullable String reply(Asked asked);
  }

  private final H264Pictures pictures;
  private final ServerSocket server;
  private final boolean secure;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile Habit habit = request -> null;
  private volatile List<String> challenges = List.of();
  private volatile int framesPerSecond = 25;
  private volatile int firstPicture;
  private volatile int picturesOfAConnection = Integer.MAX_VALUE;
  private volatile boolean cutsInsideAPacket;
  private volatile boolean losesPower;
  private volatile IntUnaryOperator ticks = number -> number * 3600;

  private TestCamera(H264Pictures pictures, ServerSocket server, boolean secure) {
    this.pictures = pictures;
    this.server = server;
    this.secure = secure;
    daemon(this::accept);
  }

  public static TestCamera start(H264Pictures pictures) throws Exception {
    return new TestCamera(
        pictures, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), false);
  }

  /** A camera that speaks TLS. */
  public static TestCamera start(H264Pictures pictures, Issued issued) throws Exception {
    return new TestCamera(
        pictures,
        TlsMaterial.serverContext(issued.certificate(), issued.key())
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
        true);
  }

  /** Lets only {@link #USER} in; in that order {@code Basic}, {@code MD5}, {@code SHA-256}. */
  public TestCamera asksFor(String... inOrder) {
    challenges = List.of(inOrder);
    return this;
  }

  public TestCamera has(Habit other) {
    habit = other;
    return this;
  }

  public TestCamera plays(int perSecond, int beginningWith) {
    framesPerSecond = perSecond;
    firstPicture = beginningWith;
    return this;
  }

  /** The RTP time of each picture since the connection began, in ticks of 90 kHz. */
  public TestCamera stamps(IntUnaryOperator ticksOfPicture) {
    ticks = ticksOfPicture;
    return this;
  }

  /** Resets each connection after that many pictures. */
  public TestCamera hangsUpAfter(int count, boolean insideAPacket) {
    picturesOfAConnection = count;
    cutsInsideAPacket = insideAPacket;
    return this;
  }

  /** Sends no more on each connection after that many pictures, and leaves it as it is. */
  public TestCamera losesPowerAfter(int count) {
    picturesOfAConnection = count;
    losesPower = true;
    return this;
  }

  public int port() {
    return server.getLocalPort();
  }

  public String address() {
    return address("");
  }

  /** For a user, or {@code user:password}. */
  public String address(String who) {
    return (secure ? "rtsps://" : "rtsp://")
        + (who.isEmpty() ? "" : who + "@")
        + "localhost:"
        + port()
        + "/live";
  }

  public List<Asked> asked() {
    return asked;
  }

  public int connections() {
    return connections.get();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        connections.incrementAndGet();
        daemon(() -> talk(socket));
      } catch (IOException e) {
        // Closed, or a client that does not like the certificate.
      }
    }
  }

  private void talk(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        answer(head, out, socket);
      }
    } catch (IOException e) {
      // Hung up.
    } finally {
      open.remove(socket);
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (head.size() == 0 && next == '$') {
        in.skipNBytes(1);
        in.skipNBytes(in.read() << 8 | in.read());
        continue;
      }
      head.write(next);
      if (head.size() > 3 && head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
        return head.toString(StandardCharsets.UTF_8);
      }
    }
    return "";
  }

  private void answer(String head, OutputStream out, Socket socket) throws IOException {
    String[] words = head.split("[ \r]", 3);
    Asked request = new Asked(words[0], words[1], header(head, "Authorization"));
    asked.add(request);
    String number = "CSeq: " + header(head, "CSeq") + "\r\n";
    String other = habit.reply(request);
    if (other != null) {
      send(out, "RTSP/1.0 " + other + "\r\n" + number + "\r\n");
      return;
    }
    if (!challenges.isEmpty() && !request.method().equals("OPTIONS") && !allowed(request)) {
      StringBuilder reply = new StringBuilder("RTSP/1.0 401 Unauthorized\r\n" + number);
      challenges.forEach(each -> reply.append(challenge(each)));
      send(out, reply + "\r\n");
      return;
    }
    String ok = "RTSP/1.0 200 OK\r\n" + number;
    switch (request.method()) {
      case "OPTIONS" -> send(out, ok + "Public: DESCRIBE, SETUP, PLAY, TEARDOWN\r\n\r\n");
      case "DESCRIBE" -> {
        String sdp = sdp();
        send(
            out,
            ok
                + "Content-Type: application/sdp\r\nContent-Length: "
                + sdp.length()
                + "\r\n\r\n"
                + sdp);
      }
      case "SETUP" ->
          send(
              out,
              ok
                  + "Session: 7;timeout=60\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n\r\n");
      case "PLAY" -> {
        send(out, ok + "Session: 7\r\n\r\n");
        daemon(() -> play(out, socket));
      }
      default -> send(out, ok + "Session: 7\r\n\r\n");
    }
  }

  private static @Nullable String header(String head, String name) {
    Matcher line = Pattern.compile("(?im)^" + name + ": *(.*)$").matcher(head);
    return line.find() ? line.group(1) : null;
  }

  private static String challenge(String kind) {
    return "WWW-Authenticate: "
        + (kind.equals("Basic")
            ? "Basic realm=\"cam, one\""
            : "Digest realm=\"cam, one\", nonce=\"" + NONCE + "\", algorithm=" + kind)
        + "\r\n";
  }

  private static boolean allowed(Asked request) {
    String said = request.authorization();
    if (said == null) {
      return false;
    }
    String both = USER + ":" + PASSWORD;
    if (said.startsWith("Basic ")) {
      byte[] sent = Base64.getDecoder().decode(said.substring(6));
      return new String(sent, StandardCharsets.UTF_8).equals(both);
    }
    String algorithm = said.contains("SHA-256") ? "SHA-256" : "MD5";
    String response = "";
    String uri = "";
    for (Matcher each = PARAMETER.matcher(said); each.find(); ) {
      response = each.group(1).equals("response") ? each.group(2) : response;
      uri = each.group(1).equals("uri") ? each.group(2) : uri;
    }
    String who = hash(algorithm, USER + ":cam, one:" + PASSWORD);
    String what = hash(algorithm, request.method() + ":" + uri);
    return uri.equals(request.uri())
        && response.equals(hash(algorithm, who + ":" + NONCE + ":" + what));
  }

  private static String hash(String algorithm, String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private String sdp() {
    List<String> sets =
        pictures.parameterSets().stream()
            .map(set -> Base64.getEncoder().encodeToString(set))
            .toList();
    return String.join(
        "\r\n",
        "v=0",
        "o=- 1 1 IN IP4 0.0.0.0",
        "s=camera",
        "c=IN IP4 0.0.0.0",
        "t=0 0",
        "a=control:*",
        "m=video 0 RTP/AVP 96",
        "a=rtpmap:96 H264/90000",
        "a=fmtp:96 packetization-mode=1;sprop-parameter-sets=" + String.join(",", sets),
        "a=control:track1",
        "");
  }

  private static void send(OutputStream out, String text) throws IOException {
    send(out, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(OutputStream out, byte[] bytes) throws IOException {
    synchronized (out) {
      out.write(bytes);
      out.flush();
    }
  }

  private void play(OutputStream out, Socket socket) {
    try {
      long dueNanos = System.nanoTime();
      int sequence = 0;
      for (int i = 0; !socket.isClosed(); i++) {
        if (i == picturesOfAConnection) {
          hangUp(out, socket);
          return;
        }
        List<byte[]> units =
            pictures.pictures().get((firstPicture + i) % pictures.pictures().size());
        for (int unit = 0; unit < units.size(); unit++) {
          for (byte[] payload : payloads(units.get(unit))) {
            boolean last = unit == units.size() - 1 && isEnd(payload);
            send(out, packet(sequence++, ticks.applyAsInt(i), last, payload));
          }
        }
        dueNanos += TimeUnit.SECONDS.toNanos(1) / framesPerSecond;
        TimeUnit.NANOSECONDS.sleep(dueNanos - System.nanoTime());
      }
    } catch (IOException | InterruptedException e) {
      // Hung up.
    }
  }

  private void hangUp(OutputStream out, Socket socket) throws IOException {
    if (cutsInsideAPacket || losesPower) {
      byte[] announced = {'$', 0, 2, 0, (byte) 0x80, 96, 0};
      send(out, announced);
    }
    if (losesPower) {
      return;
    }
    if (!secure) {
      socket.setSoLinger(true, 0);
    }
    socket.close();
  }

  /** A unit whole, or in fragments (FU-A). */
  private static List<byte[]> payloads(byte[] unit) {
    if (unit.length <= LARGEST_PAYLOAD_BYTES) {
      return List.of(unit);
    }
    List<byte[]> fragments = new ArrayList<>();
    for (int at = 1; at < unit.length; at += LARGEST_PAYLOAD_BYTES) {
      int count = Math.min(LARGEST_PAYLOAD_BYTES, unit.length - at);
      int flags = (at == 1 ? 0x80 : 0) | (at + count == unit.length ? 0x40 : 0);
      fragments.add(
          ByteBuffer.allocate(count + 2)
              .put((byte) ((unit[0] & 0xe0) | 28))
              .put((byte) (flags | (unit[0] & 31)))
              .put(unit, at, count)
              .array());
    }
    return fragments;
  }

  private static boolean isEnd(byte[] payload) {
    return (payload[0] & 31) != 28 || (payload[1] & 0x40) != 0;
  }

  private static byte[] packet(int sequence, int ticks, boolean last, byte[] payload) {
    return ByteBuffer.allocate(16 + payload.length)
        .put((byte) '$')
        .put((byte) 0)
        .putShort((short) (12 + payload.length))
        .put((byte) 0x80)
        .put((byte) (last ? 96 | 128 : 96))
        .putShort((short) sequence)
        .putInt(ticks)
        .putInt(0x5157)
        .put(payload)
        .array();
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "test-camera");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket each : open) {
      each.close();
    }
  }
}
