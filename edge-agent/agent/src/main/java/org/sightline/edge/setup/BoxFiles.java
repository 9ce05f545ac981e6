package org.sightline.edge.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SystemWords;

/**
 * Files of a box, each written whole or not at all, and given to whoever has to read it: to the
 * user of the service where there is one and root writes, else to nobody else.
 */
final class BoxFiles {
  private static final String SERVICE = "sightline";
  private static final String FOR_THE_GROUP = "rw-r-----";
  private static final String FOR_THE_OWNER = "rw-------";
  private static final FileAttribute<?> FOLDER_FOR_THE_OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final @Nullable UserPrincipal user;
  private final @Nullable GroupPrincipal group;

  BoxFiles(Path folder) {
    UserPrincipal service = null;
    GroupPrincipal services = null;
    if ("root".equals(System.getProperty("user.name"))) {
      UserPrincipalLookupService known = folder.getFileSystem().getUserPrincipalLookupService();
      try {
        service = known.lookupPrincipalByName(SERVICE);
        services = known.lookupPrincipalByGroupName(SERVICE);
      } catch (IOException e) {
        // There is no such user: whoever calls keeps the files.
      }
    }
    user = services == null ? null : service;
    group = services;
  }

  /** Whether the files are given to the user of the service. */
  boolean forTheService() {
    return user != null;
  }

  /** Makes a folder of the service's own. */
  void folder(Path folder) throws SightlineException {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder.toAbsolutePath().getParent());
        Files.createDirectory(folder, FOLDER_FOR_THE_OWNER);
        own(folder);
      }
    } catch (IOException e) {
      throw unwritten(folder, e);
    }
  }

  /** Puts a text in the place of what a file holds; the service reads it and does not write it. */
  void settings(Path file, String text) throws SightlineException {
    put(draft(file, text), file);
  }

  /** The same, up to the step that {@link #put} then takes: a file beside it, which is on disk. */
  Path draft(Path file, String text) throws SightlineException {
    try {
      Path next = fresh(file, FOR_THE_GROUP);
      Files.writeString(next, text, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
      if (group != null) {
        view(next).setGroup(group);
      }
      return next;
    } catch (IOException e) {
      throw unwritten(file, e);
    }
  }

  /** Puts a draft in the place of a file. */
  static void put(Path draft, Path file) throws SightlineException {
    try {
      move(draft, file);
    } catch (IOException e) {
      throw unwritten(file, e);
    }
  }

  /** The same of a copy of a public file; one that is there already, by its name, is left. */
  void copy(Path source, Path file) throws SightlineException {
    try {
      if (Files.exists(file) && Files.isSameFile(source, file)) {
        return;
      }
      settings(file, Files.readString(source));
    } catch (IOException e) {
      throw unwritten(file, e);
    }
  }

  /** Copies a file, with its rights, to where it is kept; one that is not there is left out. */
  static void keep(Path file, Path kept) throws SightlineException {
    try {
      if (Files.exists(file)) {
        Files.copy(
            file, kept, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      }
    } catch (IOException e) {
      throw unwritten(kept, e);
    }
  }

  /** A copy of a secret, which the service alone reads. */
  void copySecret(Path source, Path file) throws SightlineException {
    try {
      if (Files.exists(file) && Files.isSameFile(source, file)) {
        return;
      }
      Path next = fresh(file, FOR_THE_OWNER);
      Files.write(next, Files.readAllBytes(source));
      own(next);
      move(next, file);
    } catch (IOException e) {
      throw unwritten(file, e);
    }
  }

  /** Gives a file to the service. */
  void give(Path file) throws SightlineException {
    try {
      own(file);
    } catch (IOException e) {
      throw unwritten(file, e);
    }
  }

  private static Path fresh(Path file, String permissions) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path next = file.resolveSibling("." + file.getFileName() + ".new");
    Files.deleteIfExists(next); // An earlier attempt may have ended half way.
    return Files.createFile(
        next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
  }

  private static void move(Path next, Path file) throws IOException {
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void own(Path file) throws IOException {
    if (user != null && group != null) {
      view(file).setOwner(user);
      view(file).setGroup(group);
    }
  }

  private static PosixFileAttributeView view(Path file) {
    return Files.getFileAttributeView(
        file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static SightlineException unwritten(Path file, IOException cause) {
    return new SightlineException(
        ErrorKind.UNUSABLE_INPUT,
        "the file cannot be made",
        file.toString(),
        SystemWords.of(cause) + "; run this as root, or name settings that you may write",
        cause);
  }
}
