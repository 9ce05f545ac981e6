package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.crypto.Sha256;

class ReleaseTest {
  private static final String RELEASE = "sightline-release/1\nversion 0.2.0\ncommit abc\ndata 22\n";

  @TempDir private Path home;

  @BeforeEach
  void aFolderOfAProgram() throws Exception {
    Files.createDirectories(home.resolve("share"));
  }

  @Test
  void whatWasBuiltOnTheBoxIsNoRelease() {
    assertThat(Release.in(home)).isEmpty();
    assertThat(Release.running()).isEmpty();
    assertThat(Release.runningIsFieldTested()).isTrue();
  }

  @Test
  void aReleaseWithoutABaselineIsNotFieldTested() throws Exception {
    put("release", RELEASE);

    assertThat(Release.in(home)).isEqualTo(Optional.of(new Release("0.2.0", false)));
  }

  @Test
  void aReleaseIsFieldTestedByTheBaselineOfItsOwnBytes() throws Exception {
    put("release", RELEASE);
    put("baseline", baselineOf(RELEASE));

    assertThat(Release.in(home)).isEqualTo(Optional.of(new Release("0.2.0", true)));
  }

  @Test
  void theBaselineOfAnotherReleaseOfTheSameVersionDoesNotCount() throws Exception {
    put("release", RELEASE);
    put("baseline", baselineOf(RELEASE.replace("abc", "abd")));

    assertThat(Release.in(home)).isEqualTo(Optional.of(new Release("0.2.0", false)));
  }

  @Test
  void aBaselineOfAFormatThatIsNotKnownDoesNotCount() throws Exception {
    put("release", RELEASE);
    put("baseline", baselineOf(RELEASE).replace("baseline/1", "baseline/2"));

    assertThat(Release.in(home)).isEqualTo(Optional.of(new Release("0.2.0", false)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nothing of a release\n", "sightline-release/2\nversion 0.3.0\n"})
  void aReleaseThatCannotBeReadIsOneThatWasNotFieldTested(String content) throws Exception {
    put("release", content);
    put("baseline", baselineOf(content));

    assertThat(Release.in(home)).isEqualTo(Optional.of(new Release("unknown", false)));
  }

  private static String baselineOf(String release) {
    return "sightline-baseline/1\nversion 0.2.0\nrelease "
        + Sha256.of(release.getBytes(StandardCharsets.UTF_8)).hex()
        + "\n";
  }

  private void put(String name, String content) throws Exception {
    Files.writeString(home.resolve("share").resolve(name), content);
  }
}
