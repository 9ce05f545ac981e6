package org.sightline.edge.trust;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.SignedDocument.Reading;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.trust.TrustStatement.Act;
import org.sightline.edge.trust.TrustStatement.Name;
import org.sightline.edge.trust.TrustStatement.Replace;
import org.sightline.edge.trust.TrustStatement.Revoke;
import org.sightline.edge.trust.TrustedKeys.Applied;

/** What statements come to: three authorities of the settings, and what they sign of others. */
class TrustedKeysTest {
  private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofDays(1));
  private static final Sha256 DEVICE = Sha256.of(new byte[] {1});

  private final AuthorityKey a = AuthorityKey.generate();
  private final AuthorityKey b = AuthorityKey.generate();
  private final AuthorityKey c = AuthorityKey.generate();
  private final AuthorityKey lent = AuthorityKey.generate();
  private final AuthorityKey successor = AuthorityKey.generate();

  private List<AuthorityPublicKey> settings = List.of(a.publicKey(), b.publicKey(), c.publicKey());
  private final List<Applied> applied = new ArrayList<>();

  private TrustedKeys keys() {
    return TrustedKeys.of(settings, applied);
  }

  private static TrustStatement statement(Instant created, Act act) {
    return new TrustStatement(UUID.randomUUID(), List.of(DEVICE), created, act);
  }

  private Optional<TrustRefusal> objection(
      TrustStatement statement, Instant now, AuthorityKey... by) {
    return keys().objection(statement, fingerprints(by), DEVICE, now);
  }

  private static Set<Sha256> fingerprints(AuthorityKey... keys) {
    return List.of(keys).stream()
        .map(key -> key.publicKey().fingerprint())
        .collect(Collectors.toSet());
  }

  /** Applies what nothing is said against. */
  private void apply(TrustStatement statement, Instant now, AuthorityKey... by) {
    assertThat(objection(statement, now, by)).isEmpty();
    applied.add(
        new Applied(statement, statement.sign(List.of(by)), by[0].publicKey().fingerprint(), now));
  }

  private Name lentUntil(Instant until) {
    return new Name(lent.publicKey(), "Northern force", Optional.empty(), Optional.of(until));
  }

  private static Replace replace(AuthorityKey old, AuthorityKey by) {
    return new Replace(old.publicKey(), by.publicKey(), "Supt 1234", Optional.empty());
  }

  private static Revoke revoke(AuthorityKey key) {
    return new Revoke(key.publicKey(), "stolen");
  }

  // Naming.

  @Test
  void aKeyThatWasNamedCountsForItsTime() {
    apply(statement(NOW, lentUntil(LATER)), NOW, a, b);
    assertThat(keys().authorities(NOW)).contains(lent.publicKey());
    assertThat(keys().authorities(LATER)).doesNotContain(lent.publicKey());
  }

  @Test
  void aKeyThatWasNamedFromLaterOnDoesNotCountBefore() {
    apply(
        statement(NOW, new Name(lent.publicKey(), "North", Optional.of(LATER), Optional.empty())),
        NOW,
        a,
        b);
    assertThat(keys().authorities(NOW)).doesNotContain(lent.publicKey());
    assertThat(keys().authorities(LATER)).contains(lent.publicKey());
  }

  @Test
  void aKeyThatWasNamedDecidesOnNoKeys() {
    apply(statement(NOW, lentUntil(LATER)), NOW, a, b);
    assertThat(keys().deciders(NOW)).containsExactlyElementsOf(settings);
  }

  @Test
  void oneSignatureNamesNobody() {
    assertThat(objection(statement(NOW, lentUntil(LATER)), NOW, a))
        .contains(TrustRefusal.TOO_FEW_SIGNATURES);
  }

  @Test
  void aStatementForAnotherDeviceNamesNobodyHere() {
    TrustStatement statement =
        new TrustStatement(
            UUID.randomUUID(), List.of(Sha256.of(new byte[] {2})), NOW, lentUntil(LATER));
    assertThat(objection(statement, NOW, a, b)).contains(TrustRefusal.OTHER_DEVICE);
  }

  @Test
  void ofTwoStatementsTheOneMadeLaterHolds() {
    apply(statement(NOW, lentUntil(LATER.plusSeconds(1))), NOW, a, b);
    apply(statement(NOW.plusSeconds(1), lentUntil(LATER)), NOW, a, b);
    assertThat(keys().authorities(LATER)).doesNotContain(lent.publicKey());
  }

  @Test
  void oneMadeEarlierThatComesLaterChangesNothing() {
    apply(statement(NOW.plusSeconds(1), lentUntil(LATER)), NOW, a, b);
    assertThat(objection(statement(NOW, lentUntil(LATER.plusSeconds(1))), NOW, a, b))
        .contains(TrustRefusal.OLDER);
  }

  @Test
  void aStatementOfTheFutureWaits() {
    assertThat(objection(statement(LATER, lentUntil(LATER)), NOW, a, b))
        .contains(TrustRefusal.NOT_YET);
  }

  @Test
  void anAuthorityOfTheSettingsIsNotNamedForATime() {
    Name name = new Name(c.publicKey(), "Supt 3", Optional.empty(), Optional.of(LATER));
    assertThat(objection(statement(NOW, name), NOW, a, b)).contains(TrustRefusal.ALREADY);
  }

  // Replacing.

  @Test
  void aKeyThatTakesAPlaceDecidesInIt() {
    apply(statement(NOW, replace(a, successor)), NOW, a, b);
    assertThat(keys().deciders(NOW))
        .containsExactlyInAnyOrder(b.publicKey(), c.publicKey(), successor.publicKey());
  }

  @Test
  void aReplacedKeyCountsOnWhatWasHereBefore() {
    apply(statement(NOW, replace(a, successor)), NOW, a, b);
    assertThat(keys().authorities(LATER, NOW.minusSeconds(1))).contains(a.publicKey());
    assertThat(keys().authorities(LATER, NOW)).doesNotContain(a.publicKey());
  }

  @Test
  void aKeyIsReplacedFromTheMomentOn() {
    Replace replace =
        new Replace(a.publicKey(), successor.publicKey(), "Supt 1234", Optional.of(LATER));
    apply(statement(NOW, replace), NOW, a, b);
    assertThat(keys().deciders(NOW)).contains(a.publicKey()).doesNotContain(successor.publicKey());
    assertThat(keys().deciders(LATER))
        .contains(successor.publicKey())
        .doesNotContain(a.publicKey());
  }

  @Test
  void theSuccessorOfANamedKeyEndsWithItAndDecidesNothing() {
    apply(statement(NOW, lentUntil(LATER)), NOW, a, b);
    apply(statement(NOW.plusSeconds(1), replace(lent, successor)), NOW, a, b);
    assertThat(keys().deciders(NOW)).doesNotContain(successor.publicKey());
    assertThat(keys().authorities(NOW)).contains(successor.publicKey());
    assertThat(keys().authorities(LATER)).doesNotContain(successor.publicKey());
  }

  @Test
  void aNamedKeyTakesNoPlaceOfOneThatDecides() {
    apply(statement(NOW, lentUntil(LATER)), NOW, a, b);
    assertThat(objection(statement(NOW, replace(a, lent)), NOW, a, b))
        .contains(TrustRefusal.ALREADY);
  }

  @Test
  void aReplacedKeyIsNotReplacedAgain() {
    apply(statement(NOW, replace(a, successor)), NOW, a, b);
    assertThat(objection(statement(NOW, replace(a, AuthorityKey.generate())), NOW, b, c))
        .contains(TrustRefusal.GONE);
  }

  @Test
  void theSettingsMayNameTheSuccessorBefore() {
    settings = List.of(a.publicKey(), b.publicKey(), c.publicKey(), successor.publicKey());
    apply(statement(NOW, replace(a, successor)), NOW, a, b);
    assertThat(keys().deciders(NOW))
        .containsExactly(b.publicKey(), c.publicKey(), successor.publicKey());
  }

  @Test
  void fewerThanTwoWhoDecideAreNeverLeft() {
    settings = List.of(a.publicKey(), b.publicKey());
    assertThat(objection(statement(NOW, replace(a, b)), NOW, a, b))
        .contains(TrustRefusal.TOO_FEW_LEFT);
  }

  @Test
  void aPlaceIsNotGivenToAKeyThatWasRevokedInTheMeantime() {
    Replace replace =
        new Replace(a.publicKey(), successor.publicKey(), "Supt 1234", Optional.of(LATER));
    apply(statement(NOW, replace), NOW, a, b);
    apply(statement(NOW, revoke(successor)), NOW, b, c);
    assertThat(keys().deciders(LATER)).containsExactlyElementsOf(settings);
  }

  @Test
  void whatTheSettingsNoLongerNameTakesItsSuccessorWithIt() {
    apply(statement(NOW, replace(a, successor)), NOW, a, b);
    settings = List.of(b.publicKey(), c.publicKey());
    assertThat(keys().deciders(NOW)).containsExactlyElementsOf(settings);
  }

  // Revoking.

  @Test
  void nothingARevokedKeyHasEverSignedCounts() {
    apply(statement(NOW, revoke(c)), NOW, a, b);
    assertThat(keys().authorities(NOW, Instant.MIN)).doesNotContain(c.publicKey());
  }

  @Test
  void aKeyDoesNotCountAmongTheTwoThatRevokeIt() {
    assertThat(objection(statement(NOW, revoke(b)), NOW, a, b))
        .contains(TrustRefusal.TOO_FEW_SIGNATURES);
  }

  @Test
  void aKeyRevokedBeforeItWasNamedIsNotNamedAfterwards() {
    apply(statement(NOW, revoke(lent)), NOW, a, b);
    assertThat(objection(statement(NOW.plusSeconds(1), lentUntil(LATER)), NOW, a, b))
        .contains(TrustRefusal.ALREADY);
  }

  @Test
  void aRevocationHoldsWhateverClockItsSignerHas() {
    apply(statement(LATER, revoke(lent)), NOW, a, b);
    assertThat(keys().standing(lent.publicKey().fingerprint()).orElseThrow().revoked()).isPresent();
  }

  @Test
  void aRevokedKeysPlaceMayBeTakenByAnother() {
    apply(statement(NOW, revoke(c)), NOW, a, b);
    apply(statement(NOW, replace(c, successor)), NOW, a, b);
    assertThat(keys().deciders(NOW))
        .containsExactlyInAnyOrder(a.publicKey(), b.publicKey(), successor.publicKey());
  }

  @Test
  void whatOnlyRevokedKeysHaveNamedIsGone() {
    AuthorityKey d = AuthorityKey.generate();
    settings = List.of(a.publicKey(), b.publicKey(), c.publicKey(), d.publicKey());
    apply(statement(NOW, lentUntil(LATER)), NOW, a, b);
    apply(statement(NOW, revoke(a)), NOW, c, d);
    assertThat(keys().authorities(NOW)).contains(lent.publicKey());
    applied.add(applied(statement(NOW, revoke(b)), c, d));
    assertThat(keys().authorities(NOW)).doesNotContain(lent.publicKey());
  }

  private static Applied applied(TrustStatement statement, AuthorityKey... by) {
    return new Applied(
        statement, statement.sign(List.of(by)), by[0].publicKey().fingerprint(), NOW);
  }

  @Test
  void aRevocationOutlivesThoseWhoSignedIt() {
    apply(statement(NOW, revoke(lent)), NOW, a, b);
    settings = List.of(c.publicKey());
    assertThat(keys().standing(lent.publicKey().fingerprint()).orElseThrow().revoked()).isPresent();
  }

  @Test
  void anEarlierEndThatRevokedKeysHaveSetHolds() {
    AuthorityKey d = AuthorityKey.generate();
    settings = List.of(a.publicKey(), b.publicKey(), c.publicKey(), d.publicKey());
    apply(statement(NOW, lentUntil(LATER.plusSeconds(1))), NOW, c, d);
    apply(statement(NOW.plusSeconds(1), lentUntil(LATER)), NOW, a, b);
    apply(statement(NOW, revoke(a)), NOW, c, d);
    apply(statement(NOW, revoke(b)), NOW, c, d);
    assertThat(keys().authorities(NOW)).contains(lent.publicKey());
    assertThat(keys().authorities(LATER)).doesNotContain(lent.publicKey());
  }

  @Test
  void aKeyThatRevokedKeysHaveReplacedStaysReplaced() {
    AuthorityKey d = AuthorityKey.generate();
    AuthorityKey e = AuthorityKey.generate();
    settings = List.of(a.publicKey(), b.publicKey(), c.publicKey(), d.publicKey(), e.publicKey());
    apply(statement(NOW, replace(e, successor)), NOW, a, b);
    apply(statement(NOW, revoke(a)), NOW, c, d);
    apply(statement(NOW, revoke(b)), NOW, c, d);
    assertThat(keys().deciders(NOW)).containsExactly(c.publicKey(), d.publicKey());
  }

  @Test
  void aRevocationThatWouldLeaveFewerThanTwoWhoDecideIsRefused() {
    apply(statement(NOW, replace(a, successor)), NOW, a, b);
    apply(statement(NOW, revoke(b)), NOW, successor, c);
    assertThat(objection(statement(NOW, revoke(a)), NOW, successor, c))
        .contains(TrustRefusal.TOO_FEW_LEFT);
  }

  @Test
  void aRevocationMadeBeforeItsSignerWasReplacedCounts() {
    apply(statement(NOW, replace(a, successor)), NOW, a, b);
    byte[] before = statement(NOW.minusSeconds(1), revoke(lent)).sign(List.of(a, c)).bytes();
    assertThat(keys().read(before, LATER)).isInstanceOf(Reading.Signed.class);
  }

  @Test
  void aRevocationMadeAfterItsSignerWasReplacedDoesNot() {
    apply(statement(NOW, replace(a, successor)), NOW, a, b);
    byte[] after = statement(NOW, revoke(lent)).sign(List.of(a, c)).bytes();
    assertThat(keys().read(after, LATER)).isInstanceOf(Reading.UnknownSigner.class);
  }

  @Test
  void aSignatureOfAKeyThatIsGoneSpoilsNoRevocationByTwoOthers() {
    apply(statement(NOW, replace(a, successor)), NOW, a, b);
    byte[] revocation = statement(NOW, revoke(lent)).sign(List.of(a, b, c)).bytes();
    assertThat(keys().read(revocation, LATER))
        .isInstanceOfSatisfying(
            Reading.Signed.class,
            signed -> assertThat((Object) signed.signers()).isEqualTo(fingerprints(b, c)));
  }

  // What is said of a key.

  @Test
  void whyAKeyDoesNotCountIsSaid() {
    apply(statement(NOW, lentUntil(LATER)), NOW, a, b);
    apply(statement(NOW, replace(a, successor)), NOW, a, b);
    apply(statement(NOW, revoke(c)), NOW, b, successor);
    assertThat(fault(lent)).isEqualTo("was trusted until 2026-11-25T09:00:00Z");
    assertThat(fault(a)).isEqualTo("was replaced at 2026-11-24T09:00:00Z");
    assertThat(fault(c)).isEqualTo("was revoked at 2026-11-24T09:00:00Z (stolen)");
  }

  private String fault(AuthorityKey key) {
    return keys().standing(key.publicKey().fingerprint()).orElseThrow().fault(LATER).orElseThrow();
  }
}
