package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.domain.SightlineException;

class StatusFileTest {
  private static final AgentStatus STATUS =
      new AgentStatus(
          process(ProcessStart.of(ProcessHandle.current().pid())),
          new AgentStatus.Deployment(
              "D-1",
              "2026-11-29T14:00:00Z",
              "2026-11-29T18:00:00Z",
              true,
              null,
              List.of("a figure"),
              "urgent, confirmed by nobody yet"),
          List.of(new AgentStatus.Camera("mast-1", List.of("camera-dark"), 24.9, 0.1, 1, 2, 3)),
          new AgentStatus.Broker(false, 4, "the broker cannot be reached"),
          new AgentStatus.Alerts(9, 2, 3, 1, 3),
          List.of("camera-dark"),
          new AgentStatus.Box(1234L, null, "cpu"));

  @TempDir private Path data;

  private static AgentStatus.RunningProcess process(@Nullable String start) {
    return new AgentStatus.RunningProcess(
        ProcessHandle.current().pid(),
        "2026-11-29T13:00:00Z",
        "2026-11-29T15:00:00Z",
        "1.2.3",
        start,
        "2026-11-29T15:00:01Z");
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

  @ParameterizedTest
  @ValueSource(strings = {"process", "deployment", "box", "cameras", "alarms"})
  void aStatusWithoutOneOfItsPartsIsRefused(String part) throws Exception {
    new StatusFile(data).write(STATUS);
    replace("\"" + part + "\":", "\"another\":");

    assertThatThrownBy(() -> new StatusFile(data).read()).isInstanceOf(SightlineException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "[]", "7", ""})
  void whatIsJsonAndNoStatusIsRefused(String text) throws Exception {
    Files.writeString(data.resolve(StatusFile.NAME), text);

    assertThatThrownBy(() -> new StatusFile(data).read()).isInstanceOf(SightlineException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-29T14:00:00Z", "2026-11-29T15:00:00Z", "2026-11-29T15:00:01Z"})
  void aTimeThatIsNoneIsRefused(String time) throws Exception {
    new StatusFile(data).write(STATUS);
    replace(time, "this afternoon");

    assertThatThrownBy(() -> new StatusFile(data).read()).isInstanceOf(SightlineException.class);
  }

  private void replace(String said, String other) throws IOException {
    Path file = data.resolve(StatusFile.NAME);
    Files.writeString(file, Files.readString(file).replace(said, other));
  }

  @Test
  void aProcessIsKnownByItsNumberAndItsStart() {
    assertThat(StatusFile.isAlive(STATUS.process(), false)).isTrue();
  }

  @Test
  void anotherProcessWithTheSameNumberIsNotTheAgent() {
    assertThat(StatusFile.isAlive(process("another run/1"), true)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whereItsStartIsNotSaidAProcessWithItsNumberIsTheAgentWhileItSpeaks(boolean fresh) {
    assertThat(StatusFile.isAlive(process(null), fresh)).isEqualTo(fresh);
  }
}
