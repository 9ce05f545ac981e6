package org.sightline.edge.authorisation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.sightline.edge.testing.SampleAuthorisation.DEVICE;
import static org.sightline.edge.testing.SampleAuthorisation.DURING;
import static org.sightline.edge.testing.SampleAuthorisation.END;
import static org.sightline.edge.testing.SampleAuthorisation.VAN;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sightline.edge.authorisation.AuthorisationStatus.Permitted;
import org.sightline.edge.authorisation.AuthorisationStatus.Refused;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.crypto.SignedDocument.Reading;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Place;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.testing.SampleAuthorisation;
import org.sightline.edge.testing.SampleCameras;

/** An authorisation that names its cameras, one of them with a zone. */
class AuthorisedCamerasTest {
  private final AuthorityKey authority = AuthorityKey.generate();
  private final Authorisation authorisation =
      new SampleAuthorisation()
          .cameras(
              SampleCameras.within(SampleCameras.LEFT_HALF, SampleCameras.live("mast-1")),
              SampleCameras.recorded("clip"))
          .build();

  /** What an authorisation was before it could name cameras. */
  private record Before(
      DeploymentId deployment,
      DeploymentClass deploymentClass,
      VanId van,
      Sha256 device,
      String officer,
      String purpose,
      String legalBasis,
      Place place,
      Instant start,
      Instant end,
      Sha256 watchlistDigest,
      double thresholdFloor,
      double maximumFalseAlertsPer1000Faces,
      Duration maximumListAge,
      AlertTerms alerts,
      String publicNotice) {}

  private byte[] signed() {
    return authorisation.sign(List.of(authority)).bytes();
  }

  private AuthorisationStatus verify(byte[] file) {
    return new AuthorisationVerifier(
            List.of(authority.publicKey()), DEVICE, VAN, InstantSource.fixed(DURING))
        .verify(file);
  }

  private AuthorisationStatus verify(String payload) {
    return verify(
        SignedDocument.sign(Authorisation.TYPE, payload.getBytes(UTF_8), List.of(authority))
            .bytes());
  }

  private String text() {
    return new String(CanonicalJson.write(authorisation), UTF_8);
  }

  @Test
  void theCamerasAndTheirZonesAreThoseThatWereSigned() {
    assertThat(verify(signed())).isEqualTo(new Permitted(authorisation, END));
  }

  @Test
  void aCameraHasItsZoneAndAnotherHasNone() {
    assertThat(authorisation.site().zone(new CameraId("mast-1"))).hasValue(SampleCameras.LEFT_HALF);
    assertThat(authorisation.site().zone(new CameraId("clip"))).isEmpty();
    assertThat(authorisation.site().zone(new CameraId("mast-2"))).isEmpty();
  }

  @Test
  void itSaysSoInWords() {
    assertThat(authorisation.permitLines())
        .containsExactly(
            "camera mast-1, live, within a zone of 4 corners: 50.0 % of its view",
            "camera clip, recorded");
  }

  @Test
  void anAuthorisationWithoutCamerasIsWrittenWithoutThem() {
    assertThat(CanonicalJson.write(SampleAuthorisation.of(DeploymentClass.EXERCISE)))
        .asString(UTF_8)
        .doesNotContain("cameras");
  }

  @Test
  void aVersionThatDoesNotKnowCamerasRefusesThemByName() {
    assertThat(
            SignedDocument.read(
                signed(), Authorisation.TYPE, Before.class, List.of(authority.publicKey())))
        .isEqualTo(new Reading.Newer<>("cameras"));
  }

  @Test
  void aVersionThatDoesNotKnowUrgencyRefusesItByName() {
    byte[] urgent =
        new SampleAuthorisation()
            .urgent("a child was taken", Instant.EPOCH)
            .build()
            .sign(List.of(authority))
            .bytes();
    assertThat(
            SignedDocument.read(
                urgent, Authorisation.TYPE, Before.class, List.of(authority.publicKey())))
        .isEqualTo(new Reading.Newer<>("urgent"));
  }

  @Test
  void aVersionThatDoesNotKnowCamerasReadsAnAuthorisationWithoutThem() {
    byte[] without =
        SampleAuthorisation.of(DeploymentClass.EXERCISE).sign(List.of(authority)).bytes();
    assertThat(
            SignedDocument.read(
                without, Authorisation.TYPE, Before.class, List.of(authority.publicKey())))
        .isInstanceOf(Reading.Signed.class);
  }

  @Test
  void everyFlippedBitIsRefused() {
    byte[] good = signed();
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(verify(bad)).as("bit " + bit).isInstanceOf(Refused.class);
    }
  }

  @Test
  void everyCutIsRefused() {
    byte[] good = signed();
    for (int length = 0; length < good.length; length++) {
      assertThat(verify(Arrays.copyOf(good, length))).isInstanceOf(Refused.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"x\":0.5,\"y\":0.0} | {\"x\":1.5,\"y\":0.0}",
        "{\"x\":0.5,\"y\":0.0} | {\"x\":0.0,\"y\":1.0}",
        "{\"x\":0.5,\"y\":0.0} | {\"x\":\"0.5\",\"y\":0.0}",
        "{\"x\":0.5,\"y\":0.0} | {\"x\":0.5}",
        "{\"x\":0.5,\"y\":0.0} | null",
        "\"live\" | \"lively\"",
        "\"clip\" | \"mast-1\"",
        "\"clip\" | \"Mast 1\"",
      })
  void whatIsSignedAndMakesNoCamerasIsRefused(String good, String bad) {
    assertThat(text()).contains(good);
    assertThat(verify(text().replace(good, bad))).isEqualTo(new Refused(new Refusal.Malformed()));
  }

  @Test
  void aRuleAboutACameraThatThisVersionDoesNotKnowIsRefusedByName() {
    assertThat(verify(text().replace("\"corners\"", "\"smallestFace\":80,\"corners\"")))
        .isEqualTo(new Refused(new Refusal.NewerVersion("smallestFace")));
  }

  @Test
  void aLiveDeploymentNamesNoRecordings() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new SampleAuthorisation()
                    .deploymentClass(DeploymentClass.LIVE)
                    .cameras(SampleCameras.live("mast-1"), SampleCameras.recorded("clip"))
                    .build())
        .withMessageContaining("cameras, not recordings");
  }

  @Test
  void aCameraIsNamedOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new SampleAuthorisation()
                    .cameras(SampleCameras.live("mast-1"), SampleCameras.recorded("mast-1"))
                    .build())
        .withMessageContaining("each camera once");
  }

  @Test
  void thereAreNoneOrUpTo16() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SampleAuthorisation().cameras().build())
        .withMessageContaining("1 to 16 cameras");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new SampleAuthorisation()
                    .cameras(
                        IntStream.range(0, 17)
                            .mapToObj(i -> SampleCameras.live("mast-" + i))
                            .toArray(AuthorisedCamera[]::new))
                    .build())
        .withMessageContaining("1 to 16 cameras");
  }
}
