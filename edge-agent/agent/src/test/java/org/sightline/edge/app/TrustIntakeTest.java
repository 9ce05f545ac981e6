package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.trust.TrustStatement;
import org.sightline.edge.trust.TrustStatement.Name;

/** What becomes of statements that arrive, whatever somebody makes of one that is genuine. */
class TrustIntakeTest {
  private static final AuthorityKey A = AuthorityKey.generate();
  private static final AuthorityKey B = AuthorityKey.generate();
  private static final AuthorityKey NAMED = AuthorityKey.generate();

  private final TrustIntake intake =
      new TrustIntake(
          document -> TrustStatement.claim(document, List.of(A.publicKey(), B.publicKey())));

  private static TrustStatement statement() {
    return new TrustStatement(
        UUID.randomUUID(),
        List.of(Sha256.of(new byte[] {1})),
        Instant.parse("2026-11-24T09:00:00Z"),
        new Name(NAMED.publicKey(), "North", Optional.empty(), Optional.empty()));
  }

  private static byte[] signed(TrustStatement statement, AuthorityKey... by) {
    return statement.sign(List.of(by)).bytes();
  }

  @Test
  void oneThatComesAgainWaitsOnce() {
    byte[] genuine = signed(statement(), A, B);
    intake.take(genuine);
    intake.take(genuine.clone());
    assertThat(intake.arrived()).containsExactly(genuine);
    intake.take(genuine);
    assertThat(intake.arrived()).isEmpty();
  }

  @Test
  void whatIsTooEarlyWaitsAgain() {
    byte[] genuine = signed(statement(), A, B);
    intake.take(genuine);
    intake.arrived();
    intake.again();
    assertThat(intake.arrived()).containsExactly(genuine);
  }

  @Test
  void oneThatNobodyWhoDecidesHasSignedIsIgnored() {
    intake.take(signed(statement(), NAMED, AuthorityKey.generate()));
    assertThat(intake.arrived()).isEmpty();
    assertThat(intake.ignored()).isEqualTo(1);
  }

  @Test
  void whoPutsOtherSignaturesBesideThoseOfOneStatementCrowdsOutNoOther() {
    TrustStatement known = statement();
    for (int i = 0; i < TrustIntake.MOST_WAITING + 1; i++) {
      intake.take(signed(known, A, AuthorityKey.generate()));
    }
    byte[] genuine = signed(statement(), A, B);
    intake.take(genuine);
    assertThat(intake.arrived())
        .hasSize(TrustIntake.MOST_IN_PART + 1)
        .anyMatch(each -> each == genuine);
  }

  @Test
  void theSameSaidByTheSameInAnotherOrderTakesNoSecondPlace() {
    TrustStatement known = statement();
    intake.take(signed(known, A, B));
    intake.take(signed(known, B, A));
    assertThat(intake.arrived()).hasSize(1);
  }

  @Test
  void oneWhoseSecondSignerIsNotKnownYetWaitsToo() {
    byte[] early = signed(statement(), A, NAMED);
    intake.take(early);
    assertThat(intake.arrived()).containsExactly(early);
  }
}
