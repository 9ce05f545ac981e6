package org.sightline.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.audit.SampleLog;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditCommandTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path data;
  private Path file;
  private AuditHead head;

  @BeforeEach
  void keepALog() throws Exception {
    data = folder.resolve("data");
    file = folder.resolve("audit.jsonl");
    head = SampleLog.in(data, 5).get(4);
  }

  private int run(Object... args) {
    return Sightline.run(
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        List.of(args).stream().map(Object::toString).toArray(String[]::new));
  }

  private void export() {
    assertThat(run("audit", "export", "--data", data, "--out", file)).isZero();
    out.getBuffer().setLength(0);
  }

  @Test
  void anExportIsALineARecordAndIsSaidInOneLine() {
    assertThat(run("audit", "export", "--data", data, "--out", file)).isZero();

    assertThat(out.toString().strip()).isEqualTo("audit log exported: " + file);
    assertThat(file).content().hasLineCount(5).endsWith("}\n");
  }

  @Test
  void anIntactLogIsAYesInOneLine() {
    export();

    assertThat(run("audit", "verify", file, "--head", head)).isZero();

    assertThat(out.toString().strip())
        .isEqualTo("intact: 5 records, head " + head + "; as published up to record 5");
  }

  @Test
  void theLogInTheDataFolderIsVerifiedWithoutExport() {
    assertThat(run("audit", "verify", "--data", data, "--head", head)).isZero();

    assertThat(out.toString()).startsWith("intact: 5 records");
  }

  @Test
  void withoutAHeadItSaysWhatThatLeavesOpen() {
    export();

    assertThat(run("audit", "verify", file)).isZero();

    assertThat(out.toString().strip()).hasLineCount(1).contains("no published head");
  }

  @Test
  void aMissingRecordIsANoInOneLine() throws Exception {
    export();
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.remove(2);
    Files.write(file, lines);

    assertThat(run("audit", "verify", file, "--head", head)).isEqualTo(Sightline.EXIT_NO);

    assertThat(out.toString().strip()).isEqualTo("missing: record 3");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void theAnswerAsJsonIsAloneOnStandardOutput() throws Exception {
    export();
    Files.write(file, Files.readAllLines(file).subList(0, 3));

    assertThat(run("audit", "verify", file, "--head", head, "--json")).isEqualTo(Sightline.EXIT_NO);

    JsonNode json = new JsonMapper().readTree(out.toString());
    assertThat(json.propertyNames())
        .containsExactlyInAnyOrder("verdict", "last", "published", "line");
    assertThat(json.path("verdict").asString()).isEqualTo("cut");
    assertThat(json.path("last").asInt()).isEqualTo(3);
    assertThat(json.path("published").asString()).isEqualTo(head.toString());
    assertThat(json.path("line").asString())
        .isEqualTo("cut: ends with record 3, but record " + head + " was published");
  }

  @Test
  void anExportNeverOverwrites() {
    export();

    assertThat(run("audit", "export", "--data", data, "--out", file))
        .isEqualTo(Sightline.EXIT_UNUSABLE);

    assertThat(err.toString().strip()).hasLineCount(1).contains("exists already", file.toString());
  }

  @Test
  void aFolderWithoutDataIsUnusableInput() {
    assertThat(run("audit", "verify", "--data", folder)).isEqualTo(Sightline.EXIT_UNUSABLE);

    assertThat(err.toString().strip()).hasLineCount(1).contains("sightline.db");
  }

  @Test
  void aFileThatIsNotThereIsUnusableInput() {
    assertThat(run("audit", "verify", file)).isEqualTo(Sightline.EXIT_UNUSABLE);

    assertThat(err.toString().strip()).hasLineCount(1).contains(file.toString());
  }

  @Test
  void aHeadThatIsNoneIsWrongUse() {
    export();

    assertThat(run("audit", "verify", file, "--head", "5")).isEqualTo(Sightline.EXIT_UNUSABLE);

    assertThat(err.toString().strip()).hasLineCount(1).contains("--head", "NUMBER:HASH");
  }

  @Test
  void aFileAndAFolderAtOnceAreWrongUse() {
    export();

    assertThat(run("audit", "verify", file, "--data", data)).isEqualTo(Sightline.EXIT_UNUSABLE);

    assertThat(err.toString().strip()).hasLineCount(1);
  }

  @Test
  void neitherFileNorFolderIsWrongUse() {
    assertThat(run("audit", "verify")).isEqualTo(Sightline.EXIT_UNUSABLE);

    assertThat(err.toString().strip()).hasLineCount(1).contains("FILE", "--data");
  }
}
