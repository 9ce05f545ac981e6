package org.sightline.edge.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.crypto.SignedDocument.Reading;
import org.sightline.edge.publish.Schema;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.trust.TrustStatement.Act;
import org.sightline.edge.trust.TrustStatement.Name;
import org.sightline.edge.trust.TrustStatement.Replace;
import org.sightline.edge.trust.TrustStatement.Revoke;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class TrustStatementTest {
  private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
  private static final AuthorityKey A = AuthorityKey.generate();
  private static final AuthorityKey B = AuthorityKey.generate();
  private static final AuthorityPublicKey OTHER = AuthorityKey.generate().publicKey();
  private static final ControlRoomIdentity ROOM = ControlRoomKeys.generate().identity();
  private static final ControlRoomIdentity BY = ControlRoomKeys.generate().identity();
  private static final List<AuthorityPublicKey> SIGNERS = List.of(A.publicKey(), B.publicKey());

  private static TrustStatement statement(Act act) {
    return new TrustStatement(
        UUID.fromString("019ac9f0-0000-4000-8000-0000000000f2"),
        List.of(Sha256.of(new byte[] {1})),
        NOW,
        act);
  }

  static List<Act> acts() {
    return List.of(
        new Name(OTHER, "Northern force", Optional.empty(), Optional.empty()),
        new Name(OTHER, "Northern force", Optional.of(NOW), Optional.of(NOW.plusSeconds(60))),
        new Replace(A.publicKey(), OTHER, "Supt 1234", Optional.empty()),
        new Replace(A.publicKey(), OTHER, "Supt 1234", Optional.of(NOW)),
        new Revoke(OTHER, "stolen"),
        new RoomAct.Name(ROOM, BY, "Night desk", Optional.of(NOW), Optional.of(NOW.plusSeconds(1))),
        new RoomAct.Name(ROOM, BY, "Night desk", Optional.empty(), Optional.empty()),
        new RoomAct.Replace(ROOM, BY, "Northern room", Optional.of(NOW)),
        new RoomAct.Revoke(ROOM, "stolen"));
  }

  static List<Act> kinds() {
    return List.of(acts().get(1), acts().get(3), acts().get(4));
  }

  @ParameterizedTest
  @MethodSource("acts")
  void whatWasSignedIsRead(Act act) {
    assertThat(TrustStatement.readSigned(statement(act).sign(List.of(A, B)).bytes(), SIGNERS))
        .isInstanceOfSatisfying(
            Reading.Signed.class, signed -> assertThat(signed.content()).isEqualTo(statement(act)));
  }

  @ParameterizedTest
  @MethodSource("acts")
  void aSignedOneFulfilsThePublishedSchema(Act act) {
    assertThat(Schema.TRUST_STATEMENT.errorsIn(statement(act).sign(List.of(A, B)).bytes()))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("acts")
  void itsContentFulfilsWhatTheSchemaSaysOfThePayload(Act act) {
    assertThat(content().errorsIn(statement(act).sign(List.of(A)).payload())).isEmpty();
  }

  @Test
  void aStatementWithoutAnActDoesNotFulfilTheSchema() {
    String payload = new String(statement(acts().get(4)).sign(List.of(A)).payload(), UTF_8);
    assertThat(content().errorsIn(payload.replace("\"revoke\"", "\"lend\"").getBytes(UTF_8)))
        .isNotEmpty();
  }

  private static Schema content() {
    ObjectNode schema =
        (ObjectNode)
            new JsonMapper()
                .readTree(Path.of("../../docs/contract/trust-statement.v1.schema.json"));
    ObjectNode content = schema.objectNode().put("$ref", "#/$defs/statement");
    content.set("$defs", schema.get("$defs"));
    return Schema.of(content);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyFlippedBitIsRefused(Act act) {
    byte[] document = statement(act).sign(List.of(A, B)).bytes();
    for (int bit = 0; bit < document.length * 8; bit++) {
      byte[] flipped = document.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(TrustStatement.readSigned(flipped, SIGNERS))
          .as("bit %d", bit)
          .isNotInstanceOf(Reading.Signed.class);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyTruncationIsRefused(Act act) {
    byte[] document = statement(act).sign(List.of(A, B)).bytes();
    for (int length = 0; length < document.length; length++) {
      assertThat(TrustStatement.readSigned(Arrays.copyOf(document, length), SIGNERS))
          .as("%d bytes", length)
          .isInstanceOf(Reading.Malformed.class);
    }
  }

  @Test
  void aStrangersSignatureBesideTwoGoodOnesSpoilsIt() {
    byte[] document = statement(acts().get(0)).sign(List.of(A, B, AuthorityKey.generate())).bytes();
    assertThat(TrustStatement.readSigned(document, SIGNERS))
        .isInstanceOf(Reading.UnknownSigner.class);
  }

  @Test
  void whatANewerVersionAddsIsRefusedByName() {
    assertThat(readAltered("\"label\"", "\"onlyFor\":\"lists\",\"label\""))
        .isEqualTo(new Reading.Newer<>("onlyFor"));
  }

  @Test
  void anActOfANewerVersionIsRefusedByName() {
    assertThat(readAltered("\"name\":", "\"lend\":")).isEqualTo(new Reading.Newer<>("lend"));
  }

  private static Reading<TrustStatement> readAltered(String part, String by) {
    String payload =
        new String(statement(acts().get(0)).sign(List.of(A)).payload(), UTF_8).replace(part, by);
    return TrustStatement.readSigned(
        SignedDocument.sign(TrustStatement.TYPE, payload.getBytes(UTF_8), List.of(A, B)).bytes(),
        SIGNERS);
  }

  @Test
  void anotherKindOfDocumentIsNone() {
    byte[] other =
        SignedDocument.sign(
                "application/vnd.sightline.authorisation.v1+json",
                statement(acts().get(0)).sign(List.of(A)).payload(),
                List.of(A, B))
            .bytes();
    assertThat(TrustStatement.readSigned(other, SIGNERS)).isInstanceOf(Reading.Malformed.class);
  }

  @Test
  void oneSignatureOfThoseWhoDecideMakesItWorthKeepingBesideAnother() {
    byte[] document = statement(acts().get(0)).sign(List.of(A, AuthorityKey.generate())).bytes();
    assertThat(TrustStatement.claim(document, SIGNERS))
        .hasValueSatisfying(claim -> assertThat(claim.whole()).isFalse());
    assertThat(TrustStatement.claim(document, List.of(OTHER))).isEmpty();
    assertThat(TrustStatement.claim(statement(acts().get(0)).sign(List.of(A)).bytes(), SIGNERS))
        .isEmpty();
  }

  @Test
  void whatIsSaidIsTheSameWhateverSignaturesStandBeside() {
    TrustStatement statement = statement(acts().get(0));
    byte[] more = statement.sign(List.of(A, B, AuthorityKey.generate())).bytes();
    assertThat(TrustStatement.claim(more, SIGNERS).orElseThrow().payload())
        .isEqualTo(
            TrustStatement.claim(statement.sign(List.of(A, B)).bytes(), SIGNERS)
                .orElseThrow()
                .payload());
  }

  @Test
  void aKeyTakesNotItsOwnPlace() {
    assertThatThrownBy(
            () -> new Replace(A.publicKey(), A.publicKey(), "Supt 1234", Optional.empty()))
        .hasMessage("a key takes the place of another one");
  }

  @Test
  void aTimeEndsAfterItBegins() {
    assertThatThrownBy(() -> new Name(OTHER, "Northern force", Optional.of(NOW), Optional.of(NOW)))
        .hasMessage("what counts for a time begins before it ends");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "two\nlines"})
  void aLabelIsALine(String label) {
    assertThatThrownBy(() -> new Name(OTHER, label, Optional.empty(), Optional.empty()))
        .hasMessageContaining("a label is one line");
  }
}
