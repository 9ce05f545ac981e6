package org.sightline.edge.fieldtest.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.fieldtest.generate.Truth.FaceInFrame;
import org.sightline.edge.fieldtest.generate.Truth.Pass;
import org.sightline.edge.inference.ModelPack;
import org.sightline.edge.inference.ModelPackException;
import org.sightline.edge.inference.ModelPacks;
import org.sightline.edge.match.Threshold;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/**
 * Writes generated field tests: a clip, its truth, pictures to enrol and the scenario that ties
 * them together; and sets of portraits to calibrate with. The same order gives the same pixels.
 */
public final class Generator {
  /** The camera that a generated clip is seen by. */
  public static final String CAMERA = "mast-1";

  /** Name of the calibration made on generated people. */
  public static final String POPULATION = "generated";

  private static final float ENROLMENT_FACE_PX = 160;
  private static final float FILLER_FACE_PX = 96;

  /** An alert may follow its pass by as long as a track is kept alive. */
  private static final float ALERT_GRACE_SECONDS = 2;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final YAMLMapper YAML =
      YAMLMapper.builder().disable(YAMLWriteFeature.WRITE_DOC_START_MARKER).build();

  private final Cast cast = new DrawnCast();
  private final Studio studio = new Studio(cast);

  /**
   * A field test to be made.
   *
   * @param listed how many of those who walk by are on the watchlist
   * @param fillers portraits of people who do not walk by, to make the list longer
   * @param modelPack that the scenario is to be run with
   * @param pace {@code fastest} or {@code realtime}
   */
  public record Order(Scene scene, int listed, int fillers, String modelPack, String pace) {}

  /** What was made. */
  public record Outcome(int frames, int passes, int listedPasses, float facesPerFrame) {}

