package org.sightline.edge.publish.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.publish.PublishException;
import org.sightline.edge.testing.Endurance;
import org.sightline.edge.testing.Fork;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.testkit.LoopbackBroker;
import tools.jackson.databind.json.JsonMapper;

/** Twelve hours without a link, killed over and over: what docs/outbox.md promises holds. */
class OutageIT {
  private static final int ALERTS = Endurance.times(1_000, 10_000);
  private static final int WITHOUT_LINK = ALERTS * 7 / 10;
  private static final int KILLS_WITHOUT_LINK = Endurance.times(2, 8);
  private static final int KILLS = Endurance.times(5, 20);
  private static final int RESTARTS = Endurance.times(5, 20);
  private static final Duration OUTAGE = Duration.ofHours(12);
  private static final Duration SOON = Duration.ofMinutes(4);
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;
  private final List<UUID> received = new CopyOnWriteArrayList<>();

  /**
   * Messages that differ: each attempt of the agent has its own time, a repetition of the broker
   * not.
   */
  private final Set<Sha256> sentByTheAgent = ConcurrentHashMap.newKeySet();

  private final Instant first = Instant.now().minus(OUTAGE).truncatedTo(ChronoUnit.SECONDS);
  private LoopbackBroker broker;
  private @Nullable Process agent;
  private @Nullable BufferedReader said;
  private volatile boolean receiving = true;

  @AfterEach
  void end() throws Exception {
    receiving = false;
    kill();
    if (broker != null) {
      broker.close();
    }
  }

  private void kill() throws Exception {
    if (agent != null) {
      agent.destroyForcibly().waitFor();
      agent = null;
    }
  }

  private void startAgent() throws Exception {
    agent =
        Fork.of(
            StormAgent.class,
            folder.resolve("data").toString(),
            folder.resolve("device.keys").toString(),
            broker.uri().toString(),
            first.toString(),
            OUTAGE.dividedBy(ALERTS).toString(),
            Integer.toString(ALERTS));
    said = agent.inputReader(StandardCharsets.UTF_8);
  }

  private void awaitSaid(String what, int number) throws Exception {
    String line;
    do {
      line = Objects.requireNonNull(Objects.requireNonNull(said).readLine(), "the agent died");
    } while (!(line.startsWith(what + " ")
        && Integer.parseInt(line.substring(what.length() + 1)) >= number));
  }

  /** With a session that the broker keeps, over its restarts. */
  private void receive() {
    MqttLink.Session session = MqttLink.Session.kept("receiver");
    while (receiving) {
      try (MqttLink link =
          MqttLink.open(
              new BrokerAccess(BrokerSettings.plain(broker.uri())),
              session,
              null,
              Duration.ofSeconds(10),
              (topic, message) -> {
                received.add(id(message.getPayload()));
                sentByTheAgent.add(Sha256.of(message.getPayload()));
              })) {
        link.subscribe("sightline/v1/+/alerts");
        while (link.connected() && receiving) {
          Thread.sleep(20);
        }
      } catch (PublishException e) {
        // The broker is not there; it is tried again.
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static UUID id(byte[] event) {
    return UUID.fromString(JSON.readTree(event).required("id").stringValue());
  }

  @Test
  void everyAlertArrivesInOrderAndOnlyWhatWasInFlightAtADeathTwice() throws Exception {
    DeviceKeys.generate().writeTo(folder.resolve("device.keys"));
    Path kept = Files.createDirectory(folder.resolve("broker"));
    broker =
        Mosquitto.configured(
            List.of(
                "allow_anonymous true",
                "persistence true",
                "persistence_location " + kept + "/",
                "autosave_on_changes true",
                "autosave_interval 1"));

    startAgent();
    for (int kill = 1; kill <= KILLS_WITHOUT_LINK; kill++) {
      awaitSaid("stored", kill * WITHOUT_LINK / (KILLS_WITHOUT_LINK + 1));
      kill();
      startAgent();
    }
    awaitSaid("stored", WITHOUT_LINK);
    broker.start();
    Thread receiver = new Thread(this::receive, "receiver");
    receiver.start();
    for (int blow = 1; blow <= RESTARTS; blow++) {
      awaitSaid("published", blow * ALERTS / (RESTARTS + 1));
      if (blow <= KILLS - KILLS_WITHOUT_LINK) {
        kill();
        startAgent();
        awaitSaid("published", blow * ALERTS / (RESTARTS + 1) + ALERTS / 100);
      }
      broker.stop();
      broker.start();
    }
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> new LinkedHashSet<>(received).size() >= ALERTS);
    kill();
    receiving = false;
    receiver.join();

    List<Integer> numbers = new LinkedHashSet<>(received).stream().map(StormAgent::number).toList();
    assertThat(numbers)
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, ALERTS).boxed().toList());
    for (int camera = 0; camera < 3; camera++) {
      String name = StormAgent.camera(camera);
      assertThat(numbers.stream().filter(number -> StormAgent.camera(number).equals(name)).toList())
          .isSorted();
    }
    // At each death, of the agent or of the broker, the one that the relay had in flight.
    assertThat(sentByTheAgent).hasSizeLessThanOrEqualTo(ALERTS + KILLS + RESTARTS);
  }
}
