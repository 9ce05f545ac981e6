package org.sightline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.AuthorisationStatus;
import org.sightline.edge.authorisation.AuthorisationStatus.Permitted;
import org.sightline.edge.authorisation.AuthorisationVerifier;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.signing.BundleWriter;
import org.sightline.edge.testing.SampleAuthorisation;
import org.sightline.edge.watchlist.BundleExpectations;
import org.sightline.edge.watchlist.BundleTerms;
import org.sightline.edge.watchlist.EntryTerms;
import org.sightline.edge.watchlist.WatchlistBundle;

/** A whole chain of trust for one exercise: device, authority, list, authorisation. */
class ThrowAwayDeploymentTest {
  private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
  private static final Instant END = NOW.plus(Duration.ofHours(1));
  private static final DeploymentId DEPLOYMENT = new DeploymentId("exercise-1");
  private static final VanId VAN = new VanId("van-1");
  private static final String PACK = "retail-0095";

  @Test
  void anExerciseIsAuthorisedAndItsListOpens(@TempDir Path folder) throws Exception {
    DeviceKeys device = DeviceKeys.generate();
    AuthorityKey authority = AuthorityKey.generate();

    Path bundle = folder.resolve("list.bundle");
    BundleTerms terms = new BundleTerms(DEPLOYMENT, PACK, 1, 2, 1, NOW, END);
    Sha256 digest;
    try (BundleWriter writer =
        BundleWriter.create(bundle, terms, device.identity(), List.of(authority))) {
      writer.add(
          new WatchlistEntry(
              new SubjectRef("S-0001"),
              "exercise",
              List.of(Template.normalised(PACK, new float[] {1, 2})),
              new Jpeg(new byte[] {1, 2, 3})),
          new EntryTerms(terms.lastDay(), false));
      digest = writer.finish();
    }
    byte[] authorisation =
        new SampleAuthorisation()
            .deployment(DEPLOYMENT)
            .van(VAN)
            .device(device.identity().fingerprint())
            .start(NOW)
            .end(END)
            .list(digest)
            .build()
            .sign(List.of(authority))
            .bytes();

    AuthorisationStatus status =
        new AuthorisationVerifier(
                List.of(authority.publicKey()),
                device.identity().fingerprint(),
                VAN,
                InstantSource.fixed(NOW))
            .verify(authorisation)
            .withModelPack(PACK, false);
    assertThat(status).isInstanceOf(Permitted.class);
    Authorisation permitted = ((Permitted) status).authorisation();

    List<SubjectRef> listed = new ArrayList<>();
    try (WatchlistBundle list =
        WatchlistBundle.open(
            bundle,
            device,
            List.of(authority.publicKey()),
            new BundleExpectations(
                permitted.deployment(),
                permitted.list().digest(),
                PACK,
                1,
                NOW,
                permitted.period().start(),
                permitted.list().maximumAge(),
                1))) {
      list.forEach(entry -> listed.add(entry.subject()));
    }
    assertThat(listed).containsExactly(new SubjectRef("S-0001"));
  }
}
