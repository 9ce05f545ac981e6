package org.sightline.edge.publish;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.VanId;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a van says became of an outcome that it was sent; described by
 * docs/contract/receipt.v1.schema.json.
 *
 * @param outcome the one that stands at the van; null if none does
 * @param auditHead of the van's audit log, of which the outcome is part if it is recorded; null if
 *     it is not
 */
public record OutcomeReceipt(
    UUID alert, Result result, @Nullable Outcome outcome, @Nullable AuditHead auditHead)
    implements Receipt {
  /** What the device signs with a receipt, so that no other message passes for one. */
  public static final String SIGNED_TYPE = "vnd.sightline.receipt.v1+json";

  /** No message is longer. */
  public static final int MAX_SIZE_BYTES = 1024;

  private static final JsonMapper JSON = new JsonMapper();

  /** What became of it. */
  public enum Result {
    /** An outcome of the alert is in the record and the audit log; which one, is said beside it. */
    RECORDED,
    /** The van could not store it yet, and tries again. */
    NOT_STORED,
    /** The van keeps no such alert. */
    UNKNOWN_ALERT,
    /** The authorisation or the category demands two officers, and this is no outcome of two. */
    TWO_OFFICERS_NEEDED;

    /** The word of the contract. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Result of(String word) {
      return Arrays.stream(values())
          .filter(result -> result.word().equals(word))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no result of an outcome"));
    }
  }

  public OutcomeReceipt {
    if ((result == Result.RECORDED) != (outcome != null && auditHead != null)) {
      throw new IllegalArgumentException("what is recorded, and that alone, is said");
    }
  }

  /** An outcome of the alert that the van has recorded. */
  public static OutcomeReceipt recorded(UUID alert, Outcome outcome, AuditHead auditHead) {
    return new OutcomeReceipt(alert, Result.RECORDED, outcome, auditHead);
  }

  /** None that it has recorded. */
  public static OutcomeReceipt not(Result result, UUID alert) {
    return new OutcomeReceipt(alert, result, null, null);
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
            .put("result", result.word());
    if (outcome != null && auditHead != null) {
      message.put("outcome", outcome.word()).put("auditHead", auditHead.toString());
    }
    return JSON.writeValueAsBytes(message);
  }

  /** The receipt in a message of a van's receipts topic; empty if it is none of that van. */
  public static Optional<OutcomeReceipt> read(VanId van, byte[] message) {
    try {
      JsonNode node = JSON.readTree(message);
      if (!node.required("van").stringValue().equals(van.value())) {
        return Optional.empty();
      }
      JsonNode outcome = node.get("outcome");
      JsonNode head = node.get("auditHead");
      return Optional.of(
          new OutcomeReceipt(
              UUID.fromString(node.required("alert").stringValue()),
              Result.of(node.required("result").stringValue()),
              outcome == null ? null : Outcome.of(outcome.stringValue()),
              head == null ? null : AuditHead.parse(head.stringValue())));
    } catch (JacksonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
