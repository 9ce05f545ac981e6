package org.sightline.edge.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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
        run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder.toString()),
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

  /** Undoes {@link #fill()}. */
  public void free() throws IOException {
    Files.deleteIfExists(ballast());
  }

  /** As the kernel does it with a disk that fails. */
  public void makeReadOnly() throws IOException {
    assumeTrue(run("mount", "-o", "remount,ro", folder.toString()), "this disk stays writable");
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
