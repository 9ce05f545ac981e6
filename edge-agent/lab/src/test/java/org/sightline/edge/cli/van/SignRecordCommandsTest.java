package org.sightline.edge.cli.van;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.app.Device;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditEvent;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.domain.Place;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.record.DeploymentCounts;
import org.sightline.edge.record.DeploymentFacts;
import org.sightline.edge.record.DeploymentRecord;
import org.sightline.edge.testing.Exercise;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A deployment in which one alert was raised. */
class SignRecordCommandsTest {
  private static final String DEPLOYMENT = Exercise.DEPLOYMENT.value();

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path settings;

  @BeforeEach
  void keepARecord() throws Exception {
    Exercise exercise = Exercise.ofNobody(folder);
    exercise.identity().writeTo(path("device.identity"));
    settings =
        exercise.opened(
            URI.create("mqtt://127.0.0.1:1"), "cameras: [{id: mast-1, source: clip.mp4}]");
    AtomicLong alerts = new AtomicLong();
    try (Device box = Device.open(AgentSettings.read(settings), Clock.systemUTC());
        DeploymentRecord record =
            DeploymentRecord.open(
                box.database(),
                new DeploymentFacts(
                    Exercise.DEPLOYMENT, Exercise.VAN, new Place("here"), 1, "builtin", "1", null),
                new Similarity(0.62),
                "set by hand",
                () -> new DeploymentCounts(9, 7, 4, alerts.get(), new TreeMap<>()),
                box.clock())) {
      box.database()
          .write(
              tx ->
                  box.audit()
                      .append(
                          tx,
                          AuditEvent.of(AuditKind.ALERT_RAISED, Actor.AGENT)
                              .with("alert", UUID.randomUUID())
                              .with("deployment", Exercise.DEPLOYMENT)));
      alerts.incrementAndGet();
      record.flush();
    }
  }

  private Path path(String name) {
    return folder.resolve(name);
  }

  private int run(Object... args) {
    return Sightline.run(
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        List.of(args).stream().map(Object::toString).toArray(String[]::new));
  }

  private int sign() {
    return run(
        "deployment",
        "sign-record",
        "--config",
        settings,
        "--deployment",
        DEPLOYMENT,
        "--out",
        path("a.record"));
  }

  private void export() {
    assertThat(
            run(
                "audit",
                "export",
                "--data",
                settings.resolveSibling("data"),
                "--out",
                path("audit.jsonl")))
        .isZero();
  }

  private int verify(String... more) {
    out.getBuffer().setLength(0);
    List<String> args =
        new ArrayList<>(
            List.of(
                "audit",
                "verify-record",
                path("a.record").toString(),
                "--device",
                path("device.identity").toString(),
                "--log",
                path("audit.jsonl").toString()));
    Collections.addAll(args, more);
    return run(args.toArray());
  }

  @Test
  void theDeviceSignsTheRecordAndTheLogAgreesWithIt() {
    assertThat(sign()).isZero();
    export();

    assertThat(verify()).isZero();

    assertThat(out.toString())
        .contains("record of " + DEPLOYMENT + ", signed at", "intact: ")
        .containsPattern("alerts +1, as in the log")
        .containsPattern("thresholds +0.6200, as in the log");
  }

  @Test
  void whatIsSignedIsThePublishedRecord() {
    run(
        "deployment",
        "record",
        "--data",
        settings.resolveSibling("data"),
        "--deployment",
        DEPLOYMENT,
        "--json");
    JsonNode published = JsonMapper.shared().readTree(out.toString());
    sign();
    export();

    assertThat(verify("--json")).isZero();

    JsonNode printed = JsonMapper.shared().readTree(out.toString());
    assertThat(printed.required("signed").required("record")).isEqualTo(published);
    assertThat(printed.required("check").required("holds").asBoolean()).isTrue();
  }

  @Test
  void aRecordWithOtherFiguresThanTheLogIsRefusedAndTheFigureNamed() throws Exception {
    try (Device box = Device.open(AgentSettings.read(settings), Clock.systemUTC())) {
      box.database()
          .write(
              tx -> tx.update("UPDATE deployment_count SET value = 0 WHERE counter = ?", "alerts"));
    }
    sign();
    export();

    assertThat(verify()).isEqualTo(1);

    assertThat(out.toString()).containsPattern("alerts +0, BUT THE LOG HAS 1");
  }

  @Test
  void aRecordOfAnotherDeviceIsRefusedInOneLine() throws Exception {
    sign();
    export();
    Files.delete(path("device.identity"));
    DeviceKeys.generate().identity().writeTo(path("device.identity"));

    assertThat(verify()).isEqualTo(1);

    assertThat(err.toString().strip())
        .hasLineCount(1)
        .contains("not a record that this device signed", "a.record");
  }

  @Test
  void aSignedRecordIsNotWrittenOverAnother() {
    sign();

    assertThat(sign()).isEqualTo(2);

    assertThat(err.toString()).contains("exists already");
  }
}
