package org.sightline.edge.capture;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an {@code rtsp://} or {@code rtsps://} address. The part between {@code //} and the
 * first {@code /}, {@code ?} or {@code #} names the user and the host, as RFC 3986 has it.
 *
 * @param secure whether the camera is to be spoken to by TLS
 * @param user as written; null for nobody
 * @param password as written after the user; null for none
 * @param host a name or number; an IPv6 number without its brackets
 * @param port in [1, 65535]
 * @param path begins with {@code /}, {@code ?} or {@code #}
 */
public record CameraAddress(
    boolean secure,
    @Nullable String user,
    @Nullable String password,
    String host,
    int port,
    String path) {

  private static final int DEFAULT_PORT = 554;
  private static final int DEFAULT_SECURE_PORT = 322;
  private static final int LAST_PORT = 65_535;

  private static final Pattern FORM =
      Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?<authority>[^/?#]*)(?<path>.*)");

  private static final Pattern HOST =
      Pattern.compile("(?<host>\\[[0-9A-Fa-f:.]+(?:%\\w+)?\\]|[\\w.-]+)(?::(?<port>\\d+))?");

  private static final Pattern NUMBER = Pattern.compile("\\[.*\\]|\\d+(?:\\.\\d+){3}");

  private static final Pattern UNPRINTABLE = Pattern.compile("[\\s\\p{Cntrl}]");

  /** A word before which a path or query may hold somebody's name or secret. */
  private static final String SECRET = "user|usr|login|pass|pwd|auth|token|key|secret|credential";

  /** What can be shown of a path: pieces that neither assign anything nor announce a secret. */
  private static final Pattern PLAIN_PATH =
      Pattern.compile("(?:/(?![\\w.~-]*(?:" + SECRET + "))[\\w.~-]*)*", Pattern.CASE_INSENSITIVE);

  private static final Pattern ASSIGNED_SECRET =
      Pattern.compile("(?:" + SECRET + ")\\w*=", Pattern.CASE_INSENSITIVE);

  /** {@code user:password@} where no scheme announces them. */
  private static final Pattern BARE_CREDENTIALS = Pattern.compile("[^/\\s]+:\\S*@");

  /** Whether a source is an RTSP address, well-formed or not, rather than a file or device. */
  public static boolean isRtsp(String source) {
    String lower = source.toLowerCase(Locale.ROOT);
    return lower.startsWith("rtsp:") || lower.startsWith("rtsps:");
  }

  /**
   * Takes an address apart.
   *
   * @throws IllegalArgumentException if it is none; the message is a rule and repeats nothing
   */
  public static CameraAddress of(String source) {
    Matcher parts = FORM.matcher(source);
    if (!isRtsp(source) || !parts.matches() || UNPRINTABLE.matcher(source).find()) {
      throw malformed();
    }
    String authority = parts.group("authority");
    String path = parts.group("path");
    int at = authority.lastIndexOf('@');
    Matcher host = HOST.matcher(authority.substring(at + 1));
    if (!host.matches() || (at < 0 ? hidesHost(authority, path) : strayAt(path))) {
      throw malformed();
    }
    boolean secure = parts.group("scheme").equalsIgnoreCase("rtsps");
    String userInfo = at < 0 ? null : authority.substring(0, at);
    int colon = userInfo == null ? -1 : userInfo.indexOf(':');
    return new CameraAddress(
        secure,
        userInfo == null || colon < 0 ? userInfo : userInfo.substring(0, colon),
        userInfo == null || colon < 0 ? null : userInfo.substring(colon + 1),
        host.group("host").replaceAll("[\\[\\]]", ""),
        port(host.group("port"), secure ? DEFAULT_SECURE_PORT : DEFAULT_PORT),
        path.isEmpty() ? "/" : path);
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "write rtsp://user@host:554/path; in a user or password @ is written %40, / is %2F and ? is"
            + " %3F");
  }

  private static int port(@Nullable String digits, int otherwise) {
    if (digits == null) {
      return otherwise;
    }
    int port = digits.length() > 5 ? 0 : Integer.parseInt(digits);
    if (port < 1 || port > LAST_PORT) {
      throw new IllegalArgumentException("a port lies between 1 and " + LAST_PORT);
    }
    return port;
  }

  /** Whether the host may in truth be a user, and its port the beginning of a password with a /. */
  private static boolean hidesHost(String authority, String path) {
    return strayAt(path)
        && authority.contains(":")
        && !NUMBER.matcher(authority.replaceFirst(":\\d*$", "")).matches();
  }

  /** Whether there is an @ that no {@code password=} explains. */
  private static boolean strayAt(String path) {
    int at = path.indexOf('@');
    return at >= 0 && !ASSIGNED_SECRET.matcher(path.substring(0, at)).find();
  }

  /** As a request names the camera: without user, password and fragment. */
  public String requestUri() {
    String named = host.contains(":") ? "[" + host + "]" : host;
    return (secure ? "rtsps://" : "rtsp://") + named + ":" + port + path.replaceFirst("#.*", "");
  }

  /**
   * A source as it may be shown to anybody: of an address its scheme, host and port, and its path
   * up to where a name or secret may begin. Where it cannot be known which part is the host nothing
   * but the scheme is shown. A file is shown whole.
   */
  public static String describe(String source) {
    Matcher parts = FORM.matcher(source.strip());
    if (!parts.matches()) {
      return describeFile(source);
    }
    String scheme = parts.group("scheme") + "://";
    String authority = parts.group("authority");
    String path = parts.group("path");
    int at = authority.lastIndexOf('@');
    boolean sure = at < 0 ? !hidesHost(authority, path) : !strayAt(path);
    if (sure && HOST.matcher(authority.substring(at + 1)).matches()) {
      return scheme + authority.substring(at + 1) + plain(path);
    }
    // A / or ? inside the password: the host comes after the last @.
    Matcher rest = FORM.matcher("x://" + source.substring(source.lastIndexOf('@') + 1));
    if (source.contains("@")
        && rest.matches()
        && rest.group("authority").contains(".")
        && HOST.matcher(rest.group("authority")).matches()) {
      return scheme + rest.group("authority") + plain(rest.group("path"));
    }
    return scheme + "...";
  }

  private static String plain(String path) {
    Matcher shown = PLAIN_PATH.matcher(path);
    boolean found = shown.lookingAt();
    int end = found ? shown.end() : 0;
    // A piece that is cut in its middle is not shown at all.
    boolean whole = end == path.length() || path.charAt(end) == '?' || path.charAt(end) == '#';
    return path.substring(0, whole ? end : path.lastIndexOf('/', end));
  }

  /** What was meant as an address but has lost its scheme is not shown as a file would be. */
  private static String describeFile(String source) {
    boolean address =
        BARE_CREDENTIALS.matcher(source).find() || ASSIGNED_SECRET.matcher(source).find();
    return address ? "(an address without rtsp://)" : source;
  }

  /** Without user, password and path, all of which may be secret. */
  @Override
  public String toString() {
    return "CameraAddress[" + host + ":" + port + "]";
  }
}