  /**
   * Writes {@code clip.mp4}, {@code truth.json}, {@code enrol/}, {@code fillers/} and {@code
   * scenario.yaml}.
   *
   * @throws GenerationException if the folder is not empty or not writable, or fewer people walk by
   *     within the clip than are to be listed
   * @throws ModelPackException if there is no such model pack
   */
  public Outcome fieldTest(Order order, Path folder)
      throws GenerationException, ModelPackException {
    ModelPack pack = ModelPacks.at(ModelPacks.defaultFolder()).manifest(order.modelPack());
    Map<Integer, String> subjects = subjects(order);
    empty(folder);
    Scene scene = order.scene();
    for (Map.Entry<Integer, String> listed : subjects.entrySet()) {
      long person = scene.person(listed.getKey() - 1);
      for (int i = 0; i < 2; i++) {
        Draw draw = Draw.of(person, 100 + i);
        Studio.write(
            studio.picture(person, Look.portrait(draw), ENROLMENT_FACE_PX, draw),
            folder.resolve(enrolment(listed.getValue(), i)));
      }
    }
    each(
        order.fillers(),
        i -> {
          long person = scene.stranger(i);
          Draw draw = Draw.of(person, 100);
          Studio.write(
              studio.picture(person, Look.portrait(draw), FILLER_FACE_PX, draw),
              folder.resolve("fillers/%05d.png".formatted(i + 1)));
        });
    Reel reel = new Reel(scene, subjects);
    try (JsonGenerator truth =
        JSON.writerWithDefaultPrettyPrinter()
            .createGenerator(Files.newOutputStream(folder.resolve("truth.json")))) {
      reel.shoot(folder.resolve("clip.mp4"), truth);
      Files.writeString(folder.resolve("scenario.yaml"), scenario(order, pack, reel.passes()));
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
    List<Pass> passes = reel.passes();
    return new Outcome(
        scene.frames(),
        passes.size(),
        (int) passes.stream().filter(pass -> pass.subject() != null).count(),
        reel.visible / (float) scene.frames());
  }

  /**
   * Writes a folder per person with pictures of them: the first as for a watchlist, the others as a
   * street camera may see them.
   *
   * @throws GenerationException if the folder is not empty or not writable
   */
  public void portraits(long seed, int people, int perPerson, Path folder)
      throws GenerationException {
    empty(folder);
    each(
        people,
        i -> {
          long person = Draw.seed(seed, 2_000_000 + i);
          for (int k = 0; k < perPerson; k++) {
            Draw draw = Draw.of(person, 100 + k);
            Look look = k == 0 ? Look.portrait(draw) : Look.street(draw);
            Studio.write(
                studio.picture(person, look, draw.between(70, 160), draw),
                folder.resolve("P-%05d/%02d.png".formatted(i + 1, k + 1)));
          }
        });
  }

  private interface Step {
    void run(int index) throws GenerationException;
  }

  /** Runs independent steps on all cores. */
  private static void each(int count, Step step) throws GenerationException {
    List<GenerationException> failures =
        IntStream.range(0, count)
            .parallel()
            .mapToObj(i -> failure(step, i))
            .flatMap(Stream::ofNullable)
            .toList();
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }

  private static @Nullable GenerationException failure(Step step, int index) {
    try {
      step.run(index);
      return null;
    } catch (GenerationException e) {
      return e;
    }
  }

  private static void empty(Path folder) throws GenerationException {
    try {
      Files.createDirectories(folder);
      try (Stream<Path> entries = Files.list(folder)) {
        if (entries.findAny().isPresent()) {
          throw new GenerationException(
              "the folder is not empty", folder.toString(), "name a new folder", null);
        }
      }
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  private static GenerationException unwritable(Path folder, IOException cause) {
    return new GenerationException(
        "the folder cannot be written",
        folder.toString(),
        "check that it is a writable folder with room",
        cause);
  }

  /** Subjects by walk: spread evenly over the walks that lie within the clip. */
  private static Map<Integer, String> subjects(Order order) throws GenerationException {
    Scene scene = order.scene();
    List<Walk> whole =
        scene.walks().stream()
            .filter(walk -> walk.startSeconds() >= 0 && walk.endSeconds() <= scene.seconds())
            .toList();
    if (whole.size() < order.listed()) {
      throw new GenerationException(
          "only " + whole.size() + " people walk by within the clip",
          "--listed " + order.listed(),
          "list fewer or make the clip longer",
          null);
    }
    Map<Integer, String> subjects = new TreeMap<>();
    for (int i = 0; i < order.listed(); i++) {
      int index = (int) ((i + 0.5) * whole.size() / order.listed());
      subjects.put(whole.get(index).number(), "S-%04d".formatted(i + 1));
    }
    return subjects;
  }

  private static String enrolment(String subject, int index) {
    return "enrol/" + subject + "-" + (char) ('a' + index) + ".png";
  }

  private static String scenario(Order order, ModelPack pack, List<Pass> passes) {
    List<Pass> listed = passes.stream().filter(pass -> pass.subject() != null).toList();
    Map<String, @Nullable Object> scenario = new LinkedHashMap<>();
    scenario.put("name", "generated-" + order.scene().seed());
    scenario.put("modelPack", order.modelPack());
    scenario.put("calibration", calibration(pack).isPresent() ? POPULATION : null);
    scenario.put("watchlist", listed.stream().map(Generator::entry).toList());
    if (order.fillers() > 0) {
      scenario.put("fillers", Map.of("folder", "fillers", "count", order.fillers()));
    }
    Map<String, Object> camera = new LinkedHashMap<>();
    camera.put("id", CAMERA);
    camera.put("source", "clip.mp4");
    camera.put("pace", order.pace());
    scenario.put("cameras", List.of(camera));
    scenario.put("threshold", threshold(pack, order.listed() + order.fillers()));
    scenario.put("expect", Map.of("alerts", listed.stream().map(Generator::expected).toList()));
    return YAML.writeValueAsString(scenario);
  }

  private static Optional<Calibration> calibration(ModelPack pack) {
    return pack.calibrations().stream()
        .filter(each -> each.population().equals(POPULATION))
        .findFirst();
  }

  /**
   * None where it can be derived; for a list too long for the calibration the strictest that it
   * supports, said openly in the scenario: an exercise may be run with it, a claim may not be made.
   */
  private static @Nullable Double threshold(ModelPack pack, int entries) {
    Optional<Calibration> calibration = calibration(pack);
    if (calibration.isEmpty()) {
      return null;
    }
    try {
      Threshold.derive(
          calibration.get(),
          entries,
          Authorisation.DEFAULT_MAXIMUM_FALSE_ALERTS_PER_1000_FACES,
          new Similarity(-1));
      return null;
    } catch (Threshold.UnsupportedRateException e) {
      return Threshold.strictest(calibration.get()).cosine();
    }
  }

  private static Map<String, Object> entry(Pass pass) {
    String subject = String.valueOf(pass.subject());
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("subject", subject);
    entry.put("category", "exercise");
    entry.put("images", List.of(enrolment(subject, 0), enrolment(subject, 1)));
    return entry;
  }

  private static Map<String, Object> expected(Pass pass) {
    Map<String, Object> alert = new LinkedHashMap<>();
    alert.put("subject", String.valueOf(pass.subject()));
    alert.put("camera", CAMERA);
    alert.put("from", pass.enterSeconds());
    alert.put("to", pass.leaveSeconds() + ALERT_GRACE_SECONDS);
    return alert;
  }

  /** The shooting of one clip, with what is learnt of its passes on the way. */
  private final class Reel {
    private final Scene scene;
    private final Map<Integer, String> subjects;
    private final Map<Integer, Pass> passes = new TreeMap<>();
    private int visible;

    Reel(Scene scene, Map<Integer, String> subjects) {
      this.scene = scene;
      this.subjects = subjects;
    }

    List<Pass> passes() {
      return new ArrayList<>(passes.values());
    }

    void shoot(Path clip, JsonGenerator truth) throws GenerationException {
      Film film = new Film(scene, cast);
      truth.writeStartObject();
      truth.writeNumberProperty("seed", scene.seed());
      truth.writeNumberProperty("widthPx", scene.widthPx());
      truth.writeNumberProperty("heightPx", scene.heightPx());
      truth.writeNumberProperty("framesPerSecond", scene.framesPerSecond());
      truth.writeArrayPropertyStart("frames");
      try (ClipEncoder encoder = new ClipEncoder(clip, scene)) {
        for (int frame = 0; frame < scene.frames(); frame++) {
          float seconds = frame / (float) scene.framesPerSecond();
          List<FaceInFrame> faces = film.paint(frame);
          encoder.add(film.canvas());
          truth.writeStartObject();
          truth.writeNumberProperty("frame", frame);
          truth.writeNumberProperty("seconds", seconds);
          truth.writePOJOProperty("faces", faces);
          truth.writeEndObject();
          faces.stream().filter(FaceInFrame::visible).forEach(face -> note(face, seconds));
        }
      }
      truth.writeEndArray();
      truth.writePOJOProperty("passes", passes());
      truth.writeEndObject();
    }

    private void note(FaceInFrame face, float seconds) {
      visible++;
      Pass known = passes.get(face.pass());
      passes.put(
          face.pass(),
          new Pass(
              face.pass(),
              face.person(),
              subjects.get(face.pass()),
              known == null ? seconds : known.enterSeconds(),
              seconds,
              known == null
                  ? face.height()
                  : Math.max(face.height(), known.largestFaceHeightPx())));
    }
  }
}
