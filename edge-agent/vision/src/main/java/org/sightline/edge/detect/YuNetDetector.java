package org.sightline.edge.detect;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Landmarks;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.domain.PointPx;
import org.sightline.edge.imaging.Part;
import org.sightline.edge.imaging.Resampler;
import org.sightline.edge.imaging.Window;
import org.sightline.edge.inference.InferenceException;
import org.sightline.edge.inference.NetworkFailure;
import org.sightline.edge.inference.onnx.ImageTensor;
import org.sightline.edge.inference.onnx.OnnxNetwork;
import org.sightline.edge.models.ModelPack;

/**
 * YuNet (Wu, Peng, Yu: "YuNet: A Tiny Millisecond-level Face Detector", 2023) on ONNX Runtime. The
 * picture lies in the top left corner of the input, black beyond it, as OpenCV's FaceDetectorYN
 * does it.
 */
public final class YuNetDetector implements FaceDetector {
  /** Size of the window of a closer look. */
  private static final int CLOSE_SIDE_PX = 256;

  /**
   * Width of that window in face heights, so that the face is about 135 px high in it: at 100 px
   * the landmarks of a tilted head still lie as if it were upright.
   */
  private static final float CLOSE_FACES = 1.9f;

  /** How far the face of a closer look has to overlap the one first found. */
  private static final float SAME_FACE_OVERLAP = 0.4f;

  /** Frames of one run on a GPU: one of each camera that a van carries. */
  private static final int MOST_TOGETHER = 8;

  private static final int[] STRIDES_PX = {8, 16, 32};
  private static final List<String> TENSORS = List.of("cls", "obj", "bbox", "kps");
  private static final int[] VALUES_PER_CELL = {1, 1, 4, 10};

  private final OnnxNetwork network;
  private final ModelPack.Detector manifest;
  private final DetectionSettings settings;
  private final ImageTensor tensor;
  private final YuNetDecoder decoder;
  private final Resampler resampler = new Resampler();
  private final Window window = new Window(CLOSE_SIDE_PX);

  /** What is searched, at the size at which it is; grows to the largest. */
  private ByteBuffer searched = ByteBuffer.allocateDirect(0);

  /**
   * Loads the network of a manifest and tries it on a black picture.
   *
   * @throws InferenceException if the file is missing, corrupt or no YuNet
   */
  public static YuNetDetector open(
      ModelPack.Detector manifest, Path folder, DetectionSettings settings)
      throws InferenceException {
    ModelPack.Input input = Objects.requireNonNull(manifest.input());
    List<String> outputs = new ArrayList<>();
    for (int stride : STRIDES_PX) {
      TENSORS.forEach(tensor -> outputs.add(tensor + "_" + stride));
    }
    Path file = folder.resolve(Objects.requireNonNull(manifest.file()));
    OnnxNetwork network = OnnxNetwork.open(file, input.name(), outputs, settings.compute());
    YuNetDetector detector = new YuNetDetector(network, manifest, settings, new ImageTensor(input));
    try {
      detector.tryOut(file);
      return detector;
    } catch (InferenceException unfit) {
      detector.close();
      throw unfit;
    }
  }

  private YuNetDetector(
      OnnxNetwork network,
      ModelPack.Detector manifest,
      DetectionSettings settings,
      ImageTensor tensor) {
    this.network = network;
    this.manifest = manifest;
    this.settings = settings;
    this.tensor = tensor;
    this.decoder = new YuNetDecoder(score(manifest, settings), manifest.overlapThreshold());
  }

  private static float score(ModelPack.Detector manifest, DetectionSettings settings) {
    Float asked = settings.score();
    if (asked != null) {
      return asked;
    }
    return settings.ofCamera() ? manifest.frameScoreThreshold() : manifest.scoreThreshold();
  }

  private void tryOut(Path file) throws InferenceException {
    Integer fixed = manifest.fixedSidePx();
    int side = fixed != null ? fixed : manifest.sizeMultiplePx();
    tensor.reshape(1, side, side);
    tensor.set(0, BgrPicture.allocate(1, 1));
    List<FloatBuffer> outputs = network.run(tensor);
    for (int i = 0; i < outputs.size(); i++) {
      int stride = STRIDES_PX[i / TENSORS.size()];
      int cells = (side / stride) * (side / stride);
      if (outputs.get(i).capacity() != cells * VALUES_PER_CELL[i % TENSORS.size()]) {
        throw new InferenceException(
            "the network is not YuNet",
            file.toString(),
            "check the pack with 'models verify'",
            null);
      }
    }
  }

  @Override
  public List<Face> detect(Picture picture) {
    return detectAll(List.of(Part.all(picture)), Search.FULL).get(0);
  }

  /** Those alike in size that follow each other are searched in one run, where the network can. */
  @Override
  public List<List<Face>> detectAll(List<Part> parts, Search search) {
    List<List<Face>> faces = new ArrayList<>();
    int first = 0;
    while (first < parts.size()) {
      int end = first + 1;
      while (end < parts.size()
          && manifest.fixedSidePx() == null
          && isOfOneSize(parts.get(first).whole(), parts.get(end).whole())
          && isOfOneSize(parts.get(first).pixels(), parts.get(end).pixels())) {
        end++;
      }
      faces.addAll(search(parts.subList(first, end), search));
      first = end;
    }
    return faces;
  }

