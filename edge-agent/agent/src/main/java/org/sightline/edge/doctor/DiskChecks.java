package org.sightline.edge.doctor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.domain.SystemWords;

/** The disk that alerts are kept on until the broker has them. */
final class DiskChecks {
  /** As the alarm {@code disk-low}. */
  private static final long NEEDED_MIB = 512;

  private static final Duration SLOW = Duration.ofMillis(200);
  private static final int WRITES = 5;
  private static final int BLOCK_BYTES = 4096;

  private DiskChecks() {}

  static List<Check> of(AgentSettings settings) {
    Path data = settings.folders().data();
    return List.of(new Check("disk", () -> disk(data)));
  }

  private static List<Finding> disk(Path data) {
    if (!Files.isDirectory(data)) {
      return List.of(Finding.untested("disk", "there is no data folder yet: " + data));
    }
    try {
      long mib = Files.getFileStore(data).getUsableSpace() >> 20;
      Duration sync = slowestWrite(data);
      return List.of(
          space(mib, data),
          Finding.held(
              "disk writes",
              sync.compareTo(SLOW) <= 0,
              Verdict.LOOK,
              new Finding.Measured(
                  sync.toMillis() + " ms until on the disk, the slowest of " + WRITES,
                  "at most " + SLOW.toMillis() + " ms"),
              "use another disk or card: alerts wait for it"));
    } catch (IOException e) {
      return List.of(
          Finding.bad(
              "disk",
              "cannot be written: " + data + ", " + SystemWords.of(e),
              "free space, check the folder's owner and the disk"));
    }
  }

  static Finding space(long freeMib, Path data) {
    return Finding.held(
        "disk space",
        freeMib >= NEEDED_MIB,
        Verdict.BAD,
        new Finding.Measured(freeMib + " MiB free", "at least " + NEEDED_MIB + " MiB"),
        "free space on the disk of " + data);
  }

  private static Duration slowestWrite(Path folder) throws IOException {
    Path file =
        Files.createTempFile(
            folder,
            "doctor",
            null,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    long slowestNanos = 0;
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
      for (int i = 0; i < WRITES; i++) {
        long begun = System.nanoTime();
        ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
        while (block.hasRemaining()) {
          channel.write(block);
        }
        channel.force(true);
        slowestNanos = Math.max(slowestNanos, System.nanoTime() - begun);
      }
    } finally {
      Files.deleteIfExists(file);
    }
    return Duration.ofNanos(slowestNanos);
  }
}
