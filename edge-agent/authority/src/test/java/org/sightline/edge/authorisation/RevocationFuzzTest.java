package org.sightline.edge.authorisation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.testing.FuzzTarget;
import org.sightline.edge.testing.KnownKeys;
import org.sightline.edge.testing.SampleAuthorisation;

/** Of all there is, one revocation is accepted: the one that was signed. */
class RevocationFuzzTest extends FuzzTarget {
  private final AuthorityKey authority = KnownKeys.authority("first");
  private final byte[] signed =
      new Revocation(new DeploymentId("D-1"), Instant.parse("2026-11-24T10:00:00Z"))
          .sign(List.of(authority))
          .bytes();

  @Override
  protected List<byte[]> seeds() {
    return List.of(
        signed, SampleAuthorisation.of(DeploymentClass.EXERCISE).sign(List.of(authority)).bytes());
  }

  @Override
  protected void take(byte[] input) {
    boolean accepted =
        Revocation.check(input, List.of(authority.publicKey())) instanceof Revocation.Check.Valid;
    assertThat(accepted).isEqualTo(Arrays.equals(input, signed));
  }
}
