package org.sightline.edge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.Landmarks;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.domain.PointPx;
import org.sightline.edge.imaging.FaceCropper;
import org.sightline.edge.imaging.Stills;

/** What a figure shows, in a picture of nothing but noise, in which detail is easily measured. */
class FigurePicturesTest {
  /** So that the figure is not shrunk: it is 112 wide and 318 high, from (244, 82) on. */
  private static final Face PERSON = face(280, 100, 40);

  private final BgrPicture frame = noise(640, 480);
  private final Finder finder = new Finder();
  private final FigurePictures figures = new FigurePictures(finder, new FaceCropper());

  @Test
  void thePersonIsShownAsInTheFrame() throws Exception {
    BgrPicture figure = figure(PERSON);
    assertThat(detail(figure, within(290, 110, 20))).isGreaterThan(20);
    assertThat(detail(figure, within(290, 250, 20))).isGreaterThan(20);
  }

  @Test
  void whatIsBesideThePersonIsASquareOrTwo() throws Exception {
    BgrPicture figure = figure(PERSON);
    assertThat(detail(figure, within(246, 101, 15))).isLessThan(3);
    assertThat(detail(figure, within(338, 101, 15))).isLessThan(3);
  }

  @Test
  void aFaceFoundWithinTheFigureIsPixelated() throws Exception {
    BgrPicture figure = figure(PERSON, face(290, 200, 20));
    assertThat(detail(figure, within(294, 204, 7))).isLessThan(3);
  }

  @Test
  void whoStandsBeforeThePersonIsPixelatedFromHeadToFoot() throws Exception {
    BgrPicture figure = figure(PERSON, face(290, 200, 20));
    assertThat(detail(figure, within(295, 260, 7))).isLessThan(3);
  }

  @Test
  void whoStandsBehindHidesNoMoreOfThePersonThanAHead() throws Exception {
    BgrPicture figure = figure(PERSON, face(330, 110, 25));
    assertThat(detail(figure, within(290, 250, 20))).isGreaterThan(20);
  }

  @Test
  void aFaceThatIsFoundInTheResultIsPixelatedToo() throws Exception {
    finder.inResults.add(List.of(face(46, 200, 20)));
    BgrPicture figure = figure(PERSON);
    assertThat(detail(figure, new BoxPx(50, 204, 7, 7))).isLessThan(3);
  }

  @Test
  void aPictureInWhichAnotherFaceIsFoundWhateverIsDoneIsNotMade() {
    for (int i = 0; i < 10; i++) {
      finder.inResults.add(List.of(face(46, 200, 20)));
    }
    assertThat(figures.of(frame, PERSON.box(), List.of(PERSON))).isNull();
  }

  @Test
  void thePersonsOwnFaceIsNoOther() {
    finder.inResults.add(List.of(face(36, 18, 40)));
    finder.inResults.add(List.of(face(18, 9, 20)));
    assertThat(figures.of(frame, PERSON.box(), List.of(PERSON))).isNotNull();
  }

  @Test
  void itsSizeIsBoundedAndItStaysWithinTheFrame() throws Exception {
    Face near = face(500, 20, 200);
    BgrPicture figure = figure(near);
    assertThat(figure.heightPx()).isLessThanOrEqualTo(FigurePictures.SIDE_PX);
    assertThat(figures.of(frame, near.box(), List.of(near)).bytes().length).isLessThan(100_000);
  }

  @Test
  void aFaceOutsideTheFrameHasNoFigure() {
    Face outside = face(-500, 20, 40);
    assertThat(figures.of(frame, outside.box(), List.of(outside))).isNull();
  }

  private BgrPicture figure(Face person, Face... others) throws Exception {
    List<Face> faces = new ArrayList<>(List.of(others));
    faces.add(person);
    Jpeg jpeg = figures.of(frame, person.box(), faces);
    assertThat(jpeg).isNotNull();
    return Stills.decode(jpeg.bytes(), "a figure");
  }

  /** A square of the frame, where it is in the figure. */
  private static BoxPx within(float x, float y, float side) {
    return new BoxPx(x - 244, y - 82, side, side);
  }

  /** Mean difference of neighbours. */
  private static double detail(BgrPicture picture, BoxPx part) {
    long sum = 0;
    int count = 0;
    for (int y = (int) part.y(); y < part.bottom(); y++) {
      for (int x = (int) part.x(); x < part.right() - 1; x++) {
        sum += Math.abs(green(picture, x, y) - green(picture, x + 1, y));
        count++;
      }
    }
    return (double) sum / count;
  }

  private static int green(BgrPicture picture, int x, int y) {
    return picture.data().get(y * picture.strideBytes() + 3 * x + 1) & 0xff;
  }

  private static BgrPicture noise(int width, int height) {
    BgrPicture picture = BgrPicture.allocate(width, height);
    byte[] values = new byte[picture.data().capacity()];
    new Random(7).nextBytes(values);
    picture.data().put(0, values);
    return picture;
  }

  private static Face face(float x, float y, float side) {
    PointPx middle = new PointPx(x + side / 2, y + side / 2);
    return new Face(
        new BoxPx(x, y, side, side), new Landmarks(middle, middle, middle, middle, middle), 0.9f);
  }

  /** Finds what a test says, one list after another, and then nothing. */
  private static final class Finder implements FaceDetector {
    final Deque<List<Face>> inResults = new ArrayDeque<>();

    @Override
    public List<Face> detect(Picture picture) {
      return inResults.isEmpty() ? List.of() : inResults.remove();
    }

    @Override
    public Optional<Face> refine(Picture picture, Face face) {
      return Optional.of(face);
    }

    @Override
    public void close() {}
  }
}
