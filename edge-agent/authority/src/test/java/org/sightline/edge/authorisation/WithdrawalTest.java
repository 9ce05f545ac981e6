package org.sightline.edge.authorisation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sightline.edge.authorisation.Withdrawal.Check.Ignored;
import org.sightline.edge.authorisation.Withdrawal.Check.Valid;
import org.sightline.edge.authorisation.Withdrawal.Content;
import org.sightline.edge.authorisation.Withdrawal.Reason;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.publish.Schema;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.testing.SampleAuthorisation;
import tools.jackson.databind.json.JsonMapper;

class WithdrawalTest {
  private static final UUID ID = UUID.fromString("0193a0b2-6f00-4c11-8d01-0123456789ab");
  private static final DeploymentId DEPLOYMENT = new DeploymentId("D-1");
  private static final Content CONTENT = new Content(new SubjectRef("S-0001"), "found");

  private final AuthorityKey first = AuthorityKey.generate();
  private final AuthorityKey second = AuthorityKey.generate();
  private final List<AuthorityPublicKey> trusted = List.of(first.publicKey(), second.publicKey());
  private final DeviceKeys device = DeviceKeys.generate();
  private final Withdrawal withdrawal = withdrawal(ID, CONTENT);

  private Withdrawal withdrawal(UUID id, Content content) {
    return Withdrawal.of(
        id, DEPLOYMENT, Instant.parse("2026-11-24T10:00:00Z"), content, device.identity());
  }

  private byte[] signed() {
    return withdrawal.sign(List.of(first)).bytes();
  }

  private Withdrawal read(byte[] document) {
    return ((Valid) Withdrawal.check(document, trusted)).withdrawal();
  }

  @Test
  void oneTrustedAuthoritySufficesAndTheDeviceReadsWhoIsMeant() {
    assertThat(read(signed()).open(device)).contains(CONTENT);
  }

  @Test
  void nobodyElseReadsWhoIsMeant() {
    assertThat(read(signed()).open(DeviceKeys.generate())).isEmpty();
    assertThat(new String(withdrawal.sign(List.of(first)).payload(), UTF_8))
        .doesNotContain("S-0001", "found");
  }

  @Test
  void itsLengthSaysNothingOfWhoIsMeantOrWhy() {
    Content longest = new Content(new SubjectRef("S".repeat(64)), "listed-in-error");
    assertThat(withdrawal(ID, longest).sign(List.of(first)).bytes()).hasSameSizeAs(signed());
  }

  @Test
  void whatIsSealedForOneWithdrawalOpensInNoOther() {
    Withdrawal moved =
        new Withdrawal(
            UUID.randomUUID(), DEPLOYMENT, withdrawal.withdrawnAt(), withdrawal.sealed());
    assertThat(moved.open(device)).isEmpty();
  }

  @Test
  void theReasonOfANewerVersionIsTaken() {
    Content newer = new Content(new SubjectRef("S-0001"), "pardoned");
    assertThat(withdrawal(ID, newer).open(device)).contains(newer);
  }

  @Test
  void whatANewerVersionAddsDoesNotKeepItFromBeingAccepted() {
    String payload =
        new String(withdrawal.sign(List.of(first)).payload(), UTF_8)
            .replaceFirst("}$", ",\"court\":\"high\"}");
    byte[] document =
        SignedDocument.sign(Withdrawal.TYPE, payload.getBytes(UTF_8), List.of(first)).bytes();
    assertThat(read(document).open(device)).contains(CONTENT);
  }

  @Test
  void aStrangersIsIgnored() {
    assertThat(Withdrawal.check(signed(), List.of(second.publicKey())))
        .isEqualTo(new Ignored(Reason.UNKNOWN_AUTHORITY));
  }

  @Test
  void aRevocationOrAnAuthorisationIsNoWithdrawal() {
    byte[] revocation = new Revocation(DEPLOYMENT, Instant.EPOCH).sign(List.of(first)).bytes();
    byte[] authorisation =
        SampleAuthorisation.of(DeploymentClass.EXERCISE).sign(List.of(first)).bytes();
    assertThat(Withdrawal.check(revocation, trusted)).isEqualTo(new Ignored(Reason.MALFORMED));
    assertThat(Withdrawal.check(authorisation, trusted)).isEqualTo(new Ignored(Reason.MALFORMED));
  }

  @Test
  void everyFlippedBitIsIgnored() {
    byte[] document = signed();
    for (int bit = 0; bit < document.length * 8; bit++) {
      byte[] flipped = document.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(Withdrawal.check(flipped, trusted)).as("bit %d", bit).isInstanceOf(Ignored.class);
    }
  }

  @Test
  void everyTruncationIsIgnored() {
    byte[] document = signed();
    for (int length = 0; length < document.length; length++) {
      assertThat(Withdrawal.check(Arrays.copyOf(document, length), trusted))
          .as("%d bytes", length)
          .isEqualTo(new Ignored(Reason.MALFORMED));
    }
  }

  @Test
  void oneOfEightAuthoritiesIsNotTooLong() {
    List<AuthorityKey> eight =
        List.of(
            first,
            second,
            AuthorityKey.generate(),
            AuthorityKey.generate(),
            AuthorityKey.generate(),
            AuthorityKey.generate(),
            AuthorityKey.generate(),
            AuthorityKey.generate());
    byte[] document = withdrawal.sign(eight).bytes();
    assertThat(Withdrawal.check(document, eight.stream().map(AuthorityKey::publicKey).toList()))
        .isInstanceOf(Valid.class);
  }

  @Test
  void aSignedOneFulfilsThePublishedSchema() {
    assertThat(Schema.WITHDRAWAL.errorsIn(signed())).isEmpty();
    assertThat(Schema.WITHDRAWAL.errorsIn(withdrawal.sign(List.of(first, second)).bytes()))
        .isEmpty();
  }

  @Test
  void itsContentFulfilsWhatTheSchemaSaysOfThePayload() {
    Schema content =
        Schema.of(
            new JsonMapper()
                .readTree(Path.of("../../docs/contract/withdrawal.v1.schema.json"))
                .at("/$defs/withdrawal"));
    assertThat(content.errorsIn(withdrawal.sign(List.of(first)).payload())).isEmpty();
    assertThat(content.errorsIn("{\"deployment\":\"D-1\"}".getBytes(UTF_8))).isNotEmpty();
  }
}
