package org.sightline.edge.inference.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
