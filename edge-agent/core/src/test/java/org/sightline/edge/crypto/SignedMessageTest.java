package org.sightline.edge.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SignedMessageTest {
  private static final String TYPE = "vnd.sightline.sample.v1+json";
  private static final byte[] OBJECT =
      "{\"a\":\"é\",\"nested\":{\"signature\":\"x..y\"}}".getBytes(UTF_8);

  private final DeviceKeys device = DeviceKeys.generate();
  private final byte[] message = device.signMessage(TYPE, OBJECT);

  private SignedMessage.Check check(byte[] bytes) {
    return device.identity().check(TYPE, bytes);
  }

  @Test
  void whatTheDeviceSignedIsGenuineAndIsReadWithoutTheSignature() {
    assertThat(check(message))
        .isInstanceOfSatisfying(
            SignedMessage.Check.Genuine.class,
            genuine -> assertThat(genuine.content()).isEqualTo(OBJECT));
  }

  @Test
  void theWholeIsStillOneObjectWithEveryMember() {
    JsonNode node = new JsonMapper().readTree(message);

    assertThat(node.propertyNames()).containsExactly("a", "nested", "signature");
  }

  @Test
  void everyFlippedBitIsRefused() {
    for (int bit = 0; bit < message.length * 8; bit++) {
      byte[] bad = message.clone();
      bad[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(check(bad)).as("bit " + bit).isNotInstanceOf(SignedMessage.Check.Genuine.class);
    }
  }

  @Test
  void everyCutAndEveryAdditionIsRefused() {
    for (int length = 0; length < message.length; length++) {
      assertThat(check(Arrays.copyOf(message, length)))
          .isNotInstanceOf(SignedMessage.Check.Genuine.class);
    }
    for (String more : new String[] {"\n", " ", "}", ",", "\u0000"}) {
      assertThat(check((new String(message, UTF_8) + more).getBytes(UTF_8)))
          .isNotInstanceOf(SignedMessage.Check.Genuine.class);
    }
  }

  @Test
  void oneWithoutASignatureIsUnsigned() {
    assertThat(check(OBJECT)).isInstanceOf(SignedMessage.Check.Unsigned.class);
  }

  @Test
  void oneOfAnotherDeviceIsOfAnotherSigner() {
    assertThat(check(DeviceKeys.generate().signMessage(TYPE, OBJECT)))
        .isInstanceOf(SignedMessage.Check.OtherSigner.class);
  }

  @Test
  void oneOfAnotherKindDoesNotPass() {
    assertThat(check(device.signMessage("vnd.sightline.other.v1+json", OBJECT)))
        .isInstanceOf(SignedMessage.Check.OtherSigner.class);
  }

  @Test
  void theSignatureOfAnotherMessageIsAnAlteration() {
    byte[] other = device.signMessage(TYPE, "{\"a\":2}".getBytes(UTF_8));
    String text = new String(other, UTF_8);
    String end = text.substring(text.indexOf(",\"signature\""));
    String moved = new String(OBJECT, UTF_8).replaceFirst("}$", "") + end;

    assertThat(check(moved.getBytes(UTF_8))).isInstanceOf(SignedMessage.Check.Altered.class);
  }

  @Test
  void aSecondSignatureDoesNotHideTheFirst() {
    byte[] twice = DeviceKeys.generate().signMessage(TYPE, message);

    assertThat(check(twice)).isInstanceOf(SignedMessage.Check.OtherSigner.class);
  }

  /** As an integrator's library does: from the identity file, by RFC 7515 alone. */
  @Test
  void anyJoseLibraryChecksIt(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("van-1.identity");
    device.identity().writeTo(file);
    JsonNode envelope = new JsonMapper().readTree(Files.readAllBytes(file));
    byte[] content = Base64.getDecoder().decode(envelope.required("payload").stringValue());
    JsonNode keys = new JsonMapper().readTree(content);
    OctetKeyPair key =
        new OctetKeyPair.Builder(
                Curve.Ed25519,
                Base64URL.encode(
                    Base64.getDecoder().decode(keys.required("verifyingKey").stringValue())))
            .keyIDFromThumbprint()
            .build();
    String signature = new JsonMapper().readTree(message).required("signature").stringValue();

    JWSObject jws = JWSObject.parse(signature, new Payload(OBJECT));

    assertThat(jws.verify(new Ed25519Verifier(key))).isTrue();
    assertThat(jws.getHeader().getKeyID()).isEqualTo(key.getKeyID());
  }
}
