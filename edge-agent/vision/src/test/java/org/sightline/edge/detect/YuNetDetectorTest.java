package org.sightline.edge.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_objdetect.FaceDetectorYN;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.SharedFiles;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Landmarks;
import org.sightline.edge.domain.PointPx;
import org.sightline.edge.imaging.DrawnPictures;
import org.sightline.edge.imaging.Part;
import org.sightline.edge.imaging.Resampler;
import org.sightline.edge.imaging.Stills;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.inference.InferenceException;
import org.sightline.edge.models.ModelPack;
import org.sightline.edge.models.ModelPack.ColourOrder;

class YuNetDetectorTest {
  private static final String FIXED = "face_detection_yunet_2023mar.onnx";
  private static final String FREE = "yunet_s_dynamic.onnx";
  private static final int SMALLEST_PX = 12;

  /** Searches every picture at its own size. */
  private static final DetectionSettings AS_IT_IS =
      new DetectionSettings(SMALLEST_PX, 4000 * 4000, false, Compute.cpu(1));

  @Test
  void findsWhatOpenCvFindsAtTheFixedSize() throws Exception {
    List<BgrPicture> pictures = new ArrayList<>();
    for (BgrPicture picture : london(6)) {
      pictures.add(resized(picture, 640, 640));
    }
    for (BgrPicture picture : lfw(6)) {
      pictures.add(resized(picture, 640, 640));
    }
    try (YuNetDetector detector = open(FIXED, 640, AS_IT_IS)) {
      for (BgrPicture picture : pictures) {
        assertAlike(detector.detect(picture), openCv(picture));
      }
    }
  }

  @Test
  void findsWhatOpenCvFindsAtAnySize() throws Exception {
    List<BgrPicture> pictures = new ArrayList<>(lfw(40));
    pictures.add(resized(london(1).get(0), 333, 471));
    pictures.add(resized(london(1).get(0), 512, 288));
    try (YuNetDetector detector = open(FREE, null, AS_IT_IS)) {
      int found = 0;
      for (BgrPicture picture : pictures) {
        List<Face> faces = detector.detect(picture);
        assertAlike(faces, openCv(picture));
        found += faces.size();
      }
      assertThat(found).isGreaterThanOrEqualTo(pictures.size());
    }
  }

  @Test
  void aBatchGivesWhatSinglePicturesGive() throws Exception {
    List<BgrPicture> pictures = lfw(5);
    try (YuNetDetector detector = open(FREE, null, AS_IT_IS)) {
      List<List<Face>> together =
          detector.detectAll(pictures.stream().map(Part::all).toList(), Search.FULL);
      for (int i = 0; i < pictures.size(); i++) {
        assertAlike(together.get(i), detector.detect(pictures.get(i)));
      }
    }
  }

  @Test
  void aQuickSearchIsThatForFacesAQuarterLarger() throws Exception {
    BgrPicture picture = london(1).get(0);
    try (YuNetDetector detector =
            open(FREE, null, new DetectionSettings(40, 640 * 640, false, Compute.cpu(1)));
        YuNetDetector larger =
            open(FREE, null, new DetectionSettings(50, 640 * 640, false, Compute.cpu(1)))) {
      assertAlike(
          detector.detectAll(List.of(Part.all(picture)), Search.QUICK).get(0),
          larger.detect(picture));
    }
  }

  @Test
  void aPartIsSearchedAtTheScaleOfTheWholePicture() throws Exception {
    BgrPicture picture = london(1).get(0);
    Face face;
    Face inPart;
    try (YuNetDetector detector =
        open(FREE, null, new DetectionSettings(40, 640 * 640, false, Compute.cpu(1)))) {
      face = detector.detect(picture).get(0);
      BoxPx box = face.box();
      BoxPx around =
          new BoxPx(
              box.x() - box.width() / 2,
              box.y() - box.height() / 2,
              2 * box.width(),
              2 * box.height());
      List<Face> found = detector.detectAll(List.of(Part.of(picture, around)), Search.FULL).get(0);
      assertThat(found).hasSize(1);
      inPart = found.get(0);
    }
    // The networks' grid lies elsewhere on it; at another scale the box would be of another size.
    assertThat(inPart.box().overlapWith(face.box())).isGreaterThan(0.85f);
    assertThat(inPart.landmarks().noseTip().distanceTo(face.landmarks().noseTip()))
        .isLessThan(0.05 * face.box().height());
  }

  @Test
  void onlyAPartIsSearched() throws Exception {
    BgrPicture picture = london(1).get(0);
    try (YuNetDetector detector =
        open(FREE, null, new DetectionSettings(40, 640 * 640, false, Compute.cpu(1)))) {
      BoxPx face = detector.detect(picture).get(0).box();
      BoxPx below = new BoxPx(0, face.bottom(), picture.widthPx(), picture.heightPx());
      assertThat(detector.detectAll(List.of(Part.of(picture, below)), Search.FULL).get(0))
          .isEmpty();
    }
  }

  @Test
  void whateverTheSearchSizeFacesAreGivenInThePicturesOwnPixels() throws Exception {
    BgrPicture picture = london(1).get(0);
    try (YuNetDetector small =
            open(FREE, null, new DetectionSettings(48, 640 * 640, false, Compute.cpu(1)));
        YuNetDetector large =
            open(FREE, null, new DetectionSettings(24, 640 * 640, false, Compute.cpu(1)))) {
      BoxPx one = small.detect(picture).get(0).box();
      BoxPx other = large.detect(picture).get(0).box();
      assertThat(one.overlapWith(other)).isGreaterThan(0.85f);
    }
  }

