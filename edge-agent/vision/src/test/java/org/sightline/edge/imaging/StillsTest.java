package org.sightline.edge.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.domain.BgrPicture;

class StillsTest {
  private static final int RED = 2;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "jpg"})
  void readsPixelsOf(String format) throws Exception {
    BgrPicture picture = Stills.decode(redLeftOfBlue(format), "test");
    assertThat(picture.widthPx()).isEqualTo(64);
    assertThat(picture.heightPx()).isEqualTo(32);
    assertThat(DrawnPictures.channel(picture, 8, 16, RED)).isGreaterThan(240);
    assertThat(DrawnPictures.channel(picture, 56, 16, RED)).isLessThan(15);
  }

  @Test
  void readsGreyMapsWithComments() throws Exception {
    byte[] file = pgm("P5\n# made by hand\n3 2\n255\n", 10, 20, 30, 40, 50, 60);
    BgrPicture picture = Stills.decode(file, "test");
    assertThat(DrawnPictures.channel(picture, 2, 1, RED)).isEqualTo(60);
  }

  @ParameterizedTest
  @CsvSource({"1,64,32,8,16", "3,64,32,56,16", "6,32,64,16,8", "8,32,64,16,56"})
  void turnsPicturesAsTheirExifOrientationSays(
      int orientation, int width, int height, int redX, int redY) throws Exception {
    BgrPicture picture = Stills.decode(withOrientation(redLeftOfBlue("jpg"), orientation), "test");
    assertThat(picture.widthPx()).isEqualTo(width);
    assertThat(picture.heightPx()).isEqualTo(height);
    assertThat(DrawnPictures.channel(picture, redX, redY, RED)).isGreaterThan(240);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "jpg"})
  void refusesEveryTruncationOf(String format) throws Exception {
    byte[] whole = redLeftOfBlue(format);
    for (int length = 0; length < whole.length - 8; length += 1 + whole.length / 150) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Stills.decode(cut, "test"))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(PictureException.class);
    }
  }

  /** As a copy that stopped half way and was fixed by a tool. */
  @Test
  void refusesAJpegOfWhichThePartBeforeTheEndIsMissing() throws Exception {
    byte[] whole = noisyJpeg(false);
    byte[] half = Arrays.copyOf(whole, whole.length / 2 + 200);
    System.arraycopy(whole, whole.length - 200, half, whole.length / 2, 200);
    assertThatThrownBy(() -> Stills.decode(half, "half.jpg"))
        .isInstanceOf(PictureException.class)
        .hasMessageContaining("the picture is damaged")
        .hasMessageContaining("half.jpg");
  }

  /** As a card that lost a block. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void refusesAJpegWithAHole(boolean progressive) throws Exception {
    byte[] holed = noisyJpeg(progressive);
    Arrays.fill(holed, holed.length / 2, holed.length / 2 + holed.length / 16, (byte) 0);
    assertThatThrownBy(() -> Stills.decode(holed, "hole.jpg"))
        .isInstanceOf(PictureException.class)
        .hasMessageContaining("damaged");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsAWholeJpegWithSomethingBehindItsEnd(boolean progressive) throws Exception {
    byte[] whole = noisyJpeg(progressive);
    byte[] followed = Arrays.copyOf(whole, whole.length + 1000);
    assertThat(Stills.decode(followed, "test").widthPx()).isEqualTo(320);
  }

  @ParameterizedTest
  @CsvSource({
    "52494646000000005745425056503820, a WebP picture",
    "0000001c6674797068656963000000006d69663168656963, a HEIC picture",
    "0000001c667479706d696631000000006d69663168656963, a HEIC picture",
    "0000001c6674797061766966000000006d69663161766966, an AVIF picture",
    "0000001c667479706d696631000000006d69663161766966, an AVIF picture",
    "0000001c6674797069736f6d0000000069736f6d, a film",
    "49492a0008000000, a TIFF picture",
    "4d4d002a00000008, a TIFF picture",
    "474946383961, a GIF picture",
    "ff0a, a JPEG XL picture",
    "0000000c6a5020200d0a870a, a JPEG 2000 picture",
    "255044462d312e34, a PDF document",
  })
  void saysWhatAFileWithAWrongEndingIs(String start, String format) throws Exception {
    byte[] file = Arrays.copyOf(HexFormat.of().parseHex(start), 200);
    Path named = Files.write(folder.resolve("a.jpg"), file);
    assertThatThrownBy(() -> Stills.read(named))
        .hasMessageContaining("the file is " + format)
        .hasMessageContaining("give a JPEG, PNG");
  }

  @Test
  void theMemoryOfAPictureIsKnownFromItsFirstBytes() throws Exception {
    Path small = Files.write(folder.resolve("small.jpg"), noisyJpeg(false));
    byte[] header = Arrays.copyOf(noisyJpeg(false), 70_000);
    int frame = indexOfFrame(header);
    ByteBuffer.wrap(header).putShort(frame + 5, (short) 7000).putShort(frame + 7, (short) 7000);
    Path large = Files.write(folder.resolve("large.jpg"), header);
    assertThat(Stills.memoryMiB(small)).isLessThan(5);
    assertThat(Stills.memoryMiB(large)).isBetween(400, 450);
  }

  private static int indexOfFrame(byte[] jpeg) {
    for (int i = 0; i < jpeg.length; i++) {
      if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == 0xc0) {
        return i;
      }
    }
    throw new AssertionError("no frame");
  }

  private static byte[] noisyJpeg(boolean progressive) throws IOException {
    BufferedImage noise = new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(3);
    for (int i = 0; i < 320 * 240; i++) {
      noise.setRGB(i % 320, i / 320, random.nextInt(1 << 24));
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setProgressiveMode(
          progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
      writer.setOutput(out);
      writer.write(null, new IIOImage(noise, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return file.toByteArray();
  }

  @Test
  void refusesADecompressionBombBeforeDecodingIt() throws Exception {
    byte[] file = redLeftOfBlue("png");
    ByteBuffer header = ByteBuffer.wrap(file).putInt(16, 60_000).putInt(20, 60_000);
    CRC32 sum = new CRC32();
    sum.update(file, 12, 17);
    header.putInt(29, (int) sum.getValue());
    assertThatThrownBy(() -> Stills.decode(file, "bomb.png"))
        .isInstanceOf(PictureException.class)
        .hasMessageContaining("too large: bomb.png")
        .hasMessageContaining("50 megapixels");
  }

  @Test
  void refusesWhatIsNoPicture() throws Exception {
    Path text = Files.writeString(folder.resolve("notes.jpg"), "not a picture at all, only words");
    assertThatThrownBy(() -> Stills.read(text))
        .isInstanceOf(PictureException.class)
        .hasMessageContaining("not a picture: " + text);
  }

  @Test
  void refusesAnEmptyFile() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.png"));
    assertThatThrownBy(() -> Stills.read(empty)).hasMessageContaining("is empty: " + empty);
  }

  @Test
  void refusesAMissingFileAndAFolder() {
    assertThatThrownBy(() -> Stills.read(folder.resolve("gone.png")))
        .isInstanceOf(PictureException.class)
        .hasMessageContaining("no such picture");
    assertThatThrownBy(() -> Stills.read(folder)).hasMessageContaining("no such picture");
  }

  @Test
  void noiseBehindAnyMarkIsRefusedOrReadButNeverFailsOtherwise() throws Exception {
    Random random = new Random(7);
    for (String format : new String[] {"png", "bmp", "jpg"}) {
      for (int round = 0; round < 60; round++) {
        byte[] file = redLeftOfBlue(format);
        for (int i = 0; i < 20; i++) {
          file[8 + random.nextInt(file.length - 8)] = (byte) random.nextInt();
        }
        try {
          Stills.decode(file, "test");
        } catch (PictureException refused) {
          assertThat(refused.where()).isEqualTo("test");
        }
      }
    }
  }

  private static byte[] redLeftOfBlue(String format) throws IOException {
    BufferedImage image = new BufferedImage(64, 32, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 64; x++) {
        image.setRGB(x, y, x < 32 ? 0xff0000 : 0x0000ff);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }

  private static byte[] withOrientation(byte[] jpeg, int orientation) {
    byte[] exif = {
      (byte) 0xff,
      (byte) 0xe1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      0x01,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation,
      0,
      0,
      0,
      0,
      0,
      0
    };
    return ByteBuffer.allocate(jpeg.length + exif.length)
        .put(jpeg, 0, 2)
        .put(exif)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  private static byte[] pgm(String header, int... samples) {
    ByteBuffer file = ByteBuffer.allocate(header.length() + samples.length);
    file.put(header.getBytes(StandardCharsets.US_ASCII));
    for (int sample : samples) {
      file.put((byte) sample);
    }
    return file.array();
  }
}
