package org.sightline.edge.board;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.crypto.TlsMaterial;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.testing.TestCertificates;
import org.sightline.edge.webhook.Webhook;

/** Alerts as software gets them that has an HTTP server and no MQTT. */
@Execution(ExecutionMode.CONCURRENT)
class WebhookTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final byte[] KEY = "a secret of thirty-two bytes 123".getBytes(US_ASCII);
  private static final String SECRET = "whsec_" + Base64.getEncoder().encodeToString(KEY);
  private static final int TAKEN = 204;
  private static final int BUSY = 503;

  /** What was posted. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares it.
  private record Post(String id, String type, String time, String signature, byte[] body) {}

  @TempDir private Path folder;
  private final List<Post> posts = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> answers = new ConcurrentHashMap<>();
  private volatile int answer = TAKEN;
  private HttpServer software;
  private RunningBoard room;

  @BeforeEach
  void start() throws Exception {
    software = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    software.createContext("/alerts", this::take);
    software.start();
    room = RunningBoard.in(folder);
    room.stop();
    room.postsTo(
        new Webhook(
            URI.create("http://127.0.0.1:" + software.getAddress().getPort() + "/alerts"),
            secretFile(SECRET + "\n"),
            null));
    room.start();
  }

  @AfterEach
  void end() throws Exception {
    room.close();
    software.stop(0);
  }

  private Path secretFile(String secret) throws Exception {
    Path file = folder.resolve("secret");
    DocumentFile.replaceSecret(file, secret.getBytes(US_ASCII));
    return file;
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      Post post =
          new Post(
              header(exchange, "webhook-id"),
              header(exchange, "content-type"),
              header(exchange, "webhook-timestamp"),
              header(exchange, "webhook-signature"),
              exchange.getRequestBody().readAllBytes());
      posts.add(post);
      exchange.sendResponseHeaders(answers.getOrDefault(post.id(), answer), -1);
    }
  }

  private static String header(HttpExchange exchange, String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }

  private void awaitPosts(int number) {
    await().atMost(SOON).until(() -> posts.size() >= number);
  }

  private List<String> postedIds() {
    return posts.stream().map(Post::id).toList();
  }

  private byte[] raised(Alert alert) throws Exception {
    byte[] message = Alerts.signed(Alerts.event(alert, room.keys.identity()));
    room.sendAsIs(Alerts.VAN, message);
    return message;
  }

  @Test
  void anAlertIsPostedAsTheVanSignedAndSealedIt() throws Exception {
    Alert alert = Alerts.about("S-1");

    byte[] event = raised(alert);

    awaitPosts(1);
    Post post = posts.get(0);
    assertThat(post.body()).isEqualTo(event);
    assertThat(post.type()).isEqualTo("application/cloudevents+json");
    assertThat(post.id()).isEqualTo(alert.id().toString());
  }

  @Test
  void whatIsPostedIsSigned() throws Exception {
    raised(Alerts.about("S-1"));

    awaitPosts(1);
    Post post = posts.get(0);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
    mac.update((post.id() + "." + post.time() + ".").getBytes(US_ASCII));
    assertThat(post.signature())
        .isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal(post.body())));
    assertThat(Instant.ofEpochSecond(Long.parseLong(post.time())))
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
  }

  @Test
  void anAlertThatTheBrokerRepeatsIsPostedOnce() throws Exception {
    byte[] first = raised(Alerts.about("S-1"));
    awaitPosts(1);
    room.sendAsIs(Alerts.VAN, first);

    raised(Alerts.about("S-2"));

    awaitPosts(2);
    assertThat(postedIds()).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 410, 503, 302})
  void whatIsNotTakenHoldsUpNoOtherAndIsPostedAgain(int refusal) throws Exception {
    Alert refused = Alerts.about("S-1");
    Alert other = Alerts.about("S-2");
    answers.put(refused.id().toString(), refusal);
    raised(refused);
    awaitPosts(1);
    raised(other);
    await().atMost(SOON).until(() -> postedIds().contains(other.id().toString()));
    answers.clear();
    int before = posts.size();

    awaitPosts(before + 1);

    assertThat(posts.get(before).id()).isEqualTo(refused.id().toString());
  }

  @Test
  void whatWasWithdrawnBeforeItWasTakenIsPostedNoMore() throws Exception {
    Alert withdrawn = Alerts.about("S-1");
    answers.put(withdrawn.id().toString(), BUSY);
    raised(withdrawn);
    awaitPosts(1);
    room.withdraws(withdrawn.id());
    answers.clear();
    posts.clear();

    Alert other = Alerts.about("S-2");
    raised(other);
    raised(Alerts.about("S-3"));

    await().atMost(SOON).until(() -> postedIds().size() == 2);
    assertThat(postedIds())
        .contains(other.id().toString())
        .doesNotContain(withdrawn.id().toString());
  }

  @Test
  void whatWasNotTakenIsPostedAfterTheBoardWasStartedAgain() throws Exception {
    answer = BUSY;
    Alert alert = Alerts.about("S-1");
    raised(alert);
    awaitPosts(1);
    room.stop();
    posts.clear();
    answer = TAKEN;

    room.start();

    awaitPosts(1);
    assertThat(postedIds()).containsExactly(alert.id().toString());
  }

  @Test
  void whatWasTakenIsNotPostedAgainByABoardThatIsStartedAgain() throws Exception {
    UUID first = room.alert("S-1");
    awaitPosts(1);
    room.stop();
    room.start();

    UUID second = room.alert("S-2");

    awaitPosts(2);
    assertThat(postedIds()).containsExactly(first.toString(), second.toString());
  }

  @Test
  void whatIsOverIsNotPosted() throws Exception {
    answer = BUSY;
    Alert old = Alerts.about("S-1");
    raised(old);
    awaitPosts(1);
    room.clock.shift(Duration.ofHours(25));
    answers.put(old.id().toString(), TAKEN);
    answer = TAKEN;
    posts.clear();

    UUID next = room.alert("S-2");

    await().atMost(SOON).until(() -> postedIds().contains(next.toString()));
    assertThat(postedIds()).doesNotContain(old.id().toString());
  }

  @Test
  void whatTheVansDeviceHasNotSignedIsNotPosted() throws Exception {
    room.sendAsIs(Alerts.VAN, Alerts.event(Alerts.about("S-0"), room.keys.identity()));

    UUID alert = room.alert("S-1");

    awaitPosts(1);
    assertThat(postedIds()).containsExactly(alert.toString());
  }

  @Test
  void nothingOfAnAlertThatWaitsIsReadableOnTheDisk() throws Exception {
    answer = BUSY;
    room.send(Alerts.event(Alerts.about("S-UNSEALED")));
    awaitPosts(1);
    room.stop();

    assertThat(Files.readAllBytes(folder.resolve("data").resolve("webhook.db")))
        .asString(US_ASCII)
        .doesNotContain("S-UNSEALED");
    room.start();
  }

  @Test
  void softwareBehindTlsIsPostedToIfItsAuthorityIsTrusted() throws Exception {
    TestCertificates.Issued issued = TestCertificates.issue(folder, "localhost");
    HttpsServer secure =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    secure.setHttpsConfigurator(
        new HttpsConfigurator(TlsMaterial.serverContext(issued.certificate(), issued.key())));
    secure.createContext("/alerts", this::take);
    secure.start();
    URI url = URI.create("https://localhost:" + secure.getAddress().getPort() + "/alerts");
    room.stop();
    room.postsTo(new Webhook(url, folder.resolve("secret"), null));
    room.start();
    UUID alert = room.alert("S-1");
    room.stop();
    assertThat(posts).isEmpty();
    room.postsTo(new Webhook(url, folder.resolve("secret"), issued.authority()));

    room.start();

    awaitPosts(1);
    assertThat(postedIds()).containsExactly(alert.toString());
    secure.stop(0);
  }

  @Test
  void aSecretThatOthersCanReadIsRefused() throws Exception {
    room.stop();
    Files.setPosixFilePermissions(
        folder.resolve("secret"), PosixFilePermissions.fromString("rw-r-----"));

    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(room::startWithoutBroker)
        .withMessageContaining("open to others than its owner");
    secretFile(SECRET);
    room.start();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "swordfish", "whsec_swordfish", "whsec_!!!!"})
  void aSecretThatIsNoneIsRefusedWithoutShowingIt(String secret) throws Exception {
    room.stop();
    secretFile(secret);

    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(room::startWithoutBroker)
        .withMessageContaining("not the secret of a webhook")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("swordfish", "!!!!"));
    secretFile(SECRET);
    room.start();
  }
}
