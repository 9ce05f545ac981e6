package org.sightline.edge.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.authorisation.Refusal;
import org.sightline.edge.authorisation.Revocation;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.deployment.DeploymentState.Step;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.store.Database;
import org.sightline.edge.testing.Pipe;

/** The life of a deployment: each step, and each that is refused. */
class DeploymentsTest {
  private static final Instant END = Box.NOW.plus(Duration.ofHours(4));

  @TempDir private Path folder;
  private Box box;

  @BeforeEach
  void prepare() throws Exception {
    box = new Box(folder);
  }

  @AfterEach
  void close() throws Exception {
    box.close();
  }

  private void imported() throws Exception {
    box.papers().write();
    box.importList();
  }

  private void opened() throws Exception {
    imported();
    box.open();
  }

  private void ended() throws Exception {
    opened();
    box.deployments.close(Box.OFFICER);
  }

  private static DeploymentRefusal refusal(ThrowingCallable step) {
    return catchThrowableOfType(DeploymentException.class, step).refusal();
  }

  /** In place of the key's file stands a folder that cannot be overwritten. */
  private Path blockTheKey() throws Exception {
    Path key = box.listFile(".key");
    Files.delete(key);
    return Files.createDirectory(key);
  }

  // Opening.

  @Test
  void anAuthorisedDeploymentIsOpened() throws Exception {
    opened();
    assertThat(box.state()).isEqualTo(DeploymentState.OPEN);
    assertThat(box.auditKinds()).containsExactly("watchlist-imported", "deployment-opened");
  }

  @Test
  void aDeploymentWithoutItsListIsNotOpened() throws Exception {
    box.papers().write();
    assertThat(refusal(box::open))
        .isEqualTo(
            new DeploymentRefusal.WrongState(Box.DEPLOYMENT, DeploymentState.CLOSED, Step.OPEN));
  }

  @Test
  void anOpenDeploymentIsNotOpenedAgain() throws Exception {
    opened();
    assertThat(refusal(box::open))
        .isEqualTo(
            new DeploymentRefusal.WrongState(Box.DEPLOYMENT, DeploymentState.OPEN, Step.OPEN));
  }

  @Test
  void anEndedDeploymentIsNotOpened() throws Exception {
    ended();
    assertThat(refusal(box::open))
        .isEqualTo(
            new DeploymentRefusal.WrongState(Box.DEPLOYMENT, DeploymentState.ENDED, Step.OPEN));
  }

  @Test
  void aDestroyedDeploymentIsNotOpened() throws Exception {
    ended();
    box.finish();
    assertThat(refusal(box::open))
        .isEqualTo(
            new DeploymentRefusal.WrongState(Box.DEPLOYMENT, DeploymentState.DESTROYED, Step.OPEN));
  }

  @Test
  void nothingIsOpenedWithoutAnAuthorisation() throws Exception {
    imported();
    Files.delete(box.authorisation());
    assertThat(refusal(box::open)).isInstanceOf(DeploymentRefusal.NotAuthorised.class);
    assertThat(box.state()).isEqualTo(DeploymentState.AUTHORISED);
  }

  @Test
  void nothingIsOpenedUnderAnotherAuthorisationThanTheListCameUnder() throws Exception {
    Box.Papers papers = box.papers().write();
    box.importList();
    papers.end = END.plusSeconds(1);
    papers.authorise(papers.digest);
    assertThat(refusal(box::open))
        .isEqualTo(new DeploymentRefusal.OtherAuthorisation(Box.DEPLOYMENT));
  }

  @Test
  void nothingIsOpenedAtTheEnd() throws Exception {
    imported();
    box.wall.set(END);
    assertThat(refusal(box::open))
        .isEqualTo(new DeploymentRefusal.NotAuthorised(new Refusal.Ended(END)));
    assertThat(box.state()).isEqualTo(DeploymentState.ENDED);
  }

  @Test
  void aWallClockSetBackOpensNothingAfterTheEnd() throws Exception {
    imported();
    box.wall.set(END);
    box.clock.remember();
    box.wall.set(Box.NOW);
    assertThat(refusal(box::open))
        .isEqualTo(new DeploymentRefusal.NotAuthorised(new Refusal.Ended(END)));
  }

  // Ending.

