package org.sightline.edge.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.authorisation.AuthorisationStatus;
import org.sightline.edge.authorisation.Revocation;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.testing.AuditLines;
import org.sightline.edge.trust.RoomAct;
import org.sightline.edge.trust.TrustRefusal;
import org.sightline.edge.trust.TrustStatement;
import org.sightline.edge.trust.TrustStatement.Act;
import org.sightline.edge.trust.TrustStatement.Name;
import org.sightline.edge.trust.TrustStatement.Replace;
import org.sightline.edge.trust.TrustStatement.Revoke;

/** What becomes of deployments, and of documents signed before, when keys come and go. */
class TrustTest {
  private static final Instant UNTIL = Box.NOW.plus(Duration.ofHours(2));

  @TempDir private Path folder;
  private Box box;
  private final AuthorityKey lent = AuthorityKey.generate();
  private final AuthorityKey successor = AuthorityKey.generate();

  @BeforeEach
  void prepare() throws Exception {
    box = new Box(folder);
  }

  @AfterEach
  void close() throws Exception {
    box.close();
  }

  private byte[] statement(Act act) {
    return signed(act, box.authority, box.second);
  }

  private byte[] signed(Act act, AuthorityKey... by) {
    return new TrustStatement(
            UUID.randomUUID(), List.of(box.device.identity().fingerprint()), Box.NOW, act)
        .sign(List.of(by))
        .bytes();
  }

  private List<Trust.Ignored> apply(byte[]... documents) throws Exception {
    return box.deployments.trust().apply(List.of(documents));
  }

  private void applied(Act act) throws Exception {
    assertThat(apply(statement(act))).isEmpty();
  }

  private Name lentUntilNoon() {
    return new Name(lent.publicKey(), "Northern force", Optional.empty(), Optional.of(UNTIL));
  }

  private Replace replaced() {
    return new Replace(
        box.authority.publicKey(), successor.publicKey(), "Supt 1234", Optional.empty());
  }

  /** A deployment whose authorisation and list one key has signed. */
  private Box.Papers papersBy(AuthorityKey key) throws Exception {
    Box.Papers papers = box.papers();
    papers.signers = List.of(key);
    papers.listSigner = key;
    return papers.write();
  }

  private void openedBy(AuthorityKey key) throws Exception {
    papersBy(key);
    box.importList();
    box.open();
  }

  private DeploymentStatus.End end() throws Exception {
    return box.deployments.all().get(0).end();
  }

  // A van that is lent.

  @Test
  void anAuthorityThatWasNeverNamedOpensNothing() throws Exception {
    papersBy(lent);
    assertThatThrownBy(box::importList).hasMessageContaining("not trusted here");
  }

  @Test
  void anAuthorityThatWasNamedOpensDeployments() throws Exception {
    applied(lentUntilNoon());
    openedBy(lent);
    assertThat(box.state()).isEqualTo(DeploymentState.OPEN);
  }

  @Test
  void aDeploymentEndsWithTheTimeOfTheKeyThatItRestsOn() throws Exception {
    applied(lentUntilNoon());
    openedBy(lent);
    box.wall.set(UNTIL);
    assertThat(end().reason()).isEqualTo(EndReason.AUTHORITY_LAPSED);
  }

  @Test
  void afterItsTimeAnAuthorityOpensNothingMore() throws Exception {
    applied(lentUntilNoon());
    box.wall.set(UNTIL);
    papersBy(lent);
    assertThatThrownBy(box::importList).hasMessageContaining("was trusted until " + UNTIL);
  }

  @Test
  void aKeyWhoseTimeEndsDuringTheImportTakesNothingIn() throws Exception {
    applied(lentUntilNoon());
    papersBy(lent);
    try (DataFolderLock lock = box.lock()) {
      assertThatThrownBy(
              () ->
                  box.deployments.importList(
                      lock,
                      box.authorisation(),
                      box.bundle(),
                      Box.PACK,
                      Box.OFFICER,
                      () -> box.wall.set(UNTIL)))
          .hasMessageContaining("ceased to count while the list was taken in");
    }
    assertThat(box.state()).isEqualTo(DeploymentState.CLOSED);
  }

