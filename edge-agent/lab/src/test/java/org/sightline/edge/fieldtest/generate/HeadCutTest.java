package org.sightline.edge.fieldtest.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.detect.FaceDetectors;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.models.ModelPack;
import org.sightline.edge.models.ModelPacks;

/** Where the face lies in a head that was cut out, against what a detector sees in it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeadCutTest {
  private static final float FACE_PX = 120;

  private final Draw draw = new Draw(4);
  private HeadCut head;
  private BoxPx ahead = new BoxPx(0, 0, 0, 0);
  private BoxPx aside = new BoxPx(0, 0, 0, 0);

  @BeforeAll
  void cut() throws Exception {
    BufferedImage portrait = new Studio(new DrawnCast()).picture(12, Look.PLAIN, 150, draw);
    BgrPicture picture = DrawnPicture.of(portrait);
    ModelPack pack = ModelPacks.at(Path.of("none")).manifest("builtin");
    try (FaceDetector detector =
        FaceDetectors.open(pack, Path.of("none"), DetectionSettings.stills(Compute.cpu(1)))) {
      head = HeadCut.of(picture, largest(detector, picture).landmarks(), FACE_PX);
      ahead = largest(detector, shown(head.turned(0, Look.PLAIN))).box();
      aside = largest(detector, shown(head.turned(0.18f, Look.PLAIN))).box();
    }
  }

  private static Face largest(FaceDetector detector, BgrPicture picture) {
    return detector.detect(picture).stream()
        .max(Comparator.comparingDouble(face -> face.box().area()))
        .orElseThrow();
  }

  private static BgrPicture shown(Sprite sprite) {
    BufferedImage wall =
        new BufferedImage(
            sprite.image().getWidth(), sprite.image().getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D g = wall.createGraphics();
    g.drawImage(sprite.image(), 0, 0, Color.GRAY, null);
    g.dispose();
    return DrawnPicture.of(wall);
  }

  @Test
  void theTrueBoxIsWhereTheDetectorSeesTheFace() {
    assertThat(head.turned(0, Look.PLAIN).face().overlapWith(ahead)).isGreaterThan(0.6f);
  }

  @Test
  void theTrueBoxOfATurnedHeadIsWhereTheDetectorSeesTheFace() {
    assertThat(head.turned(0.18f, Look.PLAIN).face().overlapWith(aside)).isGreaterThan(0.6f);
  }

  @Test
  void aFaceThatTurnsToTheRightMovesThere() {
    assertThat(head.turned(0.18f, Look.PLAIN).face().centreX())
        .isGreaterThan(head.turned(0, Look.PLAIN).face().centreX() + 2);
    assertThat(aside.centreX()).isGreaterThan(ahead.centreX());
  }

  @Test
  void theFaceIsAsHighAsItWasWanted() {
    assertThat(head.turned(0.1f, Look.PLAIN).face().height()).isEqualTo(FACE_PX);
  }

  @Test
  void theSurroundingsAreCutOffAtTheCorners() {
    BufferedImage image = head.turned(0, Look.PLAIN).image();
    assertThat(image.getRGB(2, 2) >>> 24).isZero();
    assertThat(image.getRGB(image.getWidth() / 2, image.getHeight() / 2) >>> 24).isEqualTo(255);
  }
}
