package org.sightline.edge.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads a YAML file into a record, strictly: every mistake is one line that says where it stands.
 */
public final class YamlFile {
  private static final long LARGEST_BYTES = 1 << 20;

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private YamlFile() {}

  /**
   * Reads a file.
   *
   * @param type a record whose components are the keys
   * @throws SettingsException if the file is missing, empty, too large, not YAML, has an unknown or
   *     repeated key or a value of the wrong type
   */
  public static <T> T read(Path file, Class<T> type) throws SettingsException {
    byte[] bytes;
    try {
      if (!Files.isRegularFile(file)) {
        throw new SettingsException(
            "there is no such file", file.toString(), "check the path", null);
      }
      if (Files.size(file) > LARGEST_BYTES) {
        throw new SettingsException(
            "the file is larger than 1 MiB", file.toString(), "is it the right file?", null);
      }
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new SettingsException(
          "the file cannot be read", file.toString(), "check its permissions", e);
    }
    if (new String(bytes, StandardCharsets.UTF_8).isBlank()) {
      throw new SettingsException("the file is empty", file.toString(), "write it anew", null);
    }
    try {
      return MAPPER.readValue(bytes, type);
    } catch (UnrecognizedPropertyException e) {
      String nearest =
          nearest(e.getPropertyName(), e.getKnownPropertyIds()).map(Object::toString).orElse("");
      throw new SettingsException(
          "unknown key '" + path(e) + "'",
          at(file, e),
          nearest.isEmpty() ? "remove it" : "did you mean '" + nearest + "'?",
          e);
    } catch (DatabindException e) {
      throw new SettingsException(
          "the value of '" + path(e) + "' is missing or of the wrong kind",
          at(file, e),
          "see docs/configuration.md",
          e);
    } catch (JacksonException e) {
      throw new SettingsException("this is not valid YAML", at(file, e), "mend that line", e);
    }
  }

  private static String at(Path file, JacksonException e) {
    TokenStreamLocation location = e.getLocation();
    return location == null || location.getLineNr() < 1
        ? file.toString()
        : file + " line " + location.getLineNr();
  }

  private static String path(DatabindException e) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference reference : e.getPath()) {
      if (reference.getPropertyName() == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
      }
    }
    return path.isEmpty() ? "the file" : path.toString();
  }

  /** The known key that takes the fewest edits to reach. */
  static Optional<Object> nearest(String key, Collection<Object> known) {
    return known.stream().min(Comparator.comparingInt(each -> edits(key, each.toString())));
  }

  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
