package org.sightline.edge.publish;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The published schemas of docs/contract. */
public final class Schema {
  public static final Schema ALERT = new Schema("alert.v1.schema.json");
  public static final Schema STATUS = new Schema("status.v1.schema.json");

  private final com.networknt.schema.Schema schema;

  private Schema(String file) {
    try {
      schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(
                  Files.readString(Path.of("..", "docs", "contract", file)), InputFormat.JSON);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What in a message goes against the schema, formats included. */
  public List<String> errorsIn(byte[] message) {
    return schema
        .validate(
            new String(message, StandardCharsets.UTF_8),
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Object::toString)
        .toList();
  }
}
