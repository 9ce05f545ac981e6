package org.sightline.edge.imaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;

/**
 * What a file is that this program does not read, so that its user learns what to change.
 * Telephones and web pages name such pictures .jpg as often as not.
 */
final class ForeignFormat {
  private static final int START_BYTES = 64;

  private ForeignFormat() {}

  /** Its name by the first bytes, to follow "is"; empty if they are of no format known here. */
  static Optional<String> of(byte[] bytes) {
    String start = new String(bytes, 0, Math.min(bytes.length, START_BYTES), ISO_8859_1);
    if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
      return Optional.of("a WebP picture");
    }
    if (start.startsWith("ftyp", 4)) {
      return Optional.of(ofBrands(start.substring(8)));
    }
    if (start.startsWith("II*\0") || start.startsWith("MM\0*")) {
      return Optional.of("a TIFF picture");
    }
    if (start.startsWith("GIF8")) {
      return Optional.of("a GIF picture");
    }
    if (start.startsWith("JXL ", 4) || start.startsWith("\u00ff\n")) {
      return Optional.of("a JPEG XL picture");
    }
    if (start.startsWith("jP  ", 4)) {
      return Optional.of("a JPEG 2000 picture");
    }
    if (start.startsWith("%PDF")) {
      return Optional.of("a PDF document");
    }
    return Optional.empty();
  }

  /** The main brand and those after it, of ISO base media files. */
  private static String ofBrands(String brands) {
    if (brands.contains("avif") || brands.contains("avis")) {
      return "an AVIF picture";
    }
    return brands.matches("(?s)(hei[cmsx]|hev[cmsx]|mif1|msf1).*")
        ? "a HEIC picture"
        : "a film or another file of the MP4 family";
  }
}
