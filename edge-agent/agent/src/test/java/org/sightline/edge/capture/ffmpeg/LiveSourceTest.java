package org.sightline.edge.capture.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.CaptureException;
import org.sightline.edge.capture.FrameSources;
import org.sightline.edge.capture.MeasuredSource;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.testing.RtspServer;
import org.sightline.edge.testing.SampleCamera;
import org.sightline.edge.testing.TestCertificates;
import org.sightline.edge.testing.TestCertificates.Issued;
import org.sightline.edge.testing.TestClips;
import org.slf4j.LoggerFactory;

@Timeout(90)
@SuppressWarnings("try") // some tests close a source themselves to see what that does
class LiveSourceTest {
  private static final String PASSWORD = "correct-horse%7&";

  private final Logger logger = (Logger) LoggerFactory.getLogger("org.sightline.edge.capture");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  @TempDir private Path folder;

  @BeforeEach
  void listen() {
    logger.setLevel(Level.TRACE);
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
    logger.setLevel(null);
  }

  @Test
  void framesOfACameraBearTheTimeOfTheirArrival() throws Exception {
    try (RtspServer server = RtspServer.startPattern();
        MeasuredSource source = FrameSources.open(settings(server.address()))) {
      long before = -1;
      for (int i = 0; i < 20; i++) {
        try (Frame frame = frameOf(source)) {
          assertThat(frame.streamTime().toNanos()).isGreaterThan(before);
          assertThat(frame.number()).isEqualTo(i);
          before = frame.streamTime().toNanos();
        }
      }
      assertThat(Objects.requireNonNull(source.stream()).codec()).isEqualTo("h264");
    }
  }

  @Test
  void aLoopedClipIsSeenAsTheCameraShowsIt() throws Exception {
    Path clip = TestClips.of(320, 240, 15).h264(folder.resolve("clip.mp4"), 30);
    try (RtspServer server = RtspServer.start(clip);
        MeasuredSource source = FrameSources.open(settings(server.address()))) {
      int last = -1;
      int rounds = 0;
      for (int i = 0; i < 45; i++) {
        try (Frame frame = frameOf(source)) {
          int number = TestClips.numberIn(frame.picture());
          rounds += number < last ? 1 : 0;
          last = number;
        }
      }
      assertThat(last).isLessThan(30);
      assertThat(rounds).isBetween(1, 2);
    }
  }

  @Test
  void framesFlowAgainWhenTheServerIsBackThoughTheirSizeHasChanged() throws Exception {
    try (RtspServer server = RtspServer.startPattern("--size", "320x240");
        MeasuredSource source = FrameSources.open(settings(server.address()))) {
      Duration before;
      try (Frame frame = frameOf(source)) {
        assertThat(frame.picture().widthPx()).isEqualTo(320);
        before = frame.streamTime();
      }
      server.kill();
      long killedNanos = System.nanoTime();
      CompletableFuture<Integer> newWidth = widthOtherThan(source, 320);
      await().atMost(Duration.ofSeconds(60)).until(() -> source.trouble() != null);
      assertThat(source.statistics().connected()).isFalse();
      Duration away = Duration.ofNanos(System.nanoTime() - killedNanos);
      server.restart("--size", "480x272");
      assertThat(newWidth.join()).isEqualTo(480);
      try (Frame frame = frameOf(source)) {
        assertThat(frame.streamTime()).isGreaterThan(before.plus(away));
      }
      assertThat(source.statistics().reconnects()).isEqualTo(1);
      assertThat(warnings()).isEqualTo(1);
    }
  }

