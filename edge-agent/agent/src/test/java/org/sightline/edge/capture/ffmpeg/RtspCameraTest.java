package org.sightline.edge.capture.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.capture.CameraAddress;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.CaptureException;
import org.sightline.edge.capture.FrameSources;
import org.sightline.edge.capture.MeasuredSource;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.testing.H264Pictures;
import org.sightline.edge.testing.SampleCamera;
import org.sightline.edge.testing.TestCamera;
import org.sightline.edge.testing.TestCertificates;
import org.sightline.edge.testing.TestCertificates.Issued;
import org.sightline.edge.testing.TestClips;
import org.slf4j.LoggerFactory;

/** What a camera may ask of the agent and what it may not, before the first picture. */
@Timeout(60)
class RtspCameraTest {
  @TempDir private static Path folder;
  private static H264Pictures pictures;

  private final Logger logger = (Logger) LoggerFactory.getLogger("org.sightline.edge.capture");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeAll
  static void record() throws Exception {
    pictures =
        H264Pictures.read(TestClips.of(320, 240, 25).h264(folder.resolve("camera.h264"), 50));
  }

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 301, 302, 303, 305, 307, 308})
  void aCameraThatSendsItsViewersElsewhereIsRefused(int status) throws Exception {
    try (TestCamera elsewhere = TestCamera.start(pictures);
        TestCamera camera =
            TestCamera.start(pictures)
                .has(
                    asked ->
                        asked.method().equals("DESCRIBE")
                            ? status + " Moved\r\nLocation: " + elsewhere.address()
                            : null)) {
      CaptureException trouble = troubleOf(settings(camera.address()));
      assertThat(trouble.what()).contains("another address, which is not followed");
      assertThat(elsewhere.connections()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"OPTIONS", "SETUP", "PLAY"})
  void beingSentElsewhereIsRefusedAtEveryStep(String method) throws Exception {
    try (TestCamera elsewhere = TestCamera.start(pictures);
        TestCamera camera =
            TestCamera.start(pictures)
                .has(
                    asked ->
                        asked.method().equals(method)
                            ? "302 Moved\r\nLocation: " + elsewhere.address()
                            : null)) {
      assertThat(troubleOf(settings(camera.address())).what()).contains("not followed");
      assertThat(elsewhere.connections()).isZero();
    }
  }

  @Test
  void aCameraReachedByTlsCannotSendThePasswordToAPlainOne() throws Exception {
    try (TestCamera plain = TestCamera.start(pictures).asksFor("Basic");
        TestCamera camera = secured()) {
      camera.has(
          asked ->
              asked.method().equals("DESCRIBE")
                  ? "302 Moved\r\nLocation: " + plain.address()
                  : null);
      assertThat(troubleOf(secureSettings(camera.address(TestCamera.USER))).what())
          .contains("not followed");
      assertThat(plain.connections()).isZero();
    }
  }

  @Test
  void aCameraThatRedirectsToItselfIsAskedOnce() throws Exception {
    try (TestCamera camera = TestCamera.start(pictures)) {
      camera.has(
          asked ->
              asked.method().equals("DESCRIBE")
                  ? "302 Moved\r\nLocation: " + camera.address()
                  : null);
      assertThat(troubleOf(settings(camera.address())).what())
          .contains("to the address that was asked for");
      assertThat(camera.asked().stream().filter(asked -> asked.method().equals("DESCRIBE")))
          .hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aCameraThatInsistsOnItsOwnAddressIsRead(boolean secure) throws Exception {
    try (TestCamera camera = secure ? secured() : TestCamera.start(pictures)) {
      camera.has(
          asked ->
              asked.uri().startsWith(camera.address())
                  ? null
                  : "301 Moved\r\nLocation: " + camera.address());
      assertFrames(secure ? secureSettings(camera.address()) : settings(camera.address()));
    }
  }

  @Test
  void theQueryOfAnAddressReachesTheCamera() throws Exception {
    try (TestCamera camera = TestCamera.start(pictures)) {
      assertFrames(settings(camera.address() + "?channel=1&stream=0"));
      assertThat(camera.asked().get(0).uri()).isEqualTo(camera.address() + "?channel=1&stream=0");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MD5,",
    "SHA-256,",
    "MD5, SHA-256",
    "SHA-256, MD5",
    "Basic, MD5",
    "MD5, Basic",
    "SHA-256, Basic",
    "NTLM, SHA-256"
  })
  void theRightPasswordIsProvedByDigest(String first, @Nullable String second) throws Exception {
    try (TestCamera camera = TestCamera.start(pictures)) {
      camera.asksFor(second == null ? new String[] {first} : new String[] {first, second});
      assertFrames(withPassword(camera.address(TestCamera.USER), TestCamera.PASSWORD));
      assertThat(authorizations(camera)).isNotEmpty().allMatch(each -> each.startsWith("Digest "));
    }
  }

  @Test
  void aPasswordGoesInClearThroughTls() throws Exception {
    try (TestCamera camera = secured().asksFor("Basic")) {
      assertFrames(secureSettings(camera.address(TestCamera.USER)));
    }
  }

  @Test
  void noPasswordGoesInClearWithoutTls() throws Exception {
    try (TestCamera camera = TestCamera.start(pictures).asksFor("Basic")) {
      CaptureException trouble =
          troubleOf(withPassword(camera.address(TestCamera.USER), TestCamera.PASSWORD));
      assertThat(trouble.what()).contains("the password in clear");
      assertThat(authorizations(camera)).isEmpty();
    }
  }

  @Test
  void aWrongPasswordIsTriedOnceAndShownNowhere() throws Exception {
    String wrong = "wrong-battery%9&";
    try (TestCamera camera = TestCamera.start(pictures).asksFor("MD5")) {
      CaptureException trouble = troubleOf(withPassword(camera.address(TestCamera.USER), wrong));
      assertThat(trouble.what()).contains("refuses the user name or password");
      assertThat(authorizations(camera)).hasSize(1);
      assertThat(trouble + log.list.toString())
          .doesNotContain("wrong-battery")
          .doesNotContain(TestCamera.USER);
    }
  }

  @Test
  void aCameraThatAsksForAUserWhereNoneIsSetIsDistinguished() throws Exception {
    try (TestCamera camera = TestCamera.start(pictures).asksFor("MD5")) {
      assertThat(troubleOf(settings(camera.address())).what())
          .isEqualTo("the camera asks for a user name and password");
    }
  }

  @Test
  void aUsedUpNonceIsNotAWrongPassword() throws Exception {
    try (TestCamera camera = TestCamera.start(pictures).asksFor("MD5")) {
      int[] described = {0};
      camera.has(
          asked ->
              asked.method().equals("DESCRIBE") && ++described[0] == 2
                  ? "401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"cam, one\","
                      + " nonce=\"3f9a\", stale=TRUE"
                  : null);
      assertFrames(withPassword(camera.address(TestCamera.USER), TestCamera.PASSWORD));
    }
  }

  @Test
  void aPasswordFileMayBeginWithAByteOrderMark() throws Exception {
    try (TestCamera camera = TestCamera.start(pictures).asksFor("MD5")) {
      assertFrames(
          withPassword(camera.address(TestCamera.USER), "\ufeff" + TestCamera.PASSWORD + "\r"));
    }
  }

  @Test
  void aPasswordFileInLatin1IsRefusedForThatAndTriedNever() throws Exception {
    try (TestCamera camera = TestCamera.start(pictures).asksFor("MD5")) {
      CameraSettings settings = withPassword(camera.address(TestCamera.USER), "");
      Path file = Objects.requireNonNull(settings.access().passwordFile());
      Files.write(file, "Schl\u00fcssel\n".getBytes(StandardCharsets.ISO_8859_1));

      assertThatExceptionOfType(CaptureException.class)
          .isThrownBy(() -> FrameSources.open(settings).close())
          .satisfies(
              refused ->
                  assertThat(refused.getMessage())
                      .hasLineCount(1)
                      .contains("is not UTF-8", file.toString(), "save it as UTF-8 text")
                      .doesNotContain("Schl"));
      assertThat(authorizations(camera)).isEmpty();
    }
  }

  @Test
  void aPortOutOfRangeIsRefusedAtOnce() throws Exception {
    assertThatThrownBy(() -> FrameSources.open(settings("rtsps://127.0.0.1:99999/x")).close())
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("a port lies between 1 and 65535");
  }

  @Test
  void aPasswordInTheAddressMayBeWrittenWithEscapes() throws Exception {
    try (TestCamera camera = TestCamera.start(pictures).asksFor("SHA-256")) {
      assertFrames(settings(camera.address(TestCamera.USER + ":correct-horse%257%26")));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "403, refuses this user",
    "404, no stream of that path",
    "453, serves no more viewers (453)",
    "503, serves no more viewers (503)",
    "500, status 500"
  })
  void aRefusalNamesItsCause(int status, String cause) throws Exception {
    try (TestCamera camera =
        TestCamera.start(pictures)
            .has(asked -> asked.method().equals("DESCRIBE") ? status + " No" : null)) {
      assertThat(troubleOf(settings(camera.address())).what()).contains(cause);
    }
  }

  @Test
  void aCameraThatSendsByUdpAloneIsRefusedByThatName() throws Exception {
    try (TestCamera camera =
        TestCamera.start(pictures)
            .has(asked -> asked.method().equals("SETUP") ? "461 Unsupported Transport" : null)) {
      assertThat(troubleOf(settings(camera.address())).what()).contains("UDP only");
    }
  }

  @Test
  void nobodyButTheReaderIsServedThroughTheRelay() throws Exception {
    try (TestCamera camera = TestCamera.start(pictures);
        Interrupt interrupt = new Interrupt()) {
      RtspRelay relay =
          RtspRelay.connect(CameraAddress.of(camera.address()), null, null, interrupt);
      URI door = URI.create(relay.uri());
      try (Socket stranger = new Socket(door.getHost(), door.getPort())) {
        stranger
            .getOutputStream()
            .write(
                "DESCRIBE rtsp://127.0.0.1/ RTSP/1.0\r\nCSeq: 1\r\n\r\n"
                    .getBytes(StandardCharsets.UTF_8));
        assertThat(stranger.getInputStream().read()).isNegative();
      } finally {
        relay.close();
      }
      assertThat(camera.asked()).isEmpty();
    }
  }

  private static List<String> authorizations(TestCamera camera) {
    return camera.asked().stream()
        .map(TestCamera.Asked::authorization)
        .filter(Objects::nonNull)
        .toList();
  }

  private static TestCamera secured() throws Exception {
    return TestCamera.start(pictures, issued());
  }

  private static @Nullable Issued issued;

  private static Issued issued() throws Exception {
    Issued known = issued;
    if (known == null) {
      known = TestCertificates.issue(folder, "localhost");
      issued = known;
    }
    return known;
  }

  private static CameraSettings settings(String address) {
    return CameraSettings.of(new CameraId("mast-1"), address);
  }

  private static CameraSettings withPassword(String address, String password) throws Exception {
    return with(address, password, null);
  }

  private static CameraSettings secureSettings(String address) throws Exception {
    return with(address, address.contains("@") ? TestCamera.PASSWORD : null, issued().authority());
  }

  private static CameraSettings with(
      String address, @Nullable String password, @Nullable Path caFile) throws Exception {
    Path file =
        password == null ? null : Files.writeString(folder.resolve("password"), password + "\n");
    return SampleCamera.of(address).access(file, caFile).build();
  }

  private static void assertFrames(CameraSettings settings) throws Exception {
    try (MeasuredSource source = FrameSources.open(settings)) {
      CompletableFuture<@Nullable Frame> first = nextOf(source);
      try {
        for (int i = 0; i < 3; i++) {
          Objects.requireNonNull(first.get(8, TimeUnit.SECONDS)).close();
          first = nextOf(source);
        }
      } catch (TimeoutException e) {
        throw new AssertionError("no frame, but: " + source.trouble(), e);
      }
    }
  }

  private static CaptureException troubleOf(CameraSettings settings) throws Exception {
    try (MeasuredSource source = FrameSources.open(settings)) {
      CompletableFuture<@Nullable Frame> first = nextOf(source);
      await().atMost(Duration.ofSeconds(10)).until(() -> source.trouble() != null);
      assertThat(first).isNotDone();
      return Objects.requireNonNull(source.trouble());
    }
  }

  private static CompletableFuture<@Nullable Frame> nextOf(MeasuredSource source) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return source.next();
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }
}
