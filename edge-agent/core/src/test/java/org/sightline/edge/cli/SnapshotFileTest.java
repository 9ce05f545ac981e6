package org.sightline.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.domain.SightlineException;

class SnapshotFileTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void file() {
    file = folder.resolve("aim.png");
  }

  private static byte[] png(int widthPx) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(widthPx, 2, BufferedImage.TYPE_BYTE_GRAY), "png", png);
    return png.toByteArray();
  }

  @Test
  void aSnapshotIsAPictureForItsOwnerAlone() throws Exception {
    SnapshotFile.write(file, png(5));

    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(5);
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
  }

  @Test
  void itTakesThePlaceOfAnEarlierOne() throws Exception {
    SnapshotFile.write(file, png(50));

    SnapshotFile.write(file, png(6));

    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(6);
  }

  @Test
  void itTakesThePlaceOfNoOtherPicture() throws Exception {
    byte[] other = png(5);
    Files.write(file, other);

    assertThatExceptionOfType(SightlineException.class)
        .isThrownBy(() -> SnapshotFile.write(file, png(6)))
        .withMessageContaining("not a snapshot of Sightline: " + file);
    assertThat(file).hasBinaryContent(other);
  }
}
