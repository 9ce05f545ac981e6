package org.sightline.edge.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.authorisation.AuthorisationStatus.Permitted;
import org.sightline.edge.authorisation.AuthorisationStatus.Refused;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.authorisation.Refusal;
import org.sightline.edge.authorisation.Ruling;
import org.sightline.edge.authorisation.Ruling.Word;
import org.sightline.edge.authorisation.Urgency;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.signing.AuthorityKey;

/** A deployment under an authorisation that one authority signed because it could not wait. */
class UrgentDeploymentTest {
  private static final String REASON = "a child was taken two hours ago";
  private static final Duration DAY = Duration.ofHours(24);

  @TempDir private Path folder;
  private Box box;
  private Instant start;

  @BeforeEach
  void open() throws Exception {
    box = new Box(folder);
    start = opened(box, Duration.ofHours(40));
  }

  @AfterEach
  void close() throws Exception {
    box.close();
  }

  /** Its start; the list lasts for as long. */
  private static Instant opened(Box on, Duration lasts) throws Exception {
    Instant begun = imported(on, REASON, lasts);
    on.open();
    return begun;
  }

  private static Instant imported(Box on, String reason) throws Exception {
    return imported(on, reason, Duration.ofHours(40));
  }

  private static Instant imported(Box on, String reason, Duration lasts) throws Exception {
    Box.Papers papers = on.papers();
    papers.urgent = Optional.of(reason);
    papers.end = papers.start.plus(lasts);
    papers.expires = papers.end;
    papers.write();
    on.importList();
    return papers.start;
  }

  private void at(Duration afterStart) {
    box.wall.set(start.plus(afterStart));
  }

  private Optional<Ruling.Reason> confirmed(AuthorityKey... signers) throws Exception {
    return box.deployments.rule(box.ruling(Word.CONFIRMED, signers));
  }

  @Test
  void oneSignatureIsEnoughForALiveOne(@TempDir Path other) throws Exception {
    try (Box live = new Box(other, DeviceKeys.generate(), Box.FOR_LIVE)) {
      Box.Papers papers = live.papers();
      papers.deploymentClass = DeploymentClass.LIVE;
      papers.urgent = Optional.of(REASON);
      papers.write();
      assertThat(live.deployments.permission(live.authorisation(), Box.PACK))
          .isInstanceOf(Permitted.class);
    }
  }

  @Test
  void itEndsByItselfADayAfterItWasSigned() throws Exception {
    at(DAY.minusMillis(1));
    box.deployments.settle();
    assertThat(box.state()).isEqualTo(DeploymentState.OPEN);
    at(DAY);
    box.deployments.settle();
    assertThat(box.deployments.all().get(0).end())
        .extracting(DeploymentStatus.End::reason)
        .isEqualTo(EndReason.LAPSED);
  }

  @Test
  void theListOfOneThatLapsedIsDestroyed() throws Exception {
    at(DAY);
    box.finish();
    assertThat(box.state()).isEqualTo(DeploymentState.DESTROYED);
    assertThat(box.files()).isEmpty();
  }

  @Test
  void aClockThatIsSetBackExtendsNothing() throws Exception {
    at(DAY.minusMinutes(1));
    box.deployments.settle();
    box.wall.set(start);
    box.machine.run(Duration.ofMinutes(1));
    assertThat(box.deployments.isOpen(Box.DEPLOYMENT)).isFalse();
  }

  @Test
  void afterThatTheAuthorisationPermitsNothing() throws Exception {
    at(DAY);
    assertThat(box.deployments.permission(box.authorisation(), Box.PACK))
        .isEqualTo(new Refused(new Refusal.Lapsed(start.plus(DAY))));
  }

  @Test
  void oneThatWasSignedBeforeItsStartLapsesADayAfterThat(@TempDir Path other) throws Exception {
    try (Box early = new Box(other)) {
      Box.Papers papers = early.papers();
      papers.urgent = Optional.of(REASON);
      papers.signedAt = papers.start.minus(Duration.ofHours(10));
      papers.end = papers.start.plus(Duration.ofHours(40));
      papers.expires = papers.end;
      papers.write();
      early.importList();
      early.open();
      early.wall.set(papers.start.plus(Duration.ofHours(14)));
      early.deployments.settle();
      assertThat(early.deployments.all().get(0).end())
          .extracting(DeploymentStatus.End::reason)
          .isEqualTo(EndReason.LAPSED);
    }
  }

