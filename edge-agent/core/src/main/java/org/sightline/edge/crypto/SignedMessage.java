package org.sightline.edge.crypto;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JSON object that a device publishes, with its signature as the last member:
 *
 * <pre>{@code
 * {...,"signature":"<header>..<signature>"}
 * }</pre>
 *
 * Signed are the bytes of the object without that member, which are the bytes before it and a
 * closing brace. The signature is a JWS with detached content (RFC 7515, appendix F; EdDSA) whose
 * header names the kind of message and the key, so that a message of one kind never passes for one
 * of another. There is one spelling of it: whatever byte of the message is altered, it is no longer
 * genuine.
 */
public final class SignedMessage {
  private static final Pattern END =
      Pattern.compile(",\"signature\":\"([A-Za-z0-9_-]+)\\.\\.([A-Za-z0-9_-]+)\"}\\z");

  /** Longer than any end is. */
  private static final int LONGEST_END = 512;

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private SignedMessage() {}

  /** What a message turned out to be. */
  public sealed interface Check {
    /**
     * As the device has signed it.
     *
     * @param content the object without its signature: the bytes that were signed, and the only
     *     ones to be read
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Genuine(byte[] content) implements Check {}

    /** It has no signature, or none of this form. */
    record Unsigned() implements Check {}

    /** Its signature is by another key, or is of another kind of message. */
    record OtherSigner() implements Check {}

    /** Something in it is not what the device has signed. */
    record Altered() implements Check {}
  }

  static byte[] sign(SigningKey key, String type, byte[] object) {
    if (object.length < 3 || object[object.length - 1] != '}') {
      throw new IllegalArgumentException("a JSON object with a member is signed");
    }
    String header = header(key.verifyingKey(), type);
    byte[] signature = key.sign(signedBytes(header, object));
    byte[] end =
        (",\"signature\":\"" + header + ".." + BASE64.encodeToString(signature) + "\"}")
            .getBytes(US_ASCII);
    byte[] message = Arrays.copyOf(object, object.length - 1 + end.length);
    System.arraycopy(end, 0, message, object.length - 1, end.length);
    return message;
  }

  static Check check(VerifyingKey key, String type, byte[] message) {
    int from = Math.max(0, message.length - LONGEST_END);
    // Byte by byte, so that an index in the text is one in the message.
    Matcher end = END.matcher(new String(message, from, message.length - from, ISO_8859_1));
    if (!end.find()) {
      return new Check.Unsigned();
    }
    String header = header(key, type);
    if (!end.group(1).equals(header)) {
      return new Check.OtherSigner();
    }
    byte[] object = Arrays.copyOf(message, from + end.start() + 1);
    object[object.length - 1] = '}';
    byte[] signature = decoded(end.group(2));
    return key.verifies(signedBytes(header, object), signature)
        ? new Check.Genuine(object)
        : new Check.Altered();
  }

  /** Nothing if it is spelled in another way than it would be here. */
  private static byte[] decoded(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      return BASE64.encodeToString(bytes).equals(text) ? bytes : new byte[0];
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static String header(VerifyingKey key, String type) {
    return BASE64.encodeToString(
        "{\"alg\":\"EdDSA\",\"kid\":\"%s\",\"typ\":\"%s\"}"
            .formatted(thumbprint(key), type)
            .getBytes(US_ASCII));
  }

  /** RFC 7638. */
  private static String thumbprint(VerifyingKey key) {
    String jwk =
        "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + BASE64.encodeToString(key.raw()) + "\"}";
    return BASE64.encodeToString(HexFormat.of().parseHex(Sha256.of(jwk.getBytes(US_ASCII)).hex()));
  }

  private static byte[] signedBytes(String header, byte[] object) {
    return (header + "." + BASE64.encodeToString(object)).getBytes(US_ASCII);
  }
}
