package org.sightline.edge.cli.van;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.RetailPack;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.app.Device;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.deployment.DataFolderLock;
import org.sightline.edge.testing.Exercise;

/** Whether a version can do its work on a box, asked of that version before it takes its place. */
class TrialCommandTest {
  @TempDir private static Path packs;

  @TempDir private Path folder;
  private Path settings;
  private Path data;
  private final StringWriter said = new StringWriter();

  @BeforeAll
  static void installWeights() throws Exception {
    RetailPack.installedIn(packs);
  }

  @BeforeEach
  void aBoxThatWasSetUp() throws Exception {
    Exercise exercise = Exercise.ofNobody(folder);
    settings =
        exercise.settings(
            URI.create("mqtt://127.0.0.1:1"),
            "cameras: [{id: mast-1, source: \"rtsp://127.0.0.1:1/none\"}]");
    modelsIn(packs);
    AgentSettings read = AgentSettings.read(settings);
    data = read.folders().data();
    Device.open(read, Clock.systemUTC()).close();
  }

  private void modelsIn(Path folder) throws IOException {
    Files.writeString(
        settings,
        Files.readString(settings)
            .replaceAll("(?m)^models: .*", "models: " + folder)
            .replaceAll("(?m)^modelPack: .*", "modelPack: retail-0095"));
  }

  private int trial() {
    PrintWriter all = new PrintWriter(said, true);
    return Sightline.run(all, all, "trial", "--config", settings.toString());
  }

  /** What the box keeps; files of locks are empty. */
  private Map<Path, Sha256> kept() throws IOException {
    Map<Path, Sha256> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(settings.getParent())) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        byte[] content = Files.readAllBytes(file);
        if (content.length > 0) {
          files.put(file, Sha256.of(content));
        }
      }
    }
    return files;
  }

  private void pretend(int version) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = " + version);
    }
  }

  private Path database() throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      return files.filter(file -> file.toString().endsWith(".db")).findFirst().orElseThrow();
    }
  }

  @Test
  void aBoxOnWhichItCanWorkIsLeftAsItWas() throws Exception {
    Map<Path, Sha256> before = kept();

    assertThat(trial()).isZero();

    assertThat(said).hasToString("this version can do its work here: the networks ran 1 times\n");
    assertThat(kept()).isEqualTo(before);
  }

  @Test
  void dataThatANewerVersionHasBroughtUpToDateStandAgainstIt() throws Exception {
    pretend(9999);

    assertThat(trial()).isEqualTo(2);
    assertThat(said.toString()).contains("newer");
  }

  @Test
  void dataThatSomebodyIsAtWorkOnAreNotCopied() throws Exception {
    try (DataFolderLock lock = DataFolderLock.take(data, Duration.ZERO)) {
      assertThat(lock).isNotNull();
      assertThat(trial()).isEqualTo(75);
    }
  }

  @Test
  void weightsThatAreNotThoseOfTheirManifestStandAgainstIt() throws Exception {
    Path others = Files.createDirectories(folder.resolve("others/retail-0095"));
    try (Stream<Path> files = Files.list(packs.resolve("retail-0095"))) {
      for (Path file : files.toList()) {
        Files.copy(file, others.resolve(file.getFileName()));
      }
    }
    Path weights = others.resolve("yunet_s_dynamic.onnx");
    byte[] content = Files.readAllBytes(weights);
    content[content.length / 2] ^= 1;
    Files.write(weights, content);
    modelsIn(others.getParent());

    assertThat(trial()).isEqualTo(2);
    assertThat(said.toString()).contains("yunet_s_dynamic.onnx");
  }

  @Test
  void settingsThatItCannotReadStandAgainstIt() throws Exception {
    Files.writeString(settings, "unheard-of: 1\n");

    assertThat(trial()).isEqualTo(2);
    assertThat(said.toString()).contains("unheard-of");
  }
}
