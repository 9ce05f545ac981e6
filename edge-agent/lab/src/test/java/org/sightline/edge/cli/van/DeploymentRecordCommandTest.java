package org.sightline.edge.cli.van;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.KnownAlert;
import org.sightline.edge.domain.ListNearness;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.Place;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.record.DeploymentCounts;
import org.sightline.edge.record.DeploymentFacts;
import org.sightline.edge.record.Outcomes;
import org.sightline.edge.store.Database;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DeploymentRecordCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private void keepRecord(Outcome... outcomes) throws Exception {
    Clock clock = Clock.fixed(Instant.parse("2026-11-01T10:00:00Z"), ZoneOffset.UTC);
    DeploymentFacts facts =
        new DeploymentFacts(
            new DeploymentId("D-7"),
            new VanId("van-1"),
            new Place("High Street"),
            501,
            "retail-0095",
            "1.2",
            new ListNearness(0.291, 0.217));
    try (Database database = Database.open(folder);
        var record =
            org.sightline.edge.record.DeploymentRecord.open(
                database,
                facts,
                new Similarity(0.62),
                "derived for 501 entries",
                () ->
                    new DeploymentCounts(
                        1000, 700, 420, 3, new TreeMap<>(Map.of("missing", 1L, "wanted", 2L))),
                clock)) {
      Outcomes judged =
          new Outcomes(
              database,
              new AuditLog(clock),
              (tx, id) ->
                  Optional.of(
                      new KnownAlert(
                          id, facts.deployment(), clock.instant().plusSeconds(60), false)),
              clock);
      for (Outcome outcome : outcomes) {
        judged.record(UUID.randomUUID(), outcome, Actor.officer("1234"));
      }
      record.flush();
    }
  }

  private int run(String... args) {
    return Sightline.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  private int record(String deployment, String... more) {
    String[] args = {
      "deployment", "record", "--data", folder.toString(), "--deployment", deployment
    };
    return run(Stream.of(args, more).flatMap(Arrays::stream).toArray(String[]::new));
  }

  @Test
  void theRecordIsPrintedForPeople() throws Exception {
    keepRecord(Outcome.TRUE, Outcome.FALSE);

    assertThat(record("D-7")).isZero();

    assertThat(out.toString())
        .contains("D-7, van van-1, High Street")
        .contains("501 entries")
        .contains("mean nearness of its people 0.291 (usually 0.217): more alike than")
        .contains("cosine 0.6200")
        .contains("420 (passes)")
        .contains("3: 1 true, 1 false, 0 unresolved, 1 open")
        .contains("per face seen: 1 of 420 = 0.2381 % (95 % interval 0.006028 to 1.319 %)")
        .contains("per alert with an outcome: 1 of 2 = 50.00 % (95 % interval 1.258 to 98.74 %)");
  }

  @Test
  void withoutOutcomesItSaysSo() throws Exception {
    keepRecord();

    record("D-7");

    assertThat(out.toString())
        .contains("per face seen: not yet adjudicated")
        .contains("per alert with an outcome: not yet adjudicated");
  }

  @Test
  void theRecordAsJsonIsAloneOnStandardOutput() throws Exception {
    keepRecord(Outcome.TRUE, Outcome.FALSE);

    assertThat(record("D-7", "--json")).isZero();

    JsonNode json = new JsonMapper().readTree(out.toString());
    assertThat(json.path("counts").path("facesSeen").asInt()).isEqualTo(420);
    assertThat(json.path("nearness").path("mean").asDouble()).isEqualTo(0.291);
    assertThat(json.path("openedAt").asString()).isEqualTo("2026-11-01T10:00:00Z");
    assertThat(json.path("falseAlertsPerAlert").path("upper95").asDouble()).isBetween(0.98, 0.99);
  }

  @Test
  void anUnknownDeploymentIsUnusableInput() throws Exception {
    keepRecord();

    assertThat(record("D-8")).isEqualTo(Sightline.EXIT_UNUSABLE);

    assertThat(err.toString().strip()).hasLineCount(1).contains("D-8").contains("D-7");
  }

  @Test
  void aFolderWithoutDataIsUnusableInput() {
    assertThat(record("D-7")).isEqualTo(Sightline.EXIT_UNUSABLE);

    assertThat(err.toString().strip()).hasLineCount(1).contains("sightline.db");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aReferenceThatIsNoneIsWrongUse() {
    assertThat(record("../etc")).isEqualTo(Sightline.EXIT_UNUSABLE);

    assertThat(err.toString().strip()).hasLineCount(1).contains("--deployment");
  }
}
