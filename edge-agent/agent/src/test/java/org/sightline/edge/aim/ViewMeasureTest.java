package org.sightline.edge.aim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Landmarks;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.domain.PointPx;
import org.sightline.edge.pipeline.WatchedView;

/** One face that does not move, over a second. */
class ViewMeasureTest {
  private static final int EYES_OF_THEM_WHO_LOOK_HERE_PX = 30;

  private static AimFigures.People seen(BoxPx box, int eyesApartPx) {
    float eyesY = box.y() + box.height() / 3;
    float halfApart = eyesApartPx / 2f;
    PointPx middle = new PointPx(box.centreX(), box.centreY());
    Face face =
        new Face(
            box,
            new Landmarks(
                new PointPx(box.centreX() - halfApart, eyesY),
                new PointPx(box.centreX() + halfApart, eyesY),
                middle,
                middle,
                middle),
            0.9f);
    ViewMeasure measure =
        new ViewMeasure(new Finder(face), new WatchedView(null), AimLimits.of(24));
    for (int i = 0; i < 10; i++) {
      measure.see(BgrPicture.allocate(300, 300), Duration.ofMillis(100L * i));
    }
    return measure.figures().people();
  }

  @Test
  void aFaceThatIsWholeAndHighAndLooksHereIsLargeEnough() {
    assertThat(seen(new BoxPx(100, 100, 50, 60), EYES_OF_THEM_WHO_LOOK_HERE_PX))
        .isEqualTo(new AimFigures.People(1, 1, null));
  }

  @Test
  void aFaceThatThePicturesEdgeCutsIsNotLargeEnough() {
    assertThat(seen(new BoxPx(-10, 100, 70, 80), EYES_OF_THEM_WHO_LOOK_HERE_PX))
        .isEqualTo(new AimFigures.People(1, 0, new Shortfall(Shortfall.Kind.CUT, "left", 80)));
  }

  @Test
  void aHighFaceWhoseEyesAreTooNearTogetherIsTurnedAway() {
    assertThat(seen(new BoxPx(220, 20, 50, 60), 4))
        .isEqualTo(
            new AimFigures.People(
                1, 0, new Shortfall(Shortfall.Kind.TURNED_AWAY, "upper right", 60)));
  }

  @Test
  void aLowFaceIsSmallWhereItWasAtItsLargest() {
    assertThat(seen(new BoxPx(130, 230, 30, 36), 14))
        .isEqualTo(
            new AimFigures.People(1, 0, new Shortfall(Shortfall.Kind.SMALL, "lower middle", 36)));
  }

  private record Finder(Face face) implements FaceDetector {
    @Override
    public List<Face> detect(Picture picture) {
      return List.of(face);
    }

    @Override
    public Optional<Face> refine(Picture picture, Face found) {
      return Optional.of(found);
    }

    @Override
    public void close() {}
  }
}
