package org.sightline.edge.publish.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.outbox.AlertSubjects;
import org.sightline.edge.outbox.Outbox;
import org.sightline.edge.outbox.OutboxTally;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.Inbound;
import org.sightline.edge.publish.Publication;
import org.sightline.edge.publish.ReceivedAlert;
import org.sightline.edge.publish.Recipients;
import org.sightline.edge.publish.VanIdentities;
import org.sightline.edge.relay.OutboxAlertSink;
import org.sightline.edge.relay.Relay;
import org.sightline.edge.relay.RelayListener;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.testing.AuditLines;
import org.sightline.edge.testing.BrokerTap;
import org.sightline.edge.testing.Fork;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.testkit.LoopbackBroker;

/** From the decision to the receiver, through outages of every part in between. */
@Execution(ExecutionMode.CONCURRENT)
class AlertPathTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path folder;
  private final List<ReceivedAlert> received = new CopyOnWriteArrayList<>();
  private final List<Publication> published = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final DeviceKeys keys = DeviceKeys.generate();
  private LoopbackBroker broker;
  private Database database;
  private Outbox outbox;
  private Relay relay;
  private OutboxAlertSink sink;

  /** Threads of the MQTT library die of what bad brokers do; that is no failure of ours. */
  @BeforeAll
  static void letThreadsDie() {
    Awaitility.doNotCatchUncaughtExceptionsByDefault();
  }

  @AfterAll
  static void letThreadsDieNoMore() {
    Awaitility.reset();
  }

  @BeforeEach
  void prepareBroker() throws Exception {
    broker = Mosquitto.open();
    open.add(broker);
  }

  @AfterEach
  void close() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private BrokerSettings settings() {
    return BrokerSettings.plain(broker.uri());
  }

  private void startAgent() throws Exception {
    startAgent(
        new MqttPublisher(
            settings(), Alerts.VAN, Alerts.DEVICE, "1", Clock.systemUTC(), Inbound.NONE));
  }

  private void startAgent(MqttPublisher publisher) throws StoreException {
    database = Database.open(folder);
    open.add(database);
    outbox = new Outbox(database, keys.storage());
    relay =
        Relay.start(
            database,
            outbox,
            publisher,
            new RelayListener() {
              @Override
              public void published(Publication publication) {
                published.add(publication);
              }
            },
            List::of,
            Recipients.AS_AUTHORISED,
            Clock.systemUTC());
    open.add(relay);
    sink =
        new OutboxAlertSink(
            database,
            outbox,
            new AuditLog(Clock.systemUTC()),
            relay,
            AlertTerms.DEFAULT,
            DeploymentClass.EXERCISE);
  }

  private AlertSubscriber startReceiver() throws Exception {
    AlertSubscriber subscriber =
        AlertSubscriber.start(settings(), Alerts.VAN, VanIdentities.NONE, received::add);
    open.add(subscriber);
    return subscriber;
  }

  private void startSubscribedReceiver() throws Exception {
    assertThat(startReceiver().awaitSubscribed(SOON)).isTrue();
  }

  private Alert raise(String subject) throws Exception {
    Alert alert = Alerts.about(subject);
    sink.raise(alert);
    return alert;
  }

  private void awaitReceived(UUID... ids) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(received).extracting(ReceivedAlert::id).containsExactly(ids));
    await().atMost(SOON).untilAsserted(() -> assertThat(outbox.tally().waiting()).isZero());
    assertThat(received).extracting(ReceivedAlert::id).containsExactly(ids);
  }

  @Test
  void aRaisedAlertIsReceivedAndLeavesTheOutbox() throws Exception {
    broker.start();
    startSubscribedReceiver();
    startAgent();

    Alert alert = raise("S-0001");

    awaitReceived(alert.id());
    assertThat(received.get(0).match().probe()).isEqualTo(alert.match().probe());
    assertThat(outbox.tally()).isEqualTo(new OutboxTally(0, null, 1, 0));
  }

  @Test
  void anAlertCarriesTheHeadOfTheAuditLogThatRecordsIt() throws Exception {
    broker.start();
    startSubscribedReceiver();
    startAgent();

    Alert alert = raise("S-0001");

    AuditHead head = database.read(AuditLog::head);
    awaitReceived(alert.id());
    assertThat(received.get(0).auditHead()).isEqualTo(head);
    assertThat(AuditLines.of(database))
        .singleElement()
        .asString()
        .contains("alert-raised", alert.id().toString(), "D-2026-001", "mast-1");
  }

  @Test
  void anAlertRaisedAgainIsRecordedAndPublishedOnce() throws Exception {
    startAgent();
    Alert alert = raise("S-0001");

    sink.raise(alert);

    assertThat(AuditLines.of(database)).hasSize(1);
    assertThat(outbox.tally().waiting()).isEqualTo(1);
  }

  private List<AlertSubjects.Withdrawn> withdraw(Alert about, String... subjects)
      throws StoreException {
    Set<SubjectRef> gone = Arrays.stream(subjects).map(SubjectRef::new).collect(Collectors.toSet());
    return database.write(
        tx -> outbox.subjects().withdraw(tx, about.origin().deployment(), gone, Instant.now()));
  }

  @Test
  void anAlertThatWaitsIsDiscardedWhenItsSubjectIsWithdrawnAndTheOthersAreNot() throws Exception {
    startAgent();
    Alert gone = raise("S-0001");
    raise("S-0002");

    assertThat(withdraw(gone, "S-0001"))
        .containsExactly(new AlertSubjects.Withdrawn(gone.id(), true));

    assertThat(outbox.tally().waiting()).isEqualTo(1);
    assertThat(AlertSubjects.unreported(database)).containsExactly(gone.id());
  }

  @Test
  void anAlertThatWasPublishedIsReportedWhenItsSubjectIsWithdrawn() throws Exception {
    broker.start();
    startSubscribedReceiver();
    startAgent();
    Alert alert = raise("S-0001");
    awaitReceived(alert.id());

    assertThat(withdraw(alert, "S-0001"))
        .containsExactly(new AlertSubjects.Withdrawn(alert.id(), false));

    assertThat(AlertSubjects.unreported(database)).containsExactly(alert.id());
    AlertSubjects.reported(database, alert.id());
    assertThat(AlertSubjects.unreported(database)).isEmpty();
    assertThat(withdraw(alert, "S-0001")).isEmpty();
  }

  @Test
  void anAlertThatWasBeingDecidedWhenItsSubjectWasWithdrawnIsRecordedAndNotStored()
      throws Exception {
    startAgent();
    sink.withdraw(Set.of(new SubjectRef("S-0001")));

    raise("S-0001");

    assertThat(outbox.tally().waiting()).isZero();
    assertThat(AuditLines.of(database)).singleElement().asString().contains("alert-withdrawn");
  }

  @Test
  void whomAnAlertIsAboutIsForgottenWithIt() throws Exception {
    startAgent();
    Alert alert = raise("S-0001");
    Instant later = Instant.now().plus(Duration.ofDays(2));

    database.write(tx -> Outbox.deleteExpired(tx, later));

    assertThat(withdraw(alert, "S-0001")).isEmpty();
  }

  @Test
  void anAlertThatCannotBeStoredIsNotInTheAuditLogEither() throws Exception {
    startAgent();
    database.update(
        "CREATE TRIGGER fault BEFORE INSERT ON outbox_event BEGIN SELECT RAISE(ABORT, 'x'); END");

    assertThatIllegalStateException().isThrownBy(() -> raise("S-0001"));

    assertThat(AuditLines.of(database)).isEmpty();
  }

  @Test
  void anAlertWhoseTimeIsOverIsNotPublished() throws Exception {
    startAgent();
    Alert late = Alerts.about("S-0001");
    new OutboxAlertSink(
            database,
            outbox,
            new AuditLog(Clock.systemUTC()),
            relay,
            AlertTerms.DEFAULT.keptFor(Duration.ofNanos(1)),
            DeploymentClass.EXERCISE)
        .raise(late);
    broker.start();
    startSubscribedReceiver();

    Alert next = raise("S-0002");

    await().atMost(SOON).until(() -> !received.isEmpty() && !published.isEmpty());
    assertThat(received).extracting(ReceivedAlert::id).containsExactly(next.id());
    assertThat(published).extracting(Publication::id).containsExactly(next.id());
  }

  @Test
  void whatHasExpiredIsNotWaitedFor() throws Exception {
    startAgent();
    new OutboxAlertSink(
            database,
            outbox,
            new AuditLog(Clock.systemUTC()),
            relay,
            AlertTerms.DEFAULT.keptFor(Duration.ofNanos(1)),
            DeploymentClass.EXERCISE)
        .raise(Alerts.about("S-0001"));

    assertThat(relay.awaitEmpty(SOON)).isTrue();
  }

  @Test
  void alertsOfABurstAreReceivedInOrder() throws Exception {
    broker.start();
    startSubscribedReceiver();
    startAgent();
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      ids.add(raise("S-" + i).id());
    }

    awaitReceived(ids.toArray(UUID[]::new));
  }

  @Test
  void anAlertRaisedBeforeTheBrokerStartsIsReceivedOnce() throws Exception {
    startAgent();
    startReceiver();
    Alert alert = raise("S-0001");
    await().atMost(SOON).until(() -> relay.state().trouble() != null);
    assertThat(relay.state().connected()).isFalse();

    broker.start();

    awaitReceived(alert.id());
    assertThat(outbox.tally().published()).isEqualTo(1);
  }

  @Test
  void alertsBeforeAndAfterTheDeathOfTheBrokerAreReceivedOnceEach() throws Exception {
    broker.start();
    startSubscribedReceiver();
    startAgent();
    Alert before = raise("S-0001");
    awaitReceived(before.id());

    broker.kill();
    Alert during = raise("S-0002");
    broker.start();
    Alert after = raise("S-0003");

    awaitReceived(before.id(), during.id(), after.id());
  }

  @Test
  void anAlertThatNobodyListensToWaitsForAReceiver() throws Exception {
    broker.start();
    startAgent();
    Alert alert = raise("S-0001");
    await().atMost(SOON).until(() -> relay.state().trouble() != null);
    assertThat(outbox.tally().waiting()).isEqualTo(1);

    startReceiver();

    awaitReceived(alert.id());
  }

  @Test
  void aLateReceiverGetsNothingThatAnotherHasHad() throws Exception {
    broker.start();
    startSubscribedReceiver();
    startAgent();
    awaitReceived(raise("S-0001").id());
    List<ReceivedAlert> late = new CopyOnWriteArrayList<>();
    AlertSubscriber subscriber =
        AlertSubscriber.start(settings(), null, VanIdentities.NONE, late::add);
    open.add(subscriber);
    assertThat(subscriber.awaitSubscribed(SOON)).isTrue();

    UUID next = raise("S-0002").id();

    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(late).extracting(ReceivedAlert::id).containsExactly(next));
  }

  @Test
  void aReceiverOfAnotherVanGetsNothing() throws Exception {
    broker.start();
    startSubscribedReceiver();
    startAgent();
    List<ReceivedAlert> others = new CopyOnWriteArrayList<>();
    AlertSubscriber subscriber =
        AlertSubscriber.start(settings(), new VanId("van-2"), VanIdentities.NONE, others::add);
    open.add(subscriber);
    assertThat(subscriber.awaitSubscribed(SOON)).isTrue();

    awaitReceived(raise("S-0001").id());

    assertThat(others).isEmpty();
  }

  @Test
  void anAgentKilledBetweenCommitAndPublishLosesNothing() throws Exception {
    broker.start();
    startSubscribedReceiver();
    UUID id = runAgentToItsDeath(DyingAgent.Moment.COMMITTED);
    assertThat(received).isEmpty();

    startAgent();

    awaitReceived(id);
  }

  @Test
  void anAgentKilledBetweenPublishAndAcknowledgementRepeatsUnderTheSameId() throws Exception {
    broker.start();
    AlertSubscriber subscriber = startReceiver();
    assertThat(subscriber.awaitSubscribed(SOON)).isTrue();
    UUID id = runAgentToItsDeath(DyingAgent.Moment.PUBLISHED);
    await().atMost(SOON).until(() -> received.size() == 1);

    startAgent();

    awaitReceived(id);
    await().atMost(SOON).until(() -> subscriber.repetitions() == 1);
  }

  private UUID runAgentToItsDeath(DyingAgent.Moment moment) throws Exception {
    UUID id = Alerts.about("S-0001").id();
    Path keyFile = folder.resolve("device.keys");
    keys.writeTo(keyFile);
    Process agent =
        Fork.of(
            DyingAgent.class,
            moment.name(),
            folder.toString(),
            keyFile.toString(),
            broker.uri().toString(),
            id.toString());
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(agent.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(said.readLine()).isEqualTo(moment.name());
    } finally {
      agent.destroyForcibly().waitFor();
    }
    return id;
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.INCLUDE,
      names = {
        "ENDS_AT_THE_FIRST_ALERT",
        "ANSWERS_THE_FIRST_ALERT_IN_UNKNOWN_WORDS",
        "SWALLOWS_THE_FIRST_ALERT",
        "HAS_NO_QUOTA_FOR_THE_FIRST_ALERT"
      })
  void anAlertThatEndsTheConnectionGivesWayToTheOthers(BadBroker.Fault fault) throws Exception {
    BadBroker bad = new BadBroker(broker.port(), fault);
    open.add(bad);
    startAgent(
        new MqttPublisher(
            settings(),
            Alerts.VAN,
            Alerts.DEVICE,
            "1",
            Clock.systemUTC(),
            Inbound.NONE,
            Duration.ofMillis(1500)));
    UUID poison = raise("S-poison").id();
    List<UUID> others = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      others.add(raise("S-" + i).id());
    }

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(published)
                    .extracting(Publication::id)
                    .containsExactlyElementsOf(others));
    assertThat(bad.alerts()).first().isEqualTo(poison);
    assertThat(outbox.tally().waiting()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {
        "ENDS_AT_THE_FIRST_ALERT",
        "ANSWERS_THE_FIRST_ALERT_IN_UNKNOWN_WORDS",
        "SWALLOWS_THE_FIRST_ALERT",
        "HAS_NO_QUOTA_FOR_THE_FIRST_ALERT",
        "REFUSES_SUBSCRIPTIONS"
      })
  void aBadBrokerCostsTimeButNoAlertAndNoOrder(BadBroker.Fault fault) throws Exception {
    BadBroker bad = new BadBroker(broker.port(), fault);
    open.add(bad);
    startAgent(
        new MqttPublisher(
            settings(),
            Alerts.VAN,
            Alerts.DEVICE,
            "1",
            Clock.systemUTC(),
            Inbound.NONE,
            Duration.ofMillis(1500)));
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(raise("S-" + i).id());
    }
    await().atMost(SOON).untilAsserted(() -> assertThat(bad.attempts()).isGreaterThanOrEqualTo(2));
    assertThat(relay.state().trouble()).isNotNull().hasLineCount(1);
    assertThat(outbox.tally().waiting()).isEqualTo(5);

    bad.close();
    broker.start();
    startReceiver();

    awaitReceived(ids.toArray(UUID[]::new));
    await().atMost(SOON).until(() -> relay.state().trouble() == null);
  }

  @Test
  void alertsGoOutThoughTheBrokerLetsNobodySubscribe() throws Exception {
    BadBroker bad = new BadBroker(broker.port(), BadBroker.Fault.REFUSES_SUBSCRIPTIONS);
    open.add(bad);
    startAgent();
    UUID first = raise("S-1").id();
    UUID second = raise("S-2").id();

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(published).extracting(Publication::id).containsExactly(first, second));
    assertThat(bad.alerts()).containsExactly(first, second);
  }

  /** Mosquitto announces no such limit, and answers in words that the library does not know. */
  @Test
  void anAlertOverALimitThatTheBrokerDoesNotAnnounceGivesWayToTheNext() throws Exception {
    broker = Mosquitto.configured(List.of("allow_anonymous true", "message_size_limit 6000"));
    open.add(broker);
    broker.start();
    startSubscribedReceiver();
    startAgent();
    raise("S-" + "large".repeat(12));
    Alert small = raise("S-1");

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(received).extracting(ReceivedAlert::id).containsExactly(small.id()));
    assertThat(outbox.tally().waiting()).isEqualTo(1);
  }

  @Test
  void anAlertLargerThanTheBrokerTakesGivesWayToTheNext() throws Exception {
    broker = Mosquitto.configured(List.of("allow_anonymous true", "max_packet_size 6000"));
    open.add(broker);
    broker.start();
    startSubscribedReceiver();
    startAgent();
    raise("S-" + "large".repeat(12));
    Alert small = raise("S-1");

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(received).extracting(ReceivedAlert::id).containsExactly(small.id()));
    assertThat(relay.state().trouble()).contains("larger than the broker accepts");
    assertThat(outbox.tally().waiting()).isEqualTo(1);
  }

  @Test
  void aDataFileThatIsDamagedWhileTheAgentRunsIsAnAlarm() throws Exception {
    broker.start();
    startAgent();
    // More than SQLite keeps of the file in memory.
    for (int i = 0; i < 400; i++) {
      raise("S-" + "x".repeat(55) + i);
    }
    database.purge();
    Path file = folder.resolve(Database.FILE_NAME);
    byte[] damaged = new byte[(int) Files.size(file)];
    Arrays.fill(damaged, (byte) 0x5a);
    Files.write(file, damaged, StandardOpenOption.WRITE);
    BrokerTap tap = BrokerTap.on(broker);
    open.add(tap);
    startReceiver();

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(tap.on("sightline/v1/van-1/status"))
                    .last()
                    .satisfies(status -> assertThat(status.text()).contains("data-unreadable")));
    relay.close();
    // It fails where something was still to be written.
    Throwable closing = catchThrowable(database::close);
    assertThat(closing == null || closing instanceof StoreException).isTrue();
  }

  @Test
  void closingLeavesWhatWaitsForTheNextStart() throws Exception {
    startAgent();
    Alert alert = raise("S-0001");
    close();
    open.clear();

    broker = Mosquitto.open();
    open.add(broker);
    broker.start();
    startSubscribedReceiver();
    startAgent();

    awaitReceived(alert.id());
    assertThat(relay.awaitEmpty(SOON)).isTrue();
  }
}
