package org.sightline.edge.board;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.detect.FaceDetectors;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.FacePicture;
import org.sightline.edge.domain.FaceView;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.fieldtest.generate.Generator;
import org.sightline.edge.imaging.Sharpness;
import org.sightline.edge.imaging.Stills;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPacks;

/**
 * Pictures of people who do not exist, cut out as the agent cuts out a probe and a portrait. They
 * are the same ones for all tests of a JVM, because drawing and finding a face costs more than most
 * tests.
 */
final class DrawnFaces {
  private static final long SEED = 77;

  /** So many are drawn at once, for tests that need fewer follow. */
  private static final int USUAL = 6;

  /** What the agent leaves around a face is about so much of the generator's stills. */
  private static final double SHARE = 0.81;

  private static final int PORTRAIT_SIDE_PX = 256;

  /** A street camera sees a face from farther away. */
  private static final int PROBE_SIDE_PX = 120;

  private static DrawnFaces drawn = new DrawnFaces(List.of(), List.of());

  private final List<FacePicture> portraits;
  private final List<FacePicture> probes;

  private DrawnFaces(List<FacePicture> portraits, List<FacePicture> probes) {
    this.portraits = portraits;
    this.probes = probes;
  }

  /**
   * Some people.
   *
   * @param folder new or empty, for what is needed while they are drawn
   */
  static synchronized DrawnFaces in(Path folder, int people) throws Exception {
    if (drawn.portraits.size() < people) {
      drawn = draw(folder, Math.max(USUAL, people));
    }
    return new DrawnFaces(drawn.portraits.subList(0, people), drawn.probes.subList(0, people));
  }

  private static DrawnFaces draw(Path folder, int people) throws Exception {
    new Generator().portraits(SEED, people, 2, folder);
    List<FacePicture> portraits = new ArrayList<>();
    List<FacePicture> probes = new ArrayList<>();
    InstalledPack pack = ModelPacks.at(folder.resolve("models")).installed("builtin");
    try (FaceDetector detector =
        FaceDetectors.open(
            pack.manifest(), pack.folder(), DetectionSettings.stills(Compute.cpu(1)))) {
      for (int person = 1; person <= people; person++) {
        Path who = folder.resolve("P-%05d".formatted(person));
        portraits.add(picture(who.resolve("01.png"), PORTRAIT_SIDE_PX, detector));
        probes.add(picture(who.resolve("02.png"), PROBE_SIDE_PX, detector));
      }
    }
    return new DrawnFaces(portraits, probes);
  }

  /** How a street camera sees somebody; numbers beyond the last begin again. */
  FacePicture probe(int person) {
    return probes.get(person % probes.size());
  }

  /** How somebody looks on the list. */
  FacePicture portrait(int person) {
    return portraits.get(person % portraits.size());
  }

  private static FacePicture picture(Path file, int sidePx, FaceDetector detector)
      throws Exception {
    BufferedImage whole = ImageIO.read(file.toFile());
    int side = (int) (SHARE * whole.getWidth());
    int left = (whole.getWidth() - side) / 2;
    BufferedImage face = new BufferedImage(sidePx, sidePx, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = face.createGraphics();
    canvas.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    canvas.drawImage(
        whole.getSubimage(left, left / 2, side, side), 0, 0, sidePx, sidePx, Color.GRAY, null);
    canvas.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(face, "jpg", bytes);
    return new FacePicture(new Jpeg(bytes.toByteArray()), view(bytes.toByteArray(), detector));
  }

  private static FaceView view(byte[] jpeg, FaceDetector detector) throws Exception {
    BgrPicture picture = Stills.decode(jpeg, "drawn");
    Face face = detector.detect(picture).get(0);
    return new FaceView(
        face.landmarks().rightEye(),
        face.landmarks().leftEye(),
        new Sharpness().of(picture, face.box()));
  }
}
