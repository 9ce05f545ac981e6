package org.sightline.edge.testing.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.Template;
import org.sightline.edge.imaging.JpegCodec;
import org.sightline.edge.store.Database;
import org.sightline.edge.testing.Endurance;
import org.sightline.edge.testing.trace.Trace.Kind;

/** Everything in every form that the search is trusted to find. */
class TraceSearchTest {
  private static final int SIDE_PX = 64;
  private static final Random RANDOM = new Random(1);
  private static final float[] TEMPLATE = template();
  private static final PixelCrop CROP = crop();
  private static final BoxPx BOX = new BoxPx(312.4375f, 87.8125f, 64.71f, 71.22f);
  private static final TraceSearch SEARCH =
      new TraceSearch(new Traces(List.of(TEMPLATE), List.of(CROP), List.of(BOX)));

  @TempDir private Path folder;

  private static final class Form {
    private final String name;
    private final byte[] bytes;

    Form(String name, byte[] bytes) {
      this.name = name;
      this.bytes = bytes;
    }

    byte[] bytes() {
      return bytes;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Form> templates() {
    float[] scaled = times(37.5f, TEMPLATE);
    return Stream.concat(
        Stream.of(
            binary("of floats", TEMPLATE, 4, ByteOrder.LITTLE_ENDIAN),
            binary("of floats, big-endian", TEMPLATE, 4, ByteOrder.BIG_ENDIAN),
            binary("of doubles", TEMPLATE, 8, ByteOrder.LITTLE_ENDIAN),
            binary("of doubles, big-endian", TEMPLATE, 8, ByteOrder.BIG_ENDIAN),
            binary("of half floats", TEMPLATE, 2, ByteOrder.LITTLE_ENDIAN),
            binary("of half floats, big-endian", TEMPLATE, 2, ByteOrder.BIG_ENDIAN),
            binary("of bytes", times(127, TEMPLATE), 1, ByteOrder.BIG_ENDIAN),
            binary("of bytes of its own scale", times(300, TEMPLATE), 1, ByteOrder.BIG_ENDIAN),
            binary("not scaled to length 1", scaled, 4, ByteOrder.LITTLE_ENDIAN),
            binary("in part", Arrays.copyOfRange(TEMPLATE, 20, 64), 4, ByteOrder.LITTLE_ENDIAN),
            binary(
                "three values of it", Arrays.copyOfRange(TEMPLATE, 9, 12), 4, ByteOrder.BIG_ENDIAN),
            text(
                "as printed by Java",
                decimals(TEMPLATE, ", ", value -> Float.toString((float) value))),
            text("with three places", decimals(TEMPLATE, " ", "%.3f"::formatted)),
            text("with exponents", decimals(TEMPLATE, ";", "%.4e"::formatted)),
            text("in lines", decimals(scaled, "\n", "%.2f"::formatted)),
            text(
                "three values of it, four digits",
                decimals(Arrays.copyOfRange(TEMPLATE, 30, 33), "|", "%.5f"::formatted))),
        coded(binary("of floats", TEMPLATE, 4, ByteOrder.LITTLE_ENDIAN)));
  }

  private static Stream<Form> pixels() {
    return Stream.of(
            List.of(
                new Form("blue, green, red", CROP.pixels()),
                new Form("red, green, blue", CROP.rgb()),
                new Form("grey", CROP.grey()),
                new Form("red alone", CROP.channel(2)),
                new Form(
                    "one row",
                    Arrays.copyOfRange(CROP.pixels(), 3 * SIDE_PX * 8, 3 * SIDE_PX * 9))),
            coded(new Form("blue, green, red", CROP.pixels())).toList())
        .flatMap(List::stream);
  }

  private static Stream<Form> pictures() throws Exception {
    Form jpeg = new Form("JPEG", jpeg(95));
    return Stream.concat(
        Stream.of(
            jpeg,
            new Form("JPEG of low quality", jpeg(30)),
            new Form("PNG", imageIo("png")),
            new Form("BMP", imageIo("bmp")),
            new Form("WebP", webp())),
        coded(jpeg));
  }

  private static Stream<Form> boxes() {
    float[] box = {BOX.x(), BOX.y(), BOX.width(), BOX.height()};
    float[] corners = {BOX.x(), BOX.y(), BOX.right(), BOX.bottom()};
    return Stream.of(
        text("rounded", decimals(box, ", ", "%.0f"::formatted)),
        text("cut to whole pixels", decimals(box, " ", value -> String.valueOf((int) value))),
        text("with one place", decimals(box, ",", "%.1f"::formatted)),
        text("with two places", decimals(box, " x ", "%.2f"::formatted)),
        text("with three places", decimals(box, ";", "%.3f"::formatted)),
        text("as Java prints it", BOX.toString()),
        text(
            "as JSON",
            "{\"x\":%.1f,\"y\":%.1f,\"width\":%.1f,\"height\":%.1f}"
                .formatted(BOX.x(), BOX.y(), BOX.width(), BOX.height())),
        text("by its corners", decimals(corners, " ", "%.0f"::formatted)),
        binary("of floats", box, 4, ByteOrder.LITTLE_ENDIAN),
        binary("of floats, big-endian", box, 4, ByteOrder.BIG_ENDIAN),
        binary("of doubles", box, 8, ByteOrder.LITTLE_ENDIAN),
        binary("of doubles, big-endian", box, 8, ByteOrder.BIG_ENDIAN),
        coded(text("in numbers", decimals(box, ", ", "%.1f"::formatted))).toList().get(0));
  }

  private static Stream<Arguments> everything() throws Exception {
    List<Arguments> all = new ArrayList<>();
    templates().forEach(form -> all.add(Arguments.of(Kind.TEMPLATE, form)));
    pixels().forEach(form -> all.add(Arguments.of(Kind.PIXELS, form)));
    pictures().forEach(form -> all.add(Arguments.of(Kind.PICTURE, form)));
    boxes().forEach(form -> all.add(Arguments.of(Kind.BOX, form)));
    return all.stream();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("everything")
  void itIsFoundAmongOtherThings(Kind kind, Form form) throws Exception {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write(noise(1001));
    content.write('\n');
    content.write(form.bytes());
    content.write('\n');
    content.write(noise(777));

    assertThat(SEARCH.in("file", content.toByteArray())).contains(new Trace(kind, "file"));
  }

  @Test
  void whatIsNearToATemplateIsFoundAsTheFusionOfViewsIs() {
    float[] near = TEMPLATE.clone();
    for (int i = 0; i < near.length; i++) {
      near[i] += (float) (0.05 * RANDOM.nextGaussian());
    }
    byte[] bytes = binary("", near, 4, ByteOrder.LITTLE_ENDIAN).bytes();

    assertThat(SEARCH.in("file", bytes)).containsExactly(new Trace(Kind.TEMPLATE, "file"));
  }

  @Test
  void everythingIsFoundInATableOfADatabase() throws Exception {
    try (Database database = Database.open(folder)) {
      database.write(
          transaction -> {
            transaction.update("CREATE TABLE leak (value BLOB)");
            byte[] template = binary("", TEMPLATE, 4, ByteOrder.LITTLE_ENDIAN).bytes();
            for (byte[] value : List.of(template, CROP.pixels(), jpeg(95))) {
              transaction.update("INSERT INTO leak VALUES (?)", (Object) value);
            }
            return transaction.update("INSERT INTO leak VALUES (?)", BOX.toString());
          });
      assertThat(SEARCH.under(folder))
          .extracting(Trace::kind)
          .contains(Kind.TEMPLATE, Kind.PIXELS, Kind.BOX);
      assertThat(PictureSearch.under(folder)).isNotEmpty();
    }
  }

  @Test
  void nothingIsFoundInNoise() {
    assertThat(SEARCH.in("file", noise(Endurance.times(1_000_000, 3_000_000)))).isEmpty();
  }

  @Test
  void nothingIsFoundInCodedNoise() {
    byte[] text = Base64.getEncoder().encode(noise(Endurance.times(100_000, 300_000)));
    assertThat(SEARCH.in("file", text)).isEmpty();
  }

  @Test
  void nothingIsFoundInWhatBelongsToAnotherPerson() throws Exception {
    Files.write(folder.resolve("t"), binary("", template(), 4, ByteOrder.LITTLE_ENDIAN).bytes());
    Files.write(folder.resolve("c"), crop().pixels());
    ImageIO.write(crop().image(), "png", folder.resolve("p").toFile());
    Files.writeString(folder.resolve("b"), new BoxPx(312, 90, 64, 71).toString());

    assertThat(SEARCH.under(folder)).isEmpty();
  }

  private static float[] template() {
    float[] values = new float[64];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) RANDOM.nextGaussian();
    }
    float[] unit = new float[values.length];
    Template.normalised("test", values).copyTo(unit, 0);
    return unit;
  }

