package org.sightline.edge.testing.trace;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.sightline.edge.domain.BgrPicture;

/**
 * Finds pictures that lie in the open, as JPEG, PNG, GIF, BMP or WebP, as bytes or coded as text,
 * anywhere in a content. One that is cut off is found too, if something of it can be shown.
 */
public final class PictureSearch {
  private static final List<String> BEGINNINGS =
      List.of("\u00ff\u00d8\u00ff", "\u0089PNG\r\n\u001a\n", "GIF8", "BM", "RIFF");

  private static final int BMP_HEADERS_BYTES = 54;

  private PictureSearch() {}

  /** The files under a folder that hold a picture. */
  public static List<Path> under(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Layers.of(Files.readAllBytes(file)).stream().anyMatch(layer -> !in(layer).isEmpty())) {
          found.add(file);
        }
      }
    }
    return found;
  }

  /** The pictures in one layer of a content. */
  static List<BufferedImage> in(byte[] layer) {
    List<BufferedImage> found = new ArrayList<>();
    String text = new String(layer, StandardCharsets.ISO_8859_1);
    for (String beginning : BEGINNINGS) {
      for (int at = text.indexOf(beginning); at >= 0; at = text.indexOf(beginning, at + 1)) {
        picture(Arrays.copyOfRange(layer, at, layer.length)).ifPresent(found::add);
      }
    }
    return found;
  }

  private static Optional<BufferedImage> picture(byte[] file) {
    return switch (file[0]) {
      case 'R' -> webp(file);
      case 'B' -> isBmp(file) ? decoded(file) : Optional.empty();
      default -> decoded(file);
    };
  }

  private static Optional<BufferedImage> decoded(byte[] file) {
    try {
      return Optional.ofNullable(ImageIO.read(new ByteArrayInputStream(file)));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** Two letters begin it: its sizes show whether it is one. */
  private static boolean isBmp(byte[] file) {
    if (file.length < BMP_HEADERS_BYTES) {
      return false;
    }
    ByteBuffer header = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    return header.getInt(6) == 0
        && header.getInt(10) >= BMP_HEADERS_BYTES
        && header.getInt(14) >= 40
        && header.getInt(14) <= 124
        && header.getShort(26) == 1;
  }

  private static Optional<BufferedImage> webp(byte[] file) {
    if (!new String(file, 0, Math.min(12, file.length), StandardCharsets.ISO_8859_1)
        .endsWith("WEBP")) {
      return Optional.empty();
    }
    try (BytePointer bytes = new BytePointer(file);
        Mat coded = new Mat(bytes);
        Mat picture = opencv_imgcodecs.imdecode(coded, opencv_imgcodecs.IMREAD_COLOR)) {
      if (picture.empty()) {
        return Optional.empty();
      }
      return Optional.of(
          PixelCrop.of(
                  new BgrPicture(
                      picture.cols(),
                      picture.rows(),
                      Math.toIntExact(picture.step()),
                      picture.createBuffer()))
              .image());
    }
  }
}
