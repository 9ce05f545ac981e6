package org.sightline.edge.crypto;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.VanId;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON with one spelling: a value has exactly one sequence of bytes, and nothing else is read.
 * Unknown, repeated, missing or reordered keys, other white space, other number formats and
 * anything after the value are all refused by that one rule.
 */
public final class CanonicalJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .addMixIn(DeploymentId.class, Text.class)
          .addMixIn(VanId.class, Text.class)
          .build();

  private CanonicalJson() {}

  /** Lets a record of one text stand in JSON as that text. */
  private abstract static class Text {
    @SuppressWarnings("UnusedVariable") // Jackson matches the record's constructor by this shape.
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Text(String value) {}

    @JsonValue
    abstract String value();
  }

  /** The bytes of a record, UTF-8, without a line end. */
  public static byte[] write(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /** The record that has exactly these bytes; empty if there is none. */
  public static <T> Optional<T> read(byte[] json, Class<T> type) {
    try {
      T value = MAPPER.readValue(json, type);
      return value != null && Arrays.equals(json, write(value))
          ? Optional.of(value)
          : Optional.empty();
    } catch (JacksonException e) {
      // Its message quotes the input, which may be a key.
      return Optional.empty();
    }
  }
}
