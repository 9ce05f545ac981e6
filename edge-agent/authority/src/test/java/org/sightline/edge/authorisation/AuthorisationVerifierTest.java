package org.sightline.edge.authorisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.sightline.edge.testing.SampleAuthorisation.DEVICE;
import static org.sightline.edge.testing.SampleAuthorisation.DURING;
import static org.sightline.edge.testing.SampleAuthorisation.END;
import static org.sightline.edge.testing.SampleAuthorisation.START;
import static org.sightline.edge.testing.SampleAuthorisation.VAN;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.authorisation.AuthorisationStatus.Pending;
import org.sightline.edge.authorisation.AuthorisationStatus.Permitted;
import org.sightline.edge.authorisation.AuthorisationStatus.Refused;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.testing.Endurance;
import org.sightline.edge.testing.SampleAuthorisation;

class AuthorisationVerifierTest {

  private final AuthorityKey first = AuthorityKey.generate();
  private final AuthorityKey second = AuthorityKey.generate();
  private final Authorisation exercise = SampleAuthorisation.of(DeploymentClass.EXERCISE);
  private final Authorisation live = SampleAuthorisation.of(DeploymentClass.LIVE);

  @TempDir private Path folder;

  @Test
  void anExerciseSignedByOneAuthorityIsPermittedUntilItsEnd() {
    assertThat(verify(signed(exercise, first))).isEqualTo(new Permitted(exercise, END));
  }

  @Test
  void aLiveDeploymentSignedByTwoAuthoritiesIsPermittedUntilItsEnd() {
    assertThat(verify(signed(live, first, second))).isEqualTo(new Permitted(live, END));
  }

  @Test
  void aLiveDeploymentSignedByOneAuthorityIsRefused() {
    assertThat(verify(signed(live, first)))
        .isEqualTo(new Refused(new Refusal.TooFewSignatures(1, 2)));
  }

