package org.sightline.edge.fieldtest.generate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.detect.FaceDetectors;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.enrol.EnrolmentResult;
import org.sightline.edge.enrol.EnrolmentWorkers;
import org.sightline.edge.enrol.EnrolmentWorkers.Enrolments;
import org.sightline.edge.fieldtest.generate.PortraitCast.Sitting;
import org.sightline.edge.imaging.Stills;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.models.InstalledPack;

/**
 * People from a folder of portraits, drawn by lot; nobody plays two parts. A picture is usable if
 * the model pack would enrol it. Who has too few usable ones is left out and counted.
 */
final class PortraitPeople implements People {
  /** Of somebody with very many pictures only so many more than are wanted are tried. */
  private static final int SPARE_PICTURES = 2;

  private final Portraits portraits;
  private final List<Part> parts;
  private final List<Player> players = new ArrayList<>();
  private final List<Player> fillers = new ArrayList<>();
  private final List<Sitting> sittings = new ArrayList<>();
  private int leftOut;

  /**
   * Somebody with a part.
   *
   * @param enrolled pictures for the list
   * @param firstSitting of those that walk by
   */
  private record Player(Sitter sitter, List<Path> enrolled, int firstSitting, int sittings) {}

  private PortraitPeople(Portraits portraits, List<Part> parts) {
    this.portraits = portraits;
    this.parts = parts;
  }

  /**
   * Draws people for all parts.
   *
   * @param parts those of listed people first
   * @param fillers how many people more are listed and do not walk by
   * @throws SightlineException if there are too few, or the pack cannot be used
   */
  static PortraitPeople of(Portraits portraits, long seed, List<Part> parts, int fillers)
      throws SightlineException, InterruptedException {
    PortraitPeople people = new PortraitPeople(portraits, parts);
    InstalledPack pack = portraits.pack();
    try (EnrolmentWorkers workers = EnrolmentWorkers.open(pack);
        FaceDetector detector =
            FaceDetectors.open(
                pack.manifest(), pack.folder(), DetectionSettings.stills(Compute.cpu(1)))) {
      people.draw(workers, detector, seed, fillers);
    }
    return people;
  }

  private void draw(EnrolmentWorkers workers, FaceDetector detector, long seed, int fillerCount)
      throws SightlineException, InterruptedException {
    Draw draw = Draw.of(seed, 4_000_000);
    List<Sitter> sitters = new ArrayList<>();
    for (Sitter sitter : draw.shuffled(Sitter.in(portraits.from()))) {
      sitters.add(new Sitter(sitter.name(), sitter.path(), draw.shuffled(sitter.pictures())));
    }
    int enrolled = portraits.enrolPictures();
    int passes = parts.stream().mapToInt(part -> part.walks().size()).max().orElse(1);
    Set<Sitter> drawn = new HashSet<>();
    List<Part> listed = parts.stream().filter(Part::isListed).toList();
    Lot listable =
        new Lot(
            sitters.stream().filter(sitter -> sitter.pictures().size() > enrolled).toList(),
            enrolled + passes,
            workers);
    for (Part part : listed) {
      players.add(listable.next(enrolled, part.walks().size(), detector, drawn));
    }
    Lot others =
        new Lot(
            sitters.stream().filter(sitter -> !drawn.contains(sitter)).toList(), passes, workers);
    for (Part part : parts.subList(listed.size(), parts.size())) {
      players.add(others.next(0, part.walks().size(), detector, drawn));
    }
    for (int i = 0; i < fillerCount; i++) {
      fillers.add(others.next(1, 0, detector, drawn));
    }
  }

  /** People in an order, whose pictures are tried on all cores ahead of their turn. */
  private final class Lot {
    private final Iterator<Sitter> sitters;
    private final Enrolments enrolments;
    private final int pictures;

    /**
     * @param wanted pictures of each
     */
    Lot(List<Sitter> sitters, int wanted, EnrolmentWorkers workers) {
      this.sitters = sitters.iterator();
      this.pictures = wanted + SPARE_PICTURES;
      this.enrolments =
          workers.enrol(sitters.stream().flatMap(sitter -> tried(sitter).stream()).toList());
    }

    private List<Path> tried(Sitter sitter) {
      return sitter.pictures().subList(0, Math.min(pictures, sitter.pictures().size()));
    }

