package org.sightline.edge.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.SharedFiles;
import org.sightline.edge.cli.Sightline;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ModelsCommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void everyPackIsListed() {
    assertThat(run("list")).isZero();
    assertThat(out.toString()).contains("builtin", "retail-0095", "not verified");
  }

  @Test
  void theListNamesTheFolderThatItIsAbout() {
    run("list");
    assertThat(out.toString()).contains(installed().toString());
  }

  @Test
  void theListAsJsonSaysWhatIsInstalled() {
    run("list", "--json");
    JsonNode builtin = json().get("packs").get(0);
    assertThat(builtin.get("name").asString()).isEqualTo("builtin");
    assertThat(builtin.get("installed").asBoolean()).isTrue();
  }

  @Test
  void whatIsMissingIsReportedInOneLinePerFile() {
    assertThat(run("install", "opencv-zoo", "--from", folder.toString()))
        .isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString().strip()).hasLineCount(2).contains("SHA-256 0ba9fbfa", "https://");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void whatIsMissingIsReportedAsJsonToo() {
    run("install", "opencv-zoo", "--from", folder.toString(), "--json");
    assertThat(json().get("installed").asBoolean()).isFalse();
    assertThat(json().get("missing")).hasSize(2);
  }

  @Test
  void anUnknownPackIsReportedInOneLine() {
    assertThat(run("install", "retail")).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString().strip()).hasLineCount(1).contains("retail-0095");
  }

  @Test
  void aPackThatIsNotInstalledFailsVerification() {
    assertThat(run("verify", "retail-0095")).isEqualTo(Sightline.EXIT_NO);
    assertThat(out.toString()).contains("missing  yunet_s_dynamic.onnx");
  }

  @Test
  void withNothingInstalledVerificationSaysSo() {
    assertThat(run("verify")).isEqualTo(Sightline.EXIT_NO);
    assertThat(out.toString()).contains("no pack is installed");
  }

  @Test
  void theDefaultPackIsInstalledAndVerifiedAndASpoiltOneIsNoticed() throws Exception {
    Path models = SharedFiles.models();
    assertThat(run("install", "retail-0095", "--from", models.toString())).isZero();
    assertThat(run("verify")).isZero();
    Files.writeString(installed().resolve("retail-0095/yunet_s_dynamic.onnx"), "spoilt");
    assertThat(run("verify")).isEqualTo(Sightline.EXIT_NO);
    assertThat(out.toString()).contains("wrong  yunet_s_dynamic.onnx");
  }

  private Path installed() {
    return folder.resolve("installed");
  }

  private JsonNode json() {
    return JsonMapper.shared().readTree(out.toString());
  }

  private int run(String... args) {
    String[] line = new String[args.length + 3];
    line[0] = "models";
    System.arraycopy(args, 0, line, 1, args.length);
    line[args.length + 1] = "--models";
    line[args.length + 2] = installed().toString();
    return Sightline.run(new PrintWriter(out, true), new PrintWriter(err, true), line);
  }
}
