package org.sightline.edge.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.AuthorisationStatus.Permitted;
import org.sightline.edge.authorisation.AuthorisationVerifier;
import org.sightline.edge.authorisation.DiscardReceipt;
import org.sightline.edge.authorisation.Ruling;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.SignedDocument.Reading;
import org.sightline.edge.publish.Schema;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.testing.KnownKeys;

/** What this version makes of an urgent authorisation, its rulings and the receipt as stored. */
class GoldenUrgentTest {
  private final AuthorityKey first = KnownKeys.authority("first");
  private final AuthorityKey second = KnownKeys.authority("second");
  private final List<AuthorityPublicKey> trusted = List.of(first.publicKey(), second.publicKey());
  private final DeviceKeys device = KnownKeys.device("van");

  @Test
  void oneSignaturePermitsALiveDeployment() throws Exception {
    AuthorisationVerifier verifier =
        new AuthorisationVerifier(
            trusted,
            device.identity().fingerprint(),
            Golden.VAN,
            InstantSource.fixed(Golden.START));
    assertThat(verifier.verify(Golden.bytes(GoldenUrgent.AUTHORISATION)))
        .isInstanceOfSatisfying(
            Permitted.class,
            permitted ->
                assertThat(permitted.authorisation().grounds().urgency())
                    .hasValue(GoldenUrgent.URGENCY));
  }

  @ParameterizedTest
  @ValueSource(strings = {GoldenUrgent.CONFIRMATION, GoldenUrgent.REFUSAL})
  void aRulingIsReadAsItWasSigned(String name) throws Exception {
    byte[] document = Golden.bytes(name);
    assertThat(Ruling.check(document, trusted))
        .isEqualTo(
            new Ruling.Check.Valid(
                new Ruling(
                    name.equals(GoldenUrgent.REFUSAL) ? Ruling.Word.REFUSED : Ruling.Word.CONFIRMED,
                    Golden.DEPLOYMENT,
                    Sha256.of(Golden.bytes(GoldenUrgent.AUTHORISATION)),
                    Golden.REVOKED),
                Set.of(second.publicKey().fingerprint()),
                Sha256.of(document)));
  }

  @Test
  void theReceiptIsReadAsItWasSigned() throws Exception {
    assertThat(DiscardReceipt.read(Golden.bytes(GoldenUrgent.RECEIPT), device.identity()))
        .hasValueSatisfying(
            receipt ->
                assertThat(receipt.discarded())
                    .isEqualTo(new DiscardReceipt.Counts(3, 1, 2, 1, 0)));
  }

  @Test
  void theReceiptOfAnotherDeviceIsNone() throws Exception {
    assertThat(
            DiscardReceipt.read(
                Golden.bytes(GoldenUrgent.RECEIPT), DeviceKeys.generate().identity()))
        .isEmpty();
  }

  @Test
  void eachFulfilsItsPublishedSchema() throws Exception {
    assertThat(Schema.RULING.errorsIn(Golden.bytes(GoldenUrgent.CONFIRMATION))).isEmpty();
    assertThat(Schema.RULING.errorsIn(Golden.bytes(GoldenUrgent.REFUSAL))).isEmpty();
    assertThat(Schema.DISCARD_RECEIPT.errorsIn(Golden.bytes(GoldenUrgent.RECEIPT))).isEmpty();
  }

  @Test
  void noByteOfTheAuthorisationCanBeAnotherOrMissing() throws Exception {
    spoilt(
        GoldenUrgent.AUTHORISATION,
        document ->
            assertThat(Authorisation.readSigned(document, trusted))
                .isNotInstanceOf(Reading.Signed.class));
  }

  @ParameterizedTest
  @ValueSource(strings = {GoldenUrgent.CONFIRMATION, GoldenUrgent.REFUSAL})
  void noByteOfARulingCanBeAnotherOrMissing(String name) throws Exception {
    spoilt(
        name,
        document ->
            assertThat(Ruling.check(document, trusted)).isInstanceOf(Ruling.Check.Ignored.class));
  }

  @Test
  void noByteOfTheReceiptCanBeAnotherOrMissing() throws Exception {
    spoilt(
        GoldenUrgent.RECEIPT,
        document -> assertThat(DiscardReceipt.read(document, device.identity())).isEmpty());
  }

  /** Every flipped bit, and every cut. */
  private static void spoilt(String name, Consumer<byte[]> check) throws Exception {
    byte[] document = Golden.bytes(name);
    for (int bit = 0; bit < document.length * 8; bit++) {
      byte[] flipped = document.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      check.accept(flipped);
    }
    for (int length = 0; length < document.length; length++) {
      check.accept(Arrays.copyOf(document, length));
    }
  }
}
