package org.sightline.edge.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A disk of its own that can stop answering writers, as one that fails does; only root can mount
 * it. It is a file system in a file, which the kernel freezes.
 */
public final class HangingDisk implements AutoCloseable {
  private static final long SIZE_BYTES = 32L << 20;

  private final Path folder;

  private HangingDisk(Path folder) {
    this.folder = folder;
  }

  /**
   * Mounts one on an empty folder; where that is not allowed the test is skipped.
   *
   * @param image file that is made for it
   */
  public static HangingDisk on(Path folder, Path image) throws IOException {
    Files.createDirectories(folder);
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(SIZE_BYTES);
    }
    assumeTrue(run("mkfs.ext4", "-q", "-F", image.toString()), "there is no mkfs.ext4 here");
    assumeTrue(
        run("mount", "-o", "loop", image.toString(), folder.toString()),
        "this user may not mount a file");
    HangingDisk disk = new HangingDisk(folder);
    boolean freezes = run("fsfreeze", "--freeze", folder.toString());
    disk.answerAgain();
    if (!freezes) {
      disk.close();
    }
    assumeTrue(freezes, "this user may not freeze a file system");
    return disk;
  }

  /** From now on writers wait. */
  public void hang() throws IOException {
    if (!run("fsfreeze", "--freeze", folder.toString())) {
      throw new IOException("the disk does not hang");
    }
  }

  /** Undoes {@link #hang()}. */
  public void answerAgain() throws IOException {
    run("fsfreeze", "--unfreeze", folder.toString());
  }

  private static boolean run(String... command) throws IOException {
    try {
      return new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .onExit()
              .join()
              .exitValue()
          == 0;
    } catch (IOException e) {
      return false; // It is not installed.
    }
  }

  @Override
  public void close() throws IOException {
    answerAgain();
    run("umount", "-l", folder.toString());
  }
}
