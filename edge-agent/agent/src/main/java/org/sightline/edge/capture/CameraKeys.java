package org.sightline.edge.capture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.capture.CameraSettings.Access;
import org.sightline.edge.capture.CameraSettings.Decoder;
import org.sightline.edge.capture.CameraSettings.Pace;
import org.sightline.edge.capture.CameraSettings.Patience;
import org.sightline.edge.config.Durations;
import org.sightline.edge.config.SettingsException;
import org.sightline.edge.config.SettingsReader;
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
    @Nullable Boolean loop,
    @Nullable String keyPictureWithin,
    @Nullable String pixelAspect) {
  private static final Duration LEAST_PATIENCE = Duration.ofMillis(100);
  private static final Duration MOST_PATIENCE = Duration.ofMinutes(10);

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
        Boolean.TRUE.equals(loop),
        new Access(
            reader.optionalPath(key + ".passwordFile", passwordFile),
            reader.optionalPath(key + ".caFile", caFile)),
        new Patience(
            patience(reader, key + ".stallAfter", stallAfter, Patience.DEFAULT.stallAfter()),
            patience(
                reader,
                key + ".keyPictureWithin",
                keyPictureWithin,
                Patience.DEFAULT.keyPictureWithin())),
        decoderFor(reader, key + ".decoder", source),
        pixelAspect == null
            ? null
            : reader.checked(key + ".pixelAspect", pixelAspect, PixelAspect::parse));
  }

  private static Duration patience(
      SettingsReader reader, String key, @Nullable String value, Duration otherwise)
      throws SettingsException {
    if (value == null) {
      return otherwise;
    }
    Duration patience = reader.checked(key, value, Durations::parse);
    if (patience.compareTo(LEAST_PATIENCE) < 0 || patience.compareTo(MOST_PATIENCE) > 0) {
      throw reader.wrong(key, "it lies between 100ms and 10m");
    }
    return patience;
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
