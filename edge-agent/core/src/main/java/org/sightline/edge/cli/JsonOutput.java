package org.sightline.edge.cli;

import java.io.PrintWriter;
import org.sightline.edge.config.ScoringWords;
import org.sightline.edge.domain.Scoring;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes what {@code --json} asks for: one indented document, keys in the order of the record. */
public final class JsonOutput {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .addMixIn(Scoring.class, ScoringWords.class)
          .build();

  private JsonOutput() {}

  /** Prints a document. */
  public static void print(PrintWriter out, Object document) {
    out.println(text(document));
  }

  /** The document as it would be printed. */
  public static JsonNode tree(Object document) {
    return JSON.valueToTree(document);
  }

  /** The document as text, without a line end. */
  public static String text(Object document) {
    return JSON.writeValueAsString(document);
  }
}