    /**
     * The next with enough usable pictures.
     *
     * @param shown how many pictures of them walk by, if there are so many; one at least
     * @param drawn receives all who were considered
     */
    Player next(int enrolled, int shown, FaceDetector detector, Set<Sitter> drawn)
        throws SightlineException, InterruptedException {
      while (sitters.hasNext()) {
        Sitter sitter = sitters.next();
        drawn.add(sitter);
        List<Path> usable = new ArrayList<>();
        for (int i = 0; i < tried(sitter).size(); i++) {
          EnrolmentWorkers.Enrolment each = enrolments.next();
          if (each.result() instanceof EnrolmentResult.Enrolled) {
            usable.add(each.picture());
          }
        }
        if (usable.size() >= enrolled + Math.min(1, shown)) {
          int first = sittings.size();
          for (Path picture : usable.subList(enrolled, Math.min(usable.size(), enrolled + shown))) {
            sittings.add(sitting(picture, detector));
          }
          return new Player(sitter, usable.subList(0, enrolled), first, sittings.size() - first);
        }
        leftOut++;
      }
      throw new GenerationException(
          "there are too few people with usable pictures: %d found, %d left out"
              .formatted(players.size() + fillers.size(), leftOut),
          portraits.from().toString(),
          "ask for fewer people, listed people (who need %d pictures) or fillers, or give"
                  .formatted(portraits.enrolPictures() + 1)
              + " --passes-per-person",
          null);
    }
  }

  /** The face that the picture was found enrollable by: the largest. */
  private static Sitting sitting(Path file, FaceDetector detector) throws SightlineException {
    BgrPicture picture = Stills.read(file);
    Face face =
        detector.detect(picture).stream()
            .max(Comparator.comparingDouble(each -> each.box().area()))
            .orElseThrow();
    return new Sitting(file, detector.refine(picture, face).orElse(face).landmarks());
  }

  /** How many people were left out because too few of their pictures can be used. */
  int leftOut() {
    return leftOut;
  }

  @Override
  public Cast cast() {
    return new PortraitCast(sittings);
  }

  @Override
  public List<Walk> walks(int part) {
    Player player = players.get(part);
    List<Walk> walks = new ArrayList<>();
    for (Walk walk : parts.get(part).walks()) {
      int sitting = player.firstSitting() + walks.size() % player.sittings();
      walks.add(walk.by(new Walk.Who(sitting, player.sitter().name())));
    }
    return walks;
  }

  @Override
  public List<String> enrol(int part, Path folder) throws GenerationException {
    List<String> files = new ArrayList<>();
    for (Path picture : players.get(part).enrolled()) {
      String name = "enrol/%s-%d".formatted(parts.get(part).subject(), files.size() + 1);
      files.add(copy(picture, folder, name));
    }
    return files;
  }

  @Override
  public void others(Path folder) throws GenerationException {
    for (Player filler : fillers) {
      copy(filler.enrolled().get(0), folder, "fillers/" + filler.sitter().name());
    }
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader("person", "path").get();
    try (Writer file = Files.newBufferedWriter(folder.resolve("people.csv"), UTF_8);
        CSVPrinter csv = new CSVPrinter(file, format)) {
      List<Sitter> everybody =
          Stream.concat(players.stream(), fillers.stream())
              .map(Player::sitter)
              .sorted(Comparator.comparing(Sitter::path))
              .toList();
      for (Sitter sitter : everybody) {
        csv.printRecord(sitter.name(), portraits.from().relativize(sitter.path()));
      }
      // Nobody's picture gets into a repository by oversight.
      Files.writeString(folder.resolve(".gitignore"), "*\n");
    } catch (IOException e) {
      throw GenerationException.unwritable(folder, e);
    }
  }

  /** Copies a picture, leaving its name behind. */
  private static String copy(Path picture, Path folder, String name) throws GenerationException {
    String old = picture.toString();
    String file = name + old.substring(old.lastIndexOf('.')).toLowerCase(Locale.ROOT);
    try {
      Files.createDirectories(folder.resolve(file).toAbsolutePath().getParent());
      Files.copy(picture, folder.resolve(file));
    } catch (IOException e) {
      throw GenerationException.unwritable(folder, e);
    }
    return file;
  }
}