  private static boolean isOfOneSize(Picture a, Picture b) {
    return a.widthPx() == b.widthPx() && a.heightPx() == b.heightPx();
  }

  /** A GPU has room for the frames of all cameras; a CPU is as fast with one after the other. */
  @Override
  public int together() {
    return settings.compute().gainsByBatches() ? MOST_TOGETHER : 1;
  }

  private List<List<Face>> search(List<Part> parts, Search search) {
    Picture whole = parts.get(0).whole();
    int width = parts.get(0).pixels().widthPx();
    int height = parts.get(0).pixels().heightPx();
    double scale = scale(whole.widthPx(), whole.heightPx(), search);
    int searchWidth = Math.max(1, (int) Math.round(width * scale));
    int searchHeight = Math.max(1, (int) Math.round(height * scale));
    int columns = padded(searchWidth);
    int rows = padded(searchHeight);
    tensor.reshape(parts.size(), rows, columns);
    for (int i = 0; i < parts.size(); i++) {
      tensor.set(i, scaled(parts.get(i).pixels(), searchWidth, searchHeight));
    }
    List<FloatBuffer> outputs = run();
    List<List<Face>> faces = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      faces.add(
          decode(
                  outputs,
                  i,
                  columns,
                  rows,
                  (float) width / searchWidth,
                  (float) height / searchHeight)
              .stream()
              .map(face -> face.moved(part.left(), part.top()))
              .toList());
    }
    return faces;
  }

  /** The faces of one picture of the batch; the scales lead from the input to the picture. */
  private List<Face> decode(
      List<FloatBuffer> outputs, int index, int columns, int rows, float scaleX, float scaleY) {
    decoder.begin();
    for (int s = 0; s < STRIDES_PX.length; s++) {
      int first = s * TENSORS.size();
      decoder.add(
          STRIDES_PX[s],
          columns / STRIDES_PX[s],
          rows / STRIDES_PX[s],
          index,
          outputs.get(first),
          outputs.get(first + 1),
          outputs.get(first + 2),
          outputs.get(first + 3));
    }
    return decoder.faces(scaleX, scaleY);
  }

  @Override
  public Optional<Face> refine(Picture picture, Face face) {
    if (manifest.fixedSidePx() != null) {
      // A network of one large size finds no more in a window than in the frame.
      return Optional.of(face);
    }
    BoxPx box = face.box();
    tensor.reshape(1, CLOSE_SIDE_PX, CLOSE_SIDE_PX);
    tensor.set(
        0,
        window.look(
            picture,
            box.centreX(),
            box.centreY(),
            CLOSE_FACES * Math.max(box.width(), box.height())));
    return decode(run(), 0, CLOSE_SIDE_PX, CLOSE_SIDE_PX, 1, 1).stream()
        .map(this::toPicture)
        .filter(each -> each.box().overlapWith(box) >= SAME_FACE_OVERLAP)
        .max(Comparator.comparingDouble(each -> each.box().overlapWith(box)));
  }

  private Face toPicture(Face seen) {
    BoxPx box = seen.box();
    float x = window.toPictureX(box.x());
    float y = window.toPictureY(box.y());
    Landmarks points = seen.landmarks();
    return new Face(
        new BoxPx(x, y, window.toPictureX(box.right()) - x, window.toPictureY(box.bottom()) - y),
        new Landmarks(
            toPicture(points.rightEye()),
            toPicture(points.leftEye()),
            toPicture(points.noseTip()),
            toPicture(points.rightMouth()),
            toPicture(points.leftMouth())),
        seen.score());
  }

  private PointPx toPicture(PointPx seen) {
    return new PointPx(window.toPictureX(seen.x()), window.toPictureY(seen.y()));
  }

  private double scale(int width, int height, Search search) {
    double scale = settings.scale(width, height, manifest);
    return manifest.fixedSidePx() == null ? search.scale() * scale : scale;
  }

  private int padded(int size) {
    @Nullable Integer fixed = manifest.fixedSidePx();
    int multiple = fixed != null ? fixed : manifest.sizeMultiplePx();
    return (size + multiple - 1) / multiple * multiple;
  }

  private BgrPicture scaled(Picture picture, int width, int height) {
    if (picture instanceof BgrPicture bgr && bgr.widthPx() == width && bgr.heightPx() == height) {
      return bgr;
    }
    int sizeBytes = 3 * width * height;
    if (searched.capacity() < sizeBytes) {
      searched = ByteBuffer.allocateDirect(sizeBytes);
    }
    BgrPicture kept = new BgrPicture(width, height, 3 * width, searched);
    resampler.resample(picture, kept);
    return kept;
  }

  private List<FloatBuffer> run() {
    try {
      return network.run(tensor);
    } catch (InferenceException refused) {
      throw new NetworkFailure("detector's", refused);
    }
  }

  @Override
  public void close() {
    window.wipe();
    tensor.wipe();
    network.close();
  }
}
