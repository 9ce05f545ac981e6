package org.sightline.edge.publish;

import java.util.Optional;
import java.util.UUID;
import org.sightline.edge.domain.VanId;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a van says of an alert whose subject an authority has taken off the list since: the person
 * must not be stopped. Described by docs/contract/withdrawn-alert.v1.schema.json.
 */
public record WithdrawnAlert(UUID alert) implements Receipt {
  /** What the device signs with it, so that no other message passes for one. */
  public static final String SIGNED_TYPE = "vnd.sightline.withdrawn-alert.v1+json";

  private static final String WITHDRAWN = "withdrawn";
  private static final JsonMapper JSON = new JsonMapper();

  @Override
  public String signedType() {
    return SIGNED_TYPE;
  }

  @Override
  public boolean isUntilHeard() {
    return true;
  }

  @Override
  public byte[] encode(VanId van) {
    return JSON.writeValueAsBytes(
        JSON.createObjectNode()
            .put("van", van.value())
            .put("alert", alert.toString())
            .put("result", WITHDRAWN));
  }

  /** What a message of a van's receipts topic says; empty if it is none of that van. */
  public static Optional<WithdrawnAlert> read(VanId van, byte[] message) {
    try {
      JsonNode node = JSON.readTree(message);
      boolean ours =
          node.required("van").stringValue().equals(van.value())
              && node.required("result").stringValue().equals(WITHDRAWN);
      return ours
          ? Optional.of(new WithdrawnAlert(UUID.fromString(node.required("alert").stringValue())))
          : Optional.empty();
    } catch (JacksonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
