package org.sightline.edge.models;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.models.ModelPack.Content;
import org.sightline.edge.models.ModelPack.PackFile;
import org.sightline.edge.models.ModelPackException.Reason;

/**
 * Files anywhere under a folder, known by their bytes and not by their names. Links inside the
 * folder are not followed, so nothing outside it is read; what cannot be read is passed over.
 */
final class FolderSource implements PackSource {
  private final Path folder;
  private final Map<Long, List<Path>> bySizeBytes = new HashMap<>();
  private final Map<Path, String> digests = new HashMap<>();

  /** Looks through the folder for files of the sizes that the pack's files have. */
  FolderSource(Path folder, PackManifest pack) throws ModelPackException {
    this.folder = folder;
    if (!Files.isDirectory(folder)) {
      throw unusable("there is no such folder to install from", null);
    }
    try {
      Files.walkFileTree(folder.toRealPath(), new Search(sizesBytes(pack.files())));
    } catch (IOException e) {
      throw unusable("the folder to install from cannot be read", e);
    }
  }

  private static Set<Long> sizesBytes(List<PackFile> files) {
    Set<Long> sizes = new HashSet<>();
    for (PackFile file : files) {
      file.accepted().forEach(content -> sizes.add(content.sizeBytes()));
      if (file.conversion() != null) {
        sizes.addAll(sizesBytes(file.conversion().inputs()));
      }
    }
    return sizes;
  }

  @Override
  public boolean has(PackFile file) {
    return found(file) != null;
  }

  @Override
  public void fetch(PackFile file, Path target) throws ModelPackException, IOException {
    Path source = found(file);
    if (source == null) {
      throw new IllegalArgumentException("not in the folder: " + file.name());
    }
    MessageDigest copied = Sha256.newDigest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(source), copied)) {
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Sha256.finish(copied).hex().equals(digests.get(source))) {
      throw new ModelPackException(
          Reason.WRONG_DIGEST,
          "the file changed while it was copied",
          source.toString(),
          "let nothing write to it, then try again",
          null);
    }
  }

  private @Nullable Path found(PackFile file) {
    for (Content content : file.accepted()) {
      for (Path candidate : bySizeBytes.getOrDefault(content.sizeBytes(), List.of())) {
        if (digests.computeIfAbsent(candidate, FolderSource::digest).equals(content.sha256())) {
          return candidate;
        }
      }
    }
    return null;
  }

  private static String digest(Path file) {
    try {
      return Sha256.ofFile(file).hex();
    } catch (IOException e) {
      return "unreadable";
    }
  }

  private ModelPackException unusable(String what, @Nullable Throwable cause) {
    return new ModelPackException(
        Reason.FOLDER_UNUSABLE,
        what,
        folder.toString(),
        "check the path, and that the drive is mounted",
        cause);
  }

  private final class Search extends SimpleFileVisitor<Path> {
    private final Set<Long> sizesBytes;

    Search(Set<Long> sizesBytes) {
      this.sizesBytes = sizesBytes;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && sizesBytes.contains(attributes.size())) {
        bySizeBytes.computeIfAbsent(attributes.size(), size -> new ArrayList<>()).add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
      return FileVisitResult.CONTINUE;
    }
  }
}