  @Test
  void whatIsKnownOfKeysOutlivesARestart() throws Exception {
    applied(lentUntilNoon());
    try (Box again = box.again()) {
      assertThat(again.deployments.trust().keys().authorities(Box.NOW)).contains(lent.publicKey());
    }
  }

  @Test
  void whatAnotherProcessHasAppliedIsKnownAfterALook() throws Exception {
    try (Box agent = box.again()) {
      applied(lentUntilNoon());
      agent.deployments.trust().refresh();
      assertThat(agent.deployments.trust().keys().authorities(Box.NOW)).contains(lent.publicKey());
    }
  }

  // A key that is revoked.

  @Test
  void aDeploymentEndsWithTheKeyThatItRestsOn() throws Exception {
    applied(lentUntilNoon());
    openedBy(lent);
    applied(new Revoke(lent.publicKey(), "stolen"));
    assertThat(end().reason()).isEqualTo(EndReason.AUTHORITY_REVOKED);
  }

  @Test
  void theListOfADeploymentWhoseKeyIsRevokedIsDestroyed() throws Exception {
    applied(lentUntilNoon());
    openedBy(lent);
    applied(new Revoke(lent.publicKey(), "stolen"));
    box.finish();
    assertThat(box.state()).isEqualTo(DeploymentState.DESTROYED);
  }

  @Test
  void aDeploymentThatRestsOnOtherKeysGoesOn() throws Exception {
    applied(lentUntilNoon());
    openedBy(box.authority);
    applied(new Revoke(lent.publicKey(), "stolen"));
    assertThat(box.state()).isEqualTo(DeploymentState.OPEN);
  }

  @Test
  void whatARevokedKeySignedBeforeOpensNothing() throws Exception {
    applied(lentUntilNoon());
    papersBy(lent);
    applied(new Revoke(lent.publicKey(), "stolen"));
    assertThatThrownBy(box::importList).hasMessageContaining("was revoked at");
  }

  @Test
  void alertsOfADeploymentWhoseKeyIsRevokedAreStillJudgedByItsTerms() throws Exception {
    applied(lentUntilNoon());
    openedBy(lent);
    applied(new Revoke(lent.publicKey(), "stolen"));
    assertThat(box.deployments.alertTerms(box.authorisation())).isPresent();
  }

  /** A deployment whose list another authority has signed than its authorisation. */
  private void openedWithListBy(AuthorityKey key) throws Exception {
    Box.Papers papers = box.papers();
    papers.signers = List.of(box.authority);
    papers.listSigner = key;
    papers.write();
    box.importList();
    box.open();
  }

  @Test
  void aDeploymentEndsWithTheKeyThatSignedItsListAlone() throws Exception {
    applied(lentUntilNoon());
    openedWithListBy(lent);
    applied(new Revoke(lent.publicKey(), "stolen"));
    assertThat(end().reason()).isEqualTo(EndReason.AUTHORITY_REVOKED);
  }

  @Test
  void aDeploymentEndsWithTheTimeOfTheKeyThatSignedItsListAlone() throws Exception {
    applied(lentUntilNoon());
    openedWithListBy(lent);
    box.wall.set(UNTIL);
    assertThat(end().reason()).isEqualTo(EndReason.AUTHORITY_LAPSED);
  }

  @Test
  void whenADeploymentEndsWithTheTimeOfAKeyIsKnownBefore() throws Exception {
    applied(lentUntilNoon());
    openedWithListBy(lent);
    Sha256 authorisation = Sha256.ofFile(box.authorisation());
    assertThat(box.deployments.trust().lapses(authorisation)).contains(UNTIL);
  }