  @Test
  void anOpenDeploymentEndsWhenItIsClosed() throws Exception {
    ended();
    DeploymentStatus status = box.deployments.all().get(0);
    assertThat(status.state()).isEqualTo(DeploymentState.ENDED);
    assertThat(status.end())
        .isEqualTo(new DeploymentStatus.End(EndReason.CLOSED, "officer:1234", Box.NOW));
  }

  @Test
  void aDeploymentThatWasNeverOpenedCanBeClosed() throws Exception {
    imported();
    box.deployments.close(Box.OFFICER);
    assertThat(box.state()).isEqualTo(DeploymentState.ENDED);
  }

  @Test
  void closingWhatHasEndedChangesNothing() throws Exception {
    ended();
    List<String> kinds = box.auditKinds();
    box.deployments.close(Box.OFFICER);
    assertThat(box.auditKinds()).isEqualTo(kinds);
  }

  @Test
  void closingNothingIsRefused() {
    assertThat(refusal(() -> box.deployments.close(Box.OFFICER)))
        .isEqualTo(new DeploymentRefusal.NothingHere());
  }

  @Test
  void anOpenDeploymentEndsAtItsEndAndNotAMomentBefore() throws Exception {
    opened();
    box.wall.set(END.minusMillis(1));
    assertThat(box.deployments.settle().orElseThrow().state()).isEqualTo(DeploymentState.OPEN);
    box.wall.set(END);
    assertThat(box.deployments.settle().orElseThrow().end().reason())
        .isEqualTo(EndReason.END_REACHED);
  }

  @Test
  void anAuthorisedDeploymentEndsAtItsEndToo() throws Exception {
    imported();
    box.wall.set(END);
    box.deployments.settle();
    assertThat(box.state()).isEqualTo(DeploymentState.ENDED);
  }

  @Test
  void aDeploymentEndsWhenItsListExpires() throws Exception {
    Box.Papers papers = box.papers();
    papers.expires = Box.NOW.plusSeconds(600);
    papers.write();
    box.importList();
    box.wall.set(papers.expires);
    assertThat(box.deployments.settle().orElseThrow().end().reason())
        .isEqualTo(EndReason.LIST_EXPIRED);
  }

  @Test
  void aRevocationEndsAnOpenDeployment() throws Exception {
    opened();
    box.deployments.revoke(box.revocation(Box.DEPLOYMENT));
    DeploymentStatus.End end = box.deployments.all().get(0).end();
    assertThat(end.reason()).isEqualTo(EndReason.REVOKED);
    assertThat(end.by()).isEqualTo("authority:" + box.second.publicKey().fingerprint());
  }

  @Test
  void aRevocationOfAnotherDeploymentEndsNothing() throws Exception {
    opened();
    box.deployments.revoke(box.revocation(new DeploymentId("D-8")));
    assertThat(box.state()).isEqualTo(DeploymentState.OPEN);
  }

  @Test
  void aRevocationThatComesTwiceIsRecordedOnce() throws Exception {
    opened();
    byte[] revocation = box.revocation(Box.DEPLOYMENT);
    box.deployments.revoke(revocation);
    box.deployments.revoke(revocation);
    assertThat(box.auditKinds()).containsOnlyOnce("deployment-revoked");
  }

  @Test
  void aRevocationByAStrangerEndsNothing() throws Exception {
    opened();
    byte[] document =
        new Revocation(Box.DEPLOYMENT, Box.NOW).sign(List.of(AuthorityKey.generate())).bytes();
    assertThat(box.deployments.revoke(document))
        .isEqualTo(new Revocation.Check.Ignored(Revocation.Reason.UNKNOWN_AUTHORITY));
    assertThat(box.state()).isEqualTo(DeploymentState.OPEN);
  }

  // Destroying.

  @Test
  void whatHasEndedIsDestroyed() throws Exception {
    ended();
    box.finish();
    assertThat(box.state()).isEqualTo(DeploymentState.DESTROYED);
    assertThat(box.files()).isEmpty();
    assertThat(box.bundle()).doesNotExist();
  }

  @Test
  void whatIsOpenIsNotDestroyed() throws Exception {
    opened();
    box.finish();
    assertThat(box.state()).isEqualTo(DeploymentState.OPEN);
    try (var list = box.deployments.list(Box.DEPLOYMENT)) {
      assertThat(list.entryCount()).isEqualTo(3);
    }
  }

