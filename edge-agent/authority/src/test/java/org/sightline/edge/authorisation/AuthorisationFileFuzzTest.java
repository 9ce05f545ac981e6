package org.sightline.edge.authorisation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.sightline.edge.authorisation.AuthorisationStatus.Permitted;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.testing.FuzzTarget;
import org.sightline.edge.testing.KnownKeys;
import org.sightline.edge.testing.SampleAuthorisation;

/** Nothing permits capture but the very file that was signed. */
class AuthorisationFileFuzzTest extends FuzzTarget {
  private final AuthorityKey first = KnownKeys.authority("first");
  private final AuthorityKey second = KnownKeys.authority("second");
  private final byte[] live =
      SampleAuthorisation.of(DeploymentClass.LIVE).sign(List.of(first, second)).bytes();
  private final byte[] liveByOne =
      SampleAuthorisation.of(DeploymentClass.LIVE).sign(List.of(first)).bytes();
  private final AuthorisationVerifier verifier =
      new AuthorisationVerifier(
          List.of(first.publicKey(), second.publicKey()),
          SampleAuthorisation.DEVICE,
          SampleAuthorisation.VAN,
          InstantSource.fixed(SampleAuthorisation.DURING));

  @Override
  protected List<byte[]> seeds() {
    return List.of(live, liveByOne);
  }

  @Override
  protected void take(byte[] input) {
    assertThat(verifier.verify(input) instanceof Permitted).isEqualTo(Arrays.equals(input, live));
  }
}
