package org.sightline.edge.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.testing.TestCertificates;
import org.sightline.edge.web.ServerCertificate;

/** Over TLS all tabs of a browser share one connection, and none of them waits for another. */
class Http2Test {
  private static final int TABS = 12;
  private static final int MORE_THAN_IS_KEPT_FOR_A_BROWSER = 3_000;
  private static final String SMALL_WINDOW = "32768";

  @TempDir static Path folder;
  private static RunningBoard room;
  private static Officer officer;
  private static HttpClient browser;

  @BeforeAll
  static void start() throws Exception {
    System.setProperty("jdk.httpclient.windowsize", SMALL_WINDOW);
    room = RunningBoard.in(folder);
    room.stop();
    TestCertificates.Issued issued = TestCertificates.issue(folder, "localhost");
    room.startSecurely(new ServerCertificate(issued.certificate(), issued.key()));
    browser = HttpClient.newBuilder().sslContext(TlsTest.trusting(issued.authority())).build();
    officer = new Officer(page(), browser);
    officer.login(RunningBoard.FIRST, RunningBoard.PASSWORD);
  }

  @AfterAll
  static void stop() throws Exception {
    System.clearProperty("jdk.httpclient.windowsize");
    room.close();
  }

  private static URI page() {
    return URI.create("https://localhost:" + room.board().uri().getPort() + "/");
  }

  private static HttpRequest events() {
    return officer.to("/api/events").build();
  }

  @Test
  void aBrowserIsServedOverHttp2() throws Exception {
    assertThat(officer.get("/api/session").version()).isEqualTo(Version.HTTP_2);
  }

  @Test
  void oneThatSpeaksNoHttp2IsServedAllTheSame() throws Exception {
    HttpRequest old = officer.to("/api/session").version(Version.HTTP_1_1).build();

    HttpResponse<Void> response = browser.send(old, BodyHandlers.discarding());

    assertThat(response.version()).isEqualTo(Version.HTTP_1_1);
    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void moreTabsThanABrowserOpensConnectionsAllHearWhatHappens() throws Exception {
    List<Events> tabs = new ArrayList<>();
    try {
      for (int i = 0; i < TABS; i++) {
        tabs.add(new Events(browser.send(events(), BodyHandlers.ofInputStream())));
      }
      room.status(new VanId("van-8"), "{\"van\":\"van-8\",\"state\":\"online\",\"queued\":8}");

      for (Events tab : tabs) {
        assertThat(tab.next("van").required("queued").intValue()).isEqualTo(8);
      }
    } finally {
      for (Events tab : tabs) {
        tab.close();
      }
    }
  }

  @Test
  void aTabThatTakesNothingIsCutOffAndTheOthersOfItsConnectionHearAll() throws Exception {
    Frozen frozen = new Frozen();
    HttpResponse<InputStream> stream = browser.send(events(), BodyHandlers.ofInputStream());
    CompletableFuture<HttpResponse<Void>> other =
        browser.sendAsync(events(), BodyHandlers.fromSubscriber(frozen));
    Flow.Subscription toRead = frozen.begun.get(20, TimeUnit.SECONDS);
    try (Events quick = new Events(stream)) {
      for (int i = 1; i <= MORE_THAN_IS_KEPT_FOR_A_BROWSER; i++) {
        room.status(
            new VanId("van-7"), "{\"van\":\"van-7\",\"state\":\"online\",\"queued\":" + i + "}");
      }

      quick.next(
          "van", van -> van.required("queued").intValue() == MORE_THAN_IS_KEPT_FOR_A_BROWSER);

      toRead.request(Long.MAX_VALUE);
      assertThat(frozen.end.handle((whole, cut) -> cut != null).get(20, TimeUnit.SECONDS)).isTrue();
      assertThat(other).failsWithin(Duration.ofSeconds(20));
    }
  }

  /** Asks for nothing of what comes. */
  private static final class Frozen implements Flow.Subscriber<List<ByteBuffer>> {
    final CompletableFuture<Flow.Subscription> begun = new CompletableFuture<>();
    final CompletableFuture<Void> end = new CompletableFuture<>();

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      begun.complete(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {}

    @Override
    public void onError(Throwable cause) {
      end.completeExceptionally(cause);
    }

    @Override
    public void onComplete() {
      end.complete(null);
    }
  }
}
