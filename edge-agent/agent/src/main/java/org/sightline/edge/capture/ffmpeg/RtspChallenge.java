package org.sightline.edge.capture.ffmpeg;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a camera wants to see before it serves a request: a password in clear (Basic), or a proof
 * that one knows it (Digest, RFC 7616, with MD5, SHA-256 or SHA-512/256). Used by one thread at a
 * time.
 */
final class RtspChallenge {
  private static final Pattern PIECE =
      Pattern.compile(
          "[\\s,]*(?:(?<name>[\\w-]+)\\s*=\\s*(?:\"(?<quoted>(?:[^\"\\\\]++|\\\\.)*+)\"|(?<plain>[^\\s,]*))"
              + "|(?<scheme>[\\w-]+))");

  /** The one that every camera of today can do last. */
  private static final List<String> HASHES = List.of("MD5", "SHA-512/256", "SHA-256");

  private static final SecureRandom RANDOM = new SecureRandom();

  private final boolean basic;
  private final Map<String, String> parameters;
  private int uses;

  private RtspChallenge(String scheme, Map<String, String> parameters) {
    this.basic = scheme.equals("basic");
    this.parameters = parameters;
  }

  /**
   * The strongest challenge of those offered that can be answered: a digest before a password in
   * clear, SHA before MD5.
   *
   * @param headers the values of {@code WWW-Authenticate}, of which each may hold several
   */
  static Optional<RtspChallenge> strongest(List<String> headers) {
    List<RtspChallenge> offered = new ArrayList<>();
    headers.forEach(header -> offered.addAll(parse(header)));
    return offered.stream()
        .filter(each -> each.strength() >= 0)
        .max(Comparator.comparingInt(RtspChallenge::strength));
  }

  private static List<RtspChallenge> parse(String header) {
    List<RtspChallenge> challenges = new ArrayList<>();
    Map<String, String> parameters = new HashMap<>();
    Matcher pieces = PIECE.matcher(header);
    for (int at = 0; at < header.length() && pieces.region(at, header.length()).lookingAt(); ) {
      at = pieces.end();
      String scheme = pieces.group("scheme");
      if (scheme != null) {
        parameters = new HashMap<>();
        String known = scheme.toLowerCase(Locale.ROOT);
        if (known.equals("basic") || known.equals("digest")) {
          challenges.add(new RtspChallenge(known, parameters));
        }
      } else {
        String quoted = pieces.group("quoted");
        parameters.put(
            pieces.group("name").toLowerCase(Locale.ROOT),
            quoted == null ? pieces.group("plain") : quoted.replaceAll("\\\\(.)", "$1"));
      }
    }
    return challenges;
  }

  /** Negative if it cannot be answered. */
  private int strength() {
    if (basic) {
      return 0;
    }
    int hash = HASHES.indexOf(algorithm());
    boolean answerable = hash >= 0 && parameters.containsKey("nonce") && (isOld() || offersAuth());
    return answerable ? hash + 1 : -1;
  }

  private String algorithm() {
    String said = parameters.getOrDefault("algorithm", "MD5").toUpperCase(Locale.ROOT);
    String bare = said.endsWith("-SESS") ? said.substring(0, said.length() - 5) : said;
    return bare.equals("SHA-512-256") ? "SHA-512/256" : bare;
  }

  private boolean isSession() {
    return parameters.getOrDefault("algorithm", "").toUpperCase(Locale.ROOT).endsWith("-SESS");
  }

  /** As in RFC 2069, without a number of the request. */
  private boolean isOld() {
    return !parameters.containsKey("qop");
  }

  private boolean offersAuth() {
    return List.of(parameters.getOrDefault("qop", "").split("[\\s,]+")).contains("auth");
  }

  /** Whether the password itself would be sent. */
  boolean isInClear() {
    return basic;
  }

  /** Whether the answer before was right, and only its nonce is used up. */
  boolean isStale() {
    return parameters.getOrDefault("stale", "").equalsIgnoreCase("true");
  }

  /** The value of {@code Authorization} for one request; another for each. */
  String answer(CameraLogin login, String method, String uri) {
    if (basic) {
      String both = login.user() + ":" + login.password();
      return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }
    String realm = parameters.getOrDefault("realm", "");
    String nonce = parameters.getOrDefault("nonce", "");
    String client = HexFormat.of().toHexDigits(RANDOM.nextLong());
    String count = HexFormat.of().toHexDigits(++uses);
    String who = hash(login.user() + ":" + realm + ":" + login.password());
    String secret = isSession() ? hash(who + ":" + nonce + ":" + client) : who;
    String request = hash(method + ":" + uri);
    StringBuilder answer = new StringBuilder("Digest ");
    answer
        .append("username=" + quoted(login.user()))
        .append(", realm=" + quoted(realm))
        .append(", nonce=" + quoted(nonce))
        .append(", uri=" + quoted(uri));
    if (isOld()) {
      answer.append(", response=\"" + hash(secret + ":" + nonce + ":" + request) + "\"");
    } else {
      String proof = hash(secret + ":" + nonce + ":" + count + ":" + client + ":auth:" + request);
      answer.append(", response=\"" + proof + "\", qop=auth, nc=" + count);
    }
    if (!isOld() || isSession()) {
      answer.append(", cnonce=\"" + client + "\"");
    }
    String algorithm = parameters.get("algorithm");
    if (algorithm != null) {
      answer.append(", algorithm=" + algorithm.replaceAll("[^\\w-]", ""));
    }
    String opaque = parameters.get("opaque");
    if (opaque != null) {
      answer.append(", opaque=" + quoted(opaque));
    }
    return answer.toString();
  }

  private static String quoted(String value) {
    return '"' + value.replaceAll("\\p{Cntrl}", "").replaceAll("([\"\\\\])", "\\\\$1") + '"';
  }

  private String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance(algorithm()).digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm(), e);
    }
  }
}
