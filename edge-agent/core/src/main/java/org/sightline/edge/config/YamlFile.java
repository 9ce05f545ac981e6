package org.sightline.edge.config;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.Spelling;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
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

  private static final Pattern REPEATED_KEY = Pattern.compile("Duplicate Object property \"(.+)\"");

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .changeDefaultNullHandling(ignored -> JsonSetter.Value.forContentNulls(Nulls.FAIL))
          .build();

  /** Takes what is there. */
  private static final YAMLMapper LENIENT = new YAMLMapper();

  private YamlFile() {}

  /**
   * Reads a file.
   *
   * @param type a record whose components are the keys
   * @param document that lists them, for errors to point at
   * @throws SettingsException if the file is missing, empty, too large, not YAML, has an unknown or
   *     repeated key or a value of the wrong type
   */
  public static <T> T read(Path file, Class<T> type, String document) throws SettingsException {
    byte[] bytes;
    try {
      if (!Files.isRegularFile(file)) {
        throw Files.notExists(file) || Files.isDirectory(file)
            ? new SettingsException(
                "there is no such file", file.toString(), "check the path", null)
            : unreadable(file, null);
      }
      if (Files.size(file) > LARGEST_BYTES) {
        throw new SettingsException(
            "the file is larger than 1 MiB", file.toString(), "is it the right file?", null);
      }
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    if (new String(bytes, StandardCharsets.UTF_8).isBlank()) {
      throw empty(file);
    }
    try {
      @Nullable T value = MAPPER.readValue(bytes, type);
      if (value == null) {
        throw empty(file);
      }
      return value;
    } catch (UnrecognizedPropertyException e) {
      Optional<String> nearest =
          Spelling.nearest(
              e.getPropertyName(), e.getKnownPropertyIds().stream().map(String::valueOf).toList());
      throw new SettingsException(
          "unknown key '" + path(e) + "'",
          at(file, e),
          nearest.map(key -> "did you mean '" + key + "'?").orElse("remove it"),
          e);
    } catch (DatabindException e) {
      throw new SettingsException(
          "the value of '" + path(e) + "' is missing or of the wrong kind",
          at(file, e),
          "see " + document,
          e);
    } catch (JacksonException e) {
      Matcher repeated = REPEATED_KEY.matcher(String.valueOf(e.getOriginalMessage()));
      if (repeated.find()) {
        throw new SettingsException(
            "the key '" + repeated.group(1) + "' is there twice", at(file, e), "remove one", e);
      }
      throw new SettingsException("this is not valid YAML", at(file, e), "correct that line", e);
    }
  }

  /**
   * What one key of a file says, whatever else is wrong in it; empty if that cannot be determined,
   * as when the key is there twice.
   */
  static Optional<String> alone(Path file, String key) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Optional<String> found = Optional.empty();
    int depth = 0;
    try (InputStream bytes = Files.newInputStream(file);
        JsonParser parser = LENIENT.createParser(bytes.readNBytes((int) LARGEST_BYTES))) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isStructStart()) {
          depth++;
        } else if (token.isStructEnd()) {
          depth--;
        } else if (depth == 1 && token.isScalarValue() && key.equals(parser.currentName())) {
          if (found.isPresent()) {
            return Optional.empty();
          }
          found = Optional.ofNullable(parser.getValueAsString());
        }
      }
    } catch (JacksonException e) {
      // What stood before that line counts.
    } catch (IOException e) {
      return Optional.empty();
    }
    return found;
  }

  private static SettingsException unreadable(Path file, @Nullable IOException cause) {
    return new SettingsException(
        "the file cannot be read",
        file.toString(),
        "check the permissions of it and its folder",
        cause);
  }

  private static SettingsException empty(Path file) {
    return new SettingsException(
        "the file is empty", file.toString(), "restore it, or write it again", null);
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
}
