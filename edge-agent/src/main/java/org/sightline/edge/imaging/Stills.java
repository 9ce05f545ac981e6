package org.sightline.edge.imaging;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.BgrPicture;

/**
 * Reads still pictures: JPEG, PNG, BMP, binary PGM and PPM, turned upright as their EXIF data says.
 * Thread-safe.
 */
public final class Stills {
  /** More than any camera's still; a decoded picture takes 150 MB at most. */
  static final long MAX_PIXELS = 50_000_000;

  private static final long MAX_FILE_BYTES = 100_000_000;
  private static final String FORMATS = "JPEG, PNG, BMP, binary PGM or PPM";

  private static final List<String> ENDINGS =
      List.of(".jpg", ".jpeg", ".png", ".bmp", ".pgm", ".ppm");

  private Stills() {}

  /** Whether a file is a picture by the ending of its name. */
  public static boolean isNamedAsPicture(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(name::endsWith);
  }

  /**
   * Reads a picture file whole.
   *
   * @throws PictureException if the file is missing, empty, cut off, too large or no picture
   */
  public static BgrPicture read(Path file) throws PictureException {
    byte[] bytes;
    try {
      if (!Files.isRegularFile(file)) {
        throw refusal("no such picture", file.toString(), "check the path", null);
      }
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw tooLarge(file.toString());
      }
      bytes = Files.readAllBytes(file);
    } catch (IOException unreadable) {
      throw refusal(
          "the picture cannot be read", file.toString(), "check its permissions", unreadable);
    }
    return decode(bytes, file.toString());
  }

  /**
   * Decodes a picture file that is in memory.
   *
   * @param bytes a whole picture file
   * @param where names the picture in a refusal
   * @throws PictureException if the bytes are empty, cut off, too large or no picture
   */
  public static BgrPicture decode(byte[] bytes, String where) throws PictureException {
    if (bytes.length == 0) {
      throw refusal("the picture is empty", where, "copy it again", null);
    }
    StillHeader header =
        StillHeader.of(bytes)
            .orElseThrow(() -> refusal("not a picture", where, "give a " + FORMATS, null));
    if (header.pixels() > MAX_PIXELS) {
      throw tooLarge(where);
    }
    if (!header.complete()) {
      throw refusal("the picture is cut off or damaged", where, "copy it again", null);
    }
    try (BytePointer file = new BytePointer(bytes);
        Mat encoded = new Mat(1, bytes.length, CV_8UC1, file);
        Mat decoded = imdecode(encoded, IMREAD_COLOR)) {
      if (decoded.empty() || decoded.type() != CV_8UC3) {
        throw damaged(where, null);
      }
      BgrPicture picture = BgrPicture.allocate(decoded.cols(), decoded.rows());
      ByteBuffer pixels = decoded.createBuffer();
      picture.data().put(0, pixels, 0, picture.data().capacity());
      return picture;
    } catch (RuntimeException refusedByDecoder) {
      throw damaged(where, refusedByDecoder);
    }
  }

  private static PictureException tooLarge(String where) {
    return refusal(
        "the picture is too large",
        where,
        "shrink it to at most " + MAX_PIXELS / 1_000_000 + " megapixels",
        null);
  }

  private static PictureException damaged(String where, @Nullable Throwable cause) {
    return refusal("the picture is damaged", where, "save it again as " + FORMATS, cause);
  }

  private static PictureException refusal(
      String what, String where, String mend, @Nullable Throwable cause) {
    return new PictureException(what, where, mend, cause);
  }
}
