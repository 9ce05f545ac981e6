package org.sightline.edge.authorisation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.testing.FuzzTarget;
import org.sightline.edge.testing.KnownKeys;

/** Of all there is, one withdrawal is accepted: the one that was signed. */
class WithdrawalFuzzTest extends FuzzTarget {
  private final AuthorityKey authority = KnownKeys.authority("first");
  private final byte[] signed =
      Withdrawal.of(
              UUID.fromString("0193a0b2-6f00-4c11-8d01-0123456789ab"),
              new DeploymentId("D-1"),
              Instant.parse("2026-11-24T10:00:00Z"),
              new Withdrawal.Content(new SubjectRef("S-0001"), "found"),
              KnownKeys.device("van").identity())
          .sign(List.of(authority))
          .bytes();

  @Override
  protected List<byte[]> seeds() {
    return List.of(
        signed,
        new Revocation(new DeploymentId("D-1"), Instant.EPOCH).sign(List.of(authority)).bytes());
  }

  @Override
  protected void take(byte[] input) {
    boolean accepted =
        Withdrawal.check(input, List.of(authority.publicKey())) instanceof Withdrawal.Check.Valid;
    assertThat(accepted).isEqualTo(Arrays.equals(input, signed));
  }
}
