package org.sightline.edge.fieldtest.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.fieldtest.generate.Truth.ListedPerson;
import org.sightline.edge.fieldtest.generate.Truth.Pass;
import org.sightline.edge.models.ModelPack;
import org.sightline.edge.models.ModelPacks;

/**
 * Writes generated field tests: a clip, its truth, pictures to enrol and the scenario that ties
 * them together; and sets of portraits to calibrate with. The same order gives the same pixels.
 */
public final class Generator {
  /** Name of the calibration made on generated people. */
  public static final String POPULATION = "generated";

  private final Studio studio = new Studio(new DrawnCast());

  /**
   * A field test to be made.
   *
   * @param scene what a camera sees; the number of its people is that of all cameras together
   * @param listed how many of those who walk by are on the watchlist
   * @param fillers portraits of people who do not walk by, to make the list longer
   * @param modelPack that the scenario is to be run with
   * @param pace {@code fastest} or {@code realtime}
   * @param cameras each with a clip of its own
   * @param passesPerPerson how often everybody walks by, in the whole
   * @param portraits what the people are made of; null for drawn ones
   */
  public record Order(
      Scene scene,
      int listed,
      int fillers,
      String modelPack,
      String pace,
      int cameras,
      int passesPerPerson,
      @Nullable Portraits portraits) {
    public Order {
      if (cameras < 1 || passesPerPerson < 1 || listed < 0 || fillers < 0) {
        throw new IllegalArgumentException(
            "there is a camera and a pass a person at least, and no negative number of people");
      }
      if (scene.crowd().facesPerFrame() == 0 && scene.crowd().people() < cameras) {
        throw new IllegalArgumentException("somebody walks by each camera");
      }
    }

    /** Of drawn people at one camera, each of whom walks by once. */
    public Order(Scene scene, int listed, int fillers, String modelPack, String pace) {
      this(scene, listed, fillers, modelPack, pace, 1, 1, null);
    }
  }

  /**
   * What was made.
   *
   * @param leftOut people whose pictures could not be used
   */
  public record Outcome(
      int frames, int passes, int listedPasses, float facesPerFrame, int leftOut) {}

  /**
   * Writes {@code clip.mp4} (several cameras: {@code clip-1.mp4} and so on), {@code truth.json},
   * {@code enrol/}, {@code fillers/} and {@code scenario.yaml}; of portraits {@code people.csv}
   * too.
   *
   * @throws GenerationException if the folder is not empty or not writable, or too few people walk
   *     by within the clip or are in the pictures
   * @throws SightlineException if there is no such model pack or it cannot be used
   */
  public Outcome fieldTest(Order order, Path folder)
      throws SightlineException, InterruptedException {
    ModelPack pack = ModelPacks.at(ModelPacks.defaultFolder()).manifest(order.modelPack());
    List<Mast> empty = Mast.of(order.scene(), order.cameras());
    List<Part> parts = Part.of(empty, order.listed(), order.passesPerPerson());
    empty(folder);
    People people;
    int leftOut = 0;
    if (order.portraits() == null) {
      people = new DrawnPeople(order.scene(), parts, order.fillers());
    } else {
      PortraitPeople drawnByLot =
          PortraitPeople.of(order.portraits(), order.scene().seed(), parts, order.fillers());
      leftOut = drawnByLot.leftOut();
      people = drawnByLot;
    }
    Map<Integer, Walk> walks = new HashMap<>();
    Map<Integer, String> subjects = new HashMap<>();
    Map<String, List<String>> images = new TreeMap<>();
    List<ListedPerson> listed = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      List<Walk> played = people.walks(i);
      played.forEach(walk -> walks.put(walk.number(), walk));
      String subject = parts.get(i).subject();
      if (subject != null) {
        played.forEach(walk -> subjects.put(walk.number(), subject));
        listed.add(new ListedPerson(subject, played.get(0).who().name()));
        images.put(subject, people.enrol(i, folder));
      }
    }
    people.others(folder);
    List<Mast> masts = empty.stream().map(mast -> mast.with(walks)).toList();
    List<Reel> reels = masts.stream().map(mast -> new Reel(mast, people.cast(), subjects)).toList();
    AllCores.each(reels.size(), i -> reels.get(i).shoot(folder));
    List<Pass> passes = reels.stream().flatMap(reel -> reel.passes().stream()).toList();
    TruthFile.write(folder, order.scene(), listed, reels);
    ScenarioFile.write(folder, order, pack, masts, images, passes);
    int frames = order.scene().frames() * order.cameras();
    return new Outcome(
        frames,
        passes.size(),
        (int) passes.stream().filter(pass -> pass.subject() != null).count(),
        reels.stream().mapToLong(Reel::visibleFaces).sum() / (float) frames,
        leftOut);
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
    AllCores.each(
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
      throw GenerationException.unwritable(folder, e);
    }
  }
}
