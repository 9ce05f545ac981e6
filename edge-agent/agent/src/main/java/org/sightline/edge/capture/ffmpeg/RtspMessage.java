package org.sightline.edge.capture.ffmpeg;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request or reply of RTSP: a first line, headers, perhaps a body. Bounded in size. */
final class RtspMessage {
  /** Every byte is a character of its own, whatever the camera means by it. */
  private static final Charset BYTES = StandardCharsets.ISO_8859_1;

  private static final int LONGEST_LINE_BYTES = 4096;
  private static final int MOST_LINES = 100;
  private static final int LARGEST_BODY_BYTES = 1 << 20;

  private String firstLine;
  private final List<String> headers = new ArrayList<>();
  private byte[] body = {};

  private RtspMessage(String firstLine) {
    this.firstLine = firstLine;
  }

  /**
   * Reads the rest of a message.
   *
   * @param begun its first byte, already read
   * @throws ProtocolException if it is larger than any real one
   */
  static RtspMessage read(int begun, InputStream in) throws IOException {
    RtspMessage message = new RtspMessage((char) begun + line(in));
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (message.headers.size() == MOST_LINES) {
        throw new ProtocolException("too many headers");
      }
      message.headers.add(line);
    }
    message.body = in.readNBytes(message.bodyBytes());
    return message;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException();
      }
      if (line.size() == LONGEST_LINE_BYTES) {
        throw new ProtocolException("a line too long");
      }
      line.write(next);
    }
    String text = line.toString(BYTES);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private int bodyBytes() throws ProtocolException {
    String length = header("Content-Length");
    if (length == null) {
      return 0;
    }
    if (!length.matches("\\d{1,7}") || Integer.parseInt(length) > LARGEST_BODY_BYTES) {
      throw new ProtocolException("a body too large");
    }
    return Integer.parseInt(length);
  }

  boolean isReply() {
    return firstLine.startsWith("RTSP/");
  }

  /** Of a reply; 0 if there is none. */
  int status() {
    String[] words = firstLine.split(" +", 3);
    return words.length > 1 && words[1].matches("\\d{3}") ? Integer.parseInt(words[1]) : 0;
  }

  /** Of a request: its first word. */
  String method() {
    return firstLine.split(" ", 2)[0];
  }

  /** Of a request: what it asks for. */
  String uri() {
    String[] words = firstLine.split(" ", 3);
    return words.length > 1 ? words[1] : "";
  }

  void uri(String uri) {
    firstLine = method() + " " + uri + " RTSP/1.0";
  }

  /** The first of that name; null if there is none. */
  @Nullable String header(String name) {
    List<String> all = headers(name);
    return all.isEmpty() ? null : all.get(0);
  }

  List<String> headers(String name) {
    return headers.stream()
        .filter(line -> isNamed(line, name))
        .map(line -> line.substring(name.length() + 1).strip())
        .toList();
  }

  /** Replaces all of that name. */
  void header(String name, String value) {
    headers.removeIf(line -> isNamed(line, name));
    headers.add(0, name + ": " + value);
  }

  private static boolean isNamed(String line, String name) {
    return line.regionMatches(true, 0, name, 0, name.length())
        && line.startsWith(":", name.length());
  }

  /** What follows the headers, every byte as a character. */
  String body() {
    return new String(body, BYTES);
  }

  byte[] toBytes() {
    String head = firstLine + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    byte[] bytes = head.getBytes(BYTES);
    byte[] whole = new byte[bytes.length + body.length];
    System.arraycopy(bytes, 0, whole, 0, bytes.length);
    System.arraycopy(body, 0, whole, bytes.length, body.length);
    return whole;
  }
}
