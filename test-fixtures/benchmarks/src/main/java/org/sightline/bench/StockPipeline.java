package org.sightline.bench;

import static org.bytedeco.opencv.global.opencv_calib3d.estimateAffinePartial2D;
import static org.bytedeco.opencv.global.opencv_core.CV_32FC2;
import static org.bytedeco.opencv.global.opencv_imgproc.warpAffine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.bytedeco.javacpp.indexer.UByteIndexer;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.FrameGrabber;
import org.bytedeco.javacv.OpenCVFrameConverter;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_objdetect.FaceDetectorYN;
import org.sightline.edge.domain.PointPx;
import org.sightline.edge.models.ModelPack;

/**
 * What somebody would write in an afternoon with the same parts: every frame converted to BGR,
 * OpenCV's own YuNet on the full frame, ONNX Runtime once for each face of each frame, a plain loop
 * over the list, those who reach the threshold reported.
 */
final class StockPipeline implements AutoCloseable {
  private static final float SCORE = 0.6f;
  private static final float OVERLAP = 0.3f;
  private static final int MOST_FACES = 5000;

  /** Columns of a found face: box, then the first landmark. */
  private static final int FIRST_LANDMARK = 4;

  private final FFmpegFrameGrabber grabber;
  private final OpenCVFrameConverter.ToMat converter = new OpenCVFrameConverter.ToMat();
  private final FaceDetectorYN detector;
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final ModelPack.Embedder embedder;
  private final LongList list;
  private final float[][] rows;
  private final double threshold;
  private final Hits hits;
  private final int threads;

  StockPipeline(
      Path clip, Path detectorFile, LongList list, double threshold, Hits hits, int threads)
      throws FrameGrabber.Exception, OrtException {
    this.list = list;
    this.rows = list.rows();
    this.threshold = threshold;
    this.hits = hits;
    this.threads = threads;
    this.embedder = list.pack().manifest().embedder();
    grabber = new FFmpegFrameGrabber(clip.toFile());
    grabber.start();
    detector =
        FaceDetectorYN.create(
            detectorFile.toString(),
            "",
            new Size(grabber.getImageWidth(), grabber.getImageHeight()),
            SCORE,
            OVERLAP,
            MOST_FACES,
            0,
            0);
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(threads);
    session =
        environment.createSession(
            list.pack().folder().resolve(String.valueOf(embedder.file())).toString(), options);
  }

  /** Works on the next frames of the clip and returns how many there were. */
  long run(int frames) throws FrameGrabber.Exception, OrtException {
    // Our own code asks OpenCV for one thread, in the same process.
    opencv_core.setNumThreads(threads);
    try {
      for (int i = 0; i < frames; i++) {
        Frame frame = grabber.grabImage();
        if (frame == null) {
          return i;
        }
        analyse(converter.convert(frame), grabber.getTimestamp() / 1e6);
      }
      return frames;
    } finally {
      opencv_core.setNumThreads(1);
    }
  }

  private void analyse(Mat bgr, double atSeconds) throws OrtException {
    try (Mat faces = new Mat()) {
      detector.detect(bgr, faces);
      if (faces.rows() == 0) {
        return;
      }
      try (FloatIndexer values = faces.createIndexer()) {
        for (int face = 0; face < faces.rows(); face++) {
          float[] template = embed(aligned(bgr, values, face));
          int best = nearest(template);
          if (product(template, rows[best]) >= threshold) {
            hits.add(list.subject(best), atSeconds);
          }
        }
      }
    }
  }

  private Mat aligned(Mat bgr, FloatIndexer faces, int face) {
    List<PointPx> points = embedder.alignment();
    Mat aligned = new Mat();
    try (Mat from = new Mat(points.size(), 1, CV_32FC2);
        Mat to = new Mat(points.size(), 1, CV_32FC2);
        FloatIndexer source = from.createIndexer();
        FloatIndexer target = to.createIndexer()) {
      for (int i = 0; i < points.size(); i++) {
        source.put(i, 0, 0, faces.get(face, FIRST_LANDMARK + 2 * i));
        source.put(i, 0, 1, faces.get(face, FIRST_LANDMARK + 2 * i + 1));
        target.put(i, 0, 0, points.get(i).x());
        target.put(i, 0, 1, points.get(i).y());
      }
      warpAffine(
          bgr,
          aligned,
          estimateAffinePartial2D(from, to),
          new Size(embedder.sidePx(), embedder.sidePx()));
    }
    return aligned;
  }

  private float[] embed(Mat face) throws OrtException {
    int side = embedder.sidePx();
    FloatBuffer input = FloatBuffer.allocate(3 * side * side);
    try (face;
        UByteIndexer pixels = face.createIndexer()) {
      for (int channel = 0; channel < 3; channel++) {
        for (int y = 0; y < side; y++) {
          for (int x = 0; x < side; x++) {
            input.put(pixels.get(y, x, channel));
          }
        }
      }
    }
    input.rewind();
    String name = session.getInputNames().iterator().next();
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(environment, input, new long[] {1, 3, side, side});
        OrtSession.Result result = session.run(Map.of(name, tensor))) {
      float[] template = ((float[][]) result.get(0).getValue())[0];
      double norm = Math.sqrt(product(template, template));
      for (int i = 0; i < template.length; i++) {
        template[i] /= (float) norm;
      }
      return template;
    }
  }

  private int nearest(float[] template) {
    int best = 0;
    double most = -1;
    for (int row = 0; row < rows.length; row++) {
      double cosine = product(template, rows[row]);
      if (cosine > most) {
        most = cosine;
        best = row;
      }
    }
    return best;
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Override
  public void close() throws FrameGrabber.Exception, OrtException {
    session.close();
    detector.close();
    grabber.close();
  }
}
