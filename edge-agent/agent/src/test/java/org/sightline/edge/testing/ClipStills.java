package org.sightline.edge.testing;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.CameraSettings.Pace;
import org.sightline.edge.capture.FrameSource;
import org.sightline.edge.capture.FrameSources;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.imaging.Resampler;

/** Stills of a recorded clip, as portraits of somebody who agreed to be in it. */
public final class ClipStills {
  private ClipStills() {}

  /** Writes the first of every so many frames into a new folder, as PNG. */
  public static List<Path> every(int frames, Path clip, Path folder) throws Exception {
    Files.createDirectories(folder);
    List<Path> stills = new ArrayList<>();
    try (FrameSource source = FrameSources.open(fastest("stills", clip))) {
      for (Frame next = source.next(); next != null; next = source.next()) {
        try (Frame frame = next) {
          if (frame.number() % frames == 0) {
            Path still = folder.resolve("%03d.png".formatted(frame.number()));
            ImageIO.write(image(frame.picture()), "png", still.toFile());
            stills.add(still);
          }
        }
      }
    }
    return stills;
  }

  /** A clip as a camera that waits for its viewer. */
  public static CameraSettings fastest(String id, Path clip) {
    return CameraSettings.of(new CameraId(id), clip.toString()).at(Pace.FASTEST);
  }

  private static BufferedImage image(Picture picture) {
    int widthPx = picture.widthPx();
    int heightPx = picture.heightPx();
    BgrPicture bgr = BgrPicture.allocate(widthPx, heightPx);
    new Resampler().resample(picture, bgr);
    byte[] row = new byte[3 * widthPx];
    BufferedImage image = new BufferedImage(widthPx, heightPx, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < heightPx; y++) {
      bgr.data().get(y * bgr.strideBytes(), row);
      for (int x = 0; x < widthPx; x++) {
        image.setRGB(
            x, y, (row[3 * x + 2] & 255) << 16 | (row[3 * x + 1] & 255) << 8 | (row[3 * x] & 255));
      }
    }
    return image;
  }
}
