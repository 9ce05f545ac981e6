package org.sightline.edge.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.authorisation.LowestRecognition;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.statistics.Proportion;
import org.sightline.edge.store.Database;
import org.sightline.edge.testing.AuditLines;

class WalksTest {
  private static final DeploymentId DEPLOYMENT = new DeploymentId("D-7");
  private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Actor OFFICER = Actor.officer("1234");
  private static final CameraId MAST_1 = new CameraId("mast-1");
  private static final CameraId MAST_2 = new CameraId("mast-2");
  private static final SubjectRef WALKER = new SubjectRef("C-0001-walker");
  private static final Sha256 LIST = Sha256.of(new byte[] {1});
  private static final Sha256 AS_SET = Sha256.of(new byte[] {7});
  private static final Setup SETUP = setup(LIST, 3, "1.2");

  @TempDir private Path folder;
  private final DeviceKeys device = DeviceKeys.generate();
  private Instant now = START;
  private final InstantSource clock = () -> now;
  private Database database;
  private Walks walks;

  @BeforeEach
  void aListOfTwoControlEntries() throws Exception {
    database = Database.open(folder);
    walks = new Walks(database, new AuditLog(clock), device.storage(), clock);
    database.write(
        tx -> {
          Walks.controlEntries(tx, DEPLOYMENT, 2);
          return 0;
        });
  }

  @AfterEach
  void close() throws Exception {
    database.close();
    device.close();
  }

  private static Setup setup(Sha256 list, long version, String software) {
    return new Setup(list, version, "sample-pack", software, new Similarity(0.5), AS_SET);
  }

  private AnnouncedWalk walk(int passes, CameraId... cameras) {
    return new AnnouncedWalk(
        UUID.randomUUID(), DEPLOYMENT, WALKER, List.of(cameras), now, now.plus(LONG), passes);
  }

  private OpenWalk announced(int passes, CameraId camera) throws Exception {
    walks.announce(walk(passes, camera), OFFICER);
    return walks.open(DEPLOYMENT).get(0);
  }

  private void judged(int recognised, int passes, CameraId camera, Setup setup) throws Exception {
    walks.judge(DEPLOYMENT, announced(passes, camera), recognised, setup);
  }

  private WalkFigures figures() throws Exception {
    return Objects.requireNonNull(database.read(tx -> WalkFigures.read(tx, DEPLOYMENT)));
  }

  @Test
  void aWalkIsOpenUntilItIsJudged() throws Exception {
    OpenWalk open = announced(1, MAST_1);
    assertThat(figures().open()).isEqualTo(1);

    walks.judge(DEPLOYMENT, open, 1, SETUP);

    assertThat(walks.open(DEPLOYMENT)).isEmpty();
    assertThat(figures().open()).isZero();
  }

  @Test
  void aPassBelongsToAWalkOfItsSubjectByItsCameraInItsTime() throws Exception {
    OpenWalk open = announced(1, MAST_1);

    assertThat(open.expects(MAST_1, WALKER, now)).isTrue();
    assertThat(open.expects(MAST_2, WALKER, now)).isFalse();
    assertThat(open.expects(MAST_1, new SubjectRef("C-2"), now)).isFalse();
    assertThat(open.expects(MAST_1, WALKER, now.minusMillis(1))).isFalse();
    assertThat(open.expects(MAST_1, WALKER, now.plus(LONG))).isFalse();
  }

  @Test
  void aSecondWalkOfTheSameSubjectByTheSameCameraIsRefusedWhileOneIsOpen() throws Exception {
    announced(1, MAST_1);

    assertThatThrownBy(() -> walks.announce(walk(1, MAST_2, MAST_1), OFFICER))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("announced already");
    assertThat(walks.open(DEPLOYMENT)).hasSize(1);
  }

  @Test
  void theRateIsOfAllPassesWalkedMissesIncluded() throws Exception {
    for (int i = 0; i < 17; i++) {
      judged(1, 1, MAST_1, SETUP);
    }
    judged(0, 3, MAST_1, SETUP);

    assertThat(figures().recognition())
        .singleElement()
        .extracting(WalkFigures.Recognition::trueRecognition)
        .isEqualTo(Proportion.of(17, 20));
  }

  @Test
  void passesBeyondThoseAnnouncedDoNotRaiseTheRate() throws Exception {
    judged(5, 2, MAST_1, SETUP);

    assertThat(figures().recognition().get(0).trueRecognition()).isEqualTo(Proportion.of(2, 2));
  }

