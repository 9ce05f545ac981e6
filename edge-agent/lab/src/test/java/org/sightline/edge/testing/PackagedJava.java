package org.sightline.edge.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Java as a package brings it, as far as the tests' own can stand for it: with the modules that
 * scripts/release links, and no others.
 */
public final class PackagedJava {
  private static final Path RELEASE = Path.of("..", "..", "scripts", "release");
  private static final Pattern MODULES = Pattern.compile("(?m)^MODULES=(\\S+)$");

  private PackagedJava() {}

  /** Puts it where the launcher of an installed program takes it from. */
  public static void putInto(Path home) throws IOException {
    Matcher modules = MODULES.matcher(Files.readString(RELEASE));
    if (!modules.find()) {
      throw new IllegalStateException("no modules are named in " + RELEASE);
    }
    Path java = Files.createDirectories(home.resolve("runtime/bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        exec "%s/bin/java" --limit-modules=%s "$@"
        """
            .formatted(System.getProperty("java.home"), modules.group(1)));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
