package org.sightline.edge.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.RetailPack;
import org.sightline.edge.SharedFiles;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.detect.FaceDetectors;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.embed.FaceEmbedder;
import org.sightline.edge.embed.FaceEmbedders;
import org.sightline.edge.enrol.EnrolmentResult.Enrolled;
import org.sightline.edge.enrol.EnrolmentResult.Reason;
import org.sightline.edge.enrol.EnrolmentResult.Refused;
import org.sightline.edge.imaging.Reflections;
import org.sightline.edge.imaging.Resampler;
import org.sightline.edge.imaging.Stills;
import org.sightline.edge.imaging.Turn;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.testing.Endurance;

class EnrollerTest {
  @TempDir private static Path folder;
  private static FaceDetector detector;
  private static FaceEmbedder embedder;
  private static Enroller enroller;

  private final Resampler resampler = new Resampler();

  @BeforeAll
  static void openThePack() throws Exception {
    InstalledPack pack = RetailPack.installedIn(folder);
    detector =
        FaceDetectors.open(
            pack.manifest(), pack.folder(), DetectionSettings.stills(Compute.cpu(1)));
    embedder = FaceEmbedders.open(pack.manifest(), pack.folder(), Compute.cpu(1));
    enroller = new Enroller(detector, embedder);
  }

  @AfterAll
  static void closeThePack() {
    if (enroller != null) {
      detector.close();
      embedder.close();
    }
  }

  @Test
  void aPortraitIsEnrolledWithItsTemplateAndASmallPortrait() throws Exception {
    Enrolled enrolled = (Enrolled) enroller.enrol(london("neutral_front", 0));
    assertThat(enrolled.template().dimension()).isEqualTo(embedder.dimension());
    assertThat(enrolled.quality().interEyeDistancePx()).isGreaterThan(60);
    BgrPicture portrait = Stills.decode(enrolled.portrait().bytes(), "portrait");
    assertThat(Math.max(portrait.widthPx(), portrait.heightPx())).isLessThanOrEqualTo(256);
  }

  @Test
  void onePersonsPicturesAreMoreAlikeThanTwoPersons() throws Exception {
    Enrolled neutral = (Enrolled) enroller.enrol(london("neutral_front", 0));
    Enrolled smiling = (Enrolled) enroller.enrol(london("smiling_front", 0));
    Enrolled other = (Enrolled) enroller.enrol(london("smiling_front", 1));
    double same = neutral.template().similarityTo(smiling.template()).cosine();
    double different = neutral.template().similarityTo(other.template()).cosine();
    assertThat(same).isGreaterThan(0.5);
    assertThat(different).isLessThan(0.3);
  }

  @ParameterizedTest
  @ValueSource(ints = {250, 2000, 4000})
  void howLargeThePictureIsDoesNotMatterToTheTemplate(int sidePx) throws Exception {
    BgrPicture portrait = Stills.read(london("neutral_front", 0));
    Enrolled usual = (Enrolled) enroller.enrol(scaled(portrait, 500));
    Enrolled other = (Enrolled) enroller.enrol(scaled(portrait, sidePx));
    assertThat(other.template().similarityTo(usual.template()).cosine()).isGreaterThan(0.95);
  }

  @Test
  void aPictureWithoutAFaceIsRefused() {
    assertThat(reason(enroller.enrol(BgrPicture.allocate(300, 200)))).isEqualTo(Reason.NO_FACE);
  }

  @Test
  void aPictureOfTwoPeopleIsRefused() throws Exception {
    BgrPicture both = BgrPicture.allocate(800, 400);
    for (int i = 0; i < 2; i++) {
      int offset = i * 3 * 400;
      ByteBuffer half = both.data().slice(offset, both.data().capacity() - offset);
      resampler.resample(
          Stills.read(london("smiling_front", i)), new BgrPicture(400, 400, 3 * 800, half));
    }
    assertThat(reason(enroller.enrol(both))).isEqualTo(Reason.SEVERAL_FACES);
  }

  @Test
  void aSmallFaceIsRefused() throws Exception {
    BgrPicture small = scaled(Stills.read(london("smiling_front", 0)), 80);
    assertThat(reason(enroller.enrol(small))).isEqualTo(Reason.TOO_SMALL);
  }

  @Test
  void aBlurredFaceIsRefused() throws Exception {
    BgrPicture sharp = Stills.read(london("smiling_front", 0));
    BgrPicture blurred = scaled(scaled(sharp, 30), 400);
    assertThat(reason(enroller.enrol(blurred))).isEqualTo(Reason.TOO_BLURRED);
  }

  @ParameterizedTest
  @EnumSource(Turn.class)
  void aFaceThatIsNotUprightIsRefusedByTheTurnThatCorrectsIt(Turn fixing) throws Exception {
    BgrPicture turned = turnedBack(fixing, portrait());
    Refused refused = (Refused) enroller.enrol(turned);
    assertThat(refused.reason()).isEqualTo(Reason.NOT_UPRIGHT);
    assertThat(refused.explanation()).contains("turn the picture " + fixing).hasLineCount(1);
  }

