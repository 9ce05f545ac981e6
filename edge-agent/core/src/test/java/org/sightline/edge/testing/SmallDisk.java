package org.sightline.edge.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A disk of its own, small enough to be filled, which only root can mount. */
public final class SmallDisk implements AutoCloseable {
  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts one on an empty folder; where that is not allowed the test is skipped. */
  public static SmallDisk on(Path folder) throws IOException {
    Files.createDirectories(folder);
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=4m,nr_inodes=512", "tmpfs", folder.toString()),
        "this user may not mount a small disk");
    return new SmallDisk(folder);
  }

  /** To the last byte. */
  public void fill() throws IOException {
    try (OutputStream ballast = Files.newOutputStream(ballast())) {
      byte[] some = new byte[4096];
      while (true) {
        ballast.write(some);
      }
    } catch (IOException e) {
      if (folder.toFile().getUsableSpace() >= 4096) {
        throw e;
      }
    }
  }

  /** Until no file can be made on it. */
  public void useUpFiles() throws IOException {
    Files.createDirectory(many());
    try {
      while (true) {
        Files.createTempFile(many(), "", "");
      }
    } catch (IOException e) {
      // There is room for none.
    }
  }

  /** Undoes {@link #fill()} and {@link #useUpFiles()}. */
  public void free() throws IOException {
    Files.deleteIfExists(ballast());
    if (Files.exists(many())) {
      try (Stream<Path> files = Files.list(many())) {
        for (Path each : files.toList()) {
          Files.delete(each);
        }
      }
      Files.delete(many());
    }
  }

  /** As the kernel does it with a disk that fails. */
  public void makeReadOnly() throws IOException {
    assumeTrue(run("mount", "-o", "remount,ro", folder.toString()), "this disk stays writable");
  }

  private Path many() {
    return folder.resolve("many");
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  private static boolean run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(List.of(command))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.onExit().join().exitValue() == 0;
  }

  @Override
  public void close() throws IOException {
    run("umount", "-l", folder.toString());
  }
}
