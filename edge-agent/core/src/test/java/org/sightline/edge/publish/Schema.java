package org.sightline.edge.publish;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A JSON Schema, such as those of docs/contract. */
public final class Schema {
  private static final JsonMapper JSON = new JsonMapper();

  public static final Schema ALERT = published("alert.v1.schema.json");
  public static final Schema MATCH = published("alert-match.v1.schema.json");
  public static final Schema OUTCOME = published("outcome.v1.schema.json");
  public static final Schema ENGAGEMENT = published("engagement.v1.schema.json");
  public static final Schema TEST_REQUEST = published("test-request.v1.schema.json");
  public static final Schema STATUS = published("status.v1.schema.json");
  public static final Schema REVOCATION = published("revocation.v1.schema.json");
  public static final Schema WITHDRAWAL = published("withdrawal.v1.schema.json");
  public static final Schema RULING = published("ruling.v1.schema.json");
  public static final Schema DISCARD_RECEIPT = published("discard-receipt.v1.schema.json");
  public static final Schema TRUST_STATEMENT = published("trust-statement.v1.schema.json");
  public static final Schema WITHDRAWN_ALERT = published("withdrawn-alert.v1.schema.json");

  private final com.networknt.schema.Schema schema;

  private Schema(JsonNode schema) {
    this.schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
  }

  /** A schema of the dialect that it names; 2020-12 if it names none. */
  public static Schema of(JsonNode schema) {
    return new Schema(schema);
  }

  private static Schema published(String file) {
    return of(JSON.readTree(Path.of("..", "..", "docs", "contract", file)));
  }

  /** What in a message goes against the schema, formats included. */
  public List<String> errorsIn(byte[] message) {
    try {
      return errorsIn(JSON.readTree(message));
    } catch (JacksonException e) {
      return List.of("not JSON");
    }
  }

  /** What in a value goes against the schema, formats included. */
  public List<String> errorsIn(JsonNode value) {
    return schema
        .validate(
            value,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Object::toString)
        .toList();
  }
}
