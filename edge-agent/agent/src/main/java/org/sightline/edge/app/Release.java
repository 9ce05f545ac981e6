package org.sightline.edge.app;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.crypto.Sha256;

/**
 * The release that a program is: what {@code scripts/release} laid beside its jars. A program that
 * was built on the box, by {@code scripts/install} or from a checkout, is none.
 *
 * <p>Its folder belongs to root, who alone writes there, and has verified what lies there.
 *
 * @param version such as 0.2.0; "unknown" where the file of the release cannot be read
 * @param fieldTested whether the field-test baseline of this very release lies beside it
 */
public record Release(String version, boolean fieldTested) {
  private static final String RELEASE = "share/release";
  private static final String RELEASE_FORMAT = "sightline-release/1";
  private static final String BASELINE = "share/baseline";
  private static final String BASELINE_FORMAT = "sightline-baseline/1";

  /** The release that is running; empty if it is none. */
  public static Optional<Release> running() {
    @Nullable CodeSource source = Release.class.getProtectionDomain().getCodeSource();
    if (source == null) {
      return Optional.empty();
    }
    try {
      @Nullable Path folder = Path.of(source.getLocation().toURI()).getParent();
      @Nullable Path home = folder == null ? null : folder.getParent();
      return home == null ? Optional.empty() : in(home);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Whether what is running may serve a live deployment: a release that passed, or none. */
  public static boolean runningIsFieldTested() {
    return running().map(Release::fieldTested).orElse(true);
  }

  /**
   * The release in a folder.
   *
   * @param home with {@code lib} and {@code share}
   */
  static Optional<Release> in(Path home) {
    Path file = home.resolve(RELEASE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Optional<String> version = value(file, RELEASE_FORMAT, "version");
    return Optional.of(
        new Release(
            version.orElse("unknown"),
            version.isPresent()
                && value(home.resolve(BASELINE), BASELINE_FORMAT, "release")
                    .filter(tested -> Optional.of(tested).equals(digest(file)))
                    .isPresent()));
  }

  private static Optional<String> digest(Path file) {
    try {
      return Optional.of(Sha256.ofFile(file).hex());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * What stands behind a word of a file; empty if it cannot be read, is of another format, or has
   * the word not once.
   */
  private static Optional<String> value(Path file, String format, String word) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      return Optional.empty();
    }
    if (lines.isEmpty() || !lines.get(0).equals(format)) {
      return Optional.empty();
    }
    List<String> found =
        lines.stream()
            .filter(line -> line.startsWith(word + " "))
            .map(line -> line.substring(word.length() + 1))
            .toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }
}