  @Test
  void aNegativeIsRefused() throws Exception {
    assertThat(reason(enroller.enrol(Reflections.negative(portrait())))).isEqualTo(Reason.NEGATIVE);
  }

  @Test
  void aFaceOfWhichTheLowerHalfIsGreyIsRefused() throws Exception {
    assertThat(reason(enroller.enrol(greyed(portrait(), 0.5, 1)))).isEqualTo(Reason.PART_MISSING);
  }

  @Test
  void aFaceOfWhichTheLeftOrRightHalfIsGreyIsRefused() throws Exception {
    BgrPicture onItsSide = greyed(Turn.CLOCKWISE.of(portrait()), 0.5, 1);
    BgrPicture half = Turn.COUNTERCLOCKWISE.of(onItsSide);
    assertThat(reason(enroller.enrol(half))).isEqualTo(Reason.PART_MISSING);
    assertThat(reason(enroller.enrol(Reflections.mirrored(half)))).isEqualTo(Reason.PART_MISSING);
  }

  @Test
  void aFaceBeforeAWhiteWallIsEnrolled() throws Exception {
    BgrPicture portrait = portrait();
    Face face = detector.detect(portrait).get(0);
    BoxPx box = face.box();
    for (int y = 0; y < portrait.heightPx(); y++) {
      for (int x = 0; x < portrait.widthPx(); x++) {
        double across = (x - box.centreX()) / (0.6 * box.width());
        double along = (y - box.centreY()) / (0.7 * box.height());
        if (across * across + along * along > 1) {
          for (int channel = 0; channel < 3; channel++) {
            portrait.data().put(y * portrait.strideBytes() + 3 * x + channel, (byte) 255);
          }
        }
      }
    }
    assertThat(enroller.enrol(portrait)).isInstanceOf(Enrolled.class);
  }

  @Test
  void aFaceWithAHoleIsRefused() throws Exception {
    assertThat(reason(enroller.enrol(greyed(portrait(), 0.55, 0.7))))
        .isEqualTo(Reason.PART_MISSING);
  }

  @Test
  void aBlankPictureIsRefusedAsBlank() {
    Refused refused = (Refused) enroller.enrol(BgrPicture.allocate(400, 400));
    assertThat(refused.explanation()).contains("the picture is blank");
  }

  /** Fewer than 1 in 100: what is refused here is asked for again. */
  @Test
  void portraitsAndPressPicturesAreNotRefusedForTheirTemplate() throws Exception {
    List<Path> press = new ArrayList<>();
    try (Stream<Path> files = Files.walk(SharedFiles.data().resolve("lfw"))) {
      files.filter(Stills::isNamedAsPicture).sorted().forEach(press::add);
    }
    int refused = 0;
    int read = 0;
    int wanted = Endurance.times(34, 100);
    for (int i = 0; i < press.size(); i += press.size() / wanted, read++) {
      if (enroller.enrol(press.get(i)) instanceof Refused picture
          && picture.reason().compareTo(Reason.NOT_UPRIGHT) >= 0) {
        refused++;
      }
    }
    assertThat(read).isGreaterThanOrEqualTo(wanted);
    assertThat(refused).isLessThanOrEqualTo(wanted / 100);
  }

  private BgrPicture portrait() throws Exception {
    return scaled(Stills.read(london("neutral_front", 0)), 600);
  }

  private static BgrPicture turnedBack(Turn fixing, BgrPicture picture) {
    return switch (fixing) {
      case CLOCKWISE -> Turn.COUNTERCLOCKWISE.of(picture);
      case COUNTERCLOCKWISE -> Turn.CLOCKWISE.of(picture);
      case UPSIDE_DOWN -> Turn.UPSIDE_DOWN.of(picture);
    };
  }

  /** The rows from one share of the height to another in one grey. */
  private static BgrPicture greyed(BgrPicture picture, double from, double to) {
    int first = (int) (from * picture.heightPx());
    int end = (int) (to * picture.heightPx());
    for (int i = first * picture.strideBytes(); i < end * picture.strideBytes(); i++) {
      picture.data().put(i, (byte) 128);
    }
    return picture;
  }

  @Test
  void aFileThatIsNoPictureIsRefusedWithItsReason() throws Exception {
    Path text = Files.writeString(folder.resolve("text.jpg"), "words and nothing but words");
    Refused refused = (Refused) enroller.enrol(text);
    assertThat(refused.reason()).isEqualTo(Reason.UNREADABLE);
    assertThat(refused.explanation()).contains("not a picture").hasLineCount(1);
  }

  private static Reason reason(EnrolmentResult result) {
    assertThat(result).isInstanceOf(Refused.class);
    return ((Refused) result).reason();
  }

  private BgrPicture scaled(BgrPicture picture, int side) {
    BgrPicture result = BgrPicture.allocate(side, side);
    resampler.resample(picture, result);
    return result;
  }

  private static Path london(String kind, int index) throws Exception {
    try (Stream<Path> files = Files.list(SharedFiles.data().resolve("london").resolve(kind))) {
      List<Path> sorted = files.sorted().toList();
      return sorted.get(index);
    }
  }
}
