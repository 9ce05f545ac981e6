package org.sightline.edge.authorisation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sightline.edge.authorisation.Revocation.Check.Ignored;
import org.sightline.edge.authorisation.Revocation.Check.Valid;
import org.sightline.edge.authorisation.Revocation.Reason;
import org.sightline.edge.crypto.AuthorityKey;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.domain.DeploymentId;

class RevocationTest {
  private final AuthorityKey first = AuthorityKey.generate();
  private final AuthorityKey second = AuthorityKey.generate();
  private final List<AuthorityPublicKey> trusted = List.of(first.publicKey(), second.publicKey());
  private final Revocation revocation =
      new Revocation(new DeploymentId("D-1"), Instant.parse("2026-11-24T10:00:00Z"));

  @Test
  void oneTrustedAuthoritySuffices() {
    byte[] document = revocation.sign(List.of(first)).bytes();
    assertThat(Revocation.check(document, trusted))
        .isEqualTo(new Valid(revocation, first.publicKey().fingerprint(), Sha256.of(document)));
  }

  @Test
  void aStrangersIsIgnored() {
    assertThat(
            Revocation.check(revocation.sign(List.of(first)).bytes(), List.of(second.publicKey())))
        .isEqualTo(new Ignored(Reason.UNKNOWN_AUTHORITY));
  }

  @Test
  void aStrangersSignatureBesideAGoodOneSpoilsIt() {
    byte[] document = revocation.sign(List.of(first, AuthorityKey.generate())).bytes();
    assertThat(Revocation.check(document, trusted))
        .isEqualTo(new Ignored(Reason.UNKNOWN_AUTHORITY));
  }

  @Test
  void anAuthorisationIsNoRevocation() {
    byte[] other =
        SignedDocument.sign(
                "application/vnd.sightline.authorisation.v1+json", new byte[] {1}, List.of(first))
            .bytes();
    assertThat(Revocation.check(other, trusted)).isEqualTo(new Ignored(Reason.MALFORMED));
  }

  @Test
  void everyFlippedBitIsIgnored() {
    byte[] document = revocation.sign(List.of(first)).bytes();
    for (int bit = 0; bit < document.length * 8; bit++) {
      byte[] flipped = document.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(Revocation.check(flipped, trusted)).as("bit %d", bit).isInstanceOf(Ignored.class);
    }
  }

  @Test
  void everyTruncationIsIgnored() {
    byte[] document = revocation.sign(List.of(first)).bytes();
    for (int length = 0; length < document.length; length++) {
      assertThat(Revocation.check(Arrays.copyOf(document, length), trusted))
          .as("%d bytes", length)
          .isEqualTo(new Ignored(Reason.MALFORMED));
    }
  }
}
