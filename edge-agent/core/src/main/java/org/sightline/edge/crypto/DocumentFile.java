package org.sightline.edge.crypto;

import com.google.crypto.tink.subtle.Random;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.sightline.edge.domain.RegularFile;
import org.sightline.edge.domain.SystemWords;

/** Small files that hold one key or one document. An existing file is never overwritten. */
public final class DocumentFile {
  /** No document is longer. */
  public static final int MAX_SIZE_BYTES = 64 * 1024;

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(
          EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));

  private DocumentFile() {}

  /** Reads a whole document of at most {@value #MAX_SIZE_BYTES} bytes. */
  public static byte[] read(Path file) throws CryptoException {
    return read(file, MAX_SIZE_BYTES);
  }

  /** Reads a whole document that may be longer than others. */
  public static byte[] read(Path file, int maxSizeBytes) throws CryptoException {
    try (InputStream in = Files.newInputStream(RegularFile.require(file))) {
      byte[] bytes = in.readNBytes(maxSizeBytes + 1);
      if (bytes.length > maxSizeBytes) {
        throw new CryptoException(
            "the file is longer than any key or document", file.toString(), "name the right file");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new CryptoException("there is no such file", file.toString(), "check the path", e);
    } catch (IOException e) {
      throw new CryptoException(
          "the file cannot be read", file.toString(), "check that it is a readable file", e);
    }
  }

  /** Reads a file of secrets, refusing one that anybody but its owner can open. */
  public static byte[] readSecret(Path file) throws CryptoException {
    try {
      Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
      others.removeAll(OWNER_ONLY.value());
      others.remove(PosixFilePermission.OWNER_EXECUTE);
      if (!others.isEmpty()) {
        throw new CryptoException(
            "the key file is open to others than its owner",
            file.toString(),
            "chmod 600 it; if anybody else may have read it, make new keys");
      }
    } catch (NoSuchFileException e) {
      throw new CryptoException("there is no such file", file.toString(), "check the path", e);
    } catch (IOException | UnsupportedOperationException e) {
      throw new CryptoException(
          "cannot determine who may read the key file",
          file.toString(),
          "keep it on a file system with permissions",
          e);
    }
    return read(file);
  }

  /** Writes a new file, readable by all whom the process's umask allows. */
  public static void create(Path file, byte[] content) throws CryptoException {
    write(file, content);
  }

  /**
   * Writes a new document, as {@link #create}.
   *
   * @throws CryptoException also if it is longer than what {@link #read(Path)} takes: who gets it
   *     could not read it
   */
  public static void createDocument(Path file, byte[] content) throws CryptoException {
    if (content.length > MAX_SIZE_BYTES) {
      throw new CryptoException(
          "the document would be longer than the %d KiB that are read"
              .formatted(MAX_SIZE_BYTES >> 10),
          file.toString(),
          "name fewer boxes, cameras or corners of zones");
    }
    create(file, content);
  }

  /** Writes a new file that only its owner can read (0600). */
  public static void createSecret(Path file, byte[] content) throws CryptoException {
    write(file, content, OWNER_ONLY);
  }

  /**
   * Writes a file that only its owner can read (0600), in the place of one that may be there: a
   * reader sees the old content or the new one.
   */
  public static void replaceSecret(Path file, byte[] content) throws CryptoException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(fresh); // An earlier attempt may have ended half way.
      createSecret(fresh, content);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncFolderOf(file);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /**
   * Removes a key file for good: overwritten, synced, deleted. Nothing to do if it is not there; a
   * link or a pipe in its place is deleted, and what a link leads to stays. On flash the old blocks
   * may survive until they are reused; full-disk encryption covers them.
   */
  static void shred(Path file) throws CryptoException {
    try {
      BasicFileAttributes found =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!found.isSymbolicLink() && !found.isOther()) {
        overwrite(file);
      }
      Files.delete(file);
      syncFolderOf(file);
    } catch (NoSuchFileException e) {
      // Gone already.
    } catch (IOException | ArithmeticException e) {
      throw new CryptoException(
          "a key file cannot be destroyed",
          file.toString(),
          "give this user write access to it",
          e);
    }
  }

  private static void overwrite(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      ByteBuffer noise = ByteBuffer.wrap(Random.randBytes(Math.toIntExact(channel.size())));
      while (noise.hasRemaining()) {
        channel.write(noise);
      }
      channel.force(true);
    }
  }

  private static void syncFolderOf(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static void write(Path file, byte[] content, FileAttribute<?>... attributes)
      throws CryptoException {
    try (FileChannel channel =
        FileChannel.open(
            file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
      try {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
        syncFolderOf(file);
      } catch (IOException e) {
        Files.deleteIfExists(file);
        throw e;
      }
    } catch (FileAlreadyExistsException e) {
      throw new CryptoException(
          "the file exists already", file.toString(), "choose another name, or remove it first", e);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static CryptoException unwritable(Path file, IOException cause) {
    return new CryptoException(
        "the file cannot be written",
        file.toString(),
        SystemWords.of(cause) + "; check the folder",
        cause);
  }
}
