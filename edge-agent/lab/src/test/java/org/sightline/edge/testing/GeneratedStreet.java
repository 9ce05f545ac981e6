package org.sightline.edge.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.fieldtest.generate.Generator;
import org.sightline.edge.fieldtest.generate.SampleScene;
import org.sightline.edge.fieldtest.generate.Scene;
import org.sightline.edge.models.InstalledPack;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Three drawn people who walk by, the first and the last of them listed, whom the built-in engine
 * can distinguish.
 */
public final class GeneratedStreet {
  /** Who is listed and walks by. */
  public static final List<SubjectRef> LISTED =
      List.of(new SubjectRef("S-0001"), new SubjectRef("S-0002"));

  private static final Scene SCENE = new SampleScene(7).size(960, 540).framesPerSecond(5).build();

  /** The engine needs faces of some size; to search for smaller ones costs time alone. */
  public static final int SMALLEST_FACE_PX = 40;

  private static final String SMALLEST_FACE = "smallestFacePx: " + SMALLEST_FACE_PX;

  /** The files of the first one, by their paths in its folder. */
  private static final Map<Path, byte[]> DRAWN = new HashMap<>();

  private final Path folder;

  private GeneratedStreet(Path folder) {
    this.folder = folder;
  }

  /**
   * Draws it, once in a process: it is always the same.
   *
   * @param folder new or empty
   */
  public static GeneratedStreet in(Path folder) throws Exception {
    synchronized (DRAWN) {
      if (DRAWN.isEmpty()) {
        draw(folder);
      } else {
        for (Map.Entry<Path, byte[]> file : DRAWN.entrySet()) {
          Path copy = folder.resolve(file.getKey());
          Files.createDirectories(copy.getParent());
          Files.write(copy, file.getValue());
        }
      }
    }
    return new GeneratedStreet(folder);
  }

  private static void draw(Path folder) throws Exception {
    new Generator().fieldTest(new Generator.Order(SCENE, 2, 0, "builtin", "fastest"), folder);
    Files.writeString(
        new GeneratedStreet(folder).scenario(), SMALLEST_FACE + "\n", StandardOpenOption.APPEND);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        DRAWN.put(folder.relativize(file), Files.readAllBytes(file));
      }
    }
  }

  public Path scenario() {
    return folder.resolve("scenario.yaml");
  }

  public Path clip() {
    return folder.resolve("clip.mp4");
  }

  /** Where the listed people's faces are in truth, by number of the frame. */
  public Map<Long, List<BoxPx>> listedFaces() throws Exception {
    JsonNode truth = new JsonMapper().readTree(Files.readAllBytes(folder.resolve("truth.json")));
    Set<Integer> listed = new HashSet<>();
    for (JsonNode pass : truth.required("passes")) {
      if (!pass.path("subject").isNull()) {
        listed.add(pass.required("pass").intValue());
      }
    }
    Map<Long, List<BoxPx>> faces = new HashMap<>();
    for (JsonNode frame : truth.required("frames")) {
      List<BoxPx> boxes = new ArrayList<>();
      for (JsonNode face : frame.required("faces")) {
        if (listed.contains(face.required("pass").intValue())) {
          boxes.add(box(face));
        }
      }
      faces.put(frame.required("frame").longValue(), boxes);
    }
    return faces;
  }

  private static BoxPx box(JsonNode face) {
    return new BoxPx(
        face.required("x").floatValue(),
        face.required("y").floatValue(),
        face.required("width").floatValue(),
        face.required("height").floatValue());
  }

  /** The list of those who are listed. */
  public List<WatchlistEntry> enrol(InstalledPack pack) throws Exception {
    return List.of(enrol(pack, LISTED.get(0)), enrol(pack, LISTED.get(1)));
  }

  private WatchlistEntry enrol(InstalledPack pack, SubjectRef subject) throws Exception {
    return Exercise.enrol(
        pack,
        subject,
        List.of(
            folder.resolve("enrol/" + subject + "-a.png"),
            folder.resolve("enrol/" + subject + "-b.png")));
  }

  /** Lines of an agent's settings that have it look at the street once. */
  public String[] settings(String... moreCameras) {
    return new String[] {
      SMALLEST_FACE,
      "cameras:",
      "  - {id: mast-1, source: \"%s\", pace: fastest}".formatted(clip().toAbsolutePath()),
      String.join("\n", moreCameras)
    };
  }
}
