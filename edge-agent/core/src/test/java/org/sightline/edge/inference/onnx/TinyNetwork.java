package org.sightline.edge.inference.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The smallest ONNX file there is, written by hand: {@code output = Identity(input)} with input
 * float32 [batch, 3, height, width].
 */
public final class TinyNetwork {
  private TinyNetwork() {}

  public static Path identity(Path file) throws IOException {
    byte[] node = join(text(1, "input"), text(2, "output"), text(4, "Identity"));
    byte[] graph =
        join(part(1, node), text(2, "tiny"), part(11, tensor("input")), part(12, tensor("output")));
    byte[] opset = join(text(1, ""), number(2, 13));
    return Files.write(file, join(number(1, 8), part(7, graph), part(8, opset)));
  }

  private static byte[] tensor(String name) {
    byte[] shape =
        join(
            part(1, text(2, "n")),
            part(1, number(1, 3)),
            part(1, text(2, "h")),
            part(1, text(2, "w")));
    byte[] type = part(1, join(number(1, 1), part(2, shape)));
    return join(text(1, name), part(2, type));
  }

  private static byte[] text(int field, String value) {
    return part(field, value.getBytes(UTF_8));
  }

  private static byte[] part(int field, byte[] value) {
    if (value.length > 127) {
      return join(
          new byte[] {
            (byte) (field << 3 | 2), (byte) ((value.length & 127) | 128), (byte) (value.length >> 7)
          },
          value);
    }
    return join(new byte[] {(byte) (field << 3 | 2), (byte) value.length}, value);
  }

  private static byte[] number(int field, int value) {
    return new byte[] {(byte) (field << 3), (byte) value};
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
