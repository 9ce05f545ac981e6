package org.sightline.edge.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.domain.AlignedFace;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Landmarks;
import org.sightline.edge.domain.PointPx;

class FaceCropperTest {
  private static final List<PointPx> POINTS =
      List.of(
          new PointPx(40, 59),
          new PointPx(87, 59),
          new PointPx(64, 82),
          new PointPx(45, 105),
          new PointPx(84, 105));

  private final FaceCropper cropper = new FaceCropper();

  @Test
  void theFitRecoversEveryTurnScaleAndShift() {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      SimilarityTransform truth =
          new SimilarityTransform(
              random.nextDouble() * 4 - 2,
              random.nextDouble() * 4 - 2,
              random.nextDouble() * 500,
              random.nextDouble() * 500);
      SimilarityTransform fit = SimilarityTransform.fit(POINTS, moved(POINTS, truth));
      assertThat(fit.x(30, 70)).isCloseTo(truth.x(30, 70), within());
      assertThat(fit.y(30, 70)).isCloseTo(truth.y(30, 70), within());
      SimilarityTransform back = fit.inverse();
      assertThat(back.x(fit.x(30, 70), fit.y(30, 70))).isCloseTo(30, within());
      assertThat(back.y(fit.x(30, 70), fit.y(30, 70))).isCloseTo(70, within());
    }
  }

  @Test
  void aSinglePointDeterminesNoFace() {
    PointPx point = new PointPx(10, 10);
    Landmarks collapsed = new Landmarks(point, point, point, point, point);
    BgrPicture picture = BgrPicture.allocate(20, 20);
    assertThatThrownBy(() -> cropper.align(picture, collapsed, POINTS, 128))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.4, 1.0, 1.7, 2.6, 5.3})
  void everyPixelOfAnAlignedFaceIsTakenFromItsPlace(double scale) {
    SimilarityTransform toSource =
        new SimilarityTransform(0.96 * scale, 0.28 * scale, 35 * scale + 20, 20);
    int side = (int) (200 * scale) + 40;
    DrawnPictures.Pattern pattern = DrawnPictures::smooth;
    Landmarks landmarks = landmarks(moved(POINTS, toSource));

    AlignedFace fromBgr =
        cropper.align(DrawnPictures.bgr(side, side, pattern), landmarks, POINTS, 128);
    AlignedFace fromI420 =
        cropper.align(DrawnPictures.i420(side, side, false, pattern), landmarks, POINTS, 128);

    for (int y = 4; y < 124; y += 5) {
      for (int x = 4; x < 124; x += 5) {
        double u = (toSource.x(x, y) + 0.5) / side;
        double v = (toSource.y(x, y) + 0.5) / side;
        if (u < 0.05 || v < 0.05 || u > 0.95 || v > 0.95) {
          continue;
        }
        for (int c = 0; c < 3; c++) {
          double truth = pattern.at(u, v, c);
          assertThat((double) channel(fromBgr, x, y, c)).isBetween(truth - 3, truth + 3);
          assertThat((double) channel(fromI420, x, y, c)).isBetween(truth - 4, truth + 4);
        }
      }
    }
  }

  @Test
  void aLargeFaceIsAveragedDownWithoutFalsePatterns() {
    BgrPicture stripes =
        DrawnPictures.bgr(640, 640, (x, y, channel) -> ((int) (x * 640)) % 2 == 0 ? 0 : 254);
    SimilarityTransform toSource = new SimilarityTransform(4, 0, 60, 60);
    AlignedFace face = cropper.align(stripes, landmarks(moved(POINTS, toSource)), POINTS, 128);
    assertThat(channel(face, 64, 64, 1)).isBetween(120, 134);
    assertThat(channel(face, 65, 64, 1)).isBetween(120, 134);
  }

  @Test
  void aFaceBeyondTheEdgeIsFilledWithTheEdge() {
    BgrPicture picture = DrawnPictures.bgr(100, 100, (x, y, channel) -> 90);
    SimilarityTransform outside = new SimilarityTransform(1, 0, -60, 50);
    AlignedFace face = cropper.align(picture, landmarks(moved(POINTS, outside)), POINTS, 128);
    for (byte value : face.bgr()) {
      assertThat(value).isEqualTo((byte) 90);
    }
  }

  @Test
  void aCropShowsTheBoxWithItsMargin() {
    BgrPicture picture = DrawnPictures.bgr(200, 100, (x, y, channel) -> 255 * x);
    BgrPicture crop = cropper.crop(picture, new BoxPx(80, 30, 40, 40), 0.25, 256);
    assertThat(crop.widthPx()).isEqualTo(60);
    assertThat(crop.heightPx()).isEqualTo(60);
    assertThat(DrawnPictures.channel(crop, 0, 30, 0)).isBetween(88, 91);
    assertThat(DrawnPictures.channel(crop, 59, 30, 0)).isBetween(164, 168);
  }

  @Test
  void aCropOfPlanarPixelsIsInColour() {
    var picture = DrawnPictures.i420(200, 200, false, (x, y, c) -> c == 2 ? 220 : 30);
    BgrPicture crop = cropper.crop(picture, new BoxPx(51, 33, 60, 40), 0, 256);
    assertThat(DrawnPictures.channel(crop, 30, 20, 2)).isBetween(216, 224);
    assertThat(DrawnPictures.channel(crop, 30, 20, 0)).isBetween(26, 34);
  }

  @Test
  void aCropIsLimitedToItsLargestSideAndClippedToThePicture() {
    BgrPicture picture = BgrPicture.allocate(1000, 500);
    BgrPicture crop = cropper.crop(picture, new BoxPx(-200, -100, 1400, 400), 0, 256);
    assertThat(crop.widthPx()).isEqualTo(256);
    assertThat(crop.heightPx()).isEqualTo(77);
  }

  @Test
  void anyBoxWhateverGivesACropAndASharpness() {
    Random random = new Random(3);
    BgrPicture bgr = BgrPicture.allocate(101, 67);
    var i420 = DrawnPictures.i420(101, 67, true, DrawnPictures::smooth);
    Sharpness sharpness = new Sharpness();
    for (int round = 0; round < 300; round++) {
      BoxPx box =
          new BoxPx(
              random.nextFloat() * 400 - 200,
              random.nextFloat() * 400 - 200,
              random.nextFloat() * 300,
              random.nextFloat() * 300);
      assertThat(cropper.crop(bgr, box, 0.2, 64).widthPx()).isBetween(1, 64);
      assertThat(cropper.crop(i420, box, 0.2, 64).heightPx()).isBetween(1, 64);
      assertThat(sharpness.of(bgr, box)).isBetween(0.0, 1.0);
      assertThat(sharpness.of(i420, box)).isBetween(0.0, 1.0);
    }
  }

  @Test
  void aJpegHoldsThePictureAndNothingElse() throws Exception {
    BgrPicture picture = DrawnPictures.bgr(120, 80, DrawnPictures::smooth);
    byte[] file = JpegCodec.encode(picture, 90).bytes();
    assertThat(DrawnPictures.largestError(Stills.decode(file, "test"), DrawnPictures::smooth))
        .isLessThan(8);
    ByteBuffer segments = ByteBuffer.wrap(file);
    for (int at = 2; (segments.getShort(at) & 0xffff) != 0xffda; ) {
      int marker = segments.getShort(at) & 0xffff;
      assertThat(marker).as("EXIF, XMP, profile or comment").isNotIn(0xffe1, 0xffe2, 0xfffe);
      at += 2 + (segments.getShort(at + 2) & 0xffff);
    }
  }

  private static Offset<Double> within() {
    return Offset.offset(1e-3);
  }

  private static List<PointPx> moved(List<PointPx> points, SimilarityTransform by) {
    return points.stream()
        .map(p -> new PointPx((float) by.x(p.x(), p.y()), (float) by.y(p.x(), p.y())))
        .toList();
  }

  private static Landmarks landmarks(List<PointPx> p) {
    return new Landmarks(p.get(0), p.get(1), p.get(2), p.get(3), p.get(4));
  }

  private static int channel(AlignedFace face, int x, int y, int channel) {
    return face.bgr()[3 * (y * face.sidePx() + x) + channel] & 0xff;
  }
}
