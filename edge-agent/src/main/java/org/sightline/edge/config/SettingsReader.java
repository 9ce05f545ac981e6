package org.sightline.edge.config;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.config.CameraSettings.Decoder;
import org.sightline.edge.config.CameraSettings.Pace;
import org.sightline.edge.domain.CameraId;

/** Turns the keys of one file into settings; every refusal names the key. */
final class SettingsReader {
  private static final String CREDENTIAL = "credential:";
  private static final Pattern CREDENTIAL_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Duration DEFAULT_STALL = Duration.ofSeconds(2);
  private static final Duration LEAST_PATIENCE = Duration.ofMillis(100);
  private static final Duration MOST_PATIENCE = Duration.ofMinutes(10);

  record BrokerKeys(
      @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          @Nullable List<String> uri,
      @Nullable String username,
      @Nullable String passwordFile,
      @Nullable String caFile,
      @Nullable String certificateFile,
      @Nullable String keyFile,
      @Nullable Boolean onvif) {}

  record CameraKeys(
      @Nullable String id,
      @Nullable String source,
      @Nullable String pace,
      @Nullable String passwordFile,
      @Nullable String caFile,
      @Nullable String stallAfter,
      @Nullable String decoder,
      @Nullable Boolean loop,
      @Nullable String keyPictureWithin,
      @Nullable String pixelAspect) {}

  private final Path file;
  private final String document;
  private final Path folder;

  /**
   * @param document that lists the keys, for whoever has got one wrong
   */
  SettingsReader(Path file, String document) {
    this.file = file;
    this.document = document;
    this.folder = Objects.requireNonNull(file.toAbsolutePath().normalize().getParent());
  }

  /** The file as a record whose components are the keys. */
  <T> T keys(Class<T> type) throws SettingsException {
    return YamlFile.read(file, type, document);
  }

  BrokerSettings broker(@Nullable BrokerKeys keys) throws SettingsException {
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
                uris.stream().map(SettingsReader::brokerUri).toList(),
                keys.username(),
                passwordFile,
                caFile,
                certificateFile,
                keyFile,
                Boolean.TRUE.equals(keys.onvif())));
  }

  private static URI brokerUri(String text) {
    try {
      URI uri = new URI(text);
      boolean known = "mqtt".equals(uri.getScheme()) || "mqtts".equals(uri.getScheme());
      if (!known || uri.getHost() == null || uri.getUserInfo() != null) {
        throw new IllegalArgumentException(
            "a broker is mqtt://host:port or mqtts://host:port, without a user");
      }
      return uri;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("a broker is mqtt://host:port or mqtts://host:port", e);
    }
  }

  List<CameraSettings> cameras(@Nullable List<CameraKeys> keys) throws SettingsException {
    if (keys == null || keys.isEmpty()) {
      throw missing("cameras");
    }
    Set<CameraId> seen = new HashSet<>();
    List<CameraSettings> cameras = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      CameraSettings camera = camera("cameras[" + i + "]", keys.get(i));
      if (!seen.add(camera.id())) {
        throw wrong("cameras[" + i + "].id", "two cameras have the same id");
      }
      cameras.add(camera);
    }
    return cameras;
  }

  private CameraSettings camera(String key, CameraKeys keys) throws SettingsException {
    String source = keys.source();
    if (source == null || source.isBlank()) {
      throw missing(key + ".source");
    }
    if (CameraAddress.isRtsp(source)) {
      checked(key + ".source", source, CameraAddress::of);
    }
    boolean address = source.contains("://") || source.startsWith("/dev/");
    return new CameraSettings(
        checked(key + ".id", keys.id(), CameraId::new),
        address ? source : path(key + ".source", source).toString(),
        choice(key + ".pace", keys.pace(), Pace.REALTIME),
        optionalPath(key + ".passwordFile", keys.passwordFile()),
        optionalPath(key + ".caFile", keys.caFile()),
        patience(key + ".stallAfter", keys.stallAfter(), DEFAULT_STALL),
        decoder(key + ".decoder", keys.decoder(), source),
        Boolean.TRUE.equals(keys.loop()),
        patience(
            key + ".keyPictureWithin",
            keys.keyPictureWithin(),
            CameraSettings.DEFAULT_KEY_PICTURE_WITHIN),
        keys.pixelAspect() == null
            ? null
            : checked(key + ".pixelAspect", keys.pixelAspect(), PixelAspect::parse));
  }

  private Duration patience(String key, @Nullable String value, Duration otherwise)
      throws SettingsException {
    if (value == null) {
      return otherwise;
    }
    Duration patience = checked(key, value, Durations::parse);
    if (patience.compareTo(LEAST_PATIENCE) < 0 || patience.compareTo(MOST_PATIENCE) > 0) {
      throw wrong(key, "it lies between 100ms and 10m");
    }
    return patience;
  }

  private Decoder decoder(String key, @Nullable String value, String source)
      throws SettingsException {
    Decoder decoder = choice(key, value, Decoder.SOFTWARE);
    if (decoder != Decoder.SOFTWARE && source.startsWith("/dev/")) {
      throw wrong(key, "a camera on this machine is decoded in software");
    }
    return decoder;
  }

  InferenceDevice inferenceDevice(@Nullable String value) throws SettingsException {
    return choice("inferenceDevice", value, InferenceDevice.CPU);
  }

  /** One of the words of an enum, in lower case as in the documentation. */
  private <E extends Enum<E>> E choice(String key, @Nullable String value, E otherwise)
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

  List<Path> paths(String key, @Nullable List<String> values) throws SettingsException {
    if (values == null || values.isEmpty()) {
      throw missing(key);
    }
    List<Path> paths = new ArrayList<>();
    for (String value : values) {
      paths.add(checked(key, value, this::resolved));
    }
    return paths;
  }

  Path path(String key, @Nullable String value) throws SettingsException {
    if (value == null || value.isBlank()) {
      throw missing(key);
    }
    return checked(key, value, this::resolved);
  }

  private Path resolved(String text) {
    return folder.resolve(PathText.parse(text));
  }

  /**
   * A file, or {@code credential:NAME} for what the service manager has unsealed.
   *
   * @param credentials its folder; null when it has started nothing
   */
  KeyFile keyFile(String key, @Nullable String value, @Nullable String credentials)
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

  @Nullable Path optionalPath(String key, @Nullable String value) throws SettingsException {
    return value == null ? null : checked(key, value, this::resolved);
  }

  @Nullable Integer smallestFacePx(@Nullable Integer value) throws SettingsException {
    return value == null ? null : range("smallestFacePx", value, 8, 400, value);
  }

  int range(String key, @Nullable Integer value, int least, int most, int otherwise)
      throws SettingsException {
    if (value == null) {
      return otherwise;
    }
    if (value < least || value > most) {
      throw wrong(key, "it lies between " + least + " and " + most);
    }
    return value;
  }

  interface Check<V, T> {
    T apply(V value);
  }

  <V, T> T checked(String key, @Nullable V value, Check<V, T> check) throws SettingsException {
    if (value == null) {
      throw missing(key);
    }
    try {
      return check.apply(value);
    } catch (IllegalArgumentException e) {
      throw wrong(key, e.getMessage());
    }
  }

  SettingsException missing(String key) {
    return new SettingsException(
        "the key '" + key + "' is missing", file.toString(), "see " + document, null);
  }

  SettingsException wrong(String key, @Nullable String rule) {
    return new SettingsException(
        "the value of '" + key + "' will not do", file.toString(), String.valueOf(rule), null);
  }
}
