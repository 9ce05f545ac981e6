package org.sightline.edge.publish;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.testing.BrokerTap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The published contract, docs/contract/asyncapi.yaml, read as the tools of an integrator do. */
public final class AsyncApi {
  private static final Path FOLDER = Path.of("..", "..", "docs", "contract");
  private static final String VAN = "{van}";
  private static final JsonMapper JSON = new JsonMapper();

  private final JsonNode document;

  private AsyncApi(JsonNode document) {
    this.document = document;
  }

  public static AsyncApi published() {
    return new AsyncApi(new YAMLMapper().readTree(FOLDER.resolve("asyncapi.yaml")));
  }

  public JsonNode document() {
    return document;
  }

  /**
   * Where a reference leads.
   *
   * @throws IllegalArgumentException if nowhere
   */
  public JsonNode at(String reference) {
    int hash = reference.indexOf('#');
    String file = hash < 0 ? reference : reference.substring(0, hash);
    String pointer = hash < 0 ? "" : reference.substring(hash + 1);
    if (!file.isEmpty() && !Files.exists(FOLDER.resolve(file))) {
      throw new IllegalArgumentException("there is no file " + file);
    }
    JsonNode target = (file.isEmpty() ? document : JSON.readTree(FOLDER.resolve(file))).at(pointer);
    if (target.isMissingNode()) {
      throw new IllegalArgumentException(reference + " leads nowhere");
    }
    return resolved(target);
  }

  private JsonNode resolved(JsonNode node) {
    JsonNode reference = node.path("$ref");
    return reference.isString() ? at(reference.stringValue()) : node;
  }

  /** A text of the document with the van's name in its place. */
  public static String of(VanId van, JsonNode text) {
    return text.stringValue().replace(VAN, van.value());
  }

  /** What names of vans look like. */
  public Pattern vanPattern() {
    return Pattern.compile(at("#/components/parameters/van").path("x-pattern").stringValue());
  }

  /** What in a message that a van has sent goes against the document. */
  public List<String> faultsIn(BrokerTap.Heard message) {
    Optional<JsonNode> sending =
        document.path("operations").values().stream()
            .filter(operation -> operation.path("action").stringValue().equals("send"))
            .filter(operation -> isAddressOf(operation, message.topic()))
            .findFirst();
    if (sending.isEmpty()) {
      return List.of("a van sends nothing on " + message.topic());
    }
    JsonNode operation = sending.get().path("bindings").path("mqtt");
    JsonNode kind = kind(sending.get().path("messages"), message);
    JsonNode properties = kind.path("bindings").path("mqtt");
    List<String> faults = new ArrayList<>();
    compare(faults, "QoS", operation.path("qos").intValue(), message.qos());
    compare(faults, "retained", operation.path("retain").booleanValue(), message.retained());
    check(faults, "expiry", operation.path("messageExpiryInterval"), message.expirySeconds());
    compare(faults, "content type", kind.path("contentType").stringValue(), message.contentType());
    compare(
        faults,
        "content type in the binding",
        properties.path("contentType").stringValue(),
        message.contentType());
    check(faults, "correlation", properties.path("correlationData"), message.correlation());
    faults.addAll(Schema.of(resolved(kind.path("payload"))).errorsIn(message.content()));
    return faults;
  }

  /** Of several kinds on a topic the one that the message is; the first if it is none. */
  private JsonNode kind(JsonNode kinds, BrokerTap.Heard message) {
    return kinds.values().stream()
        .map(this::resolved)
        .filter(
            each -> Schema.of(resolved(each.path("payload"))).errorsIn(message.content()).isEmpty())
        .findFirst()
        .orElseGet(() -> resolved(kinds.path(0)));
  }

  private boolean isAddressOf(JsonNode operation, String topic) {
    JsonNode channel = resolved(operation.path("channel"));
    String address = channel.path("address").stringValue();
    String pattern = "\\Q" + address + "\\E";
    for (String parameter : channel.path("parameters").propertyNames()) {
      String value =
          resolved(channel.path("parameters").path(parameter)).path("x-pattern").stringValue();
      pattern =
          pattern.replace(
              "{" + parameter + "}", "\\E" + value.substring(1, value.length() - 1) + "\\Q");
    }
    return Pattern.matches(pattern, topic);
  }

  private static void compare(
      List<String> faults, String what, Object said, @Nullable Object heard) {
    if (!Objects.equals(said, heard)) {
      faults.add(what + ": " + heard + " instead of " + said);
    }
  }

  /** A property that has a schema is there and fulfils it; one that has none is not there. */
  private void check(List<String> faults, String what, JsonNode schema, @Nullable Object heard) {
    if (schema.isMissingNode() != (heard == null)) {
      faults.add(what + ": " + heard);
    } else if (heard != null) {
      Schema.of(resolved(schema)).errorsIn(JSON.<JsonNode>valueToTree(heard)).stream()
          .map(error -> what + ": " + error)
          .forEach(faults::add);
    }
  }
}