  /** A blurred pattern of its own, as a face has one. */
  private static PixelCrop crop() {
    double[] turns = RANDOM.doubles(9, 2, 9).toArray();
    byte[] pixels = new byte[3 * SIDE_PX * SIDE_PX];
    for (int i = 0; i < pixels.length; i++) {
      int pixel = i / 3;
      int row = pixel / SIDE_PX;
      double x = pixel % SIDE_PX / (double) SIDE_PX;
      double y = row / (double) SIDE_PX;
      int k = 3 * (i % 3);
      double wave = Math.sin(turns[k] * x + turns[k + 1] * y) * Math.cos(turns[k + 2] * x * y);
      pixels[i] = (byte) Math.round(127 + 100 * wave + 4 * RANDOM.nextGaussian());
    }
    return new PixelCrop(SIDE_PX, SIDE_PX, 3, pixels);
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static float[] times(float factor, float[] values) {
    float[] products = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      products[i] = factor * values[i];
    }
    return products;
  }

  private static Form binary(String name, float[] values, int sizeBytes, ByteOrder order) {
    ByteBuffer bytes = ByteBuffer.allocate(sizeBytes * values.length).order(order);
    for (float value : values) {
      switch (sizeBytes) {
        case 1 -> bytes.put((byte) Math.round(value));
        case 2 -> bytes.putShort(half(value));
        case 4 -> bytes.putFloat(value);
        default -> bytes.putDouble(value);
      }
    }
    return new Form(name, bytes.array());
  }

