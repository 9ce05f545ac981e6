package org.sightline.edge.cli.van;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.testing.TestClips;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CameraProbeCommandTest {
  @TempDir private static Path folder;
  private static String clip = "";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void recordAClip() throws Exception {
    clip = TestClips.of(320, 240, 25).h264(folder.resolve("clip.mp4"), 50).toString();
  }

  @Test
  void aClipIsMeasuredByItsOwnTimes() {
    assertThat(probe(clip, "--json")).isZero();
    JsonNode report = JsonMapper.shared().readTree(out.toString());
    assertThat(report.get("codec").asString()).isEqualTo("h264");
    assertThat(report.get("widthPx").asInt()).isEqualTo(320);
    assertThat(report.get("heightPx").asInt()).isEqualTo(240);
    assertThat(report.get("framesPerSecond").asDouble()).isBetween(24.9, 25.1);
    assertThat(report.get("frames").asInt()).isEqualTo(50);
    assertThat(report.get("framesBroken").asInt()).isZero();
    assertThat(report.get("jitterMillis").asDouble()).isLessThan(0.1);
    assertThat(report.get("meanLuma").asDouble()).isBetween(30.0, 220.0);
  }

  @Test
  void theShapeOfPixelsIsTakenFromTheCommandWhereItIsGiven() {
    assertThat(probe(clip, "--pixel-aspect", "2:1")).isZero();
    assertThat(out.toString()).contains("640 x 240 px");
  }

  @Test
  void aShapeThatNoPixelHasIsRefusedInOneLine() {
    assertThat(probe(clip, "--pixel-aspect", "16x11")).isEqualTo(2);
    assertThat(err.toString()).contains("--pixel-aspect 16x11", "WIDTH:HEIGHT");
  }

  @Test
  void aTableIsPrintedForPeople() {
    assertThat(probe(clip)).isZero();
    assertThat(out.toString()).contains("320 x 240 px").contains("25.00 per second");
  }

  @Test
  void aSnapshotShowsNothingButCoarseGreySquares() throws Exception {
    Path snapshot = folder.resolve("aim.png");
    assertThat(probe(clip, "--snapshot", snapshot.toString())).isZero();
    var image = ImageIO.read(snapshot.toFile());
    assertThat(image.getWidth()).isEqualTo(640);
    for (int row = 0; row < image.getHeight() / 32; row++) {
      for (int column = 0; column < 20; column++) {
        Set<Integer> shades = new HashSet<>();
        for (int i = 0; i < 32 * 32; i++) {
          shades.add(image.getRGB(column * 32 + i % 32, row * 32 + i / 32));
        }
        assertThat(shades).hasSize(1);
      }
    }
  }

  @Test
  void aSnapshotThatCannotBeWrittenIsReportedInOneLineAndNoStackTrace() {
    Path snapshot = folder.resolve("none/aim.png");
    ByteArrayOutputStream besides = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(besides, true, StandardCharsets.UTF_8));
    try {
      assertThat(probe(clip, "--snapshot", snapshot.toString())).isEqualTo(2);
    } finally {
      System.setErr(before);
    }
    assertThat(err.toString().strip()).hasLineCount(1).contains(snapshot.toString());
    assertThat(besides.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void aSnapshotGoesThroughALinkAndDoesNotTakeItsPlace() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link.png"), folder.resolve("real.png"));

    assertThat(probe(clip, "--snapshot", link.toString())).isZero();

    assertThat(link).isSymbolicLink();
    assertThat(ImageIO.read(folder.resolve("real.png").toFile())).isNotNull();
  }

  @Test
  void aSnapshotTakesThePlaceOfAnEarlierOne() throws Exception {
    Path snapshot = folder.resolve("aim.png");
    probe(clip, "--snapshot", snapshot.toString());

    assertThat(probe(clip, "--snapshot", snapshot.toString())).isZero();
  }

  @Test
  void aSnapshotTakesThePlaceOfNoOtherFile() throws Exception {
    Path other = Files.writeString(folder.resolve("authorisation.json"), "signed");

    assertThat(probe(clip, "--snapshot", other.toString())).isEqualTo(2);

    assertThat(err.toString().strip())
        .hasLineCount(1)
        .contains("that is not a snapshot", other.toString());
    assertThat(other).hasContent("signed");
  }

  @Test
  void aSnapshotForWhichThereIsNoRoomIsReportedAsSuch() throws Exception {
    Path full = Files.createSymbolicLink(folder.resolve("full.png"), Path.of("/dev/full"));

    assertThat(probe(clip, "--snapshot", full.toString())).isEqualTo(2);

    assertThat(err.toString().strip()).hasLineCount(1).contains("No space left");
  }

  @Test
  void aCameraIsNotOpenedWithoutAnAuthorisation() {
    assertThat(probe("rtsp://viewer:secret@127.0.0.1:1/stream")).isEqualTo(2);
    assertThat(err.toString().strip())
        .hasLineCount(1)
        .contains("only under an authorisation")
        .contains("--config")
        .doesNotContain("secret");
  }

  @Test
  void anUnusableClipIsReportedInOneLineAndNothingIsWritten() {
    Path snapshot = folder.resolve("none.png");
    String missing = folder.resolve("missing.mp4").toString();
    assertThat(probe(missing, "--snapshot", snapshot.toString())).isEqualTo(2);
    assertThat(err.toString().strip()).hasLineCount(1).contains(missing);
    assertThat(out.toString()).isEmpty();
    assertThat(Files.exists(snapshot)).isFalse();
  }

  @Test
  void aClipOfOnePictureIsRefusedAsSuch() throws Exception {
    Path single = TestClips.of(320, 240, 25).h264(folder.resolve("single.mp4"), 1);
    assertThat(probe(single.toString())).isEqualTo(2);
    assertThat(err.toString().strip()).hasLineCount(1).contains("only one picture");
  }

  private int probe(String... args) {
    String[] all = new String[args.length + 2];
    all[0] = "camera";
    all[1] = "probe";
    System.arraycopy(args, 0, all, 2, args.length);
    return Sightline.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
  }
}
