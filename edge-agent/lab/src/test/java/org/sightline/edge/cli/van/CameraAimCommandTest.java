package org.sightline.edge.cli.van;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.GeneratedStreet;
import org.sightline.edge.testing.RtspServer;
import org.sightline.edge.testing.SampleCameras;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real camera, by its id in the settings. */
class CameraAimCommandTest {
  private static final URI NOBODY = URI.create("mqtt://127.0.0.1:1");

  @TempDir private static Path shared;
  private static GeneratedStreet street;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void drawAStreet() throws Exception {
    street = GeneratedStreet.in(shared.resolve("street"));
  }

  private static String camera(String source) {
    return "cameras: [{id: mast-1, source: \"%s\"}]".formatted(source);
  }

  private int aim(Path settings, String... more) {
    List<String> all = new ArrayList<>(List.of("camera", "aim", "--config", settings.toString()));
    all.addAll(List.of(more));
    return Sightline.run(
        new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
  }

  @Test
  void aCameraIsMeasuredAndOnePictureIsWritten() throws Exception {
    try (RtspServer server = RtspServer.start(street.clip())) {
      Path settings =
          Exercise.ofNobody(folder).opened(NOBODY, camera(server.address()), "smallestFacePx: 40");
      Path snapshot = folder.resolve("aim.png");

      aim(settings, "mast-1", "--seconds", "4", "--json", "--snapshot", snapshot.toString());

      JsonNode report = JsonMapper.shared().readTree(out.toString());
      assertThat(report.required("camera").asString()).isEqualTo("mast-1");
      assertThat(report.required("figures").required("picturesSearched").asInt()).isPositive();
      assertThat(report.required("figures").required("regions")).hasSize(9);
      assertThat(ImageIO.read(snapshot.toFile()).getWidth()).isEqualTo(960);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(snapshot)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aCameraThatTheSettingsDoNotHaveIsRefusedByTheNamesOfThoseTheyHave() throws Exception {
    Path settings = Exercise.ofNobody(folder).opened(NOBODY, camera(street.clip().toString()));

    assertThat(aim(settings, "mast-2")).isEqualTo(2);

    assertThat(err.toString().strip()).hasLineCount(1).contains("mast-2", "give one of mast-1");
  }

  @Test
  void aZoneOfACameraThatTheSettingsDoNotHaveIsRefusedAsTheAgentRefusesIt() throws Exception {
    Exercise exercise = Exercise.ofNobody(folder);
    exercise
        .permission()
        .cameras(
            SampleCameras.live("mast-1"),
            SampleCameras.within(SampleCameras.LEFT_HALF, SampleCameras.live("mast-2")))
        .write();
    Path settings = exercise.opened(NOBODY, camera("rtsp://127.0.0.1:1/none"));

    assertThat(aim(settings, "mast-1")).isEqualTo(1);

    assertThat(err.toString().strip())
        .hasLineCount(1)
        .contains("a zone for a camera that the settings do not have", "mast-2");
  }

  @Test
  void withoutAnOpenDeploymentNoCameraIsOpened() throws Exception {
    Path settings = Exercise.ofNobody(folder).settings(NOBODY, camera("rtsp://127.0.0.1:1/none"));
    Path snapshot = folder.resolve("aim.png");

    assertThat(aim(settings, "mast-1", "--snapshot", snapshot.toString())).isNotZero();

    assertThat(err.toString().strip())
        .hasLineCount(1)
        .contains("nothing of the deployment is on this device");
    assertThat(snapshot).doesNotExist();
  }
}
