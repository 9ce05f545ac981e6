package org.sightline.edge.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.Zone;
import org.sightline.edge.testing.SampleCameras;

/** A snapshot of a grey wall. */
class MosaicTest {
  private static final int GREY = 120;

  @TempDir private Path folder;
  private Path file;
  private final BgrPicture view = BgrPicture.allocate(160, 120);

  @BeforeEach
  void aGreyWall() {
    file = folder.resolve("aim.png");
    for (int i = 0; i < view.data().capacity(); i++) {
      view.data().put(i, (byte) GREY);
    }
  }

  private BufferedImage written(Zone zone) throws Exception {
    Files.write(file, Mosaic.of(view).png(zone));
    return ImageIO.read(file.toFile());
  }

  private static int grey(BufferedImage image, double x, double y) {
    return image
        .getRaster()
        .getSample(
            (int) Math.round(x * (image.getWidth() - 1)),
            (int) Math.round(y * (image.getHeight() - 1)),
            0);
  }

  @Test
  void theOutlineOfAZoneIsDrawnOnItsEdgesAndNowhereElse() throws Exception {
    BufferedImage image = written(SampleCameras.LEFT_HALF);

    int wall = grey(image, 0.25, 0.5);
    for (double share : new double[] {0, 0.1, 0.37, 0.5, 0.93, 1}) {
      assertThat(grey(image, 0.5, share)).as("right edge").isIn(0, 255);
      assertThat(grey(image, 0, share)).as("left edge").isIn(0, 255);
      assertThat(grey(image, 0.5 * share, 1)).as("lower edge").isIn(0, 255);
      assertThat(grey(image, 0.51 + 0.48 * share, 0.5)).as("beside it").isEqualTo(wall);
    }
  }

  @Test
  void withoutAZoneThereIsNoOutline() throws Exception {
    BufferedImage image = written(null);

    for (double share : new double[] {0, 0.25, 0.5, 1}) {
      assertThat(grey(image, share, 1 - share)).isBetween(1, 254);
    }
  }
}
