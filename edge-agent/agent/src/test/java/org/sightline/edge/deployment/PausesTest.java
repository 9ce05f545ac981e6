package org.sightline.edge.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.domain.PauseReason;

/** Capture is interrupted and goes on, and nothing is extended by it. */
class PausesTest {
  private static final Instant END = Box.NOW.plus(Duration.ofHours(4));
  private static final Actor RESUMER = Actor.officer("5678");

  @TempDir private Path folder;
  private Box box;

  @BeforeEach
  void openADeployment() throws Exception {
    box = new Box(folder);
    box.papers().write();
    box.importList();
    box.open();
  }

  @AfterEach
  void close() throws Exception {
    box.close();
  }

  private void pause() throws Exception {
    box.deployments.pauses().pause(PauseReason.OFFICERS_AWAY, Box.OFFICER);
  }

  private void resume() throws Exception {
    box.deployments.pauses().resume(box.authorisation(), Box.PACK, RESUMER);
  }

  private Optional<Pause> current() throws Exception {
    return box.deployments.pauses().current(Box.DEPLOYMENT);
  }

  private static DeploymentRefusal refusal(ThrowingCallable step) {
    return catchThrowableOfType(DeploymentException.class, step).refusal();
  }

  private String lastLine() throws Exception {
    return box.database
        .first(
            "SELECT CAST(line AS TEXT) AS line FROM audit_record ORDER BY sequence DESC LIMIT 1",
            row -> row.text("line"))
        .orElseThrow();
  }

  @Test
  void aPausedDeploymentStaysOpen() throws Exception {
    pause();

    assertThat(box.state()).isEqualTo(DeploymentState.OPEN);
    assertThat(current())
        .contains(new Pause(1, Box.NOW, PauseReason.OFFICERS_AWAY, "officer:1234", false));
  }

  @Test
  void theAuditLogSaysWhoPausedItAndWhy() throws Exception {
    pause();

    assertThat(lastLine())
        .contains("deployment-paused", "officer:1234", "\"reason\":\"officers-away\"");
  }

  @Test
  void theAuditLogSaysWhoResumedIt() throws Exception {
    pause();
    resume();

    assertThat(lastLine())
        .contains("deployment-resumed", "officer:5678", "\"since\":\"2026-11-24T09:00:00Z\"");
  }

  @Test
  void aPauseOutlivesTheProcess() throws Exception {
    pause();
    box.close();
    box = box.again();

    assertThat(current()).isPresent();
  }

  @Test
  void aResumedDeploymentIsNotPaused() throws Exception {
    pause();
    resume();

    assertThat(current()).isEmpty();
  }

  @Test
  void aDeploymentCanBePausedAgain() throws Exception {
    pause();
    resume();
    box.deployments.pauses().pause(PauseReason.MOVING, Box.OFFICER);

    assertThat(current().orElseThrow().reason()).isEqualTo(PauseReason.MOVING);
  }

  @Test
  void aPausedDeploymentIsNotPausedOnceMore() throws Exception {
    pause();

    assertThat(refusal(this::pause)).isInstanceOf(DeploymentRefusal.AlreadyPaused.class);
    assertThat(box.auditKinds()).containsOnlyOnce("deployment-paused");
  }

  @Test
  void whatIsNotPausedIsNotResumed() {
    assertThat(refusal(this::resume)).isEqualTo(new DeploymentRefusal.NotPaused(Box.DEPLOYMENT));
  }

  @Test
  void aPauseExtendsNothing() throws Exception {
    pause();
    box.wall.set(END);

    assertThat(box.deployments.isOpen(Box.DEPLOYMENT)).isFalse();
    box.deployments.settle();
    assertThat(box.state()).isEqualTo(DeploymentState.ENDED);
    assertThat(current()).isEmpty();
  }

  @Test
  void nothingIsResumedAfterTheEnd() throws Exception {
    pause();
    box.wall.set(END);

    assertThat(refusal(this::resume)).isInstanceOf(DeploymentRefusal.WrongState.class);
    assertThat(box.auditKinds()).doesNotContain("deployment-resumed");
  }

  @Test
  void nothingIsResumedWithoutAnAuthorisation() throws Exception {
    pause();
    Files.delete(box.authorisation());

    assertThat(refusal(this::resume)).isInstanceOf(DeploymentRefusal.NotAuthorised.class);
    assertThat(current()).isPresent();
  }

  @Test
  void aPausedDeploymentIsClosedLikeAnyOther() throws Exception {
    pause();
    box.deployments.close(Box.OFFICER);
    box.finish();

    assertThat(box.state()).isEqualTo(DeploymentState.DESTROYED);
  }

  @Test
  void nothingIsPausedThatIsNotOpen() throws Exception {
    box.deployments.close(Box.OFFICER);

    assertThat(refusal(this::pause)).isInstanceOf(DeploymentRefusal.WrongState.class);
  }

  @Test
  void thatItHasTakenEffectIsKept() throws Exception {
    pause();
    box.deployments.pauses().effective(current().orElseThrow());

    assertThat(current().orElseThrow().effective()).isTrue();
  }
}
