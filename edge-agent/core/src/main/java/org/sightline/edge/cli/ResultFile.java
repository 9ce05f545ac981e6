package org.sightline.edge.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SystemWords;

/** A file that holds a whole result or does not exist. */
public final class ResultFile {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private final Path path;

  private ResultFile(Path path) {
    this.path = path;
  }

  /** Checks before a long measurement that its result will have a place. */
  public static ResultFile at(Path path) throws SightlineException {
    requireWritable(path);
    return new ResultFile(path);
  }

  /** Refuses a file that cannot be made, before anything long is begun. */
  public static void requireWritable(Path path) throws SightlineException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || !Files.isWritable(folder) || Files.isDirectory(path)) {
      throw unwritable(path, null);
    }
  }

  /**
   * Refuses a file that cannot be made, or in whose place there is another than a PNG: that of an
   * earlier run may be replaced, and nothing else that somebody may still want.
   */
  public static void requireWritablePng(Path path) throws SightlineException {
    requireWritable(path);
    if (!Files.isRegularFile(path)) {
      return;
    }
    try (InputStream there = Files.newInputStream(path)) {
      byte[] start = there.readNBytes(PNG.length);
      if (start.length > 0 && !Arrays.equals(start, PNG)) {
        throw new SightlineException(
            ErrorKind.UNUSABLE_INPUT,
            "there is a file that is not a PNG",
            path.toString(),
            "give another name");
      }
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  /**
   * Writes a PNG, into the place of nothing but a PNG; what stands there is asked again now. A file
   * that is made is for its owner alone. Through a link, not in its place.
   */
  public static void writePng(Path path, byte[] png) throws SightlineException {
    requireWritablePng(path);
    try (SeekableByteChannel file =
        Files.newByteChannel(
            path,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer bytes = ByteBuffer.wrap(png);
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  /** Writes a document as JSON. */
  public void write(Object result) throws SightlineException {
    writeText(JsonOutput.text(result));
  }

  /** Writes text and a line end. */
  public void writeText(String text) throws SightlineException {
    try {
      Files.writeString(path, text + System.lineSeparator());
    } catch (IOException full) {
      removeHalf(full);
      throw unwritable(path, full);
    }
  }

  private void removeHalf(IOException failure) {
    try {
      if (Files.isRegularFile(path)) {
        Files.delete(path);
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static SightlineException unwritable(Path path, @Nullable IOException cause) {
    return new SightlineException(
        ErrorKind.UNUSABLE_INPUT,
        "the result cannot be written",
        path.toString(),
        (cause == null ? "" : SystemWords.of(cause) + "; ") + "give a file in a writable folder",
        cause);
  }
}
