package org.sightline.edge.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.BgrPicture;

class PngChunksTest {
  private static final int BEHIND_HEADER = 33;

  private static byte[] png() throws IOException {
    BufferedImage image = new BufferedImage(4, 3, BufferedImage.TYPE_3BYTE_BGR);
    image.setRGB(1, 2, 0x204080);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }

  private static byte[] with(byte[] png, String kind, String data) {
    byte[] named = (kind + data).getBytes(StandardCharsets.ISO_8859_1);
    CRC32 sum = new CRC32();
    sum.update(named);
    return ByteBuffer.allocate(png.length + named.length + 8)
        .put(png, 0, BEHIND_HEADER)
        .putInt(data.length())
        .put(named)
        .putInt((int) sum.getValue())
        .put(png, BEHIND_HEADER, png.length - BEHIND_HEADER)
        .array();
  }

  private static byte[] needed(byte[] file) {
    ByteBuffer needed = PngChunks.needed(file);
    byte[] bytes = new byte[needed.remaining()];
    needed.get(bytes);
    return bytes;
  }

  @Test
  void profilesTextsAndTimesAreLeftOut() throws Exception {
    byte[] png = png();

    byte[] odd = with(with(with(png, "iCCP", "no profile"), "tEXt", "x"), "tIME", "never");

    assertThat(needed(odd)).isEqualTo(png);
  }

  @Test
  void whatIsTransparentAndWhichWayIsUpIsKept() throws Exception {
    byte[] turned = with(with(png(), "eXIf", "MM"), "tRNS", "......");

    assertThat(needed(turned)).isEqualTo(turned);
  }

  @Test
  void whatFollowsTheEndIsLeftOut() throws Exception {
    byte[] png = png();

    assertThat(needed(Arrays.copyOf(png, png.length + 100))).isEqualTo(png);
  }

  @Test
  void aFileOfAnotherKindIsLeftAsItIs() {
    byte[] other = {1, 2, 3};

    assertThat(needed(other)).isEqualTo(other);
  }

  @Test
  void aPictureIsReadAsIfTheOddChunksWereNotThere() throws Exception {
    BgrPicture plain = Stills.decode(png(), "plain");

    BgrPicture odd = Stills.decode(with(png(), "iCCP", "no profile"), "odd");

    assertThat(odd.data()).isEqualTo(plain.data());
  }
}
