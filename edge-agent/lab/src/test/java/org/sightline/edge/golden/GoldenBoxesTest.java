package org.sightline.edge.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sightline.edge.audit.SignedRecord;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.AuthorisationStatus;
import org.sightline.edge.authorisation.AuthorisationVerifier;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.SignedDocument.Reading;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.oversight.MergedFile;
import org.sightline.edge.oversight.MergedRecord;
import org.sightline.edge.testing.KnownKeys;
import org.sightline.edge.watchlist.BundleExpectations;
import org.sightline.edge.watchlist.WatchlistBundle;

/** What was written once of a deployment of several boxes is read for ever. */
class GoldenBoxesTest {
  private final List<AuthorityPublicKey> trusted =
      List.of(KnownKeys.authority("first").publicKey());

  private AuthorisationStatus authorised(DeviceKeys device, VanId van) {
    return new AuthorisationVerifier(
            trusted, device.identity().fingerprint(), van, InstantSource.fixed(Golden.START))
        .verify(Golden.file(GoldenBoxes.AUTHORISATION));
  }

  @Test
  void oneAuthorisationPermitsEachOfItsBoxesWithItsOwnCameras() {
    Authorisation first = authorised(GoldenBoxes.FIRST, Golden.VAN).authorised().orElseThrow();
    Authorisation second =
        authorised(GoldenBoxes.SECOND, GoldenBoxes.OTHER.van()).authorised().orElseThrow();

    assertThat(first.site().cameras()).isEmpty();
    assertThat(second.site().cameras()).isEqualTo(GoldenBoxes.OTHER.cameras());
    assertThat(second.site().boxes()).hasSize(2);
  }

  @Test
  void aBoxThatIsNotNamedIsRefusedByName() {
    assertThat(authorised(KnownKeys.device("third van"), Golden.VAN).toString())
        .contains("NoneOfItsDevices");
  }

  @Test
  void oneListOpensOnEachOfItsBoxes() throws Exception {
    Path file = Golden.file(GoldenBoxes.LIST);
    BundleExpectations expected =
        new BundleExpectations(
            Golden.DEPLOYMENT,
            Sha256.ofFile(file),
            "sample-pack",
            2,
            Golden.START,
            Golden.START,
            Duration.ofHours(24),
            1);
    for (DeviceKeys device : List.of(GoldenBoxes.FIRST, GoldenBoxes.SECOND)) {
      List<WatchlistEntry> entries = new ArrayList<>();
      try (WatchlistBundle bundle = WatchlistBundle.open(file, device, trusted, expected)) {
        bundle.forEach(entries::add);
      }
      assertThat(entries).hasSize(2);
    }
  }

  @Test
  void theRecordOfABoxThatWasPausedIsRead() throws Exception {
    assertThat(SignedRecord.read(Golden.bytes(GoldenBoxes.PAUSED), GoldenBoxes.FIRST.identity()))
        .isInstanceOfSatisfying(
            Reading.Signed.class,
            signed ->
                assertThat(
                        ((SignedRecord) signed.content())
                            .record()
                            .required("time")
                            .required("pausedSeconds")
                            .asInt())
                    .isEqualTo(2400));
  }

  private static MergedRecord merged() throws SightlineException {
    return MergedFile.verify(
            Golden.file(GoldenBoxes.MERGED),
            List.of(GoldenBoxes.FIRST.identity(), GoldenBoxes.SECOND.identity()))
        .record();
  }

  @Test
  void aMergedRecordIsVerifiedAndComputedAgain() throws Exception {
    MergedRecord record = merged();

    assertThat(record.total().counts().facesSeen()).isEqualTo(65);
    assertThat(record.total().counts().alerts()).isEqualTo(6);
    assertThat(record.total().time().captureSeconds()).isEqualTo(26_400);
    assertThat(record.total().time().pausedSeconds()).isEqualTo(2400);
  }

  @Test
  void theBoxesOfAMergedRecordAreThoseOfItsParts() throws Exception {
    assertThat(merged().boxes())
        .extracting(MergedRecord.Box::van, MergedRecord.Box::device)
        .containsExactly(
            tuple("van-7", GoldenBoxes.FIRST.identity().fingerprint().hex()),
            tuple("van-8", GoldenBoxes.SECOND.identity().fingerprint().hex()));
    assertThat(merged().boxes().get(0).part())
        .isEqualTo(Sha256.of(Golden.bytes(GoldenBoxes.PAUSED)).hex());
  }
}
