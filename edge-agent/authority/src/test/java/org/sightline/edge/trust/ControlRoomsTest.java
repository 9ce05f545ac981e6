package org.sightline.edge.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.trust.TrustedKeys.Applied;

/** Which control room holds where an authorisation names one, by what authorities have signed. */
class ControlRoomsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofHours(12));
  private static final Sha256 DEVICE = Sha256.of(new byte[] {1});

  private final AuthorityKey a = AuthorityKey.generate();
  private final AuthorityKey b = AuthorityKey.generate();
  private final AuthorityKey c = AuthorityKey.generate();
  private final AuthorityKey d = AuthorityKey.generate();
  private final List<AuthorityPublicKey> settings =
      List.of(a.publicKey(), b.publicKey(), c.publicKey(), d.publicKey());

  /** The one that the authorisation names. */
  private final ControlRoomIdentity room = ControlRoomKeys.generate().identity();

  private final ControlRoomIdentity other = ControlRoomKeys.generate().identity();
  private final ControlRoomIdentity third = ControlRoomKeys.generate().identity();
  private final List<Applied> applied = new ArrayList<>();

  private TrustedKeys keys() {
    return TrustedKeys.of(settings, applied);
  }

  private Optional<ControlRoomIdentity> holder(Instant now) {
    return keys().rooms().holder(room, now);
  }

  private List<ControlRoomIdentity> signers(Instant now) {
    return keys().rooms().signers(room, now);
  }

  private static TrustStatement made(Instant created, TrustStatement.Act act) {
    return new TrustStatement(UUID.randomUUID(), List.of(DEVICE), created, act);
  }

  private Optional<TrustRefusal> objection(TrustStatement statement, AuthorityKey... by) {
    Set<Sha256> signers =
        List.of(by).stream().map(key -> key.publicKey().fingerprint()).collect(Collectors.toSet());
    return keys().objection(statement, signers, DEVICE, NOW);
  }

  /** Applies what nothing is said against. */
  private void apply(TrustStatement statement, AuthorityKey... by) {
    assertThat(objection(statement, by)).isEmpty();
    applied.add(
        new Applied(statement, statement.sign(List.of(by)), by[0].publicKey().fingerprint(), NOW));
  }

  private void apply(TrustStatement.Act act) {
    apply(made(NOW, act), a, b);
  }

  private RoomAct.Name otherUntil(Instant until) {
    return new RoomAct.Name(room, other, "Night desk", Optional.empty(), Optional.of(until));
  }

  private RoomAct.Replace replaced(ControlRoomIdentity old, ControlRoomIdentity by) {
    return new RoomAct.Replace(old, by, "Northern room", Optional.empty());
  }

  private static RoomAct.Revoke revoked(ControlRoomIdentity which) {
    return new RoomAct.Revoke(which, "stolen");
  }

  // What is authorised.

  @Test
  void theRoomThatIsAuthorisedHoldsWhereNoStatementIsAboutIt() {
    apply(replaced(other, third));
    assertThat(holder(NOW)).contains(room);
    assertThat(signers(NOW)).containsExactly(room);
  }

  @Test
  void aRoomThatNoAuthorisationNamesHoldsNowhereByItsNaming() {
    apply(otherUntil(LATER));
    assertThat(keys().rooms().holder(third, NOW)).contains(third);
  }

  // Naming.

  @Test
  void aRoomThatWasNamedHoldsForItsTimeAndThenTheOtherAgain() {
    apply(otherUntil(LATER));
    assertThat(holder(LATER.minusMillis(1))).contains(other);
    assertThat(holder(LATER)).contains(room);
  }

  @Test
  void aRoomThatWasNamedFromLaterOnDoesNotHoldBefore() {
    apply(new RoomAct.Name(room, other, "Night", Optional.of(LATER), Optional.empty()));
    assertThat(holder(NOW)).contains(room);
    assertThat(holder(LATER)).contains(other);
  }

  @Test
  void meanwhileTheOutcomesOfBothCountAndAfterwardsThoseOfTheOneAlone() {
    apply(otherUntil(LATER));
    assertThat(signers(NOW)).containsExactly(other, room);
    assertThat(signers(LATER)).containsExactly(room);
  }

  @Test
  void ofTwoNamingsTheOneMadeLaterHolds() {
    apply(otherUntil(LATER));
    apply(
        made(
            NOW.plusSeconds(1),
            new RoomAct.Name(room, third, "Day desk", Optional.empty(), Optional.empty())),
        a,
        b);
    assertThat(holder(NOW)).contains(third);
  }

  @Test
  void anOlderNamingThatComesLaterChangesNothing() {
    apply(made(NOW.plusSeconds(1), otherUntil(LATER)), a, b);
    assertThat(objection(made(NOW, otherUntil(LATER.plusSeconds(1))), a, b))
        .contains(TrustRefusal.OLDER);
  }

  @Test
  void aNamingOfTheFutureWaits() {
    assertThat(objection(made(LATER, otherUntil(LATER)), a, b)).contains(TrustRefusal.NOT_YET);
  }

  @Test
  void whatOnlyRevokedKeysHaveNamedHoldsNoMore() {
    apply(otherUntil(LATER));
    apply(made(NOW, new TrustStatement.Revoke(a.publicKey(), "stolen")), c, d);
    applied.add(applied(new TrustStatement.Revoke(b.publicKey(), "stolen")));
    assertThat(holder(NOW)).contains(room);
  }

  private Applied applied(TrustStatement.Act act) {
    TrustStatement statement = made(NOW, act);
    return new Applied(statement, statement.sign(List.of(c, d)), c.publicKey().fingerprint(), NOW);
  }

  @Test
  void whatIsOlderThanANamingByRevokedKeysChangesNothingWheneverItComes() {
    apply(made(NOW.plusSeconds(1), otherUntil(LATER)), a, b);
    apply(made(NOW, new TrustStatement.Revoke(a.publicKey(), "stolen")), c, d);
    applied.add(applied(new TrustStatement.Revoke(b.publicKey(), "stolen")));
    assertThat(
            objection(
                made(
                    NOW,
                    new RoomAct.Name(room, third, "Day desk", Optional.empty(), Optional.empty())),
                c,
                d))
        .contains(TrustRefusal.OLDER);
    assertThat(holder(NOW)).contains(room);
  }

  // Replacing.

  @Test
  void aRoomThatTakesAPlaceHoldsInIt() {
    apply(replaced(room, other));
    assertThat(holder(NOW)).contains(other);
    assertThat(signers(NOW)).containsExactly(other);
  }

  @Test
  void aRoomIsReplacedFromTheMomentOn() {
    apply(new RoomAct.Replace(room, other, "Northern room", Optional.of(LATER)));
    assertThat(holder(NOW)).contains(room);
    assertThat(holder(LATER)).contains(other);
  }

  @Test
  void untilARoomIsReplacedAnotherMayStandInForIt() {
    apply(new RoomAct.Replace(room, other, "Northern room", Optional.of(LATER)));
    apply(new RoomAct.Name(room, third, "Night desk", Optional.empty(), Optional.empty()));
    assertThat(holder(NOW)).contains(third);
    assertThat(holder(LATER)).contains(other);
  }

  @Test
  void untilARoomIsReplacedItMayStandInForAnother() {
    apply(new RoomAct.Replace(other, third, "Northern room", Optional.of(LATER)));
    apply(new RoomAct.Name(room, other, "Night desk", Optional.empty(), Optional.empty()));
    assertThat(holder(NOW)).contains(other);
    assertThat(holder(LATER)).contains(third);
  }

  @Test
  void twoRoomsThatAreToBeReplacedLaterDoNotTakeEachOthersPlace() {
    apply(new RoomAct.Replace(room, other, "Northern room", Optional.of(LATER)));
    assertThat(objection(made(NOW, replaced(other, room)), a, b)).contains(TrustRefusal.ALREADY);
  }

  @Test
  void aPlaceIsHandedOnFromOneToTheNext() {
    apply(replaced(room, other));
    apply(replaced(other, third));
    assertThat(holder(NOW)).contains(third);
  }

  @Test
  void aReplacedRoomIsNotReplacedAgain() {
    apply(replaced(room, other));
    assertThat(objection(made(NOW, replaced(room, third)), a, b)).contains(TrustRefusal.GONE);
  }

  @Test
  void aReplacedRoomTakesNoPlace() {
    apply(replaced(room, other));
    assertThat(objection(made(NOW, replaced(other, room)), a, b)).contains(TrustRefusal.ALREADY);
  }

  @Test
  void aReplacementHoldsInWhateverOrderItComesWithANaming() {
    apply(made(NOW.plusSeconds(1), otherUntil(LATER)), a, b);
    apply(replaced(room, third));
    assertThat(holder(NOW)).contains(third);
    assertThat(objection(made(NOW.plusSeconds(2), otherUntil(LATER)), a, b))
        .contains(TrustRefusal.GONE);
  }

  @Test
  void aPlaceThatOnlyRevokedKeysHaveGivenIsNobodysUntilItIsGivenAgain() {
    apply(replaced(room, other));
    apply(made(NOW, new TrustStatement.Revoke(a.publicKey(), "stolen")), c, d);
    applied.add(applied(new TrustStatement.Revoke(b.publicKey(), "stolen")));
    assertThat(holder(NOW)).isEmpty();
    applied.add(applied(replaced(room, third)));
    assertThat(holder(NOW)).contains(third);
  }

  @Test
  void aRoomKeepsNoneOfItsKeysWhenItIsReplaced() {
    assertThatThrownBy(() -> replaced(room, room)).hasMessageContaining("no key in common");
  }

  // Revoking.

  @Test
  void aRevokedRoomGetsNothingAndNothingOfItCounts() {
    apply(revoked(room));
    assertThat(holder(NOW)).isEmpty();
    assertThat(signers(NOW)).isEmpty();
  }

  @Test
  void whatWaitsSealedForARevokedRoomDoesNotGoOut() {
    apply(revoked(room));
    assertThat(keys().rooms().mayHave(room.keyId(), NOW)).isFalse();
    assertThat(keys().rooms().mayHave(other.keyId(), NOW)).isTrue();
  }

  @Test
  void aRevokedRoomsPlaceIsTakenByAnother() {
    apply(revoked(room));
    apply(replaced(room, other));
    assertThat(holder(NOW)).contains(other);
    assertThat(signers(NOW)).containsExactly(other);
  }

  @Test
  void aStandInThatIsRevokedHoldsNoMore() {
    apply(otherUntil(LATER));
    apply(revoked(other));
    assertThat(holder(NOW)).contains(room);
    assertThat(signers(NOW)).containsExactly(room);
  }

  @Test
  void aRoomRevokedBeforeItWasNamedIsNotNamedAfterwards() {
    apply(revoked(other));
    assertThat(objection(made(NOW, otherUntil(LATER)), a, b)).contains(TrustRefusal.ALREADY);
    assertThat(objection(made(NOW, replaced(room, other)), a, b)).contains(TrustRefusal.ALREADY);
  }

  @Test
  void aRevocationHoldsWhateverClockItsSignerHas() {
    apply(made(LATER, revoked(room)), a, b);
    assertThat(holder(NOW)).isEmpty();
  }

  @Test
  void oneSignatureRevokesNoRoom() {
    assertThat(objection(made(NOW, revoked(room)), a)).contains(TrustRefusal.TOO_FEW_SIGNATURES);
  }

  @Test
  void aStatementForAnotherDeviceRevokesNoRoomHere() {
    TrustStatement elsewhere =
        new TrustStatement(
            UUID.randomUUID(), List.of(Sha256.of(new byte[] {2})), NOW, revoked(room));
    assertThat(objection(elsewhere, a, b)).contains(TrustRefusal.OTHER_DEVICE);
  }

  @Test
  void aRevocationOutlivesThoseWhoSignedIt() {
    apply(revoked(room));
    assertThat(
            TrustedKeys.of(List.of(c.publicKey(), d.publicKey()), applied)
                .rooms()
                .holder(room, NOW))
        .isEmpty();
  }
}
