package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.publish.AsyncApi;
import org.sightline.edge.publish.OutcomeMessage;
import org.sightline.edge.publish.OutcomeMessage.Judged;
import org.sightline.edge.publish.ReceivedAlert;
import org.sightline.edge.record.PublicRecord;
import org.sightline.edge.store.Database;
import org.sightline.edge.testing.BrokerTap;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.GeneratedStreet;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.testkit.LoopbackBroker;

/** The agent whose authorisation names a control room, and what comes back from there. */
class ControlRoomTest {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final String ALERTS = "sightline/v1/van-1/alerts";
  private static final String OUTCOMES = "sightline/v1/van-1/outcomes";
  private static final String RECEIPTS = "sightline/v1/van-1/receipts";
  private static final Actor FIRST = Actor.officer("1234");
  private static final Actor SECOND = Actor.officer("5678");
  private static final ControlRoomKeys CONTROL_ROOM = ControlRoomKeys.generate();

  @TempDir private static Path folder;
  private static final List<AutoCloseable> OPEN = new ArrayList<>();
  private static Exercise exercise;
  private static BrokerTap tap;

  @BeforeAll
  static void watchTheStreet() throws Exception {
    InstalledPack pack = ModelPacks.at(folder.resolve("models")).installed("builtin");
    GeneratedStreet street = GeneratedStreet.in(folder.resolve("street"));
    LoopbackBroker broker = Mosquitto.open();
    OPEN.add(broker);
    broker.start();
    tap = BrokerTap.on(broker);
    OPEN.add(tap);
    exercise = Exercise.in(folder.resolve("exercise"), pack, street.enrol(pack));
    exercise.permission().sealedFor(CONTROL_ROOM.identity()).judgedByTwoOfficers().write();
    AgentSettings settings = AgentSettings.read(exercise.opened(broker.uri(), street.settings()));
    OPEN.add(Agent.start(settings, Clock.systemUTC(), AgentObserver.NONE, () -> {}));
    await().atMost(SOON).until(() -> tap.on(ALERTS).size() == GeneratedStreet.LISTED.size());
  }

  @AfterAll
  static void close() throws Exception {
    for (int i = OPEN.size() - 1; i >= 0; i--) {
      OPEN.get(i).close();
    }
  }

  private static ReceivedAlert received(int number) throws Exception {
    return ReceivedAlert.parse(tap.on(ALERTS).get(number).content());
  }

  @Test
  void theBrokerLearnsNothingAboutTheSubjects() {
    for (BrokerTap.Heard message : tap.all()) {
      assertThat(new String(message.content(), StandardCharsets.UTF_8))
          .doesNotContain("S-0001", "S-0002", "base64");
    }
  }

  @Test
  void theControlRoomLearnsWhoItMayBe() throws Exception {
    List<Object> subjects = new ArrayList<>();
    for (int i = 0; i < GeneratedStreet.LISTED.size(); i++) {
      subjects.add(received(i).opened(CONTROL_ROOM).taken().orElseThrow().match().subject());
    }
    assertThat(subjects).containsExactlyInAnyOrderElementsOf(GeneratedStreet.LISTED);
  }

  @Test
  void theVanSaysForWhichRoomItSeals() {
    String sealsFor = "\"sealsFor\":\"%s\"".formatted(CONTROL_ROOM.identity().keyId());
    await()
        .atMost(SOON)
        .until(
            () ->
                tap.on("sightline/v1/van-1/status").stream()
                    .anyMatch(status -> status.text().contains(sealsFor)));
  }

  @Test
  void sealedAlertsAreAsThePublishedContractSays() {
    assertThat(tap.on(ALERTS))
        .isNotEmpty()
        .allSatisfy(message -> assertThat(AsyncApi.published().faultsIn(message)).isEmpty());
  }

  @Test
  void itsOutcomeIsCountedInTheRecordOfTheDeployment() throws Exception {
    ReceivedAlert alert = received(0);

    Instant at = Instant.now();
    tap.publish(
        OUTCOMES,
        new OutcomeMessage(
                alert.id(),
                Outcome.TRUE,
                FIRST,
                SECOND,
                at,
                List.of(new Judged(FIRST, Outcome.TRUE, at), new Judged(SECOND, Outcome.TRUE, at)))
            .sign(CONTROL_ROOM));

    await().atMost(SOON).until(() -> outcomes(alert.origin().deployment()).correct() == 1);
  }

  @Test
  void anOutcomeOfOneOfficerIsRefusedWhereTheAuthorisationDemandsTwo() throws Exception {
    ReceivedAlert alert = received(1);
    assertThat(alert.twoOfficers()).isTrue();

    tap.publish(
        OUTCOMES,
        new OutcomeMessage(alert.id(), Outcome.FALSE, FIRST, null, Instant.now())
            .sign(CONTROL_ROOM));

    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(tap.on(RECEIPTS))
                    .anyMatch(
                        receipt ->
                            receipt.text().contains(alert.id().toString())
                                && receipt.text().contains("two-officers-needed")));
    assertThat(tap.on(RECEIPTS))
        .allSatisfy(receipt -> assertThat(AsyncApi.published().faultsIn(receipt)).isEmpty());
    assertThat(outcomes(alert.origin().deployment()).wrong()).isZero();
  }

  private static PublicRecord.Outcomes outcomes(DeploymentId deployment) throws Exception {
    try (Database database = Database.openExisting(exercise.data())) {
      return PublicRecord.read(database, deployment).outcomes();
    }
  }
}
