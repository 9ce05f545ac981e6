package org.sightline.edge.imaging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Whether the coded data of a JPEG file is whole. Decoders draw grey, or what comes to hand, where
 * data is missing, and only warn; OpenCV keeps the warnings to itself. The one of the JDK passes
 * them on.
 */
final class JpegDamage {
  private static final String PREFIX = "Corrupt JPEG data: ";

  /** Decoded, but kept in few pixels. */
  private static final int KEPT_SIDE_PX = 64;

  private JpegDamage() {}

  /**
   * The decoder's first words about damage.
   *
   * @return empty if it has none, or cannot read the file
   */
  static Optional<String> of(byte[] file) {
    if ((file[0] & 0xff) != 0xff) {
      return Optional.empty();
    }
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    AtomicReference<String> damage = new AtomicReference<>();
    reader.addIIOReadWarningListener(
        (source, warning) -> {
          if (warning.startsWith(PREFIX)) {
            damage.compareAndSet(null, warning.substring(PREFIX.length()));
          } else if (warning.startsWith("Premature end")) {
            damage.compareAndSet(null, warning);
          }
        });
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in, true, true);
      ImageReadParam few = reader.getDefaultReadParam();
      int step = Math.max(1, Math.max(reader.getWidth(0), reader.getHeight(0)) / KEPT_SIDE_PX);
      few.setSourceSubsampling(step, step, 0, 0);
      reader.readRaster(0, few);
    } catch (IOException | RuntimeException notRead) {
      // Kinds of JPEG that this decoder does not know are left to the one that draws.
    } finally {
      reader.dispose();
    }
    return Optional.ofNullable(damage.get());
  }
}
