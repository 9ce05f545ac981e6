package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.domain.SightlineException;

class StatusFileTest {
  private static final AgentStatus STATUS =
      new AgentStatus(
          process(ProcessHandle.current().info().startInstant().orElseThrow()),
          new AgentStatus.Deployment(
              "D-1", "2026-11-29T14:00:00Z", "2026-11-29T18:00:00Z", true, List.of("a figure")),
          List.of(new AgentStatus.Camera("mast-1", List.of("camera-dark"), 24.9, 0.1, 1, 2, 3)),
          new AgentStatus.Broker(false, 4, "the broker cannot be reached"),
          new AgentStatus.Alerts(9, 2, 3, 1, 3),
          List.of("camera-dark"),
          new AgentStatus.Box(1234L, null, "cpu"));

  @TempDir private Path data;

  private static AgentStatus.RunningProcess process(Instant started) {
    return new AgentStatus.RunningProcess(
        ProcessHandle.current().pid(), started.toString(), "2026-11-29T15:00:00Z", "1.2.3");
  }

  @Test
  void whatAnAgentSaysIsReadAgain() throws Exception {
    new StatusFile(data).write(STATUS);

    assertThat(new StatusFile(data).read()).contains(STATUS);
  }

  @Test
  void whatItSaysLaterTakesThePlaceOfWhatItSaidBefore() throws Exception {
    StatusFile file = new StatusFile(data);
    file.write(STATUS);
    AgentStatus later =
        new AgentStatus(
            STATUS.process(), STATUS.deployment(), List.of(), null, null, List.of(), STATUS.box());
    file.write(later);

    assertThat(file.read()).contains(later);
  }

  @Test
  void othersThanOwnerAndGroupDoNotReadIt() throws Exception {
    new StatusFile(data).write(STATUS);

    assertThat(Files.getPosixFilePermissions(data.resolve(StatusFile.NAME)))
        .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
  }

  @Test
  void whereNoAgentHasRunNothingIsSaid() throws Exception {
    assertThat(new StatusFile(data).read()).isEmpty();
  }

  @Test
  void aFileThatIsNoStatusIsRefusedByItsName() throws Exception {
    Path file = Files.writeString(data.resolve(StatusFile.NAME), "{\"process\":");

    assertThatThrownBy(() -> new StatusFile(data).read())
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void aProcessIsKnownByItsNumberAndItsStart() {
    assertThat(StatusFile.isAlive(STATUS.process())).isTrue();
  }

  @Test
  void anotherProcessWithTheSameNumberIsNotTheAgent() {
    assertThat(StatusFile.isAlive(process(Instant.parse("2026-01-01T00:00:00Z")))).isFalse();
  }
}