  @Test
  void aFrozenServerIsNoticedAndFramesFlowAgainWhenItThaws() throws Exception {
    try (RtspServer server = RtspServer.startPattern();
        MeasuredSource source = FrameSources.open(settings(server.address()))) {
      frameOf(source).close();
      server.freeze();
      CompletableFuture<Void> reader =
          CompletableFuture.runAsync(() -> readUntilReconnected(source));
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                assertThat(source.statistics().connected()).isFalse();
                assertThat(Objects.requireNonNull(source.trouble()).what()).contains("no frame");
              });
      server.thaw();
      reader.join();
    }
  }

  @Test
  void aCameraThatIsAbsentAtFirstIsWaitedForAndSaidOnce() throws Exception {
    try (RtspServer server = RtspServer.startPattern()) {
      server.kill();
      try (MeasuredSource source = FrameSources.open(settings(server.address()))) {
        CompletableFuture<@Nullable Frame> first = nextOf(source);
        await().atMost(Duration.ofSeconds(60)).until(() -> source.trouble() != null);
        assertThat(first).isNotDone();
        server.restart();
        Objects.requireNonNull(first.join()).close();
        assertThat(warnings()).isEqualTo(1);
        assertThat(source.statistics().reconnects()).isZero();
      }
    }
  }

  @Test
  void theRightPasswordFromAFileIsAccepted() throws Exception {
    try (RtspServer server = guarded();
        MeasuredSource source =
            FrameSources.open(with(server.addressAs("viewer"), passwordFile(PASSWORD), null))) {
      frameOf(source).close();
      assertThat(source.statistics().connected()).isTrue();
    }
  }

  @Test
  void aWrongPasswordIsSaidOnceAndNeverShown() throws Exception {
    String wrong = "wrong-battery%9&";
    try (RtspServer server = guarded();
        MeasuredSource source =
            FrameSources.open(with(server.addressAs("viewer"), passwordFile(wrong), null))) {
      CompletableFuture<@Nullable Frame> first = nextOf(source);
      await().atMost(Duration.ofSeconds(60)).until(() -> source.trouble() != null);
      CaptureException trouble = Objects.requireNonNull(source.trouble());
      assertThat(trouble.what()).contains("refuses the user name or password");
      assertThat(warnings()).isEqualTo(1);
      assertThat(trouble + log.list.toString() + source)
          .doesNotContain("wrong-battery")
          .doesNotContain("viewer");
      source.close();
      assertThat(first.join()).isNull();
    }
  }

  @Test
  void aCameraWithACertificateOfTheNamedAuthorityIsAccepted() throws Exception {
    Issued issued = TestCertificates.issue(folder, "localhost");
    try (RtspServer server = secured(issued);
        MeasuredSource source =
            FrameSources.open(with(server.address(), null, issued.authority()))) {
      for (int i = 0; i < 10; i++) {
        frameOf(source).close();
      }
    }
  }

  @Test
  void aCameraWithACertificateOfAnotherAuthorityIsRefused() throws Exception {
    Path another = TestCertificates.issue(folder, "localhost").authority();
    assertCertificateRefused(TestCertificates.issue(folder, "localhost"), another, "path");
  }

  @Test
  void aCameraWithACertificateForAnotherHostIsRefused() throws Exception {
    Issued issued = TestCertificates.issue(folder, "elsewhere.example");
    assertCertificateRefused(issued, issued.authority(), "localhost");
  }

  @Test
  void aCameraWithAnUnknownCertificateIsRefusedWithoutANamedAuthority() throws Exception {
    assertCertificateRefused(TestCertificates.issue(folder, "localhost"), null, "path");
  }

  @Test
  void closingEndsAReaderThatWaits() throws Exception {
    try (RtspServer server = RtspServer.startPattern();
        MeasuredSource source = FrameSources.open(settings(server.address()))) {
      frameOf(source).close();
      server.freeze();
      AtomicLong lastFrameNanos = new AtomicLong(System.nanoTime());
      CompletableFuture<Void> drained =
          CompletableFuture.runAsync(
              () -> {
                for (Frame frame = next(source); frame != null; frame = next(source)) {
                  frame.close();
                  lastFrameNanos.set(System.nanoTime());
                }
              });
      await()
          .until(() -> System.nanoTime() - lastFrameNanos.get() > Duration.ofMillis(500).toNanos());
      source.close();
      drained.join();
    }
  }

  @Test
  void aDeviceThatIsNotThereIsWaitedFor() throws Exception {
    try (MeasuredSource source = FrameSources.open(settings("/dev/video97"))) {
      CompletableFuture<@Nullable Frame> first = nextOf(source);
      await().atMost(Duration.ofSeconds(60)).until(() -> source.trouble() != null);
      assertThat(Objects.requireNonNull(source.trouble()).where()).contains("/dev/video97");
      source.close();
      assertThat(first.join()).isNull();
    }
  }

  @Test
  void aMissingPasswordFileIsRefusedAtOnce() {
    assertThatThrownBy(
            () ->
                FrameSources.open(with("rtsp://viewer@localhost/", folder.resolve("missing"), null))
                    .close())
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("password file");
  }

  private void assertCertificateRefused(Issued issued, @Nullable Path authority, String why)
      throws Exception {
    try (RtspServer server = secured(issued);
        MeasuredSource source = FrameSources.open(with(server.address(), null, authority))) {
      CompletableFuture<@Nullable Frame> first = nextOf(source);
      await().atMost(Duration.ofSeconds(60)).until(() -> source.trouble() != null);
      assertThat(Objects.requireNonNull(source.trouble()).what())
          .contains("certificate is not accepted")
          .contains(why);
      source.close();
      assertThat(first.join()).isNull();
    }
  }

  private static RtspServer guarded() throws Exception {
    return RtspServer.startPattern("--user", "viewer", "--password", PASSWORD);
  }

  private static RtspServer secured(Issued issued) throws Exception {
    return RtspServer.startPattern(
        "--cert", issued.certificate().toString(), "--key", issued.key().toString());
  }

  private Path passwordFile(String password) throws Exception {
    return Files.writeString(folder.resolve("password"), password + "\n");
  }

  private static CameraSettings settings(String address) {
    return with(address, null, null);
  }

  private static CameraSettings with(
      String address, @Nullable Path passwordFile, @Nullable Path caFile) {
    return SampleCamera.of(address).access(passwordFile, caFile).build();
  }

  private long warnings() {
    return log.list.stream().filter(event -> event.getLevel() == Level.WARN).count();
  }

  private static Frame frameOf(MeasuredSource source) {
    return Objects.requireNonNull(next(source), "the source has ended");
  }

  private static @Nullable Frame next(MeasuredSource source) {
    try {
      return source.next();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static CompletableFuture<@Nullable Frame> nextOf(MeasuredSource source) {
    return CompletableFuture.supplyAsync(() -> next(source));
  }

  private static CompletableFuture<Integer> widthOtherThan(MeasuredSource source, int known) {
    return CompletableFuture.supplyAsync(
        () -> {
          while (true) {
            try (Frame frame = frameOf(source)) {
              if (frame.picture().widthPx() != known) {
                return frame.picture().widthPx();
              }
            }
          }
        });
  }

  private static void readUntilReconnected(MeasuredSource source) {
    while (source.statistics().reconnects() == 0) {
      frameOf(source).close();
    }
  }
}
