package org.sightline.edge.models;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.models.Installation.Installed;
import org.sightline.edge.models.Installation.SourcesMissing;
import org.sightline.edge.models.ModelPack.Content;
import org.sightline.edge.models.ModelPack.Conversion;
import org.sightline.edge.models.ModelPack.PackFile;
import org.sightline.edge.models.ModelPackException.Reason;
import org.sightline.edge.models.ModelPacks.FileState;
import org.sightline.edge.models.UpstreamSource.RetryLimits;
import org.sightline.edge.models.openvino.IrConversion;
import org.sightline.edge.models.openvino.IrException;
import org.sightline.edge.models.yunet.YuNetConversion;
import org.sightline.edge.models.yunet.YuNetException;

/**
 * Puts packs into the install folder, wholly or not at all. A pack is gathered in {@code
 * .<pack>.new}, every byte of it checked and on disk, and takes its place by a rename. Beside that,
 * {@code .downloads} keeps what has arrived of unfinished downloads, and {@code .lock} keeps two
 * installations apart.
 */
public final class PackInstaller {
  private final ModelPacks packs;
  private final InstallProgress progress;
  private final RetryLimits patience;

  public PackInstaller(ModelPacks packs, InstallProgress progress) {
    this(packs, progress, RetryLimits.USUAL);
  }

  PackInstaller(ModelPacks packs, InstallProgress progress, RetryLimits patience) {
    this.packs = packs;
    this.progress = progress;
    this.patience = patience;
  }

  /** Installs from files anywhere under a folder, whatever they are called; uses no network. */
  public Installation fromFolder(String name, Path folder) throws ModelPackException {
    PackManifest pack = packs.manifestOfAnyKind(name);
    return install(pack, new FolderSource(folder, pack));
  }

  /** Installs from where upstream publishes the files. */
  public Installation fromUpstream(String name) throws ModelPackException {
    Path parts = packs.installFolder().resolve(".downloads");
    return install(packs.manifestOfAnyKind(name), new UpstreamSource(parts, progress, patience));
  }

  private Installation install(PackManifest pack, PackSource source) throws ModelPackException {
    if (packs.states(pack).stream().allMatch(FileState.GOOD::equals)) {
      return new Installed();
    }
    List<PackFile> missing = missing(pack, source);
    if (!missing.isEmpty()) {
      return new SourcesMissing(missing);
    }
    Path home = packs.installFolder();
    try {
      Files.createDirectories(home);
      try (FileChannel channel =
          FileChannel.open(
              home.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        lock(channel);
        gather(pack, source, home.resolve("." + pack.name() + ".new"));
      }
    } catch (IOException e) {
      throw new ModelPackException(
          Reason.FOLDER_UNUSABLE,
          "the install folder cannot be written",
          home.toString(),
          "check its permissions and the space left, or name another: --models DIR",
          e);
    }
    packs.requireInstalled(pack);
    return new Installed();
  }

  private static List<PackFile> missing(PackManifest pack, PackSource source)
      throws ModelPackException {
    List<PackFile> missing = new ArrayList<>();
    for (PackFile file : pack.files()) {
      if (!source.has(file)) {
        List<PackFile> inputs = new ArrayList<>();
        if (file.conversion() != null) {
          for (PackFile input : file.conversion().inputs()) {
            if (!source.has(input)) {
              inputs.add(input);
            }
          }
        }
        if (file.conversion() == null || !inputs.isEmpty()) {
          missing.add(file);
          missing.addAll(inputs);
        }
      }
    }
    return missing;
  }

  /** Takes the lock of the install folder, which goes when the channel is closed. */
  private void lock(FileChannel channel) throws IOException, ModelPackException {
    boolean taken;
    try {
      taken = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      taken = false;
    }
    if (!taken) {
      throw new ModelPackException(
          Reason.FOLDER_UNUSABLE,
          "another installation is running",
          packs.installFolder().toString(),
          "wait until it has ended",
          null);
    }
  }

  private void gather(PackManifest pack, PackSource source, Path staging)
      throws IOException, ModelPackException {
    delete(staging);
    try {
      Files.createDirectory(staging);
      for (PackFile file : pack.files()) {
        Path target = staging.resolve(file.name());
        if (file.conversion() == null || source.has(file)) {
          source.fetch(file, target);
        } else {
          convert(file.conversion(), source, staging.resolve(".inputs"), target);
        }
      }
      Files.write(staging.resolve(ManifestFormat.FILE_NAME), ManifestFormat.written(pack));
      takePlace(staging, packs.folder(pack));
    } finally {
      delete(staging);
    }
  }

  private static void convert(Conversion conversion, PackSource source, Path workshop, Path target)
      throws IOException, ModelPackException {
    Files.createDirectory(workshop);
    for (PackFile input : conversion.inputs()) {
      source.fetch(input, workshop.resolve(input.name()));
    }
    try {
      Files.write(
          target,
          switch (conversion.format()) {
            case OPENVINO_IR ->
                IrConversion.toOnnx(
                    input(workshop, conversion, ".xml"), input(workshop, conversion, ".bin"));
            case YUNET_FIXED_SIZE ->
                YuNetConversion.withFreeSize(input(workshop, conversion, ".onnx"));
          });
    } catch (IrException | YuNetException e) {
      throw unconvertible(e.what(), target, e);
    }
    if (!new Content(Sha256.ofFile(target).hex(), Files.size(target)).equals(conversion.output())) {
      throw unconvertible("the conversion gives other bytes than the manifest pins", target, null);
    }
    delete(workshop);
  }

  private static Path input(Path workshop, Conversion conversion, String ending)
      throws ModelPackException {
    return conversion.inputs().stream()
        .map(PackFile::name)
        .filter(name -> name.endsWith(ending))
        .findFirst()
        .map(workshop::resolve)
        .orElseThrow(
            () ->
                unconvertible(
                    "the conversion has no input that ends in " + ending, workshop, null));
  }

  private static ModelPackException unconvertible(
      String what, Path where, @Nullable SightlineException cause) {
    return new ModelPackException(
        Reason.UNCONVERTIBLE,
        what,
        String.valueOf(where.getFileName()),
        "report it: the manifest and the converter disagree",
        cause);
  }

  /** Replaces what is there by what was gathered, when all of that is on the disk itself. */
  private static void takePlace(Path staging, Path target) throws IOException {
    Path old = target.resolveSibling(staging.getFileName() + ".old");
    try (Stream<Path> files = Files.list(staging)) {
      for (Path file : files.toList()) {
        sync(file, StandardOpenOption.WRITE);
      }
    }
    sync(staging, StandardOpenOption.READ);
    delete(old);
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
    sync(target.resolveSibling(""), StandardOpenOption.READ);
    delete(old);
  }

  private static void sync(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  /** Deletes a file, a link or a folder with all in it; follows no link. */
  private static void delete(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