  @Test
  void eachCameraListAndVersionHasARateOfItsOwn() throws Exception {
    Setup nextList = setup(Sha256.of(new byte[] {2}), 4, "1.2");
    Setup nextVersion = setup(LIST, 3, "1.3");
    judged(1, 1, MAST_1, SETUP);
    judged(0, 1, MAST_2, SETUP);
    judged(0, 1, MAST_1, nextList);
    judged(1, 1, MAST_1, nextVersion);
    judged(0, 1, MAST_1, SETUP);

    assertThat(figures().recognition())
        .extracting(
            WalkFigures.Recognition::camera,
            WalkFigures.Recognition::listVersion,
            WalkFigures.Recognition::software,
            each -> each.trueRecognition().count() + " of " + each.trueRecognition().of())
        .containsExactlyInAnyOrder(
            tuple("mast-1", 3L, "1.2", "1 of 2"),
            tuple("mast-1", 4L, "1.2", "0 of 1"),
            tuple("mast-1", 3L, "1.3", "1 of 1"),
            tuple("mast-2", 3L, "1.2", "0 of 1"));
  }

  @Test
  void whatCouldNotBeJudgedIsCountedApartWithTheReason() throws Exception {
    walks.giveUp(DEPLOYMENT, announced(2, MAST_1), NotJudged.CAMERA_DOWN);
    walks.giveUp(DEPLOYMENT, announced(1, MAST_1), NotJudged.AGENT_STOPPED);

    assertThat(figures().recognition()).isEmpty();
    assertThat(figures().notJudged())
        .containsExactly(
            new WalkFigures.Unknown("mast-1", "agent-stopped", 1, null),
            new WalkFigures.Unknown("mast-1", "camera-down", 2, null));
  }

  @Test
  void aWalkOfWhichWhoWalksCannotBeReadCostsItselfAlone() throws Exception {
    OpenWalk damaged = announced(1, MAST_1);
    database.update("UPDATE walk SET subject = x'00' WHERE sequence = ?", damaged.number());
    OpenWalk other = announced(1, MAST_1);

    assertThat(walks.open(DEPLOYMENT)).extracting(OpenWalk::number).containsExactly(other.number());
    assertThat(figures().notJudged())
        .containsExactly(new WalkFigures.Unknown("mast-1", "unreadable", 1, null));
  }

  @Test
  void aWalkIsJudgedOnce() throws Exception {
    OpenWalk open = announced(1, MAST_1);
    walks.judge(DEPLOYMENT, open, 0, SETUP);

    walks.judge(DEPLOYMENT, open, 1, SETUP);

    assertThat(figures().recognition().get(0).trueRecognition()).isEqualTo(Proportion.of(0, 1));
    assertThat(AuditLines.of(database)).hasSize(2);
  }

  @Test
  void passesWithoutAnAnnouncedWalkAreCountedAndRaiseNoRate() throws Exception {
    walks.unannounced(DEPLOYMENT, 2);

    assertThat(figures().unannounced()).isEqualTo(2);
    assertThat(figures().recognition()).isEmpty();
  }

  @Test
  void aListWithoutControlEntriesHasNoFigures() throws Exception {
    database.write(
        tx -> {
          Walks.controlEntries(tx, DEPLOYMENT, 0);
          return 0;
        });

    assertThat(database.query("SELECT entries FROM control_list", row -> 1)).isEmpty();
    assertThat(walks.hasControl(DEPLOYMENT)).isFalse();
  }

  @Test
  void whenTheListIsGoneSoIsWhoWalksAndTheWalkCountsAsNotJudged() throws Exception {
    announced(1, MAST_1);

    database.write(
        tx -> {
          Walks.forget(tx, new AuditLog(clock), DEPLOYMENT, now);
          return 0;
        });

    assertThat(AuditLines.of(database)).last().asString().contains("walk-judged", "closed");
    assertThat(walks.open(DEPLOYMENT)).isEmpty();
    assertThat(figures().notJudged())
        .containsExactly(new WalkFigures.Unknown("mast-1", "closed", 1, null));
  }

  @Test
  void whoWalksStandsNowhereInTheOpenAndNotInTheAuditLog() throws Exception {
    walks.judge(DEPLOYMENT, announced(1, MAST_1), 1, SETUP);
    announced(1, MAST_1);
    database.close();

    assertThat(Files.readString(folder.resolve(Database.FILE_NAME), StandardCharsets.ISO_8859_1))
        .doesNotContain(WALKER.value());
    database = Database.open(folder);
    assertThat(
            database.query(
                "SELECT subject FROM walk WHERE judged_millis IS NOT NULL AND subject IS NOT NULL",
                row -> 1))
        .isEmpty();
  }