  @Test
  void noiseAndShapesAreSearchedWithoutHarm() throws Exception {
    Random random = new Random(1);
    try (YuNetDetector free = open(FREE, null, DetectionSettings.stills(Compute.cpu(1)));
        YuNetDetector fixed = open(FIXED, 640, DetectionSettings.stills(Compute.cpu(1)))) {
      for (int[] size : new int[][] {{1, 1}, {3, 700}, {257, 31}, {640, 480}}) {
        BgrPicture noise = BgrPicture.allocate(size[0], size[1]);
        for (int i = 0; i < noise.data().capacity(); i++) {
          noise.data().put(i, (byte) random.nextInt());
        }
        assertThat(free.detect(noise)).isEmpty();
        assertThat(fixed.detect(noise)).isEmpty();
        assertThat(free.detect(DrawnPictures.i420(size[0], size[1], false, DrawnPictures::smooth)))
            .isEmpty();
      }
    }
  }

  @Test
  void anotherNetworkIsNoDetector(@TempDir Path folder) throws Exception {
    Path embedder = SharedFiles.models().resolve("embedder/face-reidentification-retail-0095.onnx");
    Files.copy(embedder, folder.resolve("wrong.onnx"));
    assertThatThrownBy(() -> YuNetDetector.open(manifest("wrong.onnx", null), folder, AS_IT_IS))
        .isInstanceOf(InferenceException.class);
  }

  @Test
  void anInputSizeTheNetworkDoesNotTakeIsRefusedWhenOpened() {
    SharedFiles.models();
    assertThatThrownBy(() -> open(FIXED, 320, AS_IT_IS))
        .isInstanceOf(InferenceException.class)
        .hasMessageContaining("320");
  }

  @Test
  void theSearchSizeFollowsFromTheSmallestFaceWithinTheBudget() {
    DetectionSettings settings = new DetectionSettings(24, 1_000_000, false, Compute.cpu(1));
    assertThat(settings.scale(800, 600, 12)).isEqualTo(0.5);
    assertThat(settings.scale(480, 270, 96)).isEqualTo(2);
    assertThat(settings.scale(4000, 4000, 24)).isEqualTo(0.25);
  }

  private static YuNetDetector open(String file, Integer side, DetectionSettings settings)
      throws InferenceException {
    return YuNetDetector.open(
        manifest(file, side), SharedFiles.models().resolve("detector"), settings);
  }

  private static ModelPack.Detector manifest(String file, Integer side) {
    return new ModelPack.Detector(
        "yunet",
        file,
        new ModelPack.Input("input", ColourOrder.BGR, 1, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f)),
        side,
        32,
        0.6f,
        0.6f,
        0.3f,
        SMALLEST_PX);
  }

  /** Rows of OpenCV's own detector: box, five points, score. */
  private static List<Face> openCv(BgrPicture picture) {
    String model = SharedFiles.models().resolve("detector").resolve(FIXED).toString();
    try (Size size = new Size(picture.widthPx(), picture.heightPx());
        FaceDetectorYN reference = FaceDetectorYN.create(model, "", size, 0.6f, 0.3f, 5000, 0, 0);
        Mat pixels =
            new Mat(
                picture.heightPx(),
                picture.widthPx(),
                CV_8UC3,
                new BytePointer(picture.data()),
                picture.strideBytes());
        Mat found = new Mat()) {
      reference.detect(pixels, found);
      List<Face> faces = new ArrayList<>();
      if (found.empty()) {
        return faces;
      }
      try (FloatIndexer rows = found.createIndexer()) {
        for (long row = 0; row < found.rows(); row++) {
          List<PointPx> points = new ArrayList<>();
          for (int i = 4; i < 14; i += 2) {
            points.add(new PointPx(rows.get(row, i), rows.get(row, i + 1)));
          }
          faces.add(
              new Face(
                  new BoxPx(rows.get(row, 0), rows.get(row, 1), rows.get(row, 2), rows.get(row, 3)),
                  new Landmarks(
                      points.get(0), points.get(1), points.get(2), points.get(3), points.get(4)),
                  rows.get(row, 14)));
        }
      }
      return faces;
    }
  }

  private static void assertAlike(List<Face> ours, List<Face> theirs) {
    assertThat(ours).hasSameSizeAs(theirs);
    for (int i = 0; i < ours.size(); i++) {
      Face a = ours.get(i);
      Face b = theirs.get(i);
      assertThat(a.score()).isCloseTo(b.score(), within(1e-3f));
      assertThat(a.box().x()).isCloseTo(b.box().x(), within(0.5f));
      assertThat(a.box().y()).isCloseTo(b.box().y(), within(0.5f));
      assertThat(a.box().width()).isCloseTo(b.box().width(), within(0.5f));
      assertThat(a.box().height()).isCloseTo(b.box().height(), within(0.5f));
      for (int p = 0; p < 5; p++) {
        assertThat(a.landmarks().inOrder().get(p).distanceTo(b.landmarks().inOrder().get(p)))
            .isLessThan(0.5);
      }
    }
  }

  private static BgrPicture resized(BgrPicture picture, int width, int height) {
    BgrPicture result = BgrPicture.allocate(width, height);
    new Resampler().resample(picture, result);
    return result;
  }

  private static List<BgrPicture> london(int count) throws Exception {
    return pictures("london/smiling_front", count);
  }

  private static List<BgrPicture> lfw(int count) throws Exception {
    return pictures("lfw", count);
  }

  private static List<BgrPicture> pictures(String folder, int count) throws Exception {
    List<BgrPicture> pictures = new ArrayList<>();
    for (Path file : files(SharedFiles.data().resolve(folder), count)) {
      pictures.add(Stills.read(file));
    }
    return pictures;
  }

  private static List<Path> files(Path folder, int count) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".jpg")).sorted().limit(count).toList();
    }
  }
}
