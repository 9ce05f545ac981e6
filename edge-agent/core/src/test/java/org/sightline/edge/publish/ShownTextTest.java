package org.sightline.edge.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.ShownText;
import org.sightline.edge.testing.SampleAlert;
import org.sightline.edge.testing.SampleCategories;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is shown of a van is limited by the published schemas, and a receiver's limits are those.
 */
class ShownTextTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path CONTRACT = Path.of("..", "..", "docs", "contract");
  private static final String RIGHT_TO_LEFT = "\u202e";

  /** The texts of an alert in clear, by their path. */
  private static final Map<String, ShownText> TEXTS =
      Map.of(
          "/data/place", ShownText.PLACE,
          "/data/category", ShownText.CATEGORY,
          "/data/response/instruction", ShownText.INSTRUCTION,
          "/data/response/contact", ShownText.CONTACT,
          "/data/modelPack", ShownText.MODEL_PACK,
          "/data/strength/population", ShownText.POPULATION);

  static Stream<String> paths() {
    return TEXTS.keySet().stream();
  }

  private static byte[] alertWith(String path, String text) {
    Alert alert = SampleAlert.about("S-0001").response(SampleCategories.RED).build();
    ObjectNode event = (ObjectNode) JSON.readTree(Alerts.event(alert));
    int last = path.lastIndexOf('/');
    ((ObjectNode) event.at(path.substring(0, last))).put(path.substring(last + 1), text);
    return JSON.writeValueAsBytes(event);
  }

  private static boolean isRead(byte[] event) {
    try {
      ReceivedAlert.parse(event);
      return true;
    } catch (PublishException e) {
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource("paths")
  void whatTheSchemaAllowsIsReadAndNothingElse(String path) {
    int longest = TEXTS.get(path).longest();
    for (String text :
        List.of(
            "High Street – “é” 東京 🚐",
            "a".repeat(longest),
            "🚐".repeat(longest),
            "a".repeat(longest + 1),
            "High Street " + RIGHT_TO_LEFT + "real street",
            "a\u200bb",
            "a\u2028b",
            "a\nb",
            "a\ufeffb",
            "a\ue000b",
            "a\udb40\udc41b")) {
      byte[] event = alertWith(path, text);
      assertThat(isRead(event))
          .as(path + " " + JSON.writeValueAsString(text))
          .isEqualTo(Schema.ALERT.errorsIn(event).isEmpty());
    }
    assertThat(isRead(alertWith(path, "a" + RIGHT_TO_LEFT))).isFalse();
    assertThat(isRead(alertWith(path, "a".repeat(longest + 1)))).isFalse();
  }

  /** Unlike the alert's, which is in clear, the category of a live alert is in what is sealed. */
  @Test
  void theCategoryThatIsSealedIsLimitedAsTheOneInClear() throws Exception {
    JsonNode sealed =
        JSON.readTree(Files.readAllBytes(CONTRACT.resolve("alert-match.v1.schema.json")));
    JsonNode clear = JSON.readTree(Files.readAllBytes(CONTRACT.resolve("alert.v1.schema.json")));

    assertThat(sealed.at("/$defs/line")).isEqualTo(clear.at("/$defs/line"));
    assertThat(sealed.at("/$defs/response")).isEqualTo(clear.at("/$defs/response"));
    assertThat(sealed.at("/properties/category/maxLength").intValue())
        .isEqualTo(ShownText.CATEGORY.longest());
  }

  @Test
  void everyCharacterIsSeenOrNotAsTheSchemaHasIt() throws Exception {
    JsonNode clear = JSON.readTree(Files.readAllBytes(CONTRACT.resolve("alert.v1.schema.json")));
    Schema line = Schema.of(clear.at("/$defs/line"));
    List<String> otherwise = new ArrayList<>();
    IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
        .filter(c -> c < 0x20000 || c % 251 == 0)
        .forEach(
            c -> {
              String text = "a" + Character.toString(c);
              boolean allowed = line.errorsIn(JSON.getNodeFactory().stringNode(text)).isEmpty();
              if (allowed != ShownText.PLACE.fitted(text).equals(text)) {
                otherwise.add(Integer.toHexString(c));
              }
            });

    assertThat(otherwise).isEmpty();
  }

  /** A text that nobody has thought of would reach the page without a limit. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "alert.v1.schema.json",
        "alert-match.v1.schema.json",
        "status.v1.schema.json",
        "receipt.v1.schema.json",
        "sighting.v1.schema.json"
      })
  void everyTextOfTheContractIsLimited(String file) throws Exception {
    JsonNode schema = JSON.readTree(Files.readAllBytes(CONTRACT.resolve(file)));
    List<String> unlimited = new ArrayList<>();
    collect(schema, schema, file, unlimited);

    assertThat(unlimited).isEmpty();
  }

  private static void collect(JsonNode root, JsonNode node, String path, List<String> unlimited) {
    boolean text = node.path("type").asString("").equals("string");
    boolean refersToLine = node.path("$ref").asString("").equals("#/$defs/line");
    boolean limited =
        node.has("pattern") || node.has("const") || node.has("format") || refersToLine;
    boolean line =
        node.path("pattern").asString("").equals(root.at("/$defs/line/pattern").asString("-"))
            && !path.endsWith("/$defs/line");
    if (text && (!limited || (line && !node.has("maxLength")))) {
      unlimited.add(path);
    }
    if (refersToLine && !node.has("maxLength")) {
      unlimited.add(path);
    }
    node.propertyStream()
        .forEach(each -> collect(root, each.getValue(), path + "/" + each.getKey(), unlimited));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsFittedMayBeShown(ShownText kind) {
    for (String text :
        List.of(" ", RIGHT_TO_LEFT, "x" + RIGHT_TO_LEFT, "🚐".repeat(300), "a".repeat(1000))) {
      assertThat(kind.require(kind.fitted(text))).isNotEmpty();
    }
    assertThat(kind.fitted("High Street")).isEqualTo("High Street");
  }

  @Test
  void whatMayNotBeShownIsRefusedWithoutBeingQuoted() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> ShownText.CATEGORY.require("wanted" + RIGHT_TO_LEFT))
        .withMessageNotContaining("wanted");
  }

  /** An authorisation or a list of before may hold more; its alerts arrive all the same. */
  @Test
  void anAlertOfALongPlaceAndAStrangeCategoryIsSentSoThatItIsRead() throws Exception {
    Alert alert =
        SampleAlert.about("S-0001")
            .place("High Street ".repeat(80))
            .category("wanted" + RIGHT_TO_LEFT + "x".repeat(500))
            .build();
    byte[] event = Alerts.event(alert);

    assertThat(Schema.ALERT.errorsIn(event)).isEmpty();
    assertThat(ReceivedAlert.parse(event).origin().place().value()).hasSize(200).endsWith("…");
    assertThat(new String(event, UTF_8)).doesNotContain(RIGHT_TO_LEFT);
  }
}
