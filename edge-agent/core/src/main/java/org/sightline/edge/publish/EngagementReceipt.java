package org.sightline.edge.publish;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.domain.VanId;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a van says became of an engagement that it was sent; described by
 * docs/contract/engagement-receipt.v1.schema.json.
 *
 * @param engagement id of the message that is answered
 * @param auditHead of the van's audit log, of which it is part if it is recorded; null if it is not
 */
public record EngagementReceipt(
    UUID alert, UUID engagement, Result result, @Nullable AuditHead auditHead) implements Receipt {
  /** What the device signs with a receipt, so that no other message passes for one. */
  public static final String SIGNED_TYPE = "vnd.sightline.engagement-receipt.v1+json";

  private static final JsonMapper JSON = new JsonMapper();

  /** What became of it. */
  public enum Result {
    /** It is in the record and the audit log. */
    RECORDED,
    /** The van could not store it yet, and tries again. */
    NOT_STORED,
    /** The van keeps no such alert. */
    UNKNOWN_ALERT,
    /** Nobody has judged the alert yet, as far as the van knows. */
    NOT_JUDGED,
    /** It states a group that is not in the authorisation, or that cannot be read. */
    UNKNOWN_GROUP,
    /** Another one came before, and this is no correction of the last. */
    NOT_THE_LAST,
    /** Only who stated it, or a supervisor, corrects it. */
    NOT_THEIRS;

    /** The word of the contract. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Result of(String word) {
      return Arrays.stream(values())
          .filter(result -> result.word().equals(word))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no result of an engagement"));
    }
  }

  public EngagementReceipt {
    if ((result == Result.RECORDED) != (auditHead != null)) {
      throw new IllegalArgumentException("of what is recorded, and that alone, the log is named");
    }
  }

  @Override
  public String signedType() {
    return SIGNED_TYPE;
  }

  @Override
  public byte[] encode(VanId van) {
    ObjectNode message =
        JSON.createObjectNode()
            .put("van", van.value())
            .put("alert", alert.toString())
            .put("engagement", engagement.toString())
            .put("result", result.word());
    if (auditHead != null) {
      message.put("auditHead", auditHead.toString());
    }
    return JSON.writeValueAsBytes(message);
  }

  /** The receipt in a message of a van's receipts topic; empty if it is none of that van. */
  public static Optional<EngagementReceipt> read(VanId van, byte[] message) {
    try {
      JsonNode node = JSON.readTree(message);
      if (!node.required("van").stringValue().equals(van.value())) {
        return Optional.empty();
      }
      JsonNode head = node.get("auditHead");
      return Optional.of(
          new EngagementReceipt(
              UUID.fromString(node.required("alert").stringValue()),
              UUID.fromString(node.required("engagement").stringValue()),
              Result.of(node.required("result").stringValue()),
              head == null ? null : AuditHead.parse(head.stringValue())));
    } catch (JacksonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