  @Test
  void aLateDateOfSigningMakesItLastNoLonger(@TempDir Path other) throws Exception {
    try (Box late = new Box(other)) {
      Box.Papers papers = late.papers();
      papers.urgent = Optional.of(REASON);
      papers.signedAt = papers.start.plus(Duration.ofHours(10));
      papers.end = papers.start.plus(Duration.ofHours(40));
      papers.expires = papers.end;
      papers.write();
      late.wall.set(papers.start.plus(DAY));
      assertThat(late.deployments.permission(late.authorisation(), Box.PACK))
          .isEqualTo(new Refused(new Refusal.Lapsed(papers.start.plus(DAY))));
    }
  }

  @Test
  void oneThatEndsBeforeADayEndsThen(@TempDir Path other) throws Exception {
    try (Box soon = new Box(other)) {
      Instant begun = opened(soon, Duration.ofHours(4));
      soon.wall.set(begun.plus(Duration.ofHours(4)));
      soon.deployments.settle();
      assertThat(soon.deployments.all().get(0).end())
          .extracting(DeploymentStatus.End::reason)
          .isEqualTo(EndReason.END_REACHED);
    }
  }

  @Test
  void aSecondAuthorityLetsItLastToItsEnd() throws Exception {
    assertThat(confirmed(box.second)).isEmpty();
    at(Duration.ofHours(40).minusMillis(1));
    assertThat(box.deployments.isOpen(Box.DEPLOYMENT)).isTrue();
    assertThat(box.deployments.permission(box.authorisation(), Box.PACK))
        .isInstanceOf(Permitted.class);
    at(Duration.ofHours(40));
    assertThat(box.deployments.isOpen(Box.DEPLOYMENT)).isFalse();
  }

  @Test
  void theConfirmationSurvivesARestart() throws Exception {
    confirmed(box.second);
    try (Box again = box.again()) {
      again.wall.set(start.plus(DAY));
      assertThat(again.deployments.isOpen(Box.DEPLOYMENT)).isTrue();
      assertThat(again.deployments.permission(again.authorisation(), Box.PACK))
          .isInstanceOf(Permitted.class);
    }
  }

  @Test
  void theConfirmationSurvivesAnotherImportOfItsList(@TempDir Path other) throws Exception {
    try (Box twice = new Box(other)) {
      Instant begun = imported(twice, REASON);
      twice.deployments.rule(twice.ruling(Word.CONFIRMED, twice.second));
      twice.importList();
      twice.open();
      twice.wall.set(begun.plus(DAY));
      assertThat(twice.deployments.isOpen(Box.DEPLOYMENT)).isTrue();
      assertThat(twice.deployments.permission(twice.authorisation(), Box.PACK))
          .isInstanceOf(Permitted.class);
    }
  }

  @Test
  void anotherAuthorisationOfTheDeploymentIsConfirmedByNobody(@TempDir Path other)
      throws Exception {
    try (Box twice = new Box(other)) {
      imported(twice, REASON);
      twice.deployments.rule(twice.ruling(Word.CONFIRMED, twice.second));
      Instant begun = imported(twice, "a second child was taken");
      twice.open();
      twice.wall.set(begun.plus(DAY));
      assertThat(twice.deployments.isOpen(Box.DEPLOYMENT)).isFalse();
    }
  }

  @Test
  void theAuthorityThatSignedItCannotConfirmIt() throws Exception {
    assertThat(confirmed(box.authority)).contains(Ruling.Reason.SAME_AUTHORITY);
    at(DAY);
    assertThat(box.deployments.isOpen(Box.DEPLOYMENT)).isFalse();
  }

  @Test
  void anAuthorityThatIsNotTrustedCannotConfirmIt() throws Exception {
    assertThat(confirmed(AuthorityKey.generate())).contains(Ruling.Reason.UNKNOWN_AUTHORITY);
    at(DAY);
    assertThat(box.deployments.isOpen(Box.DEPLOYMENT)).isFalse();
  }

  @Test
  void aConfirmationThatComesLaterChangesNothing() throws Exception {
    at(DAY);
    assertThat(confirmed(box.second)).contains(Ruling.Reason.TOO_LATE);
    assertThat(box.deployments.isOpen(Box.DEPLOYMENT)).isFalse();
  }

  @Test
  void aConfirmationOfAnotherAuthorisationChangesNothing() throws Exception {
    byte[] other =
        new Ruling(Word.CONFIRMED, Box.DEPLOYMENT, Sha256.of(new byte[] {9}), Box.NOW)
            .sign(List.of(box.second))
            .bytes();
    assertThat(box.deployments.rule(other)).contains(Ruling.Reason.NOT_HERE);
  }

  @Test
  void oneThatComesAgainIsKnown() throws Exception {
    confirmed(box.second);
    int lines = box.auditKinds().size();
    assertThat(confirmed(box.second)).contains(Ruling.Reason.REPEATED);
    assertThat(box.auditKinds()).hasSize(lines);
  }

