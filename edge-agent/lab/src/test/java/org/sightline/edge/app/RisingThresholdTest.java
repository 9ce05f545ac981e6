package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.outbox.Outbox;
import org.sightline.edge.record.Outcomes;
import org.sightline.edge.record.PublicRecord;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.GeneratedStreet;

/** Thresholds of a deployment rise, by hand or after a false alert, and are never lowered. */
@Execution(ExecutionMode.CONCURRENT)
class RisingThresholdTest {
  private static final Duration SOON = Duration.ofSeconds(90);

  @TempDir private Path folder;
  private Exercise exercise;
  private Path settings;

  @BeforeEach
  void openADeployment() throws Exception {
    InstalledPack pack = ModelPacks.at(folder.resolve("models")).installed("builtin");
    GeneratedStreet street = GeneratedStreet.in(folder.resolve("street"));
    exercise = Exercise.in(folder.resolve("exercise"), pack, street.enrol(pack));
    settings = exercise.opened(URI.create("mqtt://127.0.0.1:1"), street.settings());
  }

  private AgentSettings with(String... more) throws Exception {
    Path file = folder.resolve("exercise").resolve("with.yaml");
    return AgentSettings.read(
        Files.writeString(file, Files.readString(settings) + "\n" + String.join("\n", more)));
  }

  private double thresholdWith(String... more) throws Exception {
    try (Agent agent = Agent.start(with(more), Clock.systemUTC(), AgentObserver.NONE, () -> {})) {
      return agent.threshold().similarity().cosine();
    }
  }

  private PublicRecord record() throws Exception {
    try (Device box = Device.open(with(), Clock.systemUTC())) {
      return PublicRecord.read(box.database(), Exercise.DEPLOYMENT);
    }
  }

  @Test
  void oneSetByHandRaisesAndTheSettingsDoNotLowerItAgain() throws Exception {
    double derived = thresholdWith();

    assertThat(thresholdWith("threshold: 0.9")).isEqualTo(0.9);
    assertThat(thresholdWith("threshold: 0.8")).isEqualTo(0.9);
    assertThat(thresholdWith()).isEqualTo(0.9);

    assertThat(record().thresholds())
        .extracting(PublicRecord.Threshold::cosine)
        .containsExactly(derived, 0.9);
  }

  @Test
  void anAlertThatWasFalseRaisesTheThresholdOfItsSubject() throws Exception {
    try (Agent agent =
        Agent.start(
            with("raiseAfterFalse: 0.04"), Clock.systemUTC(), AgentObserver.NONE, () -> {})) {
      exercise.awaitWaiting(GeneratedStreet.LISTED.size());
      try (Device box = Device.open(with(), Clock.systemUTC())) {
        List<UUID> alerts =
            box.database().query("SELECT id FROM outbox_event", row -> row.uuid("id"));
        new Outcomes(box.database(), box.audit(), Outbox::find, box.clock())
            .record(alerts.get(0), Outcome.FALSE, Actor.officer("1234"));
      }

      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(record().search().subjectRises())
                      .containsExactly(new PublicRecord.SubjectRise(0.04, 1)));
      assertThat(agent.capturing()).isTrue();
    }
  }
}
