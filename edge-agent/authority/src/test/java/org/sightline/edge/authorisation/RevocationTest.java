package org.sightline.edge.authorisation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.authorisation.Revocation.Check.Ignored;
import org.sightline.edge.authorisation.Revocation.Check.Valid;
import org.sightline.edge.authorisation.Revocation.Reason;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.publish.Schema;
import org.sightline.edge.signing.AuthorityKey;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class RevocationTest {
  private final AuthorityKey first = AuthorityKey.generate();
  private final AuthorityKey second = AuthorityKey.generate();
  private final List<AuthorityPublicKey> trusted = List.of(first.publicKey(), second.publicKey());
  private final Revocation revocation =
      new Revocation(new DeploymentId("D-1"), Instant.parse("2026-11-24T10:00:00Z"));

  @Test
  void oneTrustedAuthoritySuffices() {
    byte[] document = revocation.sign(List.of(first)).bytes();
    assertThat(Revocation.check(document, trusted))
        .isEqualTo(new Valid(revocation, first.publicKey().fingerprint(), Sha256.of(document)));
  }

  @Test
  void whatANewerVersionAddsDoesNotKeepItFromBeingAccepted() {
    String payload =
        new String(revocation.sign(List.of(first)).payload(), UTF_8)
            .replaceFirst("}$", ",\"reason\":\"over\"}");
    byte[] document =
        SignedDocument.sign(Revocation.TYPE, payload.getBytes(UTF_8), List.of(first)).bytes();
    assertThat(Revocation.check(document, trusted))
        .isEqualTo(new Valid(revocation, first.publicKey().fingerprint(), Sha256.of(document)));
  }

  @Test
  void aStrangersIsIgnored() {
    assertThat(
            Revocation.check(revocation.sign(List.of(first)).bytes(), List.of(second.publicKey())))
        .isEqualTo(new Ignored(Reason.UNKNOWN_AUTHORITY));
  }

  @Test
  void aStrangersSignatureBesideAGoodOneSpoilsIt() {
    byte[] document = revocation.sign(List.of(first, AuthorityKey.generate())).bytes();
    assertThat(Revocation.check(document, trusted))
        .isEqualTo(new Ignored(Reason.UNKNOWN_AUTHORITY));
  }

  @Test
  void anAuthorisationIsNoRevocation() {
    byte[] other =
        SignedDocument.sign(
                "application/vnd.sightline.authorisation.v1+json", new byte[] {1}, List.of(first))
            .bytes();
    assertThat(Revocation.check(other, trusted)).isEqualTo(new Ignored(Reason.MALFORMED));
  }

  @Test
  void everyFlippedBitIsIgnored() {
    byte[] document = revocation.sign(List.of(first)).bytes();
    for (int bit = 0; bit < document.length * 8; bit++) {
      byte[] flipped = document.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(Revocation.check(flipped, trusted)).as("bit %d", bit).isInstanceOf(Ignored.class);
    }
  }

  @Test
  void everyTruncationIsIgnored() {
    byte[] document = revocation.sign(List.of(first)).bytes();
    for (int length = 0; length < document.length; length++) {
      assertThat(Revocation.check(Arrays.copyOf(document, length), trusted))
          .as("%d bytes", length)
          .isEqualTo(new Ignored(Reason.MALFORMED));
    }
  }

  @Test
  void aSignedOneFulfilsThePublishedSchema() {
    assertThat(Schema.REVOCATION.errorsIn(revocation.sign(List.of(first)).bytes())).isEmpty();
    assertThat(Schema.REVOCATION.errorsIn(revocation.sign(List.of(first, second)).bytes()))
        .isEmpty();
  }

  @Test
  void itsContentFulfilsWhatTheSchemaSaysOfThePayload() {
    Schema content =
        Schema.of(
            new JsonMapper()
                .readTree(Path.of("../../docs/contract/revocation.v1.schema.json"))
                .at("/$defs/revocation"));

    assertThat(content.errorsIn(revocation.sign(List.of(first)).payload())).isEmpty();
    assertThat(content.errorsIn("{\"deployment\":\"D-1\"}".getBytes(UTF_8))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
  void thePublishedSchemaAdmitsAsManySignaturesAsTheAgentReads(int count) {
    ObjectNode document = signed();
    ArrayNode signatures = document.withArray("signatures");
    while (signatures.size() < count) {
      signatures.addAll((ArrayNode) signed(AuthorityKey.generate()).path("signatures"));
    }

    assertThat(Schema.REVOCATION.errorsIn(document).isEmpty())
        .isEqualTo(SignedDocument.parse(document.toString().getBytes(UTF_8)).isPresent());
  }

  @Test
  void thePublishedSchemaRefusesAnAlteredOne() {
    Map<String, Consumer<ObjectNode>> alterations =
        Map.of(
            "a key more", document -> document.put("note", "x"),
            "a key more in a signature", document -> signature(document).put("note", "x"),
            "no payload", document -> document.remove("payload"),
            "a payload that is not base64", document -> document.put("payload", "{}"),
            "another type", document -> document.put("payloadType", "application/json"),
            "no signature", document -> document.putArray("signatures"),
            "the same signature twice",
                document -> document.withArray("signatures").add(signature(document)),
            "half a signature", document -> signature(document).put("sig", "AAAA"),
            "no fingerprint", document -> signature(document).put("keyid", "first"));

    alterations.forEach(
        (name, alteration) -> {
          ObjectNode document = signed();
          alteration.accept(document);
          assertThat(Schema.REVOCATION.errorsIn(document)).as(name).isNotEmpty();
        });
  }

  private ObjectNode signed() {
    return signed(first);
  }

  private ObjectNode signed(AuthorityKey authority) {
    return (ObjectNode) new JsonMapper().readTree(revocation.sign(List.of(authority)).bytes());
  }

  private static ObjectNode signature(ObjectNode document) {
    return (ObjectNode) document.path("signatures").path(0);
  }
}