  @Test
  void aLiveDeploymentSignedTwiceByOneAuthorityIsRefused() {
    String once = new String(signed(live, first), StandardCharsets.UTF_8);
    String signature = once.substring(once.indexOf("[") + 1, once.lastIndexOf("]"));
    String twice = once.replace(signature, signature + "," + signature);
    assertThat(verify(twice.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new Refused(new Refusal.Malformed()));
  }

  @Test
  void anAuthorityThatIsNotTrustedHereIsRefused() {
    AuthorityKey stranger = AuthorityKey.generate();
    assertThat(verify(signed(exercise, stranger)))
        .isEqualTo(new Refused(new Refusal.UnknownAuthority(stranger.publicKey().fingerprint())));
  }

  @Test
  void aChangedWordIsRefused() {
    SignedDocument document = exercise.sign(List.of(first));
    String payload = new String(document.payload(), StandardCharsets.UTF_8);
    String changed = payload.replace("High Street", "Sly Street ");
    String file = new String(document.bytes(), StandardCharsets.UTF_8);
    assertThat(
            verify(file.replace(base64(payload), base64(changed)).getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new Refused(new Refusal.BadSignature(first.publicKey().fingerprint())));
  }

  @Test
  void anotherDeviceIsRefused() {
    Sha256 other = Sha256.of(new byte[] {2});
    assertThat(
            new AuthorisationVerifier(List.of(first.publicKey()), other, VAN, at(DURING))
                .verify(signed(exercise, first)))
        .isEqualTo(new Refused(new Refusal.OtherDevice(DEVICE, other)));
  }

  @Test
  void anotherVanIsRefused() {
    VanId other = new VanId("van-8");
    assertThat(
            new AuthorisationVerifier(List.of(first.publicKey()), DEVICE, other, at(DURING))
                .verify(signed(exercise, first)))
        .isEqualTo(new Refused(new Refusal.OtherVan(VAN, other)));
  }

  @Test
  void itBeginsAtItsStartAndNotAMomentBefore() {
    byte[] file = signed(exercise, first);
    assertThat(verifier(START.minusNanos(1)).verify(file)).isEqualTo(new Pending(exercise, END));
    assertThat(verifier(START).verify(file)).isInstanceOf(Permitted.class);
  }

  @Test
  void itIsOverAtItsEndAndNotAMomentLater() {
    byte[] file = signed(exercise, first);
    assertThat(verifier(END.minusNanos(1)).verify(file)).isInstanceOf(Permitted.class);
    assertThat(verifier(END).verify(file)).isEqualTo(new Refused(new Refusal.Ended(END)));
  }

  @Test
  void anotherKindOfSignedDocumentIsRefused() {
    byte[] file =
        SignedDocument.sign("application/other", CanonicalJson.write(exercise), List.of(first))
            .bytes();
    assertThat(verify(file)).isEqualTo(new Refused(new Refusal.Malformed()));
  }

  @Test
  void aSignedPayloadThatIsNoAuthorisationIsRefused() {
    for (String payload :
        List.of(
            "",
            "null",
            "{}",
            "[]",
            text(exercise).replace("\"place\":", "\"plaice\":"),
            text(exercise).replace("\"place\":", "\"place\":\"twice\",\"place\":"),
            text(exercise).replace(END.toString(), START.toString()),
            text(exercise).replace("0.3", "\"0.3\""),
            text(exercise).replace("0.3", "3.0"),
            text(exercise).replace("exercise", "holiday"),
            "[".repeat(5000))) {
      byte[] file =
          SignedDocument.sign(
                  Authorisation.TYPE, payload.getBytes(StandardCharsets.UTF_8), List.of(first))
              .bytes();
      assertThat(verify(file)).as(payload).isEqualTo(new Refused(new Refusal.Malformed()));
    }
  }

  @Test
  void aRuleThatThisVersionDoesNotKnowIsRefusedByName() {
    for (String payload :
        List.of(
            text(exercise).replaceFirst("}$", ",\"noCapture\":[\"school\"]}"),
            text(exercise).replace("\"retention\"", "\"noCapture\":1,\"retention\""))) {
      assertThat(verify(signedAs(payload)))
          .isEqualTo(new Refused(new Refusal.NewerVersion("noCapture")));
    }
  }

  @Test
  void aMemberThatMayBeIgnoredIsSignedAndPassedOver() {
    String payload = text(exercise).replaceFirst("}$", ",\"_case\":{\"number\":1e3}}");
    assertThat(verify(signedAs(payload))).isEqualTo(new Permitted(exercise, END));
  }

  @Test
  void aMemberThatMayBeAbsentIsAbsentAndOthersAreMissed() {
    String without = text(exercise).replace(",\"controlRoom\":null", "");
    assertThat(without).isNotEqualTo(text(exercise));
    assertThat(verify(signedAs(without))).isEqualTo(new Permitted(exercise, END));
    assertThat(verify(signedAs(text(exercise).replace("\"thresholdFloor\":0.3,", ""))))
        .isEqualTo(new Refused(new Refusal.Malformed()));
  }

  private byte[] signedAs(String payload) {
    return SignedDocument.sign(
            Authorisation.TYPE, payload.getBytes(StandardCharsets.UTF_8), List.of(first))
        .bytes();
  }

  /** In an ordinary run every seventh, so that each bit of a byte has its turn. */
  @Test
  void everyFlippedBitIsRefused() {
    byte[] good = signed(live, first, second);
    for (int bit = 0; bit < good.length * 8; bit += Endurance.times(7, 1)) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(verify(bad))
          .as("bit " + bit)
          .isInstanceOfSatisfying(
              Refused.class,
              refused ->
                  assertThat(refused.refusal())
                      .isInstanceOfAny(
                          Refusal.Malformed.class,
                          Refusal.UnknownAuthority.class,
                          Refusal.BadSignature.class));
    }
  }

  @Test
  void everyCutIsRefused() {
    byte[] good = signed(live, first, second);
    for (int length = 0; length < good.length; length++) {
      assertThat(verify(Arrays.copyOf(good, length)))
          .isEqualTo(new Refused(new Refusal.Malformed()));
    }
  }

  @Test
  void aMissingFileIsRefused() {
    assertThat(verifier(DURING).verify(folder.resolve("none")))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.Unreadable.class));
  }

  @Test
  void aFileOfGreatLengthIsRefusedUnread() throws Exception {
    Path file = Files.write(folder.resolve("long"), new byte[DocumentFile.MAX_SIZE_BYTES + 1]);
    assertThat(verifier(DURING).verify(file))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.refusal().line()).contains("longer than"));
  }

  @Test
  void aPackForExercisesIsRefusedForALiveDeployment() {
    assertThat(verify(signed(live, first, second)).withModelPack("built-in", true))
        .isEqualTo(new Refused(new Refusal.PackForExercisesOnly("built-in")));
    assertThat(verify(signed(live, first, second)).withModelPack("retail-0095", false))
        .isInstanceOf(Permitted.class);
    assertThat(verify(signed(exercise, first)).withModelPack("built-in", true))
        .isInstanceOf(Permitted.class);
  }

  @Test
  void aBrokerThatDoesNotKnowTheVanByACertificateIsRefusedForALiveDeployment() {
    assertThat(verify(signed(live, first, second)).withBroker(false))
        .isEqualTo(new Refused(new Refusal.BrokerForExercisesOnly()));
    assertThat(verify(signed(live, first, second)).withBroker(true)).isInstanceOf(Permitted.class);
    assertThat(verify(signed(exercise, first)).withBroker(false)).isInstanceOf(Permitted.class);
  }

  @Test
  void aRecordingIsRefusedForALiveDeployment() {
    assertThat(verify(signed(live, first, second)).withSources(false))
        .isEqualTo(new Refused(new Refusal.RecordingForExercisesOnly()));
    assertThat(verify(signed(live, first, second)).withSources(true)).isInstanceOf(Permitted.class);
    assertThat(verify(signed(exercise, first)).withSources(false)).isInstanceOf(Permitted.class);
  }

  @Test
  void anAuthorisationThatEndsBeforeItStartsCannotBeMade() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SampleAuthorisation().end(START).build())
        .withMessageContaining("starts before it ends");
  }

  private AuthorisationStatus verify(byte[] file) {
    return verifier(DURING).verify(file);
  }

  private AuthorisationVerifier verifier(Instant now) {
    return new AuthorisationVerifier(
        List.of(first.publicKey(), second.publicKey()), DEVICE, VAN, at(now));
  }

  private static InstantSource at(Instant now) {
    return InstantSource.fixed(now);
  }

  private static byte[] signed(Authorisation authorisation, AuthorityKey... authorities) {
    return authorisation.sign(List.of(authorities)).bytes();
  }

  private static String text(Authorisation authorisation) {
    return new String(CanonicalJson.write(authorisation), StandardCharsets.UTF_8);
  }

  private static String base64(String text) {
    return java.util.Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
