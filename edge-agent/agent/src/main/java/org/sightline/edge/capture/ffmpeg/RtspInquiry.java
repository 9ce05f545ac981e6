package org.sightline.edge.capture.ffmpeg;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.capture.CameraAddress;
import org.sightline.edge.capture.CameraInquiry;
import org.sightline.edge.capture.ffmpeg.OpenFailure.Kind;

/** One DESCRIBE, with the login that the camera asks for; no stream is set up. */
final class RtspInquiry {
  private static final int ANSWERING_MILLIS = 5000;

  /** The encoding of the first video in a session description (RFC 8866). */
  private static final Pattern VIDEO =
      Pattern.compile("(?s)^m=video .*?^a=rtpmap:\\d+ (?<codec>[\\w.-]{1,20})", Pattern.MULTILINE);

  private final CameraAddress address;
  private final @Nullable CameraLogin login;
  private final Socket camera;

  private RtspInquiry(CameraAddress address, @Nullable CameraLogin login, Socket camera) {
    this.address = address;
    this.login = login;
    this.camera = camera;
  }

  /** Whether it asked for the login, and the encoding of its video by RTP's name. */
  static CameraInquiry.Answer ask(
      CameraAddress address, @Nullable CameraLogin login, @Nullable Path caFile)
      throws OpenFailure {
    try (Interrupt interrupt = new Interrupt();
        Socket camera = CameraSocket.connect(address, caFile, interrupt)) {
      camera.setSoTimeout(ANSWERING_MILLIS);
      return new RtspInquiry(address, login, camera).described();
    } catch (ProtocolException e) {
      throw new OpenFailure(Kind.UNREACHABLE, "it does not speak RTSP", "check port and address");
    } catch (IOException e) {
      throw new OpenFailure(
          Kind.UNREACHABLE,
          "it takes the connection and does not answer",
          "check that it is a camera, and restart it");
    }
  }

  private CameraInquiry.Answer described() throws IOException, OpenFailure {
    InputStream in = new BufferedInputStream(camera.getInputStream());
    RtspMessage reply = exchange(request(1, null), in);
    boolean asked = reply.status() == 401;
    if (asked) {
      RtspChallenge challenge = RtspLogin.challenge(reply, login, address.secure());
      reply = exchange(request(2, challenge), in);
      if (reply.status() == 401) {
        throw RtspLogin.wrong();
      }
    }
    if (reply.status() != 200) {
      throw reply.status() >= 400
          ? RtspRefusals.of(reply.status())
          : new OpenFailure(
              Kind.REFUSED,
              "the camera redirects to another address, which is not followed",
              "if the pictures are to come from there, write that address in the settings");
    }
    Matcher video = VIDEO.matcher(reply.body());
    if (!video.find()) {
      throw new OpenFailure(
          Kind.REFUSED, "the camera offers no video at that path", "check the path");
    }
    return new CameraInquiry.Answer(
        (asked ? "logged in" : "asks for no login") + ", offers " + video.group("codec"), asked);
  }

  private RtspMessage request(int number, @Nullable RtspChallenge challenge) throws IOException {
    String head = "DESCRIBE " + address.requestUri() + " RTSP/1.0\r\n\r\n";
    InputStream text = new ByteArrayInputStream(head.getBytes(StandardCharsets.ISO_8859_1));
    RtspMessage request = RtspMessage.read(text.read(), text);
    request.header("User-Agent", "sightline");
    request.header("Accept", "application/sdp");
    request.header("CSeq", String.valueOf(number));
    if (challenge != null && login != null) {
      request.header("Authorization", challenge.answer(login, request.method(), request.uri()));
    }
    return request;
  }

  private RtspMessage exchange(RtspMessage request, InputStream in) throws IOException {
    camera.getOutputStream().write(request.toBytes());
    camera.getOutputStream().flush();
    int first = in.read();
    if (first < 0) {
      throw new IOException("the camera has hung up");
    }
    return RtspMessage.read(first, in);
  }
}