  // A deployment from before signers were recorded.

  @Test
  void aDeploymentThatIsOpenAcrossTheUpdateEndsWithItsKeyToo() throws Exception {
    applied(lentUntilNoon());
    openedBy(lent);
    box.database.update("DELETE FROM taken_signer");
    try (Box updated = box.again()) {
      updated.deployments.permission(box.authorisation(), Box.PACK);
      updated.deployments.trust().apply(List.of(statement(new Revoke(lent.publicKey(), "stolen"))));
      assertThat(updated.deployments.all().get(0).end().reason())
          .isEqualTo(EndReason.AUTHORITY_REVOKED);
    }
  }

  // A stored statement that has become unreadable.

  private void damageTheStatement() throws Exception {
    applied(lentUntilNoon());
    openedBy(box.authority);
    box.database.update("UPDATE trust_statement SET document = x'00'");
  }

  @Test
  void nothingIsPermittedWhileAStoredStatementIsUnreadable() throws Exception {
    damageTheStatement();
    try (Box again = box.again()) {
      assertThat(again.deployments.permission(box.authorisation(), Box.PACK))
          .isInstanceOfSatisfying(
              AuthorisationStatus.Refused.class,
              refused ->
                  assertThat(refused.refusal().line())
                      .startsWith("a stored trust statement cannot be read"));
    }
  }

  @Test
  void aDeploymentIsNotEndedByAnUnreadableStatementAndMayStillBeRevoked() throws Exception {
    damageTheStatement();
    try (Box again = box.again()) {
      assertThat(again.deployments.isOpen(Box.DEPLOYMENT)).isTrue();
      again.deployments.revoke(box.revocation(Box.DEPLOYMENT));
      assertThat(again.deployments.isOpen(Box.DEPLOYMENT)).isFalse();
    }
  }

  // Many statements.

