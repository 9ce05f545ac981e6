package org.sightline.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sightline.edge.app.AgentSettings.Recognition;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.fieldtest.ScenarioSettings;
import org.sightline.edge.fieldtest.ScenarioSettings.Known;
import org.sightline.edge.inference.InferenceDevice;

/**
 * A generated street to measure on: a clip with exact truth, made once and kept in the work folder.
 * Its people are heads of consented portraits, so that alerts are real ones.
 *
 * @param scenario with the clip as its one camera
 */
record Street(ScenarioSettings scenario) {
  static final String PACK = "retail-0095";

  /**
   * What is seen.
   *
   * @param facesPerFrame about how many people in sight at a time
   * @param listed how many of them are listed
   */
  record View(int widthPx, int heightPx, int seconds, double facesPerFrame, int listed) {
    static final int FRAMES_PER_SECOND = 25;

    private String name() {
      return "%dp-%ds-%sfaces-%dlisted".formatted(heightPx, seconds, facesPerFrame, listed);
    }
  }

  /** The clip of a view, with the heads of volunteers; the same view gives the same pixels. */
  static Street of(View view, Workplace workplace) throws IOException, SightlineException {
    return generated(view, workplace, "street-", List.of("--from=" + people(workplace)));
  }

  /** The same with people who are drawn: as many as are wanted, but nobody to be recognised. */
  static Street drawn(View view, Workplace workplace) throws IOException, SightlineException {
    return generated(view, workplace, "drawn-", List.of());
  }

  private static Street generated(View view, Workplace workplace, String kind, List<String> people)
      throws IOException, SightlineException {
    Path folder = workplace.folder().resolve(kind + view.name());
    Path scenario = folder.resolve("scenario.yaml");
    if (!Files.exists(scenario)) {
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "fieldtest",
                  "generate",
                  "--pack=" + PACK,
                  "--models=" + workplace.models(),
                  "--out=" + folder,
                  "--width=" + view.widthPx(),
                  "--height=" + view.heightPx(),
                  "--fps=" + View.FRAMES_PER_SECOND,
                  "--seconds=" + view.seconds(),
                  "--listed=" + view.listed(),
                  "--faces-per-frame=" + view.facesPerFrame()));
      arguments.addAll(people);
      Workplace.command(arguments);
    }
    return new Street(
        view.listed() == 0 ? nobodyListed(view, folder) : ScenarioSettings.read(scenario));
  }

  /** A scenario file has somebody listed. */
  private static ScenarioSettings nobodyListed(View view, Path folder) {
    return new ScenarioSettings(
        view.name(),
        new Recognition(PACK, null, null, null, null),
        InferenceDevice.CPU,
        List.of(),
        null,
        List.of(CameraSettings.of(new CameraId("mast-1"), folder.resolve("clip.mp4").toString())),
        List.of(),
        Known.NOTHING);
  }

  /** London's volunteers, a folder each, as the generator wants them. */
  private static Path people(Workplace workplace) throws IOException {
    Path people = workplace.folder().resolve("people");
    if (Files.exists(people)) {
      return people;
    }
    Path london = workplace.data().resolve("london");
    for (String expression : List.of("neutral_front", "smiling_front")) {
      try (Stream<Path> pictures = Files.list(london.resolve(expression))) {
        for (Path picture : pictures.filter(each -> each.toString().endsWith(".jpg")).toList()) {
          String person = picture.getFileName().toString().replaceFirst("_.*", "");
          Path folder = Files.createDirectories(people.resolve(person));
          Files.createSymbolicLink(folder.resolve(expression + ".jpg"), picture.toAbsolutePath());
        }
      }
    }
    return people;
  }

  /** The clip itself. */
  Path clip() {
    return Path.of(scenario.cameras().get(0).source());
  }
}
