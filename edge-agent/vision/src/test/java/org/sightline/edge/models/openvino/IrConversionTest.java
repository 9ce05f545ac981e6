package org.sightline.edge.models.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.SharedFiles;

class IrConversionTest {
  private static final String SMALL_NETWORK =
      """
      <?xml version="1.0"?>
      <net name="small" version="11">
        <layers>
          <layer id="0" type="Parameter"><data shape="1,2,1,1" element_type="f32"/>
            <output><port id="0"><dim>1</dim><dim>2</dim><dim>1</dim><dim>1</dim></port></output></layer>
          <layer id="1" type="Const"><data shape="1, 2, 1, 1" element_type="f16" offset="0" size="4"/>
            <output><port id="0"><dim>1</dim><dim>2</dim><dim>1</dim><dim>1</dim></port></output></layer>
          <layer id="2" type="Convert"><data destination_type="f32"/>
            <input><port id="0"/></input>
            <output><port id="1"><dim>1</dim><dim>2</dim><dim>1</dim><dim>1</dim></port></output></layer>
          <layer id="3" type="Multiply"><data auto_broadcast="numpy"/>
            <input><port id="0"/><port id="1"/></input>
            <output><port id="2"><dim>1</dim><dim>2</dim><dim>1</dim><dim>1</dim></port></output></layer>
          <layer id="4" type="Result"><input><port id="0"/></input></layer>
        </layers>
        <edges>
          <edge from-layer="1" from-port="0" to-layer="2" to-port="0"/>
          <edge from-layer="0" from-port="0" to-layer="3" to-port="0"/>
          <edge from-layer="2" from-port="1" to-layer="3" to-port="1"/>
          <edge from-layer="3" from-port="2" to-layer="4" to-port="0"/>
        </edges>
      </net>
      """;

  /** Two channels in another order, a constant taken off each, the largest of four values. */
  private static final String CHANNELS =
      """
      <?xml version="1.0"?>
      <net name="channels" version="11">
        <layers>
          <layer id="0" type="Parameter"><data shape="1,2,2,2" element_type="f32"/>
            <output><port id="0"><dim>1</dim><dim>2</dim><dim>2</dim><dim>2</dim></port></output></layer>
          <layer id="1" type="Const"><data shape="2" element_type="i32" offset="0" size="8"/>
            <output><port id="0"><dim>2</dim></port></output></layer>
          <layer id="2" type="Const"><data shape="1" element_type="i32" offset="8" size="4"/>
            <output><port id="0"><dim>1</dim></port></output></layer>
          <layer id="3" type="Gather"><data batch_dims="0"/>
            <input><port id="0"/><port id="1"/><port id="2"/></input>
            <output><port id="3"><dim>1</dim><dim>2</dim><dim>2</dim><dim>2</dim></port></output></layer>
          <layer id="4" type="Const"><data shape="1, 2, 1, 1" element_type="f32" offset="12" size="8"/>
            <output><port id="0"><dim>1</dim><dim>2</dim><dim>1</dim><dim>1</dim></port></output></layer>
          <layer id="5" type="Subtract"><data auto_broadcast="numpy"/>
            <input><port id="0"/><port id="1"/></input>
            <output><port id="2"><dim>1</dim><dim>2</dim><dim>2</dim><dim>2</dim></port></output></layer>
          <layer id="6" type="MaxPool"><data strides="2, 2" pads_begin="0, 0" pads_end="0, 0" kernel="2, 2" rounding_type="floor"/>
            <input><port id="0"/></input>
            <output><port id="1"><dim>1</dim><dim>2</dim><dim>1</dim><dim>1</dim></port></output></layer>
          <layer id="7" type="Result"><input><port id="0"/></input></layer>
        </layers>
        <edges>
          <edge from-layer="0" from-port="0" to-layer="3" to-port="0"/>
          <edge from-layer="1" from-port="0" to-layer="3" to-port="1"/>
          <edge from-layer="2" from-port="0" to-layer="3" to-port="2"/>
          <edge from-layer="3" from-port="3" to-layer="5" to-port="0"/>
          <edge from-layer="4" from-port="0" to-layer="5" to-port="1"/>
          <edge from-layer="5" from-port="2" to-layer="6" to-port="0"/>
          <edge from-layer="6" from-port="1" to-layer="7" to-port="0"/>
        </edges>
      </net>
      """;

  @TempDir Path folder;

  private Path xml;
  private Path bin;