  @Test
  void whatIsOverIsEndedAndDestroyedInOneGo() throws Exception {
    opened();
    box.wall.set(END);
    box.finish();
    assertThat(box.state()).isEqualTo(DeploymentState.DESTROYED);
  }

  @Test
  void aDestructionThatWasInterruptedIsFinished() throws Exception {
    ended();
    Files.delete(box.listFile(".key"));
    box.finish();
    assertThat(box.state()).isEqualTo(DeploymentState.DESTROYED);
  }

  @Test
  void theBundleOfAnotherDeploymentStays() throws Exception {
    ended();
    Box.Papers next = box.papers();
    next.listDeployment = new DeploymentId("D-8");
    next.write();
    box.finish();
    assertThat(box.bundle()).exists();
  }

  @Test
  void theReceiptSaysWhatWasDestroyedAndWhy() throws Exception {
    Box.Papers papers = box.papers().write();
    box.importList();
    box.open();
    box.deployments.close(Box.OFFICER);
    box.wall.shift(Duration.ofSeconds(5));
    box.finish();
    DestructionReceipt receipt =
        DestructionReceipt.read(
                box.deployments.receipt(Box.DEPLOYMENT).orElseThrow(), box.device.identity())
            .orElseThrow();
    assertThat(receipt)
        .usingRecursiveComparison()
        .ignoringFields("auditHead")
        .isEqualTo(
            new DestructionReceipt(
                Box.DEPLOYMENT,
                box.device.identity().fingerprint(),
                new HeldList(papers.digest, 1, 3),
                new DestructionReceipt.Ended("closed", "officer:1234", Box.NOW),
                Box.NOW.plusSeconds(5),
                "",
                OptionalInt.of(Box.WAITING_ALERTS)));
  }

  /** What a receipt held before alerts were counted in it. */
  private record EarlierReceipt(
      DeploymentId deployment,
      Sha256 device,
      Sha256 listDigest,
      long listVersion,
      int entries,
      String reason,
      String endedBy,
      Instant endedAt,
      Instant destroyedAt,
      String auditHead) {}

  @Test
  void aReceiptFromBeforeAlertsWereCountedIsRead() {
    Sha256 digest = Sha256.of(new byte[] {1});
    byte[] earlier =
        box.device
            .sign(
                "application/vnd.sightline.destruction-receipt.v1+json",
                CanonicalJson.write(
                    new EarlierReceipt(
                        Box.DEPLOYMENT,
                        box.device.identity().fingerprint(),
                        digest,
                        1,
                        3,
                        "closed",
                        "officer:1234",
                        Box.NOW,
                        Box.NOW,
                        "7:" + digest.hex())))
            .bytes();

    assertThat(DestructionReceipt.read(earlier, box.device.identity()))
        .map(DestructionReceipt::alertsWaiting)
        .contains(OptionalInt.empty());
  }

  @Test
  void aReceiptByAnotherDeviceIsNone() throws Exception {
    ended();
    box.finish();
    byte[] receipt = box.deployments.receipt(Box.DEPLOYMENT).orElseThrow();
    try (DeviceKeys other = DeviceKeys.generate()) {
      assertThat(DestructionReceipt.read(receipt, other.identity())).isEmpty();
    }
  }

  @Test
  void everyFlippedBitOfAReceiptShows() throws Exception {
    ended();
    box.finish();
    byte[] receipt = box.deployments.receipt(Box.DEPLOYMENT).orElseThrow();
    for (int bit = 0; bit < receipt.length * 8; bit++) {
      byte[] flipped = receipt.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(DestructionReceipt.read(flipped, box.device.identity())).isEmpty();
    }
  }

  @Test
  void aDestructionThatFailsIsAnAlarm() throws Exception {
    ended();
    Path obstacle = blockTheKey();
    assertThat(refusal(box::finish)).isInstanceOf(DeploymentRefusal.NotDestroyed.class);
    assertThat(box.state()).isEqualTo(DeploymentState.ALARM);
    assertThat(box.deployments.alarms()).containsExactly("destruction-failed");
    assertThat(obstacle).exists();
  }

