package org.sightline.edge.config;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns the keys of one file into settings; every refusal names the key. */
public final class SettingsReader {
  private static final String CREDENTIAL = "credential:";
  private static final Pattern CREDENTIAL_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** How a broker is written. */
  public record BrokerKeys(
      @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          @Nullable List<String> uri,
      @Nullable String username,
      @Nullable String passwordFile,
      @Nullable String caFile,
      @Nullable String certificateFile,
      @Nullable String keyFile,
      @Nullable Boolean onvif) {}

  private final Path file;
  private final String document;
  private final Path folder;

  /**
   * @param document that lists the keys, for errors to point at
   */
  public SettingsReader(Path file, String document) {
    this.file = file;
    this.document = document;
    this.folder = Objects.requireNonNull(file.toAbsolutePath().normalize().getParent());
  }

  /** The file as a record whose components are the keys. */
  public <T> T keys(Class<T> type) throws SettingsException {
    return YamlFile.read(file, type, document);
  }

  /** The broker. */
  public BrokerSettings broker(@Nullable BrokerKeys keys) throws SettingsException {
    if (keys == null) {
      throw missing("broker");
    }
    Path passwordFile = optionalPath("broker.passwordFile", keys.passwordFile());
    Path caFile = optionalPath("broker.caFile", keys.caFile());
    Path certificateFile = optionalPath("broker.certificateFile", keys.certificateFile());
    Path keyFile = optionalPath("broker.keyFile", keys.keyFile());
    return checked(
        "broker.uri",
        keys.uri(),
        uris ->
            new BrokerSettings(
                uris.stream().map(BrokerSettings::address).toList(),
                keys.username(),
                passwordFile,
                caFile,
                certificateFile,
                keyFile,
                Boolean.TRUE.equals(keys.onvif())));
  }

  /** One of the words of an enum, in lower case as in the documentation. */
  public <E extends Enum<E>> E choice(String key, @Nullable String value, E otherwise)
      throws SettingsException {
    if (value == null) {
      return otherwise;
    }
    List<String> words = new ArrayList<>();
    for (E each : otherwise.getDeclaringClass().getEnumConstants()) {
      String word = each.name().toLowerCase(Locale.ROOT);
      if (word.equals(value.toLowerCase(Locale.ROOT))) {
        return each;
      }
      words.add(word);
    }
    throw wrong(key, "it is one of " + String.join(", ", words));
  }

  /** Paths, at least one. */
  public List<Path> paths(String key, @Nullable List<String> values) throws SettingsException {
    if (values == null || values.isEmpty()) {
      throw missing(key);
    }
    List<Path> paths = new ArrayList<>();
    for (String value : values) {
      paths.add(checked(key, value, this::resolved));
    }
    return paths;
  }

  /** A path, relative to the file. */
  public Path path(String key, @Nullable String value) throws SettingsException {
    if (value == null || value.isBlank()) {
      throw missing(key);
    }
    return checked(key, value, this::resolved);
  }

  /** A path, relative to the file, whatever other keys say; empty if it cannot be determined. */
  public Optional<Path> pathAlone(String key) {
    try {
      return YamlFile.alone(file, key).filter(text -> !text.isBlank()).map(this::resolved);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Path resolved(String text) {
    return folder.resolve(PathText.parse(text));
  }

  /**
   * A file, or {@code credential:NAME} for what the service manager has unsealed.
   *
   * @param credentials its folder; null when it has started nothing
   */
  public KeyFile keyFile(String key, @Nullable String value, @Nullable String credentials)
      throws SettingsException {
    if (value == null || !value.startsWith(CREDENTIAL)) {
      return new KeyFile(path(key, value), false);
    }
    String name = value.substring(CREDENTIAL.length());
    if (!CREDENTIAL_NAME.matcher(name).matches()) {
      throw wrong(key, "a credential is credential:NAME, as in LoadCredentialEncrypted=NAME:...");
    }
    if (credentials == null) {
      throw wrong(
          key,
          "a credential is there only for what the service manager starts: use the unit, or"
              + " sightline-on-device for commands");
    }
    return new KeyFile(Path.of(credentials).resolve(name), true);
  }

  /** A path that may be left out. */
  public @Nullable Path optionalPath(String key, @Nullable String value) throws SettingsException {
    return value == null ? null : checked(key, value, this::resolved);
  }

  /** The height of the smallest face that is searched for, which may be left out. */
  public @Nullable Integer smallestFacePx(@Nullable Integer value) throws SettingsException {
    return value == null ? null : range("smallestFacePx", value, 8, 400, value);
  }

  /** A whole number within bounds, or the one for a key that is left out. */
  public int range(String key, @Nullable Integer value, int least, int most, int otherwise)
      throws SettingsException {
    if (value == null) {
      return otherwise;
    }
    if (value < least || value > most) {
      throw wrong(key, "it lies between " + least + " and " + most);
    }
    return value;
  }

  /** What a value is made into; an {@link IllegalArgumentException} says why it cannot be. */
  public interface Check<V, T> {
    /** Makes it. */
    T apply(V value);
  }

  /** What a check makes of a value that has to be there. */
  public <V, T> T checked(String key, @Nullable V value, Check<V, T> check)
      throws SettingsException {
    if (value == null) {
      throw missing(key);
    }
    try {
      return check.apply(value);
    } catch (IllegalArgumentException e) {
      throw wrong(key, e.getMessage());
    }
  }

  /** A key that has to be there is not. */
  public SettingsException missing(String key) {
    return new SettingsException(
        "the key '" + key + "' is missing", file.toString(), "see " + document, null);
  }

  /** A value breaks this rule. */
  public SettingsException wrong(String key, @Nullable String rule) {
    return new SettingsException(
        "invalid value for '" + key + "'", file.toString(), String.valueOf(rule), null);
  }
}
