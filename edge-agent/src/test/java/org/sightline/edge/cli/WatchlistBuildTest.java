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
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.watchlist.WatchlistBundle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lists made of drawn people with the engine that is built in. */
class WatchlistBuildTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @BeforeEach
  void picturesOfTwoPeople() {
    assertThat(run("device", "init", "--out", path("device.keys"))).isZero();
    assertThat(run("authority", "init", "--out", path("a.key"))).isZero();
    assertThat(
            run(
                "fieldtest",
                "generate",
                "--out",
                path("people"),
                "--portraits",
                "2",
                "--per-person",
                "1"))
        .as(err.toString())
        .isZero();
  }

  @Test
  void aListOfUsablePicturesIsMade() throws Exception {
    assertThat(build()).as(err.toString()).isZero();
    assertThat(
            WatchlistBundle.verify(
                    folder.resolve("list.bundle"),
                    List.of(AuthorityPublicKey.read(folder.resolve("a.key.public"))))
                .header()
                .entryCount())
        .isEqualTo(2);
  }

  @Test
  void oneUnusablePictureIsEnoughForNoListToBeMade() throws Exception {
    Files.writeString(folder.resolve("people/bad.jpg"), "no picture");
    assertThat(build()).isEqualTo(Sightline.EXIT_NO);
    assertThat(err.toString()).contains("refused: bad: ").contains("left out: bad: ");
    assertThat(folder.resolve("list.bundle")).doesNotExist();
  }

  @Test
  void theRestIsListedOnlyWhenRefusalsAreAcceptedAndTheyAreTold() throws Exception {
    Files.writeString(folder.resolve("people/bad.jpg"), "no picture");
    assertThat(build("--accept-refusals", "--report", path("report.json"))).isZero();
    assertThat(err.toString()).contains("refused: bad: ");
    assertThat(out.toString()).contains("2 of 3 subjects listed, 1 pictures refused");
    JsonNode report = JsonMapper.shared().readTree(folder.resolve("report.json").toFile());
    assertThat(report.at("/entries").asInt()).isEqualTo(2);
    assertThat(report.at("/refusedPictures/0/reason").asString()).isEqualTo("UNREADABLE");
    assertThat(report.at("/refusedSubjects/0").asString()).isEqualTo("bad");
  }

  private int build(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "watchlist",
                "build",
                "--folder",
                path("people"),
                "--pack",
                "builtin",
                "--device",
                path("device.keys.identity"),
                "--authority",
                path("a.key"),
                "--deployment",
                "D-1",
                "--expires",
                "+PT24H",
                "--out",
                path("list.bundle")));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private int run(String... arguments) {
    return Sightline.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }
}