  @BeforeEach
  void aSmallNetwork() throws IOException {
    xml = Files.writeString(folder.resolve("small.xml"), SMALL_NETWORK);
    bin = Files.write(folder.resolve("small.bin"), new byte[] {0, 0x3c, 0, (byte) 0xc0});
  }

  @Test
  void intelsNetworkIsConvertedToThePublishedBytes() throws Exception {
    Path models = SharedFiles.models();
    byte[] onnx =
        IrConversion.toOnnx(
            models.resolve("openvino-ir/face-reidentification-retail-0095.FP16.xml"),
            models.resolve("openvino-ir/face-reidentification-retail-0095.FP16.bin"));
    assertThat(models.resolve("embedder/face-reidentification-retail-0095.onnx"))
        .hasBinaryContent(onnx);
  }

  @Test
  void aConvertedNetworkRunsOnBatchesOfAnySize() throws Exception {
    byte[] onnx = IrConversion.toOnnx(xml, bin);
    float[] faces = {1, 2, 3, 4, 5, 6};
    try (OrtEnvironment environment = OrtEnvironment.getEnvironment();
        OrtSession session = environment.createSession(onnx);
        OnnxTensor input =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(faces), new long[] {3, 2, 1, 1});
        OrtSession.Result result = session.run(Map.of("input", input))) {
      assertThat((float[][]) result.get("embedding").orElseThrow().getValue())
          .isDeepEqualTo(new float[][] {{1, -4}, {3, -8}, {5, -12}});
    }
  }

  @Test
  void intelsLandmarkRegressorGivesWhatItsReferenceGives() throws Exception {
    Path models = SharedFiles.models();
    Path published = models.resolve("landmarks/landmarks-regression-retail-0009.xml");
    byte[] onnx =
        IrConversion.toOnnx(
            published, models.resolve("landmarks/landmarks-regression-retail-0009.bin"));
    float[] bgr = new float[3 * 48 * 48];
    Random random = new Random(3);
    for (int i = 0; i < bgr.length; i++) {
      bgr[i] = random.nextInt(256);
    }
    // The reference wants the channels the other way round.
    float[] rgb = new float[bgr.length];
    for (int channel = 0; channel < 3; channel++) {
      System.arraycopy(bgr, channel * 48 * 48, rgb, (2 - channel) * 48 * 48, 48 * 48);
    }
    float[] reference =
        outputOf(
            Files.readAllBytes(models.resolve("landmarks/landmarks-regression-retail-0009.onnx")),
            rgb,
            3,
            48,
            48);
    assertThat(outputOf(onnx, bgr, 3, 48, 48)).containsExactly(reference, within(1e-5f));
  }

  @Test
  void channelsAreReorderedSubtractedFromAndPooledByTheirMaximum() throws Exception {
    Files.writeString(xml, CHANNELS);
    ByteBuffer weights = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    weights.putInt(1).putInt(0).putInt(1).putFloat(10).putFloat(20);
    Files.write(bin, weights.array());
    // The second channel comes first, less 10; of each the largest of four.
    assertThat(
            outputOf(IrConversion.toOnnx(xml, bin), new float[] {1, 2, 3, 4, 5, 6, 8, 7}, 2, 2, 2))
        .containsExactly(8 - 10, 4 - 20);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 9", "4, -1"})
  void aChoiceOfSomethingElseThanTheChannelsIsRefused(int axisOrIndexAt, int value)
      throws IOException {
    Files.writeString(xml, CHANNELS);
    ByteBuffer weights = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    weights.putInt(1).putInt(0).putInt(1).putFloat(10).putFloat(20);
    int[] places = {8, 0, 0, 0, 4};
    weights.putInt(places[axisOrIndexAt], value);
    Files.write(bin, weights.array());
    assertRefused();
  }

  private static float[] outputOf(byte[] onnx, float[] values, long... shape) throws Exception {
    try (OrtEnvironment environment = OrtEnvironment.getEnvironment();
        OrtSession session = environment.createSession(onnx);
        OnnxTensor input =
            OnnxTensor.createTensor(
                environment,
                FloatBuffer.wrap(values),
                new long[] {1, shape[0], shape[1], shape[2]});
        OrtSession.Result result =
            session.run(Map.of(session.getInputNames().iterator().next(), input))) {
      FloatBuffer output = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] copied = new float[output.remaining()];
      output.get(copied);
      return copied;
    }
  }

  @Test
  void equalInputsGiveEqualBytes() throws Exception {
    assertThat(IrConversion.toOnnx(xml, bin)).isEqualTo(IrConversion.toOnnx(xml, bin));
  }

  @ParameterizedTest
  @CsvSource({
    "0x0000, 0.0",
    "0x8000, -0.0",
    "0x3c00, 1.0",
    "0xc000, -2.0",
    "0x7bff, 65504.0",
    "0x0400, 6.103515625e-05",
    "0x0001, 5.960464477539063e-08",
    "0x83ff, -6.097555160522461e-05",
    "0x7c00, Infinity",
    "0xfc00, -Infinity",
    "0x7e00, NaN"
  })
  void aHalfIsWidenedExactly(int half, float expected) {
    ByteBuffer halves = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
    halves.putShort(0, (short) half);
    byte[] widened = Constant.ofHalves(List.of(1), halves).littleEndianFloats();
    assertThat(ByteBuffer.wrap(widened).order(ByteOrder.LITTLE_ENDIAN).getInt())
        .isEqualTo(Float.floatToIntBits(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version='11'|version='10'",
        "<net |<nets ",
        "<layers>|<layers/><layers>",
        "id='3'|id='7'",
        "id='3'|id='three'",
        "type='Multiply'|type='Divide'",
        "type='Multiply'|type='Add' type='Multiply'",
        "element_type='f32'|element_type='u8'",
        "element_type='f16'|element_type='f32'",
        "destination_type='f32'|destination_type='i64'",
        "auto_broadcast='numpy'|auto_broadcast='pdpd'",
        "shape='1,2,1,1'|shape='1,-2,1,1'",
        "shape='1,2,1,1'|shape='1,x,1,1'",
        "shape='1,2,1,1'|shap='1,2,1,1'",
        "shape='1, 2, 1, 1'|shape='1, 2, 2147483647, 2147483647'",
        "shape='1, 2, 1, 1'|shape='1, 3, 1, 1'",
        "shape='1, 2, 1, 1'|shape=''",
        "offset='0'|offset='1'",
        "offset='0'|offset='-1'",
        "offset='0'|offset='9223372036854775807'",
        "size='4'|size='-4'",
        "size='4'|size='nan'",
        "from-layer='2'|from-layer='3'",
        "from-layer='2'|from-layer='-1'",
        "from-layer='2'|from-layer='99'",
        "to-layer='3' to-port='1'|to-layer='3' to-port='0'",
        "to-layer='2'|to-layer='9'",
        "type='Parameter'|type='Result'",
        "type='Result'|type='Sigmoid'",
        "from-layer='3'|from-layer='4'"
      })
  void aSpoiltDescriptionIsRefused(String good, String bad) throws IOException {
    String spoilt = SMALL_NETWORK.replace(good.replace('\'', '"'), bad.replace('\'', '"'));
    assertThat(spoilt).isNotEqualTo(SMALL_NETWORK);
    Files.writeString(xml, spoilt);
    assertRefused();
  }

  @Test
  void aDescriptionCutShortAnywhereIsRefused() throws IOException {
    String text = SMALL_NETWORK.strip();
    for (int length = 0; length < text.length(); length += 29) {
      Files.writeString(xml, text.substring(0, length));
      assertRefused();
    }
  }

  @Test
  void weightsCutShortAreRefused() throws IOException {
    Files.write(bin, new byte[3]);
    assertRefused();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE net [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>",
        "<!DOCTYPE net [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>",
        "<!DOCTYPE net SYSTEM \"http://127.0.0.1:1/net.dtd\">"
      })
  void aDocumentTypeIsRefused(String doctype) throws IOException {
    Files.writeString(xml, SMALL_NETWORK.replace("?>", "?>" + doctype));
    assertRefused();
  }

  @Test
  void noiseIsRefused() throws IOException {
    Random random = new Random(7);
    byte[] noise = new byte[4096];
    for (int i = 0; i < 20; i++) {
      random.nextBytes(noise);
      Files.write(xml, noise);
      assertRefused();
    }
  }

  @Test
  void aDescriptionOfUnreasonableSizeIsRefused() throws IOException {
    Files.write(xml, new byte[(16 << 20) + 1]);
    assertRefused();
  }

  private void assertRefused() {
    assertThatExceptionOfType(IrException.class)
        .isThrownBy(() -> IrConversion.toOnnx(xml, bin))
        .satisfies(e -> assertThat(e.where()).isEqualTo(xml.toString()))
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
  }
}
