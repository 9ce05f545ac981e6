package org.sightline.edge.crypto;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Place;
import org.sightline.edge.domain.VanId;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * The JSON of signed and hashed records. Written, a record has exactly one sequence of bytes. Read,
 * it is taken from the bytes as they were received, which alone are signed or hashed: nothing is
 * written again to be compared, so that how this version would write a record does not matter.
 *
 * <p>What is read says one thing only: a key that is repeated or missing, a value of another type
 * and anything after the record are refused. A member that the record does not have is refused too,
 * as it may be a rule, unless its name begins with {@value #MAY_BE_IGNORED} or the record's class
 * ignores all that it does not know. {@code docs/formats.md} says which do.
 */
public final class CanonicalJson {
  /** What a member's name begins with if a version that does not know it may pass over it. */
  public static final String MAY_BE_IGNORED = "_";

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,63}");

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              config ->
                  config
                      .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .annotationIntrospector(new AllButOptional())
          .addHandler(new PassesOver())
          .addModule(new SimpleModule().addDeserializer(byte[].class, new Base64Text()))
          .addMixIn(CameraId.class, Text.class)
          .addMixIn(DeploymentId.class, Text.class)
          .addMixIn(Place.class, Text.class)
          .addMixIn(VanId.class, Text.class)
          .build();

  private CanonicalJson() {}

  /** Serialises a record of a single string as a JSON string. */
  private abstract static class Text {
    @SuppressWarnings("UnusedVariable") // Jackson matches the record's constructor by this shape.
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Text(String value) {}

    @JsonValue
    abstract String value();
  }

  /** Serialises every member of a record except those that are {@link Optional}. */
  private static final class AllButOptional extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;
    private static final Set<Class<?>> OPTIONAL = Set.of(Optional.class, OptionalInt.class);

    @Override
    public Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
      return !OPTIONAL.contains(member.getRawType());
    }
  }

  /** Passes over members that say of themselves that they may be. */
  private static final class PassesOver extends DeserializationProblemHandler {
    @Override
    public boolean handleUnknownProperty(
        DeserializationContext context,
        JsonParser parser,
        @Nullable ValueDeserializer<?> deserializer,
        Object beanOrClass,
        String name) {
      boolean passed = name.startsWith(MAY_BE_IGNORED);
      if (passed) {
        parser.skipChildren();
      }
      return passed;
    }
  }

  /** Base64 in which no bit is without a meaning, so that no change of a key goes unnoticed. */
  private static final class Base64Text extends ValueDeserializer<byte[]> {
    @Override
    public byte[] deserialize(JsonParser parser, DeserializationContext context) {
      if (parser.hasToken(JsonToken.VALUE_STRING)) {
        byte[] text = ascii(parser);
        byte[] spelled = new byte[0];
        try {
          byte[] bytes = Base64.getDecoder().decode(text);
          spelled = Base64.getEncoder().encode(bytes);
          if (Arrays.equals(spelled, text)) {
            return bytes;
          }
        } catch (IllegalArgumentException e) {
          // Refused below, without the text, which may be a key.
        } finally {
          Arrays.fill(text, (byte) 0);
          Arrays.fill(spelled, (byte) 0);
        }
      }
      return context.reportInputMismatch(byte[].class, "not base64");
    }

    /** Not as a string, which could not be wiped. */
    private static byte[] ascii(JsonParser parser) {
      char[] characters = parser.getStringCharacters();
      int offset = parser.getStringOffset();
      byte[] text = new byte[parser.getStringLength()];
      for (int i = 0; i < text.length; i++) {
        char character = characters[offset + i];
        text[i] = character < 128 ? (byte) character : (byte) '!'; // which base64 does not have
      }
      return text;
    }
  }

  /** The bytes of a record, UTF-8, without a line end. */
  public static byte[] write(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /** The record in these bytes; empty if there is none. */
  public static <T> Optional<T> read(byte[] json, Class<T> type) {
    try {
      return Optional.ofNullable(MAPPER.readValue(json, type));
    } catch (JacksonException e) {
      // Its message quotes the input, which may be a key.
      return Optional.empty();
    }
  }

  /**
   * The name of a member by which these bytes are a record of a newer version; empty if they are
   * not read for another reason, or are.
   */
  public static Optional<String> unknownMember(byte[] json, Class<?> type) {
    try {
      MAPPER.readValue(json, type);
      return Optional.empty();
    } catch (UnrecognizedPropertyException e) {
      return Optional.of(e.getPropertyName()).filter(name -> NAME.matcher(name).matches());
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
