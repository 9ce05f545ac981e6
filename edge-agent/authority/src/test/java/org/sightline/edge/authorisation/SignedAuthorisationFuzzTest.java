package org.sightline.edge.authorisation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import org.sightline.edge.authorisation.AuthorisationStatus.Permitted;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.testing.FuzzTarget;
import org.sightline.edge.testing.KnownKeys;
import org.sightline.edge.testing.SampleAuthorisation;

/** Whatever an authority signs, capture is permitted only here, now, and by well-formed terms. */
class SignedAuthorisationFuzzTest extends FuzzTarget {
  private final AuthorityKey authority = KnownKeys.authority("first");
  private final AuthorisationVerifier verifier =
      new AuthorisationVerifier(
          List.of(authority.publicKey()),
          SampleAuthorisation.DEVICE,
          SampleAuthorisation.VAN,
          InstantSource.fixed(SampleAuthorisation.DURING));

  @Override
  protected List<byte[]> seeds() {
    return List.of(
        CanonicalJson.write(SampleAuthorisation.of(DeploymentClass.EXERCISE)),
        CanonicalJson.write(SampleAuthorisation.of(DeploymentClass.LIVE)));
  }

  @Override
  protected void take(byte[] input) {
    byte[] file = SignedDocument.sign(Authorisation.TYPE, input, List.of(authority)).bytes();
    if (verifier.verify(file) instanceof Permitted permitted) {
      Authorisation authorisation = permitted.authorisation();
      assertThat(authorisation.deploymentClass()).isEqualTo(DeploymentClass.EXERCISE);
      assertThat(authorisation.site().device()).isEqualTo(SampleAuthorisation.DEVICE);
      assertThat(authorisation.site().van()).isEqualTo(SampleAuthorisation.VAN);
      assertThat(permitted.until())
          .isEqualTo(authorisation.period().end())
          .isAfter(SampleAuthorisation.DURING);
    }
  }
}
