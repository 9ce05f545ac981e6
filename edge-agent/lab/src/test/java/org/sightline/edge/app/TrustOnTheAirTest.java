package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.deployment.EndReason;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.testing.BrokerTap;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.edge.testing.TestClips;
import org.sightline.edge.trust.TrustStatement;
import org.sightline.edge.trust.TrustStatement.Act;
import org.sightline.edge.trust.TrustStatement.Name;
import org.sightline.edge.trust.TrustStatement.Revoke;
import org.sightline.testkit.LoopbackBroker;

/** Statements on keys reach a running agent, by either way; all is real. */
@Execution(ExecutionMode.CONCURRENT)
class TrustOnTheAirTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private LoopbackBroker broker;
  private BrokerTap office;
  private Exercise exercise;
  private AgentSettings settings;
  private final AuthorityKey second = AuthorityKey.generate();
  private final AuthorityKey third = AuthorityKey.generate();

  @BeforeEach
  void openADeployment() throws Exception {
    exercise = Exercise.ofNobody(folder);
    exercise.trust(second);
    exercise.trust(third);
    Path clip = TestClips.of(320, 240, 5).h264(folder.resolve("clip.mp4"), 5);
    broker = Mosquitto.open();
    broker.start();
    office = BrokerTap.on(broker);
    String camera = "cameras: [{id: mast-1, source: \"%s\", loop: true}]".formatted(clip);
    settings = AgentSettings.read(exercise.opened(broker.uri(), camera));
  }

  @AfterEach
  void close() throws Exception {
    office.close();
    broker.close();
  }

  private Agent capturing() throws Exception {
    Agent agent = Agent.start(settings, Clock.systemUTC(), AgentObserver.NONE, () -> {});
    await().atMost(SOON).until(() -> agent.counters().frames().processed() > 0);
    return agent;
  }

  /** That the key is revoked by which the deployment was authorised. */
  private byte[] revocationOfTheKey() throws Exception {
    return signed(
        new Revoke(
            AuthorityPublicKey.read(exercise.folder().resolve("authority.public")), "stolen"));
  }

  private byte[] signed(Act act) {
    return new TrustStatement(
            UUID.randomUUID(), List.of(exercise.identity().fingerprint()), Instant.now(), act)
        .sign(List.of(second, third))
        .bytes();
  }

  private EndReason reason() throws Exception {
    try (Device box = Device.open(settings, Clock.systemUTC())) {
      return box.deployments().all().get(0).end().reason();
    }
  }

  private void put(byte[] statement) throws Exception {
    Files.createDirectories(settings.trust().statements());
    Files.write(settings.trust().statements().resolve("1.json"), statement);
  }

  @Test
  void aRevokedKeyEndsItsDeploymentByAMessage() throws Exception {
    try (Agent agent = capturing()) {
      office.retain("sightline/v1/van-1/trust/1", revocationOfTheKey());
      assertThat(agent.awaitEnd(SOON)).isTrue();
    }
    assertThat(reason()).isEqualTo(EndReason.AUTHORITY_REVOKED);
  }

  @Test
  void aRevokedKeyEndsItsDeploymentByAFile() throws Exception {
    try (Agent agent = capturing()) {
      put(revocationOfTheKey());
      assertThat(agent.awaitEnd(SOON)).isTrue();
    }
    assertThat(reason()).isEqualTo(EndReason.AUTHORITY_REVOKED);
  }

  @Test
  void aKeyIsNamedWhileTheAgentRuns() throws Exception {
    AuthorityKey lent = AuthorityKey.generate();
    try (Agent agent = capturing()) {
      put(signed(new Name(lent.publicKey(), "Northern force", Optional.empty(), Optional.empty())));
      await().atMost(SOON).until(() -> trusts(lent));
      assertThat(agent.capturing()).isTrue();
    }
  }

  private boolean trusts(AuthorityKey key) throws Exception {
    try (Device box = Device.open(settings, Clock.systemUTC())) {
      return box.deployments()
          .trust()
          .keys()
          .authorities(Instant.now().plusSeconds(1))
          .contains(key.publicKey());
    }
  }
}
