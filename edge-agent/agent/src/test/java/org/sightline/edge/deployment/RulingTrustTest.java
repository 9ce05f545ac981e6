package org.sightline.edge.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.authorisation.AuthorisationStatus.Permitted;
import org.sightline.edge.authorisation.Ruling;
import org.sightline.edge.authorisation.Ruling.Word;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.trust.TrustStatement;
import org.sightline.edge.trust.TrustStatement.Act;
import org.sightline.edge.trust.TrustStatement.Name;
import org.sightline.edge.trust.TrustStatement.Replace;
import org.sightline.edge.trust.TrustStatement.Revoke;

/** Whose word on an urgent authorisation counts, when keys come and go. */
class RulingTrustTest {
  /** After the urgent authorisation would lapse. */
  private static final Instant UNTIL = Box.NOW.plus(Duration.ofHours(30));

  @TempDir private Path folder;
  private Box box;
  private final AuthorityKey lent = AuthorityKey.generate();
  private final AuthorityKey successor = AuthorityKey.generate();

  @BeforeEach
  void open() throws Exception {
    box = new Box(folder);
    Box.Papers papers = box.papers();
    papers.urgent = Optional.of("a child was taken");
    papers.end = papers.start.plus(Duration.ofHours(40));
    papers.expires = papers.end;
    papers.write();
    box.importList();
    box.open();
    box.wall.set(Box.NOW.plusSeconds(1));
  }

  @AfterEach
  void close() throws Exception {
    box.close();
  }

  private void applied(Act act) throws Exception {
    appliedAt(box.device.identity().fingerprint(), act);
  }

  private void appliedAt(Sha256 device, Act act) throws Exception {
    box.deployments
        .trust()
        .apply(
            List.of(
                new TrustStatement(UUID.randomUUID(), List.of(device), Box.NOW, act)
                    .sign(List.of(box.authority, box.second))
                    .bytes()));
  }

  private Name lentForNow() {
    return new Name(lent.publicKey(), "Northern force", Optional.empty(), Optional.of(UNTIL));
  }

  private static Replace replaced(AuthorityKey key, AuthorityKey by) {
    return new Replace(key.publicKey(), by.publicKey(), "Supt 1234", Optional.empty());
  }

  private Optional<Ruling.Reason> ruled(Word word, AuthorityKey by) throws Exception {
    return box.deployments.rule(box.ruling(word, by));
  }

  private EndReason endReason() throws Exception {
    return box.deployments.all().get(0).end().reason();
  }

  private boolean isPermitted() {
    return box.deployments.permission(box.authorisation(), Box.PACK) instanceof Permitted;
  }

  @Test
  void anAuthorityThatWasNamedConfirms() throws Exception {
    applied(lentForNow());
    assertThat(ruled(Word.CONFIRMED, lent)).isEmpty();
    box.wall.set(UNTIL.minusMillis(1));
    assertThat(box.deployments.isOpen(Box.DEPLOYMENT)).isTrue();
    assertThat(isPermitted()).isTrue();
  }

  @Test
  void theDeploymentEndsWithTheTimeOfTheAuthorityThatConfirmed() throws Exception {
    applied(lentForNow());
    ruled(Word.CONFIRMED, lent);
    box.wall.set(UNTIL);
    assertThat(endReason()).isEqualTo(EndReason.AUTHORITY_LAPSED);
    assertThat(isPermitted()).isFalse();
  }

  @Test
  void afterItsTimeAnAuthorityConfirmsNothing() throws Exception {
    applied(
        new Name(
            lent.publicKey(),
            "Northern force",
            Optional.empty(),
            Optional.of(Box.NOW.plusSeconds(60))));
    box.wall.set(Box.NOW.plusSeconds(60));
    assertThat(ruled(Word.CONFIRMED, lent)).contains(Ruling.Reason.UNKNOWN_AUTHORITY);
  }

  @Test
  void anAuthorityThatWasNamedRefuses() throws Exception {
    applied(lentForNow());
    assertThat(ruled(Word.REFUSED, lent)).isEmpty();
    assertThat(endReason()).isEqualTo(EndReason.REFUSED);
  }

  @Test
  void anAuthorityThatWasNamedForAnotherVanRulesNothingHere() throws Exception {
    appliedAt(Sha256.of(new byte[] {1}), lentForNow());
    assertThat(ruled(Word.CONFIRMED, lent)).contains(Ruling.Reason.UNKNOWN_AUTHORITY);
  }

  @Test
  void aRevokedAuthorityRefusesNothing() throws Exception {
    applied(lentForNow());
    applied(new Revoke(lent.publicKey(), "stolen"));
    assertThat(ruled(Word.REFUSED, lent)).contains(Ruling.Reason.UNKNOWN_AUTHORITY);
    assertThat(box.deployments.isOpen(Box.DEPLOYMENT)).isTrue();
  }

  @Test
  void theDeploymentEndsWithTheRevocationOfTheAuthorityThatConfirmed() throws Exception {
    applied(lentForNow());
    ruled(Word.CONFIRMED, lent);
    applied(new Revoke(lent.publicKey(), "stolen"));
    assertThat(endReason()).isEqualTo(EndReason.AUTHORITY_REVOKED);
  }

  @Test
  void aConfirmationAppliedByAnotherProcessIsKnownAfterALook() throws Exception {
    applied(lentForNow());
    try (Box agent = box.again()) {
      ruled(Word.CONFIRMED, lent);
      agent.deployments.trust().refresh();
      agent.wall.set(UNTIL);
      assertThat(agent.deployments.all().get(0).end().reason())
          .isEqualTo(EndReason.AUTHORITY_LAPSED);
    }
  }

  @Test
  void aConfirmationOutlivesTheReplacementOfItsKey() throws Exception {
    ruled(Word.CONFIRMED, box.second);
    applied(replaced(box.second, successor));
    box.wall.set(UNTIL);
    assertThat(box.deployments.isOpen(Box.DEPLOYMENT)).isTrue();
    assertThat(isPermitted()).isTrue();
  }

  @Test
  void aReplacedKeyRulesNothingWheneverItSaysItDid() throws Exception {
    byte[] before = box.ruling(Word.REFUSED, box.second);
    applied(replaced(box.second, successor));
    assertThat(box.deployments.rule(before)).contains(Ruling.Reason.UNKNOWN_AUTHORITY);
  }

  @Test
  void theSuccessorOfAnotherAuthorityConfirms() throws Exception {
    applied(replaced(box.second, successor));
    assertThat(ruled(Word.CONFIRMED, successor)).isEmpty();
  }

  @Test
  void theSuccessorOfTheKeyThatSignedItConfirmsNothing() throws Exception {
    applied(replaced(box.authority, successor));
    assertThat(ruled(Word.CONFIRMED, successor)).contains(Ruling.Reason.SAME_AUTHORITY);
  }
}
