package org.sightline.edge.models.graph;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A protobuf message under construction, its fields in the order they are added. */
final class ProtobufMessage {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  ProtobufMessage integer(int field, long value) {
    return with(() -> out.writeInt64(field, value));
  }

  /** One field per value: not packed. */
  ProtobufMessage integers(int field, Iterable<Integer> values) {
    values.forEach(value -> integer(field, value));
    return this;
  }

  ProtobufMessage text(int field, String value) {
    return with(() -> out.writeString(field, value));
  }

  ProtobufMessage bytes(int field, byte[] value) {
    return with(() -> out.writeByteArray(field, value));
  }

  ProtobufMessage message(int field, ProtobufMessage value) {
    return bytes(field, value.toByteArray());
  }

  ProtobufMessage messages(int field, Iterable<ProtobufMessage> values) {
    values.forEach(value -> message(field, value));
    return this;
  }

  byte[] toByteArray() {
    with(out::flush);
    return bytes.toByteArray();
  }

  private ProtobufMessage with(Write write) {
    try {
      write.run();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }

  @FunctionalInterface
  private interface Write {
    void run() throws IOException;
  }
}
