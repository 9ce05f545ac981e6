package org.sightline.edge.config;

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
import org.jspecify.annotations.Nullable;
import org.sightline.edge.config.CameraSettings.Pace;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.VanId;

/**
 * Settings of the agent, as {@code run --config FILE} reads them; docs/configuration.md lists the
 * keys. Nothing here can widen what the authorisation allows.
 *
 * @param van name of this van
 * @param dataFolder database and state
 * @param modelsFolder installed model packs; null for the user's default
 * @param deviceKeyFile secrets of this device
 * @param authorityFiles public keys of the authorities that are trusted
 * @param authorisationFile signed authorisation of the deployment
 * @param watchlistFile signed and encrypted bundle
 * @param modelPack name of the model pack
 * @param calibration population whose calibration derives the threshold; null for the pack's first
 * @param threshold set by hand; null for the derived one. Never used below the authorised floor
 * @param smallestFacePx height in camera pixels of the smallest face that is searched for
 * @param inferenceThreads threads of one network run
 */
public record AgentSettings(
    VanId van,
    Path dataFolder,
    @Nullable Path modelsFolder,
    Path deviceKeyFile,
    List<Path> authorityFiles,
    Path authorisationFile,
    Path watchlistFile,
    String modelPack,
    @Nullable String calibration,
    @Nullable Similarity threshold,
    int smallestFacePx,
    int inferenceThreads,
    BrokerSettings broker,
    List<CameraSettings> cameras) {
  /** Height of the smallest face searched for, unless the settings say otherwise. */
  public static final int DEFAULT_SMALLEST_FACE_PX = 40;

  public static final String DEFAULT_MODEL_PACK = "retail-0095";

  private static final Duration DEFAULT_STALL = Duration.ofSeconds(2);

  public AgentSettings {
    authorityFiles = List.copyOf(authorityFiles);
    cameras = List.copyOf(cameras);
  }

  /**
   * Reads and checks a settings file. Paths in it are relative to the file.
   *
   * @throws SettingsException naming the key, if anything is missing, unknown or out of range
   */
  public static AgentSettings read(Path file) throws SettingsException {
    return new Reader(file).settings(YamlFile.read(file, Keys.class));
  }

  private record Keys(
      @Nullable String van,
      @Nullable String data,
      @Nullable String models,
      @Nullable String deviceKey,
      @Nullable List<String> authorities,
      @Nullable String authorisation,
      @Nullable String watchlist,
      @Nullable String modelPack,
      @Nullable String calibration,
      @Nullable Double threshold,
      @Nullable Integer smallestFacePx,
      @Nullable Integer inferenceThreads,
      @Nullable BrokerKeys broker,
      @Nullable List<CameraKeys> cameras) {}

  private record BrokerKeys(
      @Nullable String uri,
      @Nullable String username,
      @Nullable String passwordFile,
      @Nullable String caFile,
      @Nullable String certificateFile,
      @Nullable String keyFile) {}

  private record CameraKeys(
      @Nullable String id,
      @Nullable String source,
      @Nullable String pace,
      @Nullable String passwordFile,
      @Nullable String caFile,
      @Nullable String stallAfter,
      @Nullable Boolean loop) {}

  /** Turns the keys of one file into settings. */
  private static final class Reader {
    private final Path file;
    private final Path folder;

    Reader(Path file) {
      this.file = file;
      this.folder = Objects.requireNonNull(file.toAbsolutePath().normalize().getParent());
    }

    AgentSettings settings(Keys keys) throws SettingsException {
      return new AgentSettings(
          checked("van", keys.van(), VanId::new),
          path("data", keys.data()),
          optionalPath(keys.models()),
          path("deviceKey", keys.deviceKey()),
          paths("authorities", keys.authorities()),
          path("authorisation", keys.authorisation()),
          path("watchlist", keys.watchlist()),
          keys.modelPack() == null ? DEFAULT_MODEL_PACK : keys.modelPack(),
          keys.calibration(),
          keys.threshold() == null ? null : checked("threshold", keys.threshold(), Similarity::new),
          range("smallestFacePx", keys.smallestFacePx(), 16, 400, DEFAULT_SMALLEST_FACE_PX),
          range(
              "inferenceThreads",
              keys.inferenceThreads(),
              1,
              256,
              Math.min(4, Runtime.getRuntime().availableProcessors())),
          broker(keys.broker()),
          cameras(keys.cameras()));
    }

    private BrokerSettings broker(@Nullable BrokerKeys keys) throws SettingsException {
      if (keys == null) {
        throw missing("broker");
      }
      URI uri = checked("broker.uri", keys.uri(), Reader::brokerUri);
      return new BrokerSettings(
          uri,
          keys.username(),
          optionalPath(keys.passwordFile()),
          optionalPath(keys.caFile()),
          optionalPath(keys.certificateFile()),
          optionalPath(keys.keyFile()));
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

    private List<CameraSettings> cameras(@Nullable List<CameraKeys> keys) throws SettingsException {
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
      boolean address = source.contains("://") || source.startsWith("/dev/");
      return new CameraSettings(
          checked(key + ".id", keys.id(), CameraId::new),
          address ? source : folder.resolve(source).toString(),
          keys.pace() == null
              ? Pace.REALTIME
              : checked(
                  key + ".pace", keys.pace(), pace -> Pace.valueOf(pace.toUpperCase(Locale.ROOT))),
          optionalPath(keys.passwordFile()),
          optionalPath(keys.caFile()),
          keys.stallAfter() == null
              ? DEFAULT_STALL
              : checked(key + ".stallAfter", keys.stallAfter(), Durations::parse),
          Boolean.TRUE.equals(keys.loop()));
    }

    private List<Path> paths(String key, @Nullable List<String> values) throws SettingsException {
      if (values == null || values.isEmpty()) {
        throw missing(key);
      }
      return values.stream().map(folder::resolve).toList();
    }

    private Path path(String key, @Nullable String value) throws SettingsException {
      if (value == null || value.isBlank()) {
        throw missing(key);
      }
      return folder.resolve(value);
    }

    private @Nullable Path optionalPath(@Nullable String value) {
      return value == null ? null : folder.resolve(value);
    }

    private int range(String key, @Nullable Integer value, int least, int most, int otherwise)
        throws SettingsException {
      if (value == null) {
        return otherwise;
      }
      if (value < least || value > most) {
        throw wrong(key, "it lies between " + least + " and " + most);
      }
      return value;
    }

    private interface Check<V, T> {
      T apply(V value);
    }

    private <V, T> T checked(String key, @Nullable V value, Check<V, T> check)
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

    private SettingsException missing(String key) {
      return new SettingsException(
          "the key '" + key + "' is missing", file.toString(), "see docs/configuration.md", null);
    }

    private SettingsException wrong(String key, @Nullable String rule) {
      return new SettingsException(
          "the value of '" + key + "' will not do", file.toString(), String.valueOf(rule), null);
    }
  }
}
