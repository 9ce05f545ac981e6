package org.sightline.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.deployment.DataFolderLock;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.Impatience;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Commands that fail, some for each kind of error. */
class ExitCodesTest {
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;
  private Exercise exercise;
  private Path settings;

  @BeforeEach
  void prepare() throws Exception {
    exercise =
        Exercise.in(
            folder.resolve("exercise"),
            ModelPacks.at(folder.resolve("models")).installed("builtin"),
            List.of(somebody()));
    settings =
        exercise.opened(URI.create("mqtt://127.0.0.1:1"), "cameras: [{id: a, source: a.mp4}]");
  }

  private static WatchlistEntry somebody() {
    float[] values = new float[64];
    values[0] = 1;
    return new WatchlistEntry(
        new SubjectRef("S-0001"),
        "exercise",
        List.of(Template.normalised("builtin", values)),
        new Jpeg(new byte[] {1}));
  }

  private int sightline(String... arguments) {
    return Sightline.run(
        new PrintWriter(new StringWriter()), new PrintWriter(err, true), arguments);
  }

  private int onTheBox(String command) {
    return sightline((command + " --config " + settings).split(" "));
  }

  private void isOneLine(String beginning) {
    assertThat(err.toString().strip()).hasLineCount(1).startsWith(beginning);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "deployment open --by 1234", "deployment status"})
  void whatCannotBeReadIsUnusableInput(String command) throws Exception {
    Files.writeString(settings, "cameras: [");

    assertThat(onTheBox(command)).isEqualTo(2);
    isOneLine("this is not valid YAML");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "deployment open --by 1234", "camera probe rtsp://127.0.0.1:1/a"})
  void whatNoAuthorisationPermitsIsRefused(String command) throws Exception {
    Instant now = Instant.now();
    exercise.permission().between(now.minusSeconds(60), now.minusSeconds(1)).write();

    assertThat(onTheBox(command)).isEqualTo(1);
    assertThat(err.toString().strip()).hasLineCount(1).contains("the authorisation ended at");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "watchlist import list.bundle --by 1234"})
  void whatAnotherProcessIsInTheWayOfIsTemporary(String command) throws Exception {
    try (DataFolderLock other = DataFolderLock.take(exercise.data(), Duration.ZERO)) {
      assertThat(Impatience.of(other, () -> onTheBox(command))).isEqualTo(75);
    }
    isOneLine("an agent or another command is using this data folder");
  }

  @Test
  void whatNobodyExpectedIsAnInternalErrorInOneLine() throws Exception {
    assertThat(broken("exec \"$@\"")).isEqualTo(70);
    assertThat(said().strip())
        .isEqualTo(
            "internal error: IllegalStateException (run again with --debug and report what it"
                + " prints)");
  }

  @Test
  void itsStackTraceGoesToTheJournal() throws Exception {
    assertThat(broken("JOURNAL_STREAM=$(stat -L -c %d:%i /proc/self/fd/2) exec \"$@\""))
        .isEqualTo(70);
    assertThat(said())
        .contains("ERROR Sightline Internal error", "\tat " + Broken.class.getName() + ".call(")
        .containsOnlyOnce("internal error: ");
  }

  @Test
  void aTerminalThatAServiceOpenedIsNoJournal() throws Exception {
    assertThat(broken("JOURNAL_STREAM=8:1 exec \"$@\"")).isEqualTo(70);
    assertThat(said().strip()).hasLineCount(1);
  }

  @Test
  void anUnexpectedErrorOfAThreadIsLoggedWithItsStackTrace() throws Exception {
    broken("exec \"$@\"");
    assertThat(said()).doesNotContain("\tat ");

    broken("exec \"$@\"", "--thread");
    assertThat(said()).contains("Thread ours ended", "\tat " + Broken.class.getName());
  }

  /** A command with a bug, provided as those of the product are. */
  @Command(name = "broken")
  public static final class Broken implements Callable<Integer>, CommandProvider {
    @Option(names = "--thread")
    private boolean thread;

    @Override
    public List<Class<?>> commands() {
      return List.of(Broken.class);
    }

    @Override
    public Integer call() throws InterruptedException {
      if (thread) {
        Thread ours = new Thread(Broken::fail, "ours");
        ours.start();
        ours.join();
        return 0;
      }
      fail();
      return 0;
    }

    private static void fail() {
      throw new IllegalStateException("nobody expects this");
    }
  }

  private int broken(String shell, String... arguments) throws Exception {
    Path services = Files.createDirectories(folder.resolve("classes/META-INF/services"));
    Files.writeString(
        services.resolve(CommandProvider.class.getName()), Broken.class.getName() + "\n");
    List<String> command =
        new ArrayList<>(
            List.of(
                "bash",
                "-c",
                shell,
                "bash",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                folder.resolve("classes")
                    + File.pathSeparator
                    + System.getProperty("java.class.path"),
                Sightline.class.getName(),
                "broken"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectError(folder.resolve("err").toFile())
        .start()
        .waitFor();
  }

  private String said() throws Exception {
    return Files.readString(folder.resolve("err"));
  }
}
