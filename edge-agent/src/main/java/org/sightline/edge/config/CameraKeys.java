package org.sightline.edge.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.config.CameraSettings.Decoder;
import org.sightline.edge.config.CameraSettings.Pace;
import org.sightline.edge.domain.CameraId;

/** How a camera is written in settings. */
public record CameraKeys(
    @Nullable String id,
    @Nullable String source,
    @Nullable String pace,
    @Nullable String passwordFile,
    @Nullable String caFile,
    @Nullable String stallAfter,
    @Nullable String decoder,
    @Nullable Boolean loop) {
  private static final Duration DEFAULT_STALL = Duration.ofSeconds(2);

  /** The cameras of the key {@code cameras}: at least one, each with an id of its own. */
  public static List<CameraSettings> read(SettingsReader reader, @Nullable List<CameraKeys> keys)
      throws SettingsException {
    if (keys == null || keys.isEmpty()) {
      throw reader.missing("cameras");
    }
    Set<CameraId> seen = new HashSet<>();
    List<CameraSettings> cameras = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      CameraSettings camera = keys.get(i).camera(reader, "cameras[" + i + "]");
      if (!seen.add(camera.id())) {
        throw reader.wrong("cameras[" + i + "].id", "two cameras have the same id");
      }
      cameras.add(camera);
    }
    return cameras;
  }

  private CameraSettings camera(SettingsReader reader, String key) throws SettingsException {
    if (source == null || source.isBlank()) {
      throw reader.missing(key + ".source");
    }
    if (CameraAddress.isRtsp(source)) {
      reader.checked(key + ".source", source, CameraAddress::of);
    }
    boolean address = source.contains("://") || source.startsWith("/dev/");
    return new CameraSettings(
        reader.checked(key + ".id", id, CameraId::new),
        address ? source : reader.path(key + ".source", source).toString(),
        reader.choice(key + ".pace", pace, Pace.REALTIME),
        reader.optionalPath(key + ".passwordFile", passwordFile),
        reader.optionalPath(key + ".caFile", caFile),
        stallAfter == null
            ? DEFAULT_STALL
            : reader.checked(key + ".stallAfter", stallAfter, Durations::parse),
        decoderFor(reader, key + ".decoder", source),
        Boolean.TRUE.equals(loop));
  }

  private Decoder decoderFor(SettingsReader reader, String key, String address)
      throws SettingsException {
    Decoder chosen = reader.choice(key, decoder, Decoder.SOFTWARE);
    if (chosen != Decoder.SOFTWARE && address.startsWith("/dev/")) {
      throw reader.wrong(key, "a camera on this machine is decoded in software");
    }
    return chosen;
  }
}
