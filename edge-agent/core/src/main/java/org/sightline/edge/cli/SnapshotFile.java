package org.sightline.edge.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;

/**
 * A PNG of what a camera sees in squares. It says in a text of its own that it is one, so that the
 * next takes the place of it and of no other picture.
 */
public final class SnapshotFile {
  /** The signature and the header, which is always the first. */
  private static final int HEADER_BYTES = 8 + 25;

  private static final byte[] MARK = mark("Title\0Sightline snapshot");

  private SnapshotFile() {}

  /** A chunk of text. */
  private static byte[] mark(String text) {
    byte[] chunk = ("tEXt" + text).getBytes(StandardCharsets.ISO_8859_1);
    CRC32 sum = new CRC32();
    sum.update(chunk);
    return ByteBuffer.allocate(4 + chunk.length + 4)
        .putInt(chunk.length - 4)
        .put(chunk)
        .putInt((int) sum.getValue())
        .array();
  }

  /**
   * Refuses a file that cannot be made, or in whose place there is another than a snapshot: that
   * may be replaced, and nothing else that somebody may still want.
   */
  public static void requireWritable(Path path) throws SightlineException {
    ResultFile.requireWritable(path);
    if (!Files.isRegularFile(path)) {
      return;
    }
    try (InputStream there = Files.newInputStream(path)) {
      byte[] start = there.readNBytes(HEADER_BYTES + MARK.length);
      boolean snapshot =
          start.length == HEADER_BYTES + MARK.length
              && Arrays.equals(start, HEADER_BYTES, start.length, MARK, 0, MARK.length);
      if (start.length > 0 && !snapshot) {
        throw new SightlineException(
            ErrorKind.UNUSABLE_INPUT,
            "there is a file that is not a snapshot of Sightline",
            path.toString(),
            "give another name, or remove it");
      }
    } catch (IOException e) {
      throw ResultFile.unwritable(path, e);
    }
  }

  /**
   * Writes a snapshot, into the place of nothing but one; what stands there is asked again now. A
   * file that is made is for its owner alone. Through a link, not in its place.
   *
   * @param png whole
   */
  public static void write(Path path, byte[] png) throws SightlineException {
    requireWritable(path);
    ByteBuffer marked = ByteBuffer.allocate(png.length + MARK.length);
    marked.put(png, 0, HEADER_BYTES).put(MARK);
    marked.put(png, HEADER_BYTES, png.length - HEADER_BYTES).flip();
    try (SeekableByteChannel file =
        Files.newByteChannel(
            path,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      while (marked.hasRemaining()) {
        file.write(marked);
      }
    } catch (IOException e) {
      throw ResultFile.unwritable(path, e);
    }
  }
}