  @Test
  void anAuthorisationThatIsNotUrgentNeedsNone(@TempDir Path other) throws Exception {
    try (Box usual = new Box(other)) {
      usual.papers().write();
      usual.importList();
      assertThat(usual.deployments.rule(usual.ruling(Word.CONFIRMED, usual.second)))
          .contains(Ruling.Reason.NOT_URGENT);
    }
  }

  @Test
  void oneThatASecondAuthorityHasCountersignedDoesNotLapse(@TempDir Path other) throws Exception {
    try (Box both = new Box(other)) {
      Box.Papers papers = both.papers();
      papers.urgent = Optional.of(REASON);
      papers.signers = List.of(both.authority, both.second);
      papers.end = papers.start.plus(Duration.ofHours(40));
      papers.expires = papers.end;
      papers.write();
      both.importList();
      both.open();
      both.wall.set(papers.start.plus(DAY));
      assertThat(both.deployments.isOpen(Box.DEPLOYMENT)).isTrue();
    }
  }

  @Test
  void itIsInTheAuditLogByTheDigestOfItsReason() throws Exception {
    confirmed(box.second);
    assertThat(box.auditKinds()).contains("urgent-authorisation", "urgent-confirmed");
    assertThat(
            box.database.query(
                "SELECT CAST(line AS TEXT) AS line FROM audit_record", row -> row.text("line")))
        .noneMatch(line -> line.contains("child"))
        .anyMatch(line -> line.contains(Sha256.of(REASON.getBytes(StandardCharsets.UTF_8)).hex()));
  }

  private String line() throws Exception {
    return box.deployments.urgent(Box.DEPLOYMENT).orElseThrow().line(box.wall.instant());
  }

  @Test
  void howItStandsIsKnown() throws Exception {
    assertThat(line())
        .isEqualTo(
            "urgent, confirmed by nobody: lapses at %s unless a second authority confirms"
                .formatted(start.plus(DAY)));
    confirmed(box.second);
    assertThat(line())
        .isEqualTo(
            "urgent, confirmed at %s by %s"
                .formatted(Box.NOW, box.second.publicKey().fingerprint().shortForm()));
  }

  @Test
  void thatItHasLapsedIsKnown() throws Exception {
    at(DAY);
    assertThat(line())
        .isEqualTo("urgent, confirmed by nobody: lapsed at %s".formatted(start.plus(DAY)));
  }

  @Test
  void thatItIsOverBeforeItCanLapseIsKnown(@TempDir Path other) throws Exception {
    try (Box soon = new Box(other)) {
      Instant begun = opened(soon, Duration.ofHours(4));
      UrgentAuthorisation urgent = soon.deployments.urgent(Box.DEPLOYMENT).orElseThrow();
      assertThat(urgent.lapsing()).isEmpty();
      assertThat(urgent.line(begun))
          .isEqualTo(
              "urgent, confirmed by nobody: over before it can lapse, at %s"
                  .formatted(begun.plus(Duration.ofHours(4))));
    }
  }

  @Test
  void oneThatWasClosedBeforeDoesNotLapse() throws Exception {
    box.deployments.close(Box.OFFICER);
    assertThat(box.deployments.urgent(Box.DEPLOYMENT).orElseThrow().lapsing()).isEmpty();
    at(DAY);
    assertThat(line())
        .isEqualTo("urgent, confirmed by nobody: over before it could lapse, at " + Box.NOW);
  }

  @Test
  void whereNobodyLookedForLongWhatCameFirstEndedIt() throws Exception {
    at(Duration.ofHours(41));
    assertThat(box.deployments.all().get(0).end())
        .extracting(DeploymentStatus.End::reason)
        .isEqualTo(EndReason.LAPSED);
  }

  @Test
  void theAuthorityThatSignedFirstIsTheOneThatCouldNotWait(@TempDir Path other) throws Exception {
    try (Box both = new Box(other)) {
      for (List<AuthorityKey> signers :
          List.of(List.of(both.authority, both.second), List.of(both.second, both.authority))) {
        Box.Papers papers = both.papers();
        papers.urgent = Optional.of(REASON);
        papers.signers = signers;
        papers.write();
        both.importList();
        UrgentAuthorisation urgent = both.deployments.urgent(Box.DEPLOYMENT).orElseThrow();
        assertThat(urgent.signer()).isEqualTo(signers.get(0).publicKey().fingerprint());
        assertThat(urgent.confirmed().by()).isEqualTo(signers.get(1).publicKey().fingerprint());
      }
    }
  }

  @Test
  void aReasonHasToBeGiven() {
    assertThatThrownBy(() -> new Urgency(" ", Box.NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
