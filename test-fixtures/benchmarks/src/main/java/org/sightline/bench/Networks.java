package org.sightline.bench;

import java.util.List;
import java.util.Objects;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.FrameSources;
import org.sightline.edge.capture.MeasuredSource;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.imaging.Resampler;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.inference.InferenceException;
import org.sightline.edge.inference.onnx.ImageTensor;
import org.sightline.edge.inference.onnx.OnnxNetwork;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPack;

/** The networks by themselves, on pictures that lie ready: what no pipeline can do without. */
final class Networks implements AutoCloseable {
  private static final int LOOK_SIDE_PX = 256;
  private static final int[] SEARCH_PX = {448, 768};
  private static final List<String> DETECTOR_OUTPUTS =
      List.of(
          "cls_8", "cls_16", "cls_32", "obj_8", "obj_16", "obj_32", "bbox_8", "bbox_16", "bbox_32",
          "kps_8", "kps_16", "kps_32");

  private final OnnxNetwork detector;
  private final OnnxNetwork embedder;
  private final ImageTensor searched;
  private final ImageTensor looked;
  private final ImageTensor face;
  private final int faceSidePx;

  Networks(InstalledPack pack, Compute compute) throws InferenceException {
    ModelPack manifest = pack.manifest();
    ModelPack.Input search = Objects.requireNonNull(manifest.detector().input());
    ModelPack.Input embed = Objects.requireNonNull(manifest.embedder().input());
    searched = new ImageTensor(search);
    looked = new ImageTensor(search);
    face = new ImageTensor(embed);
    faceSidePx = manifest.embedder().sidePx();
    detector =
        OnnxNetwork.open(
            pack.folder().resolve(Objects.requireNonNull(manifest.detector().file())),
            search.name(),
            DETECTOR_OUTPUTS,
            compute);
    embedder =
        OnnxNetwork.open(
            pack.folder().resolve(Objects.requireNonNull(manifest.embedder().file())),
            embed.name(),
            List.of(Objects.requireNonNull(manifest.embedder().output())),
            compute);
  }

  /** Takes the first frame of a clip for all of them. */
  void take(CameraSettings camera) throws Exception {
    try (MeasuredSource source = FrameSources.open(camera);
        Frame frame = Objects.requireNonNull(source.next())) {
      put(frame, searched, SEARCH_PX[0], SEARCH_PX[1]);
      put(frame, looked, LOOK_SIDE_PX, LOOK_SIDE_PX);
      put(frame, face, faceSidePx, faceSidePx);
    }
  }

  private static void put(Frame frame, ImageTensor tensor, int rows, int columns) {
    BgrPicture picture = BgrPicture.allocate(columns, rows);
    new Resampler().resample(frame.picture(), picture);
    tensor.reshape(1, rows, columns);
    tensor.set(0, picture);
  }

  long search(int times) throws InferenceException {
    return run(detector, searched, times);
  }

  long look(int times) throws InferenceException {
    return run(detector, looked, times);
  }

  long embed(int times) throws InferenceException {
    return run(embedder, face, times);
  }

  private static long run(OnnxNetwork network, ImageTensor tensor, int times)
      throws InferenceException {
    for (int i = 0; i < times; i++) {
      network.run(tensor);
    }
    return times;
  }

  @Override
  public void close() {
    detector.close();
    embedder.close();
  }
}
