package org.sightline.edge.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The schemas of the contract by the rules of validators that take nothing for granted, as Ajv with
 * {@code strict: true}: what is required is defined beside it, and what is limited has a type.
 */
class StrictSchemasTest {
  private static final Path FOLDER = Path.of("../../docs/contract");

  /** Schemas that are asked of the same value: what is defined around them holds for them, too. */
  private static final Set<String> OF_THE_SAME = Set.of("oneOf", "anyOf", "allOf");

  /** Names of things, and not words of a schema. */
  private static final Set<String> NAMED = Set.of("properties", "$defs", "patternProperties");

  private static final Map<String, String> TYPES =
      Map.of(
          "maxLength", "string",
          "minLength", "string",
          "pattern", "string",
          "minimum", "number",
          "maximum", "number",
          "minItems", "array",
          "maxItems", "array");

  static Stream<Path> schemas() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".schema.json")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void whatIsRequiredIsDefinedAndWhatIsLimitedHasAType(Path schema) throws Exception {
    List<String> faults = new ArrayList<>();

    look(new JsonMapper().readTree(Files.readString(schema)), "", Set.of(), List.of(), faults);

    assertThat(faults).isEmpty();
  }

  private static void look(
      JsonNode schema, String place, Set<String> defined, List<String> types, List<String> faults) {
    Set<String> here =
        schema.has("properties") ? Set.copyOf(schema.get("properties").propertyNames()) : defined;
    schema
        .path("required")
        .forEach(
            name -> {
              if (name.isString() && !here.contains(name.stringValue())) {
                faults.add(place + ": " + name.stringValue() + " is required and not defined");
              }
            });
    List<String> typesHere = schema.has("type") ? types(schema.get("type")) : types;
    TYPES.forEach(
        (word, type) -> {
          if (schema.path(word).isValueNode() && !typesHere.contains(type)) {
            faults.add(place + ": " + word + " without the type " + type);
          }
        });
    for (Map.Entry<String, JsonNode> each : schema.properties()) {
      String inner = place + "/" + each.getKey();
      if (NAMED.contains(each.getKey())) {
        each.getValue()
            .properties()
            .forEach(
                named ->
                    look(
                        named.getValue(),
                        inner + "/" + named.getKey(),
                        Set.of(),
                        List.of(),
                        faults));
      } else if (each.getValue().isArray() && OF_THE_SAME.contains(each.getKey())) {
        each.getValue().forEach(one -> look(one, inner, here, typesHere, faults));
      } else if (each.getValue().isObject()) {
        look(each.getValue(), inner, Set.of(), List.of(), faults);
      }
    }
  }

  private static List<String> types(JsonNode type) {
    List<String> types = new ArrayList<>();
    (type.isArray() ? type : List.<JsonNode>of(type))
        .forEach(each -> types.add(each.stringValue().replace("integer", "number")));
    return types;
  }
}
