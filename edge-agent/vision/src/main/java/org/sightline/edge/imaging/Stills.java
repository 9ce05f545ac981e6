package org.sightline.edge.imaging;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.RegularFile;

/**
 * Reads still pictures: JPEG, PNG, BMP, binary PGM and PPM, turned upright as their EXIF data says.
 * Thread-safe.
 */
public final class Stills {
  /** More than any camera's still; a decoded picture takes 150 MB at most. */
  static final long MAX_PIXELS = 50_000_000;

  private static final long MAX_FILE_BYTES = 100_000_000;

  /** Enough to find the size of a picture in, as a rule; else the largest is assumed. */
  private static final int START_BYTES = 1 << 16;

  /** The colours, and the coefficients of a progressive JPEG while it is decoded. */
  private static final long BYTES_PER_PIXEL = 3 + 6;

  /** As read, as looked at for damage or stripped, and as handed to the decoder. */
  private static final long COPIES_OF_FILE = 3;

  private static final String FORMATS = "JPEG, PNG, BMP, binary PGM or PPM";

  private static final List<String> ENDINGS =
      List.of(".jpg", ".jpeg", ".png", ".bmp", ".pgm", ".ppm");

  private static final List<String> FOREIGN_ENDINGS =
      List.of(
          ".jfif", ".jpe", ".webp", ".heic", ".heif", ".avif", ".tif", ".tiff", ".gif", ".jxl",
          ".jp2");

  private Stills() {}

  /** Whether a file is a picture by the ending of its name. */
  public static boolean isNamedAsPicture(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(name::endsWith);
  }

  /**
   * Whether somebody who made a set of pictures would call a file one: by the ending of its name or
   * by its first bytes, and whether it can be read here or is refused by its name.
   */
  public static boolean isPicture(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (isNamedAsPicture(file) || FOREIGN_ENDINGS.stream().anyMatch(name::endsWith)) {
      return true;
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(START_BYTES);
      return StillHeader.of(start).isPresent() || ForeignFormat.of(start).isPresent();
    } catch (IOException unreadable) {
      return true;
    }
  }

  /**
   * Reads a picture file whole, into memory that is the collector's to free.
   *
   * @throws PictureException as {@link #open}
   */
  public static BgrPicture read(Path file) throws PictureException {
    try (Still still = open(file)) {
      return copy(still);
    }
  }

  /**
   * Decodes a picture file that is in memory.
   *
   * @param bytes a whole picture file
   * @param where names the picture in a refusal
   * @throws PictureException if the bytes are empty, cut off, damaged, too large or no picture
   */
  public static BgrPicture decode(byte[] bytes, String where) throws PictureException {
    try (Still still = open(bytes, where)) {
      return copy(still);
    }
  }

  private static BgrPicture copy(Still still) {
    BgrPicture decoded = still.picture();
    BgrPicture copy = BgrPicture.allocate(decoded.widthPx(), decoded.heightPx());
    copy.data().put(0, decoded.data(), 0, copy.data().capacity());
    return copy;
  }

  /**
   * Reads a picture file whole.
   *
   * @return to be closed by the caller
   * @throws PictureException if the file is missing, empty, cut off, damaged, too large or no
   *     picture
   */
  public static Still open(Path file) throws PictureException {
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
    return open(bytes, file.toString());
  }

  private static Still open(byte[] bytes, String where) throws PictureException {
    if (bytes.length == 0) {
      throw refusal("the picture is empty", where, "copy it again", null);
    }
    StillHeader header = StillHeader.of(bytes).orElse(null);
    if (header == null) {
      throw refusal(
          ForeignFormat.of(bytes)
              .map(format -> "the file is " + format + ", whatever its name")
              .orElse("not a picture"),
          where,
          "give a " + FORMATS,
          null);
    }
    if (header.pixels() > MAX_PIXELS) {
      throw tooLarge(where);
    }
    if (!header.complete()) {
      throw refusal("the picture is cut off or damaged", where, "copy it again", null);
    }
    String damage = JpegDamage.of(bytes).orElse(null);
    if (damage != null) {
      throw refusal(
          "the picture is damaged: " + damage, where, "copy it again from the original", null);
    }
    return decoded(PngChunks.needed(bytes), where);
  }

  private static Still decoded(ByteBuffer bytes, String where) throws PictureException {
    int length = bytes.remaining();
    try (BytePointer file =
            new BytePointer(length).put(bytes.array(), bytes.arrayOffset(), length);
        Mat encoded = new Mat(1, length, CV_8UC1, file)) {
      Mat decoded = imdecode(encoded, IMREAD_COLOR);
      if (decoded.empty() || decoded.type() != CV_8UC3) {
        decoded.close();
        throw damaged(where, null);
      }
      return new Still(decoded);
    } catch (RuntimeException refusedByDecoder) {
      throw damaged(where, refusedByDecoder);
    }
  }

  /**
   * About how much memory it takes at most to read a picture file, in MiB: of the file, of its
   * pixels and of what a decoder needs besides. Known before anything of it is taken.
   */
  public static int memoryMiB(Path file) {
    long fileBytes;
    byte[] start;
    try (InputStream in = Files.newInputStream(RegularFile.require(file))) {
      fileBytes = Math.min(Files.size(file), MAX_FILE_BYTES);
      start = in.readNBytes(START_BYTES);
    } catch (IOException unreadable) {
      return 1;
    }
    long pixels =
        StillHeader.of(start)
            .map(header -> header.pixels() == 0 ? MAX_PIXELS : header.pixels())
            .orElse(0L);
    long bytes = COPIES_OF_FILE * fileBytes + BYTES_PER_PIXEL * Math.min(pixels, MAX_PIXELS);
    return (int) (bytes >> 20) + 1;
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
      String what, String where, String remedy, @Nullable Throwable cause) {
    return new PictureException(what, where, remedy, cause);
  }
}
