package org.sightline.edge.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.models.Installation.SourcesMissing;
import org.sightline.edge.models.ModelPackException.Reason;
import org.sightline.edge.models.UpstreamSource.RetryLimits;

class DownloadTest {
  private static final int SIZE_BYTES = 300_000;

  @TempDir Path folder;

  private final byte[] content = new byte[SIZE_BYTES];
  private FileServer server;
  private ModelPacks packs;
  private Path installed;

  @BeforeEach
  void aServerWithOneFile() throws Exception {
    new Random(3).nextBytes(content);
    server = new FileServer(content);
    installed = folder.resolve("installed");
    offer(server.url());
  }

  @AfterEach
  void stopTheServer() {
    server.close();
  }

  @Test
  void aPackIsDownloadedAndInstalled() throws Exception {
    install();
    assertInstalled();
  }

  @Test
  void anInstalledPackIsNotDownloadedAgain() throws Exception {
    install();
    install();
    assertThat(server.askedFrom()).hasSize(1);
  }

  @Test
  void aBrokenOffDownloadResumesWhereItStopped() throws Exception {
    server.first(server.breakingOffAt(200_000));
    install();
    assertInstalled();
    assertThat(server.askedFrom().get(1)).isBetween(1, 200_000);
  }

  @Test
  void aDownloadGivenUpIsResumedByTheNextInstallation() throws Exception {
    server.first(server.breakingOffAt(200_000));
    for (int i = 0; i < UpstreamSource.MAX_FRUITLESS_TRIES; i++) {
      server.first(FileServer.status(503));
    }
    assertRefused(Reason.DOWNLOAD_FAILED);
    assertNothingInstalled();
    install();
    assertInstalled();
    List<Integer> askedFrom = server.askedFrom();
    assertThat(askedFrom.get(askedFrom.size() - 1)).isPositive();
  }

  @Test
  void aStalledDownloadIsBrokenOffAndResumed() throws Exception {
    server.first(server.stallingAt(100_000));
    install();
    assertInstalled();
  }

  @Test
  void aServerThatIgnoresRangesIsTakenFromTheStart() throws Exception {
    server.first(server.breakingOffAt(200_000), server.wholeWhateverIsAsked());
    install();
    assertInstalled();
  }

  @Test
  void aRefusedRangeIsAskedForAgainFromTheStart() throws Exception {
    server.first(server.breakingOffAt(200_000), FileServer.status(416));
    install();
    assertInstalled();
    assertThat(server.askedFrom().get(2)).isZero();
  }

  @Test
  void aBusyServerIsAskedAgain() throws Exception {
    server.first(FileServer.status(503), FileServer.status(429));
    install();
    assertInstalled();
  }

  @Test
  void aMissingFileIsNotAskedForTwice() throws Exception {
    server.first(FileServer.status(404));
    assertRefused(Reason.DOWNLOAD_FAILED);
    assertThat(server.askedFrom()).hasSize(1);
    assertNothingInstalled();
  }

  @Test
  void otherBytesOfTheRightSizeAreRefusedAndDeleted() throws Exception {
    byte[] other = content.clone();
    other[SIZE_BYTES - 1] ^= 1;
    server.first(FileServer.other(other));
    assertRefused(Reason.WRONG_DIGEST);
    assertNothingInstalled();
    assertNoPartKept();
  }

  @Test
  void aFileOfAnotherSizeIsRefused() throws Exception {
    server.first(FileServer.other(new byte[1000]));
    assertRefused(Reason.WRONG_DIGEST);
    assertNothingInstalled();
    assertNoPartKept();
  }

  @Test
  void anEndlessFileIsRefusedAtTheSizeThatIsPinned() throws Exception {
    server.first(FileServer.endless());
    assertRefused(Reason.WRONG_DIGEST);
    assertNothingInstalled();
    assertNoPartKept();
  }

  @Test
  void aServerThatIsNotThereIsSaidSo() throws Exception {
    server.close();
    assertRefused(Reason.DOWNLOAD_FAILED);
    assertNothingInstalled();
  }

  @Test
  void aFileWithoutAnAddressIsNamedBeforeAnythingIsDownloaded() throws Exception {
    offer(null);
    assertThat(install())
        .isInstanceOfSatisfying(
            SourcesMissing.class,
            missing -> assertThat(missing.sought()).extracting("name").contains("file.onnx"));
    assertThat(installed).doesNotExist();
  }

  @Test
  void progressReachesTheWholeSize() throws Exception {
    List<Long> reached = new ArrayList<>();
    InstallProgress progress =
        new InstallProgress() {
          @Override
          public void begins(String fileName, long sizeBytes) {
            assertThat(sizeBytes).isEqualTo(SIZE_BYTES);
          }

          @Override
          public void reaches(long doneBytes) {
            reached.add(doneBytes);
          }

          @Override
          public void ends() {}
        };
    new PackInstaller(packs, progress).fromUpstream("sample");
    assertThat(reached).isSorted().endsWith((long) SIZE_BYTES);
  }

  private void offer(String url) throws Exception {
    Path manifests = folder.resolve("manifests");
    new SamplePack(manifests).file("file.onnx", content, url).write();
    packs = ModelPacks.of(manifests, installed);
  }

  private Installation install() throws ModelPackException {
    RetryLimits brief = new RetryLimits(Duration.ofMillis(1), Duration.ofSeconds(1));
    return new PackInstaller(packs, InstallProgress.SILENT, brief).fromUpstream("sample");
  }

  private void assertRefused(Reason reason) {
    assertThatExceptionOfType(ModelPackException.class)
        .isThrownBy(this::install)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
        .withMessageContaining(server.url());
  }

  private void assertInstalled() throws ModelPackException {
    assertThat(packs.installed("sample").path("file.onnx")).hasBinaryContent(content);
    assertNoPartKept();
  }

  private void assertNothingInstalled() {
    assertThat(installed.resolve("sample")).doesNotExist();
    assertThat(installed.resolve(".sample.new")).doesNotExist();
  }

  private void assertNoPartKept() {
    try (Stream<Path> parts = Files.list(installed.resolve(".downloads"))) {
      assertThat(parts).isEmpty();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