  @Test
  void theAuditLogSaysWhoAnnouncedAWalkAndWhatCameOfIt() throws Exception {
    walks.judge(DEPLOYMENT, announced(2, MAST_1), 1, SETUP);

    assertThat(AuditLines.of(database).get(0))
        .contains("walk-announced", "officer:1234", "\"camera\":\"mast-1\"", "\"passes\":\"2\"");
    assertThat(AuditLines.of(database).get(1)).contains("walk-judged", "\"recognised\":\"1\"");
  }

  @Test
  void aRuleLooksAtTheLatestWalksThatTogetherHaveEnoughPasses() throws Exception {
    LowestRecognition rule = new LowestRecognition(0.75, 4);
    for (int recognised : new int[] {0, 0, 2, 1}) {
      judged(recognised, 2, MAST_1, SETUP);
      now = now.plusSeconds(1);
    }

    assertThat(walks.proof(DEPLOYMENT, MAST_1, SETUP, rule)).isEqualTo(new Proof(rule, 3, 4));
  }

  @Test
  void aRuleLooksAtNoOtherCameraListOrVersionAndAtNothingThatWasNotJudged() throws Exception {
    LowestRecognition rule = new LowestRecognition(0.5, 2);
    judged(1, 1, MAST_2, SETUP);
    judged(1, 1, MAST_1, setup(LIST, 3, "1.1"));
    judged(1, 1, MAST_1, setup(Sha256.of(new byte[] {9}), 3, "1.2"));
    walks.giveUp(DEPLOYMENT, announced(1, MAST_1), NotJudged.CLOSED);

    assertThat(walks.proof(DEPLOYMENT, MAST_1, SETUP, rule)).isEqualTo(new Proof(rule, 0, 0));
  }

  @Test
  void aRuleLooksAtNoOtherThresholdAndAtNoCameraThatWasSetOtherwise() throws Exception {
    LowestRecognition rule = new LowestRecognition(0.5, 2);
    judged(
        1,
        1,
        MAST_1,
        new Setup(LIST, 3, SETUP.modelPack(), SETUP.software(), new Similarity(0.6), AS_SET));
    judged(
        1,
        1,
        MAST_1,
        new Setup(LIST, 3, SETUP.modelPack(), SETUP.software(), SETUP.threshold(), LIST));

    assertThat(walks.proof(DEPLOYMENT, MAST_1, SETUP, rule)).isEqualTo(new Proof(rule, 0, 0));
  }

  @Test
  void aWalkThatSomebodyPausedCountsInARuleAsItStood() throws Exception {
    LowestRecognition rule = new LowestRecognition(0.5, 3);
    walks.interrupt(DEPLOYMENT, announced(3, MAST_1), OptionalInt.of(1), NotJudged.PAUSED, SETUP);

    assertThat(walks.proof(DEPLOYMENT, MAST_1, SETUP, rule)).isEqualTo(new Proof(rule, 1, 3));
  }

  @Test
  void aWalkThatWasInterruptedWhereNobodySawHowItStoodCountsInARuleAsMissed() throws Exception {
    LowestRecognition rule = new LowestRecognition(0.5, 3);
    walks.interrupt(
        DEPLOYMENT, announced(3, MAST_1), OptionalInt.empty(), NotJudged.AGENT_STOPPED, SETUP);

    assertThat(walks.proof(DEPLOYMENT, MAST_1, SETUP, rule)).isEqualTo(new Proof(rule, 0, 3));
  }

  @Test
  void aWalkWhoseCameraFailedCountsInNoRule() throws Exception {
    LowestRecognition rule = new LowestRecognition(0.5, 3);
    walks.interrupt(
        DEPLOYMENT, announced(3, MAST_1), OptionalInt.of(1), NotJudged.CAMERA_DOWN, SETUP);

    assertThat(walks.proof(DEPLOYMENT, MAST_1, SETUP, rule)).isEqualTo(new Proof(rule, 0, 0));
  }

  @Test
  void theRecordSaysHowManyPassesWereRecognisedBeforeAWalkWasInterrupted() throws Exception {
    walks.interrupt(DEPLOYMENT, announced(3, MAST_1), OptionalInt.of(2), NotJudged.PAUSED, SETUP);

    assertThat(figures().notJudged())
        .containsExactly(new WalkFigures.Unknown("mast-1", "paused", 3, 2L));
  }

  @Test
  void aWalkThatCannotBeIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> walk(0, MAST_1));
    assertThatIllegalArgumentException().isThrownBy(() -> walk(21, MAST_1));
    assertThatIllegalArgumentException().isThrownBy(() -> walk(1));
    assertThatIllegalArgumentException().isThrownBy(() -> walk(1, MAST_1, MAST_1));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new AnnouncedWalk(
                    UUID.randomUUID(),
                    DEPLOYMENT,
                    WALKER,
                    List.of(MAST_1),
                    now,
                    now.plusSeconds(4),
                    1));
  }
}
