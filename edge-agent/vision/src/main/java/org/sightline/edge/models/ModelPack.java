package org.sightline.edge.models;

import static org.sightline.edge.models.ManifestRules.require;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.PointPx;

/**
 * The manifest of a pack that finds and compares faces: everything that is particular to its
 * networks, so that preprocessing is data and not code. A manifest that contradicts itself cannot
 * be made: constructors throw {@link IllegalArgumentException}.
 *
 * @param name folder name of the pack, and the mark that its templates carry
 * @param title one line for people
 * @param version of the pack; part of what a template is valid for
 * @param licence SPDX expression over all files
 * @param verified whether our own tests measure this pack
 * @param exerciseOnly whether the pack may be used in exercises alone, never in a live deployment
 * @param files what has to be installed; empty for a built-in engine
 * @param landmarks what finds the landmarks of a face that was found; null if the detector's own
 *     are used
 * @param calibrations one per population it was measured on; the first is the one a deployment
 *     uses; empty if none was measured, and then no threshold can be derived
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
    @JsonSetter(nulls = Nulls.SET) @Nullable LandmarkRegressor landmarks,
    Embedder embedder,
    List<Calibration> calibrations)
    implements PackManifest {
  public ModelPack {
    files = List.copyOf(files);
    calibrations = List.copyOf(calibrations);
    Set<String> names = ManifestRules.fileNames(name, version, files);
    require(
        detector.file() == null || names.contains(detector.file()),
        "the detector's file is not among the files");
    require(
        landmarks == null || names.contains(landmarks.file()),
        "the landmark regressor's file is not among the files");
    require(
        embedder.file() == null || names.contains(embedder.file()),
        "the embedder's file is not among the files");
  }

  /**
   * Exact bytes, whatever they are called.
   *
   * @param sha256 64 lower-case hex digits
   * @param sizeBytes in [1, {@value #MAX_SIZE_BYTES}]
   */
  public record Content(String sha256, long sizeBytes) {
    static final long MAX_SIZE_BYTES = 1L << 30;

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    public Content {
      require(DIGEST.matcher(sha256).matches(), "a SHA-256 is 64 lower-case hex digits");
      require(sizeBytes > 0 && sizeBytes <= MAX_SIZE_BYTES, "a file has 1 byte to 1 GiB");
    }
  }

  /**
   * A file of the pack.
   *
   * @param name what it is called once installed; never a path
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
      @JsonSetter(nulls = Nulls.SET) @Nullable String url,
      @JsonSetter(nulls = Nulls.SET) @Nullable Conversion conversion) {
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    public PackFile {
      require(
          FILE_NAME.matcher(name).matches() && !name.contains("..") && !name.equals("pack.json"),
          "a file's name is 1 to 100 of A-Z, a-z, 0-9, '.', '_' and '-', never a path");
      require(url == null || isWebAddress(url), "a url is an absolute https or http address");
      new Content(sha256, sizeBytes);
    }

    /** What upstream publishes under {@code url}. */
    public Content published() {
      return new Content(sha256, sizeBytes);
    }

    /** The contents that make the file: as published, and as converted on this machine. */
    public List<Content> accepted() {
      return conversion == null || conversion.output().equals(published())
          ? List.of(published())
          : List.of(published(), conversion.output());
    }

    private static boolean isWebAddress(String url) {
      URI address = URI.create(url);
      return ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
          && address.getHost() != null
          && address.getUserInfo() == null;
    }
  }

  /**
   * A file made on this machine from other files.
   *
   * @param inputs what upstream publishes, pinned by digest
   * @param output what comes out, to the byte
   */
  public record Conversion(Format format, List<PackFile> inputs, Content output) {
    public Conversion {
      inputs = List.copyOf(inputs);
      require(!inputs.isEmpty(), "a conversion has inputs");
      for (PackFile input : inputs) {
        require(input.conversion() == null, "an input of a conversion is not itself converted");
      }
    }

    /** What the inputs of a conversion are. */
    public enum Format {
      /** OpenVINO's IR, version 11: an {@code .xml} and a {@code .bin}. */
      @JsonProperty("openvino-ir")
      OPENVINO_IR,

      /** YuNet in ONNX with one fixed input size: an {@code .onnx}. */
      @JsonProperty("yunet-fixed-size")
      YUNET_FIXED_SIZE
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
      require(Float.isFinite(scale) && scale > 0, "a scale is above 0");
      require(mean.size() == 3 && deviation.size() == 3, "mean and deviation are of 3 channels");
      for (int c = 0; c < 3; c++) {
        require(Float.isFinite(mean.get(c)), "a mean is a finite number");
        require(Float.isFinite(deviation.get(c)) && deviation.get(c) > 0, "a deviation is above 0");
      }
    }
  }

  /**
   * A network that finds the five landmarks in a crop of a face, in the order of the embedder's
   * alignment, x and y as shares of the crop's width and height.
   *
   * @param file name of the pack's file
   * @param output name of its output, of 10 values
   * @param sidePx width and height of its input
   * @param boxes width and height of the crop in those of the detector's box, at least 1
   */
  public record LandmarkRegressor(
      String file, Input input, String output, int sidePx, float boxes) {
    public LandmarkRegressor {
      require(sidePx >= 8 && sidePx <= 512, "a crop has 8 to 512 px a side");
      require(boxes >= 1 && boxes <= 3, "a crop is 1 to 3 boxes wide");
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
   * @param frameScoreThreshold the same of a camera's frames, where others confirm or refute a
   *     doubtful face; in [0, scoreThreshold]
   * @param overlapThreshold of two faces whose boxes overlap more (intersection over union), the
   *     weaker is dropped, in [0, 1]
   * @param smallestFacePx height of the smallest face found reliably, at the size searched
   */
  public record Detector(
      String engine,
      @JsonSetter(nulls = Nulls.SET) @Nullable String file,
      @JsonSetter(nulls = Nulls.SET) @Nullable Input input,
      @JsonSetter(nulls = Nulls.SET) @Nullable Integer fixedSidePx,
      int sizeMultiplePx,
      float scoreThreshold,
      float frameScoreThreshold,
      float overlapThreshold,
      int smallestFacePx) {
    public Detector {
      require((file == null) == (input == null), "a detector has both file and input, or neither");
      require(fixedSidePx == null || fixedSidePx > 0, "fixedSidePx is above 0");
      require(sizeMultiplePx > 0, "sizeMultiplePx is above 0");
      require(scoreThreshold >= 0 && scoreThreshold <= 1, "scoreThreshold lies in [0, 1]");
      require(
          frameScoreThreshold >= 0 && frameScoreThreshold <= scoreThreshold,
          "frameScoreThreshold lies in [0, scoreThreshold]");
      require(overlapThreshold >= 0 && overlapThreshold <= 1, "overlapThreshold lies in [0, 1]");
      require(smallestFacePx > 0, "smallestFacePx is above 0");
    }
  }

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
      @JsonSetter(nulls = Nulls.SET) @Nullable String file,
      @JsonSetter(nulls = Nulls.SET) @Nullable Input input,
      @JsonSetter(nulls = Nulls.SET) @Nullable String output,
      int sidePx,
      int dimension,
      boolean batch,
      List<PointPx> alignment) {
    public Embedder {
      alignment = List.copyOf(alignment);
      require(
          (file == null) == (input == null) && (file == null) == (output == null),
          "an embedder has file, input and output, or none of them");
      require(sidePx > 0, "sidePx is above 0");
      require(dimension > 0, "dimension is above 0");
      require(alignment.size() == 5, "alignment has five points");
    }
  }
}
