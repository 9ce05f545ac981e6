package org.sightline.edge.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** Finds JPEGs that lie in the open, as bytes or in Base64, anywhere in a file. */
public final class PictureSearch {
  private PictureSearch() {}

  /** The files under a folder that hold a picture. */
  public static List<Path> under(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (holdsPicture(Files.readAllBytes(file))) {
          found.add(file);
        }
      }
    }
    return found;
  }

  private static boolean holdsPicture(byte[] bytes) {
    // Base64 of the first three bytes of every JPEG.
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (int at = text.indexOf("/9j/"); at >= 0; at = text.indexOf("/9j/", at + 1)) {
      int end = at;
      while (end < text.length() && isBase64(text.charAt(end))) {
        end++;
      }
      int length = (end - at) / 4 * 4;
      if (isPicture(Base64.getDecoder().decode(text.substring(at, at + length)), 0)) {
        return true;
      }
    }
    for (int at = 0; at + 2 < bytes.length; at++) {
      if (bytes[at] == (byte) 0xff
          && bytes[at + 1] == (byte) 0xd8
          && bytes[at + 2] == (byte) 0xff
          && isPicture(bytes, at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBase64(char c) {
    return c < 128 && (Character.isLetterOrDigit(c) || c == '+' || c == '/');
  }

  private static boolean isPicture(byte[] bytes, int from) {
    try {
      return ImageIO.read(new ByteArrayInputStream(bytes, from, bytes.length - from)) != null;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }
}
