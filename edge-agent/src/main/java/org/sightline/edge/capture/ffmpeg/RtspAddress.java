package org.sightline.edge.capture.ffmpeg;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.capture.CaptureException;
import org.sightline.edge.config.CameraSettings;

/** Where an RTSP(S) camera is and who asks; never printed. */
final class RtspAddress {
  private static final Pattern FORM =
      Pattern.compile(
          "(?<scheme>rtsps?)://(?:(?<user>[^/]*)@)?(?<host>\\[[^\\]]+\\]|[^:/@?]+)(?::(?<port>\\d{1,5}))?"
              + "(?<path>[/?].*)?",
          Pattern.CASE_INSENSITIVE);

  /** FFmpeg has room for 127 characters and would cut the rest off unseen. */
  private static final int LONGEST_CREDENTIALS = 127;

  private final boolean secure;
  private final String host;
  private final int port;
  private final String credentials;
  private final String path;

  private RtspAddress(boolean secure, String host, int port, String credentials, String path) {
    this.secure = secure;
    this.host = host;
    this.port = port;
    this.credentials = credentials;
    this.path = path;
  }

  /**
   * Takes an address apart and adds the password of the password file, if there is one.
   *
   * @throws CaptureException if either cannot be used
   */
  static RtspAddress of(CameraSettings settings) throws CaptureException {
    Matcher parts = FORM.matcher(settings.source());
    if (!parts.matches()) {
      throw unusable(settings, "this is not an address", "write rtsp://user@host:554/path");
    }
    boolean secure = parts.group("scheme").equalsIgnoreCase("rtsps");
    String port = parts.group("port");
    String path = parts.group("path");
    return new RtspAddress(
        secure,
        parts.group("host"),
        port == null ? (secure ? 322 : 554) : Integer.parseInt(port),
        credentials(settings, parts.group("user")),
        path == null ? "/" : path);
  }

  private static String credentials(CameraSettings settings, @Nullable String user)
      throws CaptureException {
    Path file = settings.passwordFile();
    if (user == null) {
      if (file != null) {
        throw unusable(
            settings, "a password file but no user", "name the user: rtsp://user@host/path");
      }
      return "";
    }
    int colon = user.indexOf(':');
    String name = colon < 0 ? user : user.substring(0, colon);
    String password = colon < 0 ? "" : escaped(user.substring(colon + 1));
    if (file != null) {
      password = URLEncoder.encode(firstLine(settings, file), StandardCharsets.UTF_8);
      password = password.replace("+", "%20");
    }
    String both = escaped(name) + ":" + password;
    if (both.length() > LONGEST_CREDENTIALS) {
      throw unusable(
          settings, "user name and password are too long", "give the camera shorter ones");
    }
    return both + "@";
  }

  /** As it stands when it is percent-encoded already, else encoded. */
  private static String escaped(String part) {
    return part.matches("(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*")
        ? part
        : URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String firstLine(CameraSettings settings, Path file) throws CaptureException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.findFirst().orElse("");
    } catch (IOException | java.io.UncheckedIOException e) {
      throw unusable(
          settings,
          "the password file " + file + " cannot be read",
          "put the password on its first line and let this user read it");
    }
  }

  private static CaptureException unusable(CameraSettings settings, String what, String mend) {
    return new CaptureException(
        what, "camera " + settings.id() + " at " + settings.describe(), mend, null);
  }

  boolean secure() {
    return secure;
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  /** For FFmpeg, credentials and all, over plain TCP to the given end. */
  String plainUrl(String toHost, int toPort) {
    return "rtsp://" + credentials + toHost + ":" + toPort + path;
  }
}