  @Test
  void aChainOfStatementsInTheWrongOrderIsAppliedAtOnce() throws Exception {
    List<AuthorityKey> keys = new ArrayList<>(List.of(box.authority));
    List<byte[]> chain = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      AuthorityKey before = keys.get(i);
      keys.add(AuthorityKey.generate());
      Replace next =
          new Replace(
              before.publicKey(), keys.get(i + 1).publicKey(), "Supt " + i, Optional.empty());
      TrustStatement statement =
          new TrustStatement(
              UUID.randomUUID(),
              List.of(box.device.identity().fingerprint()),
              Box.NOW.plusSeconds(i),
              next);
      chain.add(0, statement.sign(List.of(before, box.second)).bytes());
    }
    assertThat(box.deployments.trust().apply(chain)).isEmpty();
    assertThat(box.deployments.trust().keys().deciders(Box.NOW))
        .containsExactlyInAnyOrder(keys.get(20).publicKey(), box.second.publicKey());
  }

  // A key that nothing stands for any more.

  @Test
  void aDeploymentEndsWithAKeyThatTheSettingsNoLongerName() throws Exception {
    openedBy(box.authority);
    try (Box changed = box.withAuthority(successor)) {
      assertThat(changed.deployments.isOpen(Box.DEPLOYMENT)).isFalse();
    }
  }

  @Test
  void aDeploymentEndsWithAKeyThatIsOnlyTrustedFromLaterOn() throws Exception {
    applied(lentUntilNoon());
    openedBy(lent);
    box.wall.set(Box.NOW.plusSeconds(1));
    Name later = new Name(lent.publicKey(), "North", Optional.of(UNTIL), Optional.empty());
    TrustStatement statement =
        new TrustStatement(
            UUID.randomUUID(),
            List.of(box.device.identity().fingerprint()),
            Box.NOW.plusSeconds(1),
            later);
    assertThat(apply(statement.sign(List.of(box.authority, box.second)).bytes())).isEmpty();
    assertThat(end().reason()).isEqualTo(EndReason.AUTHORITY_LAPSED);
  }

  // A key that is replaced.

  @Test
  void aDeploymentThatIsOpenOutlivesTheReplacementOfItsKey() throws Exception {
    openedBy(box.authority);
    box.wall.set(Box.NOW.plusSeconds(1));
    applied(replaced());
    assertThat(box.deployments.permission(box.authorisation(), Box.PACK).authorised()).isPresent();
    assertThat(box.state()).isEqualTo(DeploymentState.OPEN);
  }

  @Test
  void anAuthorisationSignedBeforeAReplacementAndTakenInAfterItOpensNothing() throws Exception {
    papersBy(box.authority);
    applied(replaced());
    assertThatThrownBy(box::importList).hasMessageContaining("was replaced at " + Box.NOW);
  }

  @Test
  void theSuccessorOpensDeployments() throws Exception {
    applied(replaced());
    openedBy(successor);
    assertThat(box.state()).isEqualTo(DeploymentState.OPEN);
  }

  @Test
  void aRevocationMadeBeforeAReplacementEndsADeploymentAfterIt() throws Exception {
    openedBy(box.second);
    byte[] revocation =
        new Revocation(Box.DEPLOYMENT, Box.NOW.minusSeconds(1))
            .sign(List.of(box.authority))
            .bytes();
    applied(replaced());
    assertThat(box.deployments.revoke(revocation)).isInstanceOf(Revocation.Check.Valid.class);
  }

  @Test
  void aRevocationByAReplacedKeyMadeAfterwardsIsIgnored() throws Exception {
    applied(replaced());
    byte[] revocation =
        new Revocation(Box.DEPLOYMENT, Box.NOW.plusSeconds(1)).sign(List.of(box.authority)).bytes();
    assertThat(box.deployments.revoke(revocation)).isInstanceOf(Revocation.Check.Ignored.class);
  }

  // Control rooms.

  private final ControlRoomIdentity room = ControlRoomKeys.generate().identity();
  private final ControlRoomIdentity newRoom = ControlRoomKeys.generate().identity();

  private RoomAct.Replace roomReplaced() {
    return new RoomAct.Replace(room, newRoom, "Northern room", Optional.empty());
  }

  private static Optional<ControlRoomIdentity> holder(Box here, ControlRoomIdentity authorised) {
    return here.deployments.trust().keys().rooms().holder(authorised, Box.NOW);
  }

  @Test
  void whatIsKnownOfControlRoomsOutlivesARestart() throws Exception {
    applied(roomReplaced());
    applied(new RoomAct.Revoke(newRoom, "stolen"));
    try (Box again = box.again()) {
      assertThat(holder(again, room)).isEmpty();
    }
  }

  @Test
  void aStatementAboutAControlRoomThatComesAgainChangesNothing() throws Exception {
    byte[] replaced = statement(roomReplaced());
    assertThat(apply(replaced)).isEmpty();
    assertThat(apply(replaced)).isEmpty();
    assertThat(box.auditKinds()).containsExactly("key-replaced");
  }

  @Test
  void aNamedAuthorityDecidesOnNoControlRoom() throws Exception {
    applied(lentUntilNoon());
    assertThat(apply(signed(new RoomAct.Revoke(room, "stolen"), lent, box.second)))
        .extracting(Trust.Ignored::reason)
        .containsExactly(TrustRefusal.NO_DECIDER);
    assertThat(holder(box, room)).contains(room);
  }

  @Test
  void aRevocationOfAControlRoomThatCannotBeStoredCountsAllTheSame() throws Exception {
    byte[] revoke = statement(new RoomAct.Revoke(room, "stolen"));
    box.database.close();
    assertThatThrownBy(() -> apply(revoke)).isNotNull();
    assertThat(holder(box, room)).isEmpty();
    box = box.again();
  }

  @Test
  void theAuditLogSaysWhichControlRoom() throws Exception {
    applied(roomReplaced());
    assertThat(AuditLines.of(box.database))
        .singleElement()
        .asString()
        .contains(room.keyId(), newRoom.keyId());
  }

  // Statements that change nothing.

  @Test
  void aStatementAppliedBeforeChangesNothing() throws Exception {
    byte[] statement = statement(lentUntilNoon());
    apply(statement);
    assertThat(apply(statement)).isEmpty();
    assertThat(box.auditKinds()).containsExactly("key-named");
  }

  @Test
  void aForgeryOfTheIdOfAnAppliedOneIsIgnored() throws Exception {
    TrustStatement statement =
        new TrustStatement(
            UUID.randomUUID(),
            List.of(box.device.identity().fingerprint()),
            Box.NOW,
            lentUntilNoon());
    apply(statement.sign(List.of(box.authority, box.second)).bytes());
    assertThat(apply(statement.sign(List.of(lent, successor)).bytes()))
        .extracting(Trust.Ignored::reason)
        .containsExactly(TrustRefusal.NO_DECIDER);
  }

  @Test
  void aNamedAuthorityNamesNobody() throws Exception {
    applied(lentUntilNoon());
    Name name = new Name(successor.publicKey(), "Friend", Optional.empty(), Optional.empty());
    assertThat(apply(signed(name, lent, box.second)))
        .extracting(Trust.Ignored::line)
        .containsExactly(
            TrustRefusal.NO_DECIDER.line() + ": " + lent.publicKey().fingerprint().shortForm());
  }

  @Test
  void statementsInTheWrongOrderCountAllTheSame() throws Exception {
    byte[] second = signed(lentUntilNoon(), successor, box.second);
    assertThat(apply(second, statement(replaced()))).isEmpty();
    assertThat(box.deployments.trust().keys().authorities(Box.NOW)).contains(lent.publicKey());
  }

  private byte[] revokedBefore() {
    return new TrustStatement(
            UUID.randomUUID(),
            List.of(box.device.identity().fingerprint()),
            Box.NOW.minusSeconds(1),
            new Revoke(lent.publicKey(), "stolen"))
        .sign(List.of(box.authority, box.second))
        .bytes();
  }

  private void isLentRevoked() {
    Sha256 key = lent.publicKey().fingerprint();
    assertThat(box.deployments.trust().keys().standing(key).orElseThrow().revoked()).isPresent();
  }

  @Test
  void aRevocationThatComesWithAReplacementOfItsSignerCounts() throws Exception {
    assertThat(apply(statement(replaced()), revokedBefore())).isEmpty();
    isLentRevoked();
  }

  @Test
  void aRevocationThatComesAfterAReplacementOfItsSignerCounts() throws Exception {
    applied(replaced());
    assertThat(apply(revokedBefore())).isEmpty();
    isLentRevoked();
  }

  @Test
  void aRevocationThatComesBeforeAReplacementOfItsSignerCounts() throws Exception {
    assertThat(apply(revokedBefore())).isEmpty();
    applied(replaced());
    isLentRevoked();
  }

  @Test
  void whatIsAppliedStandsInTheAuditLog() throws Exception {
    applied(lentUntilNoon());
    applied(replaced());
    assertThat(apply(signed(new Revoke(lent.publicKey(), "stolen"), successor, box.second)))
        .isEmpty();
    assertThat(box.auditKinds()).containsExactly("key-named", "key-replaced", "key-revoked");
  }

  @Test
  void aRevocationOfAKeyThatCannotBeStoredCountsAllTheSame() throws Exception {
    applied(lentUntilNoon());
    byte[] revoke = statement(new Revoke(lent.publicKey(), "stolen"));
    box.database.close();
    assertThatThrownBy(() -> apply(revoke)).isNotNull();
    Sha256 key = lent.publicKey().fingerprint();
    assertThat(box.deployments.trust().keys().standing(key).orElseThrow().revoked()).isPresent();
    box = box.again();
  }
}