  @Test
  void theAlarmStaysWhileTheDestructionFails() throws Exception {
    ended();
    blockTheKey();
    refusal(box::finish);
    refusal(box::finish);
    assertThat(box.state()).isEqualTo(DeploymentState.ALARM);
    assertThat(box.auditKinds()).containsOnlyOnce("destruction-failed");
  }

  @Test
  void theAlarmEndsWhenTheDestructionSucceeds() throws Exception {
    ended();
    Path obstacle = blockTheKey();
    refusal(box::finish);
    Files.delete(obstacle);
    box.finish();
    assertThat(box.state()).isEqualTo(DeploymentState.DESTROYED);
    assertThat(box.deployments.alarms()).isEmpty();
  }

  @Test
  void nothingIsImportedWhileThereIsAnAlarm() throws Exception {
    ended();
    blockTheKey();
    refusal(box::finish);
    Box.Papers next = box.papers();
    next.deployment = new DeploymentId("D-8");
    next.listDeployment = next.deployment;
    next.write();
    assertThat(refusal(box::importList)).isInstanceOf(DeploymentRefusal.NotDestroyed.class);
  }

  @Test
  void aKeyOfNoListIsDestroyed() throws Exception {
    imported();
    Path stray = box.data().resolve("lists").resolve(UUID.randomUUID() + ".key");
    Files.write(stray, new byte[] {1, 2, 3});
    box.finish();
    assertThat(stray).doesNotExist();
    assertThat(box.files()).hasSize(2);
  }

  @Test
  void whatIsNoListStaysInTheFolderOfLists() throws Exception {
    imported();
    Path lists = box.data().resolve("lists");
    Files.writeString(lists.resolve("members.csv"), "somebody else's");
    Files.writeString(Files.createDirectory(lists.resolve("lost+found")).resolve("x"), "x");
    box.deployments.close(Box.OFFICER);

    box.finish();

    assertThat(lists).isDirectoryNotContaining("glob:**.key");
    assertThat(lists.resolve("members.csv")).hasContent("somebody else's");
    assertThat(lists.resolve("lost+found/x")).exists();
  }

  @Test
  void throughALinkInPlaceOfTheListsNoNoteOfAnEndIsRemoved() throws Exception {
    ended();
    box.finish();
    Path note = noteOfTheEnd();
    Path other = Files.createDirectories(folder.resolve("other/data"));
    Files.createSymbolicLink(other.resolve("lists"), note.getParent());

    try (Box second = new Box(other.getParent())) {
      second.finish();
    }

    assertThat(note).exists();
  }

  @Test
  void aLinkInPlaceOfAKeyIsRemovedAndNotFollowed() throws Exception {
    imported();
    Path key = box.listFile(".key");
    Path elsewhere = Files.writeString(folder.resolve("elsewhere"), "mine");
    Files.delete(key);
    Files.createSymbolicLink(key, elsewhere);
    box.deployments.close(Box.OFFICER);

    box.finish();

    assertThat(key).doesNotExist();
    assertThat(elsewhere).hasContent("mine");
  }

  @Test
  void pipesInPlaceOfFilesHoldUpNoDestruction() throws Exception {
    ended();
    for (Path file : List.of(box.listFile(".key"), box.bundle(), noteOfTheEnd())) {
      Files.delete(file);
      Pipe.at(file);
    }

    try (Box again = box.again()) {
      assertTimeoutPreemptively(Duration.ofSeconds(30), again::finish);
    }

    assertThat(box.state()).isEqualTo(DeploymentState.DESTROYED);
  }

  private Path noteOfTheEnd() throws Exception {
    try (Stream<Path> notes = Files.list(box.folder.resolve("ended"))) {
      return notes.findFirst().orElseThrow();
    }
  }

  @Test
  void whereADeploymentStandsOutlivesARestart() throws Exception {
    opened();
    box.database.close();
    try (Database again = Database.open(box.data())) {
      assertThat(
              again.query(
                  "SELECT state FROM deployment_life WHERE deployment = 'D-7'",
                  row -> row.text("state")))
          .containsExactly("open");
    }
  }

  @Test
  void onlyOneIsAtWorkOnADataFolder() throws Exception {
    try (DataFolderLock first = box.lock()) {
      assertThat(first).isNotNull();
      assertThat(refusal(box::lock)).isEqualTo(new DeploymentRefusal.Busy());
    }
    box.lock().close();
  }
}