  /** For numbers as small as those of a template, and cut instead of rounded. */
  private static short half(float value) {
    int bits = Float.floatToIntBits(value);
    int exponent = (bits >> 23 & 255) - 127 + 15;
    int size = exponent <= 0 ? 0 : exponent << 10 | (bits >> 13 & 1023);
    return (short) ((bits >>> 16 & 0x8000) | size);
  }

  private static String decimals(float[] values, String between, DoubleFunction<String> form) {
    return IntStream.range(0, values.length)
        .mapToObj(i -> form.apply(values[i]))
        .collect(Collectors.joining(between));
  }

  private static Form text(String name, String text) {
    return new Form(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same as text, in all the ways that bytes are made text. */
  private static Stream<Form> coded(Form form) {
    byte[] bytes = form.bytes();
    Stream<Form> shifted =
        IntStream.range(0, 3)
            .mapToObj(
                shift -> {
                  byte[] after = new byte[shift + bytes.length];
                  System.arraycopy(bytes, 0, after, shift, bytes.length);
                  return new Form(
                      "%s in Base64 after %d bytes".formatted(form, shift),
                      Base64.getEncoder().encode(after));
                });
    Stream<Form> others =
        Stream.of(
            new Form(form + " in Base64 for URLs", Base64.getUrlEncoder().encode(bytes)),
            new Form(form + " in Base64 in lines", Base64.getMimeEncoder().encode(bytes)),
            new Form(
                form + " in Base64 in JSON",
                ("{\"picture\":\"x/" + Base64.getEncoder().encodeToString(bytes) + "\"}")
                    .getBytes(StandardCharsets.UTF_8)),
            text(form + " in hexadecimal digits", HexFormat.of().formatHex(bytes)),
            text(
                form + " in capital hexadecimal digits",
                HexFormat.of().formatHex(bytes).toUpperCase(Locale.ROOT)));
    return Stream.concat(shifted, others);
  }

  private static BgrPicture picture() {
    BgrPicture picture = BgrPicture.allocate(SIDE_PX, SIDE_PX);
    picture.data().put(0, CROP.pixels());
    return picture;
  }

  private static byte[] jpeg(int quality) {
    Jpeg jpeg = JpegCodec.encode(picture(), quality);
    return jpeg.bytes();
  }

  private static byte[] imageIo(String format) throws Exception {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    BufferedImage image = CROP.image();
    assertThat(ImageIO.write(image, format, file)).isTrue();
    return file.toByteArray();
  }

  private static byte[] webp() throws Exception {
    byte[] png = imageIo("png");
    try (BytePointer bytes = new BytePointer(png);
        Mat coded = new Mat(bytes);
        Mat mat = opencv_imgcodecs.imdecode(coded, opencv_imgcodecs.IMREAD_COLOR);
        BytePointer file = new BytePointer()) {
      assertThat(opencv_imgcodecs.imencode(".webp", mat, file)).isTrue();
      byte[] webp = new byte[Math.toIntExact(file.limit())];
      file.get(webp);
      return webp;
    }
  }
}
