package org.sightline.edge.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.signing.AuthorityKey;

/** Somebody is asked for what no option says. */
class SetupTest {
  private static final List<CameraSearch.Found> ONE =
      List.of(new CameraSearch.Found("10.0.0.21", "Mast 1"));

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private Path settings;
  private Path authority;

  @BeforeEach
  void bringTheAuthoritysKey() throws Exception {
    settings = folder.resolve("etc/agent.yaml");
    authority = folder.resolve("a.public");
    AuthorityKey.generate().publicKey().writeTo(authority);
  }

  private AgentSettings answering(String... answers) throws SightlineException {
    return Setup.run(
        new Wanted(
            settings,
            null,
            null,
            List.of(),
            new Wanted.Broker(null, null, null, null),
            Map.of(),
            Map.of(),
            null),
        Questions.of(
            new BufferedReader(new StringReader(String.join("\n", answers) + "\n")),
            new PrintWriter(out, true)),
        () -> ONE);
  }

  private AgentSettings answeringAll() throws SightlineException {
    return answering(
        "van-7",
        "",
        authority.toString(),
        "mqtt://127.0.0.1:1",
        "mast-1",
        "rtsp://agent@10.0.0.21/stream1",
        "",
        "");
  }

  @Test
  void theAnswersAreInTheSettings() throws Exception {
    AgentSettings read = answeringAll();

    assertThat(read.van().value()).isEqualTo("van-7");
    assertThat(read.cameras()).hasSize(1);
    assertThat(read.recognition().modelPack()).isEqualTo("retail-0095");
    assertThat(AgentSettings.read(settings)).isEqualTo(read);
  }

  @Test
  void camerasThatAnsweredAreShownBeforeOneIsAskedFor() throws Exception {
    answeringAll();

    assertThat(out.toString()).contains("10.0.0.21  Mast 1").contains("Id of a camera");
  }

  @Test
  void whoAnswersWronglyIsAskedAgain() throws Exception {
    answering(
        "Van 7",
        "van-7",
        "perhaps",
        "no",
        "nothing.public",
        authority.toString(),
        "http://127.0.0.1",
        "mqtt://127.0.0.1:1",
        "mast-1",
        "/dev/video0",
        "",
        "");

    assertThat(AgentSettings.read(settings).van().value()).isEqualTo("van-7");
  }

  @Test
  void emptyAnswersKeepWhatIsThere() throws Exception {
    AgentSettings before = answeringAll();
    String text = Files.readString(settings);

    assertThat(answering("", "", "", "", "")).isEqualTo(before);
    assertThat(settings).hasContent(text);
  }

  @Test
  void whoGoesAwayLeavesNothingBehind() {
    assertThatThrownBy(() -> answering("van-7", "no", authority.toString()))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("nobody answers", "nothing was changed");
    assertThat(folder.resolve("etc")).doesNotExist();
  }
}
