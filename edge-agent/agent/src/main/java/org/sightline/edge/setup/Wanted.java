package org.sightline.edge.setup;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the options say; the rest is asked.
 *
 * @param settings the file to write
 * @param van null if it is not said
 * @param sealed whether keys are sealed to the machine; null if it is not said
 * @param authorities files of public keys; none if it is not said
 * @param cameras sources by id; none if it is not said
 * @param passwords files with the passwords of cameras by id
 * @param modelPack null if it is not said
 */
public record Wanted(
    Path settings,
    @Nullable String van,
    @Nullable Boolean sealed,
    List<Path> authorities,
    Broker broker,
    Map<String, String> cameras,
    Map<String, Path> passwords,
    @Nullable String modelPack) {
  public Wanted {
    authorities = List.copyOf(authorities);
    cameras = Map.copyOf(cameras);
    passwords = Map.copyOf(passwords);
  }

  /**
   * What is said of the broker; null is not said.
   *
   * @param authority PEM of the authority that signed its certificate
   */
  public record Broker(
      @Nullable String uri,
      @Nullable Path authority,
      @Nullable Path certificate,
      @Nullable Path key) {}
}
