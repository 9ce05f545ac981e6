package org.sightline.edge.imaging;

import static org.bytedeco.opencv.global.opencv_core.BORDER_REPLICATE;
import static org.bytedeco.opencv.global.opencv_core.CV_64FC1;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.WARP_INVERSE_MAP;
import static org.bytedeco.opencv.global.opencv_imgproc.warpAffine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.AlignedFace;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.I420Picture;
import org.sightline.edge.domain.Landmarks;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.domain.PointPx;

/**
 * Cuts faces out of pictures. Only the pixels of the face are read and converted. One thread at a
 * time; scratch of the face's size is kept between calls.
 */
public final class FaceCropper {
  private final Resampler resampler = new Resampler();
  private final YuvConversion colour = new YuvConversion();
  private final ByteBuffer matrix =
      ByteBuffer.allocateDirect(2 * 3 * 8).order(ByteOrder.nativeOrder());
  private ByteBuffer shrunk = ByteBuffer.allocateDirect(0);
  private ByteBuffer aligned = ByteBuffer.allocateDirect(0);

  /**
   * Turns, scales and shifts a face so that its landmarks come nearest to given points. Beyond the
   * picture's edge its outermost pixels are repeated.
   *
   * @param points where the landmarks go, in {@link Landmarks#inOrder()} and in pixels of the
   *     result
   * @param sidePx width and height of the result
   * @throws IllegalArgumentException if the landmarks are a single point
   */
  public AlignedFace align(Picture picture, Landmarks landmarks, List<PointPx> points, int sidePx) {
    SimilarityTransform toSource = SimilarityTransform.fit(landmarks.inOrder(), points).inverse();
    int sizeBytes = 3 * sidePx * sidePx;
    aligned = Mats.atLeast(sizeBytes, aligned);
    BgrPicture destination = new BgrPicture(sidePx, sidePx, 3 * sidePx, aligned);
    if (picture instanceof BgrPicture bgr) {
      try (Mat from = Mats.of(bgr);
          Mat to = Mats.of(destination)) {
        warp(from, toSource, to);
      }
    } else {
      I420Picture i420 = (I420Picture) picture;
      SimilarityTransform toChroma = toSource.intoShrunk(0, 0, 2);
      colour.convert(
          (plane, to) -> {
            try (Mat from = Planes.of(i420, plane)) {
              warp(from, plane == 0 ? toSource : toChroma, to);
            }
          },
          i420.coding(),
          destination);
    }
    byte[] pixels = new byte[sizeBytes];
    aligned.get(0, pixels);
    return new AlignedFace(sidePx, pixels);
  }

  /**
   * A box with some of its surroundings, clipped to the picture, in a buffer of its own.
   *
   * @param margin added on every side, as a share of the box's larger side
   * @param maxSidePx the result is shrunk, never enlarged, until neither side is longer
   */
  public BgrPicture crop(Picture picture, BoxPx box, double margin, int maxSidePx) {
    float border = (float) (margin * Math.max(box.width(), box.height()));
    Picture patch =
        Patch.of(
            picture,
            new BoxPx(
                box.x() - border,
                box.y() - border,
                box.width() + 2 * border,
                box.height() + 2 * border));
    double scale = Math.min(1.0, (double) maxSidePx / Math.max(patch.widthPx(), patch.heightPx()));
    BgrPicture result =
        BgrPicture.allocate(
            Math.max(1, (int) Math.round(scale * patch.widthPx())),
            Math.max(1, (int) Math.round(scale * patch.heightPx())));
    resampler.resample(patch, result);
    return result;
  }

  /**
   * A part of a picture, clipped to it, made to fill the destination whatever its proportions.
   *
   * @see Resampler#interpolate(Picture, BgrPicture)
   */
  public void fill(Picture picture, BoxPx part, BgrPicture destination) {
    resampler.interpolate(Patch.of(picture, part), destination);
  }

  private void warp(Mat from, SimilarityTransform toSource, Mat to) {
    int factor = (int) toSource.scale();
    Rect region = factor < 2 ? null : region(from, toSource, to.cols(), factor);
    if (region == null) {
      interpolate(from, toSource, to);
      return;
    }
    // Interpolation alone would skip pixels: average them first, whole factors at a time.
    int width = region.width() / factor;
    int height = region.height() / factor;
    int strideBytes = width * from.channels();
    shrunk = Mats.atLeast(strideBytes * height, shrunk);
    try (region;
        Mat patch = new Mat(from, region);
        Mat small = Mats.of(shrunk, height, width, from.type(), strideBytes)) {
      Resampler.scale(patch, small);
      interpolate(small, toSource.intoShrunk(region.x(), region.y(), factor), to);
    }
  }

  /** What the result is made of, in whole multiples of the factor; null if that is nothing. */
  private static @Nullable Rect region(
      Mat from, SimilarityTransform toSource, int sidePx, int factor) {
    double minX = Double.MAX_VALUE;
    double minY = Double.MAX_VALUE;
    double maxX = -Double.MAX_VALUE;
    double maxY = -Double.MAX_VALUE;
    for (int corner = 0; corner < 4; corner++) {
      double u = corner % 2 == 0 ? 0 : sidePx;
      double v = corner < 2 ? 0 : sidePx;
      minX = Math.min(minX, toSource.x(u, v));
      minY = Math.min(minY, toSource.y(u, v));
      maxX = Math.max(maxX, toSource.x(u, v));
      maxY = Math.max(maxY, toSource.y(u, v));
    }
    int left = (int) Math.max(0, minX - 2 * factor);
    int top = (int) Math.max(0, minY - 2 * factor);
    int width = (int) Math.min(from.cols(), maxX + 2 * factor) - left;
    int height = (int) Math.min(from.rows(), maxY + 2 * factor) - top;
    if (width < factor || height < factor) {
      return null;
    }
    return new Rect(left, top, width / factor * factor, height / factor * factor);
  }

  private void interpolate(Mat from, SimilarityTransform toSource, Mat to) {
    matrix
        .putDouble(0, toSource.a())
        .putDouble(8, -toSource.b())
        .putDouble(16, toSource.dx())
        .putDouble(24, toSource.b())
        .putDouble(32, toSource.a())
        .putDouble(40, toSource.dy());
    try (Mat inverse = Mats.of(matrix, 2, 3, CV_64FC1, 3 * 8);
        Size size = new Size(to.cols(), to.rows());
        Scalar none = new Scalar()) {
      warpAffine(from, to, inverse, size, INTER_LINEAR | WARP_INVERSE_MAP, BORDER_REPLICATE, none);
    }
  }
}
