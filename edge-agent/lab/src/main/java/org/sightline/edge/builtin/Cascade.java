package org.sightline.edge.builtin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.opencv_core.FileNode;
import org.bytedeco.opencv.opencv_core.FileStorage;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.RectVector;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_objdetect.CascadeClassifier;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.imaging.Luma;

/**
 * A cascade of Haar features (Viola and Jones, 2001), one of those that lie inside OpenCV's own
 * library. One thread at a time.
 */
public final class Cascade implements AutoCloseable {

  /** The cascades used here. */
  public enum Kind {
    /** Upright faces from the front, in windows from 20 pixels. */
    FRONTAL_FACE("haarcascade_frontalface_alt2.xml"),
    /** Single open eyes, in windows from 20 pixels. */
    EYE("haarcascade_eye.xml");

    private final String file;

    Kind(String file) {
      this.file = file;
    }
  }

  /**
   * A place where the cascade agreed.
   *
   * @param box square, in pixels of the searched luma
   * @param votes how many overlapping windows agreed
   */
  public record Hit(BoxPx box, int votes) {}

  private final CascadeClassifier classifier = new CascadeClassifier();

  /** Reads a cascade from the library, without a file of its own. */
  public Cascade(Kind kind) {
    String resource =
        "/org/bytedeco/opencv/%s/share/opencv4/haarcascades/%s"
            .formatted(Loader.getPlatform(), kind.file);
    try (FileStorage storage =
            new FileStorage(text(resource), FileStorage.READ | FileStorage.MEMORY, "");
        FileNode root = storage.getFirstTopLevelNode()) {
      if (!classifier.read(root)) {
        throw new IllegalStateException("OpenCV refuses its own cascade " + resource);
      }
    }
  }

  private static String text(String resource) {
    try (InputStream stream = CascadeClassifier.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("OpenCV's library lacks " + resource);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("OpenCV's library cannot be read", e);
    }
  }

  /**
   * Searches the whole luma.
   *
   * @param step factor from one window size to the next, above 1
   * @param votes fewest windows that must agree
   * @param smallestPx side of the smallest window; {@code largestPx} of the largest
   */
  public List<Hit> find(Luma luma, double step, int votes, int smallestPx, int largestPx) {
    try (Mat mat = luma.mat();
        RectVector boxes = new RectVector();
        IntPointer counts = new IntPointer();
        Size smallest = new Size(smallestPx, smallestPx);
        Size largest = new Size(largestPx, largestPx)) {
      classifier.detectMultiScale2(mat, boxes, counts, step, votes, 0, smallest, largest);
      List<Hit> hits = new ArrayList<>();
      for (int i = 0; i < boxes.size(); i++) {
        try (Rect box = boxes.get(i)) {
          hits.add(new Hit(new BoxPx(box.x(), box.y(), box.width(), box.height()), counts.get(i)));
        }
      }
      return hits;
    }
  }

  @Override
  public void close() {
    classifier.close();
  }
}
