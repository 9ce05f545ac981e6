package org.sightline.edge.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.fieldtest.generate.Generator;
import org.sightline.edge.fieldtest.generate.Scene;
import org.sightline.edge.inference.InstalledPack;

/**
 * Three drawn people who walk by, the first and the last of them listed, whom the built-in engine
 * can tell apart.
 */
public final class GeneratedStreet {
  /** Who is listed and walks by. */
  public static final List<SubjectRef> LISTED =
      List.of(new SubjectRef("S-0001"), new SubjectRef("S-0002"));

  private static final Scene SCENE = new Scene(7, 960, 540, 8, 12, 3, 0, 2, 0);

  /** The engine needs faces of some size; to search for smaller ones costs time alone. */
  private static final String SMALLEST_FACE = "smallestFacePx: 40";

  private final Path folder;

  private GeneratedStreet(Path folder) {
    this.folder = folder;
  }

  /**
   * Draws it.
   *
   * @param folder new or empty
   */
  public static GeneratedStreet in(Path folder) throws Exception {
    new Generator().fieldTest(new Generator.Order(SCENE, 2, 0, "builtin", "fastest"), folder);
    GeneratedStreet street = new GeneratedStreet(folder);
    Files.writeString(street.scenario(), SMALLEST_FACE + "\n", StandardOpenOption.APPEND);
    return street;
  }

  public Path scenario() {
    return folder.resolve("scenario.yaml");
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
      "  - {id: mast-1, source: \"%s\", pace: fastest}"
          .formatted(folder.resolve("clip.mp4").toAbsolutePath()),
      String.join("\n", moreCameras)
    };
  }
}
