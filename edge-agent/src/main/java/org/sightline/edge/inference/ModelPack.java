package org.sightline.edge.inference;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.PointPx;

/**
 * The manifest of a model pack, {@code pack.json}: everything that is particular to its networks,
 * so that preprocessing is data and not code.
 *
 * @param name folder name of the pack, and the mark that its templates carry
 * @param title one line for people
 * @param version of the pack; part of what a template is valid for
 * @param licence SPDX expression over all files
 * @param verified whether our own tests measure this pack
 * @param exerciseOnly whether the pack may be used in exercises alone, never in a live deployment
 * @param files what has to be installed; empty for a built-in engine
 * @param calibrations one per population it was measured on; the first is the one a deployment uses
 */
public record ModelPack(
    String name,
    String title,
    int version,
    String licence,
    boolean verified,
    boolean exerciseOnly,
    List<PackFile> files,
    Detector detector,
    Embedder embedder,
    List<Calibration> calibrations) {
  public ModelPack {
    files = List.copyOf(files);
    calibrations = List.copyOf(calibrations);
  }

  /**
   * A file of the pack.
   *
   * @param sha256 lower-case hex; the file is the one with this digest, whatever it was called
   * @param url where upstream publishes these very bytes; null where it does not
   * @param conversion how to make the file from what upstream publishes instead; null if not needed
   */
  public record PackFile(
      String name,
      String sha256,
      long sizeBytes,
      String licence,
      String source,
      @Nullable String url,
      @Nullable Conversion conversion) {}

  /**
   * A file made on this machine from other files.
   *
   * @param format of the inputs; {@code openvino-ir} is the one there is
   * @param inputs what upstream publishes, pinned by digest
   */
  public record Conversion(String format, List<PackFile> inputs) {
    public Conversion {
      inputs = List.copyOf(inputs);
    }
  }

  /** Order of the colour channels that a network was trained on. */
  public enum ColourOrder {
    BGR,
    RGB
  }

  /**
   * How bytes become tensor values: {@code (byte * scale - mean[c]) / deviation[c]}, channels in
   * {@code colourOrder}, which is also the order of mean and deviation.
   */
  public record Input(
      String name, ColourOrder colourOrder, float scale, List<Float> mean, List<Float> deviation) {
    public Input {
      mean = List.copyOf(mean);
      deviation = List.copyOf(deviation);
    }
  }

  /**
   * The face detector.
   *
   * @param engine {@code yunet} (ONNX) or {@code opencv-cascade} (built in)
   * @param file name of the pack's file; null for a built-in engine
   * @param fixedSidePx the only square input size the file takes; null if any multiple of {@code
   *     sizeMultiplePx} will do
   * @param scoreThreshold faces below it are dropped, in [0, 1]
   * @param overlapThreshold of two faces whose boxes overlap more (intersection over union), the
   *     weaker is dropped
   * @param smallestFacePx height of the smallest face found reliably, at the size searched
   */
  public record Detector(
      String engine,
      @Nullable String file,
      @Nullable Input input,
      @Nullable Integer fixedSidePx,
      int sizeMultiplePx,
      float scoreThreshold,
      float overlapThreshold,
      int smallestFacePx) {}

  /**
   * The embedding network.
   *
   * @param engine {@code onnx}, or {@code gradient-descriptor} (built in)
   * @param file name of the pack's file; null for a built-in engine
   * @param sidePx width and height of the aligned face
   * @param alignment where the five landmarks go, in pixels of the aligned face, in the order of
   *     {@link org.sightline.edge.domain.Landmarks#inOrder()}
   * @param output name of the output tensor
   * @param batch whether the first dimension is free
   */
  public record Embedder(
      String engine,
      @Nullable String file,
      @Nullable Input input,
      @Nullable String output,
      int sidePx,
      int dimension,
      boolean batch,
      List<PointPx> alignment) {
    public Embedder {
      alignment = List.copyOf(alignment);
    }
  }
}
