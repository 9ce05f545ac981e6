package org.sightline.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.app.Device;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.Place;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.record.DeploymentCounts;
import org.sightline.edge.record.DeploymentFacts;
import org.sightline.edge.record.DeploymentRecord;
import org.sightline.edge.testing.Exercise;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two boxes that imported one list under one authorisation, and signed what they counted. */
class RecordsMergeCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void signTwoRecords() throws Exception {
    float[] values = new float[64];
    values[0] = 1;
    List<Exercise> boxes =
        Exercise.ofBoxes(
            2,
            folder,
            ModelPacks.at(folder.resolve("models")).installed("builtin"),
            List.of(
                new WatchlistEntry(
                    new SubjectRef("S-0001"),
                    "exercise",
                    List.of(Template.normalised("builtin", values)),
                    new Jpeg(new byte[] {1}))));
    for (Exercise box : boxes) {
      box.identity().writeTo(path(box.van() + ".identity"));
      Path settings =
          box.opened(URI.create("mqtt://127.0.0.1:1"), "cameras: [{id: mast-1, source: clip.mp4}]");
      count(box, settings);
      assertThat(
              run(
                  "deployment",
                  "sign-record",
                  "--config",
                  settings,
                  "--deployment",
                  Exercise.DEPLOYMENT,
                  "--out",
                  path(box.van() + ".record")))
          .isZero();
    }
    out.getBuffer().setLength(0);
  }

  private static void count(Exercise exercise, Path settings) throws Exception {
    DeploymentCounts counts =
        exercise.van().equals(Exercise.VAN)
            ? new DeploymentCounts(100, 70, 20, 2, new TreeMap<>(Map.of("exercise", 2L)))
            : new DeploymentCounts(200, 90, 30, 1, new TreeMap<>(Map.of("exercise", 1L)));
    try (Device box = Device.open(AgentSettings.read(settings), Clock.systemUTC())) {
      DeploymentRecord.open(
              box.database(),
              new DeploymentFacts(
                  Exercise.DEPLOYMENT,
                  exercise.van(),
                  new Place("here"),
                  1,
                  "builtin",
                  "1",
                  null,
                  2),
              new Similarity(0.62),
              "set by hand",
              () -> counts,
              box.clock())
          .close();
      box.database()
          .update(
              """
              UPDATE deployment_life SET state = 'ended', end_reason = 'closed',
                ended_by = 'officer', ended_millis = since_millis
              """);
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

  private int records(String command, Object... more) {
    List<Object> args = new ArrayList<>(List.of("records", command));
    args.addAll(List.of(more));
    for (String van : List.of("van-1", "van-2")) {
      args.addAll(List.of("--device", path(van + ".identity")));
    }
    return run(args.toArray());
  }

  private int merge(Object... more) {
    List<Object> args =
        new ArrayList<>(
            List.of(path("van-1.record"), path("van-2.record"), "--out", path("merged")));
    args.addAll(List.of(more));
    return records("merge", args.toArray());
  }

  @Test
  void whatTwoBoxesSignedUnderOneAuthorisationIsMerged() {
    assertThat(merge("--json")).as(err.toString()).isZero();

    JsonNode merged = JsonMapper.shared().readTree(out.toString());
    JsonNode total = merged.required("total");
    assertThat(total.required("counts").required("facesSeen").asInt()).isEqualTo(50);
    assertThat(total.required("counts").required("alerts").asInt()).isEqualTo(3);
    assertThat(total.required("counts").required("alertsByCategory").required("exercise").asInt())
        .isEqualTo(3);
    assertThat(merged.required("authorised").required("boxes").asInt()).isEqualTo(2);
  }

  @Test
  void aMergedRecordIsVerifiedByItself() {
    merge();
    out.getBuffer().setLength(0);

    assertThat(records("verify", path("merged"))).as(err.toString()).isZero();

    assertThat(out.toString())
        .contains("2 of 2 authorised", "50 (passes: somebody who passes two boxes is two)")
        .contains("3 alerts: 0 true, 0 false, 0 unresolved, 3 open");
  }

  @Test
  void anAlteredPartIsRefusedInOneLine() throws Exception {
    byte[] bytes = Files.readAllBytes(path("van-2.record"));
    bytes[bytes.length / 2] ^= 1;
    Files.write(path("van-2.record"), bytes);

    assertThat(merge()).isEqualTo(1);

    assertThat(err.toString().strip()).hasLineCount(1).contains("altered", "van-2.record");
  }

  @Test
  void aMergedRecordIsNotWrittenOverAnother() {
    merge();

    assertThat(merge()).isEqualTo(2);

    assertThat(err.toString()).contains("exists already");
  }

  @Test
  void anAnnualReportCountsPartsAndMergedOnceAndIsWrittenAsTableAndPage() throws Exception {
    merge();
    out.getBuffer().setLength(0);

    assertThat(
            records(
                "aggregate",
                path("merged"),
                path("van-1.record"),
                path("no.record"),
                "--csv",
                path("year.csv"),
                "--page",
                path("year.html")))
        .isEqualTo(1);

    assertThat(out.toString())
        .contains(
            "all: deployments 1, records 2, 50 faces seen", "no.record: there is no such file");
    assertThat(Files.readString(path("year.csv"))).contains("\r\nrefused,");
    assertThat(Files.readString(path("year.html"))).contains("no.record");
  }
}
