package org.sightline.edge.cli.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.audit.LogPosition;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.Inbound;
import org.sightline.edge.publish.LogWatch;
import org.sightline.edge.publish.MessagePublisher.Answer;
import org.sightline.edge.publish.VanStatus;
import org.sightline.edge.publish.mqtt.MqttPublisher;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.edge.testing.SampleAlert;
import org.sightline.edge.testing.SampleCategories;
import org.sightline.edge.testing.TestCertificates;
import org.sightline.edge.testing.TestCertificates.Issued;
import org.sightline.testkit.LoopbackBroker;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

class AlertsWatchCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private LoopbackBroker broker;

  @BeforeEach
  void startBroker() throws Exception {
    broker = Mosquitto.open();
    broker.start();
  }

  @AfterEach
  void closeBroker() {
    if (broker != null) {
      broker.close();
    }
  }

  private CompletableFuture<Integer> watch(String... more) {
    return watch(out, more);
  }

  private CompletableFuture<Integer> watch(Writer reader, String... more) {
    String[] args = new String[4 + more.length];
    args[0] = "alerts";
    args[1] = "watch";
    args[2] = "--broker";
    args[3] = broker.uri().toString();
    System.arraycopy(more, 0, args, 4, more.length);
    return CompletableFuture.supplyAsync(
        () -> Sightline.run(new PrintWriter(reader, true), new PrintWriter(err, true), args));
  }

  /** Publishes an alert, twice, as soon as somebody listens. */
  private void publishTwice(Alert alert) throws Exception {
    try (MqttPublisher publisher =
        new MqttPublisher(
            BrokerSettings.plain(broker.uri()),
            Alerts.VAN,
            Alerts.DEVICE,
            "1",
            Clock.systemUTC(),
            Inbound.NONE)) {
      publisher.connect();
      byte[] event = Alerts.event(alert);
      while (publisher.publish(alert.id(), event, Duration.ofHours(1)) instanceof Answer.Unheard) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      publisher.publish(alert.id(), event, Duration.ofHours(1));
    }
  }

  @Test
  void itEndsWhenNobodyReadsAnyMore() throws Exception {
    Writer gone =
        new FilterWriter(out) {
          @Override
          public void flush() throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    CompletableFuture<Integer> exitCode = watch(gone);
    publishTwice(Alerts.about("S-0001"));

    assertThat(exitCode.get(30, TimeUnit.SECONDS)).isEqualTo(Sightline.EXIT_UNUSABLE);
  }

  @Test
  void anAlertIsOneLineHoweverOftenItIsPublished() throws Exception {
    CompletableFuture<Integer> exitCode = watch("--count", "2", "--van", "van-1", "--for", "60s");
    publishTwice(Alerts.about("S-0001"));
    publishTwice(Alerts.about("S-0002"));

    assertThat(exitCode.get(30, TimeUnit.SECONDS)).isZero();

    assertThat(out.toString().lines())
        .hasSize(2)
        .first()
        .asString()
        .contains("van-1  mast-1  possible match: S-0001 (exercise)")
        .contains("similarity 0.830, threshold 0.620")
        .contains("probe 0.8 kB");
  }

  private void publishLive(Alert alert, ControlRoomKeys room) throws Exception {
    try (MqttPublisher publisher =
        new MqttPublisher(
            BrokerSettings.plain(broker.uri()),
            Alerts.VAN,
            Alerts.DEVICE,
            "1",
            Clock.systemUTC(),
            Inbound.NONE)) {
      publisher.connect();
      byte[] event = Alerts.event(alert, room.identity());
      while (publisher.publish(alert.id(), event, Duration.ofHours(1)) instanceof Answer.Unheard) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  @Test
  void aLiveAlertIsPrintedIfTheDeviceOfItsVanHasSignedIt(@TempDir Path folder) throws Exception {
    ControlRoomKeys room = ControlRoomKeys.generate();
    room.writeTo(folder.resolve("controlroom.keys"));
    Alerts.DEVICE.identity().writeTo(folder.resolve(Alerts.VAN + ".identity"));
    CompletableFuture<Integer> exitCode =
        watch(
            "--count",
            "1",
            "--van-identities",
            folder.toString(),
            "--control-room-keys",
            folder.resolve("controlroom.keys").toString());
    publishLive(Alerts.about("S-0001"), room);

    assertThat(exitCode.get(30, TimeUnit.SECONDS)).isZero();
    assertThat(out.toString()).contains("possible match: S-0001").doesNotContain("exercise  ");
  }

  @Test
  void aLiveAlertOfAVanWhoseDeviceIsNotKnownIsNotPrinted() throws Exception {
    CompletableFuture<Integer> exitCode = watch("--count", "1", "--for", "60s");
    publishLive(Alerts.about("S-0001"), ControlRoomKeys.generate());
    publishTwice(Alerts.about("S-0002"));

    assertThat(exitCode.get(30, TimeUnit.SECONDS)).isZero();
    assertThat(out.toString()).contains("S-0002").contains("exercise, not signed");
    assertThat(out.toString().lines()).hasSize(1);
  }

  @Test
  void identitiesThatAreNotThereAreUnusable() throws Exception {
    assertThat(watch("--van-identities", "/no/such/folder").get(30, TimeUnit.SECONDS))
        .isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString().strip()).hasLineCount(1).contains("VAN.identity");
  }

  @Test
  void asJsonAnAlertIsOneObjectALineWithoutItsPictures() throws Exception {
    CompletableFuture<Integer> exitCode = watch("--count", "1", "--json");
    Alert alert = Alerts.about("S-0001");
    publishTwice(alert);

    assertThat(exitCode.get(30, TimeUnit.SECONDS)).isZero();

    assertThat(new JsonMapper().readTree(out.toString()).path("id").asString())
        .isEqualTo(alert.id().toString());
    assertThat(out.toString()).doesNotContain("base64");
  }

  @Test
  void anAlertWithoutAPortraitIsPrintedAllTheSame() throws Exception {
    CompletableFuture<Integer> exitCode = watch("--count", "1");
    publishTwice(Alerts.withoutPortrait("S-0001"));

    assertThat(exitCode.get(30, TimeUnit.SECONDS)).isZero();

    assertThat(out.toString()).contains("probe 0.8 kB, portrait missing");
  }

  @Test
  void asJsonAnAlertWithoutAPortraitHasNoSizeOfIt() throws Exception {
    CompletableFuture<Integer> exitCode = watch("--count", "1", "--json");
    publishTwice(Alerts.withoutPortrait("S-0001"));

    assertThat(exitCode.get(30, TimeUnit.SECONDS)).isZero();

    assertThat(new JsonMapper().readTree(out.toString()).has("portraitBytes")).isFalse();
  }

  /** Says how far the van's log has come, in a link of its own. */
  private void announce(AuditHead head) throws Exception {
    try (MqttPublisher publisher =
        new MqttPublisher(
            BrokerSettings.plain(broker.uri()),
            Alerts.VAN,
            Alerts.DEVICE,
            "1",
            Clock.systemUTC(),
            Inbound.NONE)) {
      publisher.connect();
      publisher.announce(
          new VanStatus(0, new LogPosition(Alerts.POSITION.instance(), head), List.of()));
    }
  }

  @Test
  void whatOfficersAreToDoStandsBelowTheAlert() throws Exception {
    CompletableFuture<Integer> exitCode = watch("--count", "1");

    publishTwice(SampleAlert.about("S-0001").response(SampleCategories.RED).build());

    assertThat(exitCode.get(30, TimeUnit.SECONDS)).isZero();
    assertThat(out.toString().strip())
        .endsWith(
            "\n  red, urgency 1: Do not approach alone; call the desk at once; contact: control"
                + " desk, extension 4410; two officers judge");
  }

  @Test
  void aLogThatWasSetBackIsAWarning() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(LogWatch.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    CompletableFuture<Integer> exitCode = watch("--count", "1");
    try {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                announce(Alerts.HEAD);
                announce(AuditHead.START);
                assertThat(log.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .contains(
                        "the audit log of van-1 was set back: record 17 was published, now it ends"
                            + " at 0");
              });
    } finally {
      logger.detachAppender(log);
    }
    publishTwice(Alerts.about("S-0001"));
    assertThat(exitCode.get(30, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void aWrongPasswordIsAWarning(@TempDir Path folder) throws Exception {
    serve(Mosquitto.withUser(folder, "van", "right"));
    Path password = Files.writeString(folder.resolve("password"), "wrong-battery\n");

    assertThat(warningOf("--user", "van", "--password-file", password.toString()))
        .contains("refuses the credentials")
        .doesNotContain("wrong-battery");
  }

  @Test
  void aBrokerOfAnotherAuthorityIsAWarning(@TempDir Path folder) throws Exception {
    TestCertificates authority = new TestCertificates(folder);
    Issued server = authority.server("IP:127.0.0.1");
    serve(
        Mosquitto.configured(
            List.of(
                "allow_anonymous true",
                "certfile " + server.certificate(),
                "keyfile " + server.key())));
    String other = new TestCertificates(folder).authority().toString();

    assertThat(warningOf("--broker", "mqtts://127.0.0.1:" + broker.port(), "--ca", other))
        .contains("no secure connection to the broker", "the authority given");
  }

  @Test
  void aPortAtWhichNothingListensIsAWarning() throws Exception {
    closeBroker();

    assertThat(warningOf()).contains("cannot be reached", "127.0.0.1:" + broker.port());
  }

  private void serve(LoopbackBroker other) throws Exception {
    closeBroker();
    broker = other;
    broker.start();
  }

  /** The first line that is logged at the default level of somebody who watches in vain, and on. */
  private String warningOf(String... options) throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger("org.sightline.edge.publish.mqtt");
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.list = new CopyOnWriteArrayList<>();
    log.start();
    logger.addAppender(log);
    List<String> arguments = new ArrayList<>(List.of("alerts", "watch"));
    if (!List.of(options).contains("--broker")) {
      arguments.addAll(List.of("--broker", broker.uri().toString()));
    }
    arguments.addAll(List.of(options));
    Thread watching =
        new Thread(
            () ->
                Sightline.run(
                    new PrintWriter(out, true),
                    new PrintWriter(err, true),
                    arguments.toArray(String[]::new)));
    watching.start();
    try {
      String warning =
          await()
              .atMost(Duration.ofSeconds(30))
              .until(
                  () ->
                      log.list.stream()
                          .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                          .map(ILoggingEvent::getFormattedMessage)
                          .findFirst(),
                  Optional::isPresent)
              .orElseThrow();
      assertThat(watching.isAlive()).as("watches on").isTrue();
      return warning;
    } finally {
      watching.interrupt();
      watching.join();
      logger.detachAppender(log);
    }
  }

  @Test
  void noAlertInTheTimeGivenIsNoFailure() throws Exception {
    assertThat(watch("--for", "200ms").get(30, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void fewerAlertsThanAskedForIsANo() throws Exception {
    assertThat(watch("--count", "1", "--for", "200ms").get(30, TimeUnit.SECONDS))
        .isEqualTo(Sightline.EXIT_NO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://somewhere", "tcp://u:secret@h", "mqtt://u:secret@h", "secret:secret@h"})
  void anAddressThatIsNoBrokersIsUnusableInput(String address) {
    int exitCode =
        Sightline.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "alerts",
            "watch",
            "--broker",
            address);

    assertThat(exitCode).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString().strip())
        .hasLineCount(1)
        .contains("mqtt://host:port")
        .doesNotContain("secret");
  }
}
