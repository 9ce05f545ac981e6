package org.sightline.edge.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.Spelling;
import org.sightline.edge.models.ModelPack.Content;
import org.sightline.edge.models.ModelPack.PackFile;
import org.sightline.edge.models.ModelPackException.Reason;

/**
 * The model packs this program knows, by the manifests it was built with, and the folder they are
 * installed in, as {@code <folder>/<pack>/<file>}. Safe for use by several threads.
 */
public final class ModelPacks {
  private static final String RESOURCE_FOLDER = "models";

  private final SortedMap<String, PackManifest> manifests;
  private final Path installFolder;

  private ModelPacks(SortedMap<String, PackManifest> manifests, Path installFolder) {
    this.manifests = manifests;
    this.installFolder = installFolder;
  }

  /** The packs of this program. */
  public static ModelPacks at(Path installFolder) {
    return new ModelPacks(BuiltWith.MANIFESTS, installFolder);
  }

  /** The packs whose manifests lie in {@code <manifestFolder>/<pack>/pack.json}. */
  static ModelPacks of(Path manifestFolder, Path installFolder) throws ModelPackException {
    return new ModelPacks(read(manifestFolder), installFolder);
  }

  /**
   * Where packs are installed if nothing else is set: {@code $SIGHTLINE_MODELS_HOME}, else {@code
   * $XDG_DATA_HOME/sightline/models}, else {@code ~/.local/share/sightline/models}.
   */
  public static Path defaultFolder() {
    return defaultFolder(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  static Path defaultFolder(Map<String, String> environment, Path home) {
    String models = environment.getOrDefault("SIGHTLINE_MODELS_HOME", "");
    if (!models.isEmpty()) {
      return Path.of(models);
    }
    String data = environment.getOrDefault("XDG_DATA_HOME", "");
    Path base = data.isEmpty() ? home.resolve(".local/share") : Path.of(data);
    return base.resolve("sightline").resolve(RESOURCE_FOLDER);
  }

  public Path installFolder() {
    return installFolder;
  }

  /** All manifests, by name. */
  public List<PackManifest> list() {
    return List.copyOf(manifests.values());
  }

  /** A pack that finds and compares faces. */
  public ModelPack manifest(String name) throws ModelPackException {
    return find(name, ModelPack.class);
  }

  /** A pack of either kind. */
  public PackManifest manifestOfAnyKind(String name) throws ModelPackException {
    return find(name, PackManifest.class);
  }

  private <P extends PackManifest> P find(String name, Class<P> kind) throws ModelPackException {
    PackManifest pack = manifests.get(name);
    if (kind.isInstance(pack)) {
      return kind.cast(pack);
    }
    List<String> names =
        manifests.values().stream().filter(kind::isInstance).map(PackManifest::name).toList();
    String guess =
        Spelling.nearest(name, names).map(nearest -> "did you mean " + nearest + "? ").orElse("");
    throw new ModelPackException(
        Reason.UNKNOWN_PACK,
        pack == null ? "there is no such model pack" : "this model pack is for something else",
        name,
        guess + "there is " + String.join(", ", names),
        null);
  }

  /** Whether a file of a pack is installed with bytes that the manifest pins. */
  public enum FileState {
    GOOD,
    MISSING,
    WRONG
  }

  /** The state of each file of a pack, in the manifest's order, by reading every byte of it. */
  public List<FileState> states(PackManifest pack) throws ModelPackException {
    List<FileState> states = new ArrayList<>();
    for (PackFile file : pack.files()) {
      states.add(state(folder(pack).resolve(file.name()), file));
    }
    return states;
  }

  private static FileState state(Path path, PackFile file) throws ModelPackException {
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      return Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? FileState.WRONG : FileState.MISSING;
    }
    try {
      long sizeBytes = Files.size(path);
      if (file.accepted().stream().noneMatch(content -> content.sizeBytes() == sizeBytes)) {
        return FileState.WRONG;
      }
      Content found = new Content(Sha256.ofFile(path).hex(), sizeBytes);
      return file.accepted().contains(found) ? FileState.GOOD : FileState.WRONG;
    } catch (IOException e) {
      throw new ModelPackException(
          Reason.FOLDER_UNUSABLE,
          "an installed file cannot be read",
          path.toString(),
          "check its owner and permissions, and the disk",
          e);
    }
  }

  /** The folder that a pack's files are installed in, whether it exists or not. */
  public Path folder(PackManifest pack) {
    return installFolder.resolve(pack.name());
  }

  /** Opens a pack that finds and compares faces, after checking every byte of its files. */
  public InstalledPack installed(String name) throws ModelPackException {
    ModelPack pack = manifest(name);
    requireInstalled(pack);
    return new InstalledPack(pack, folder(pack));
  }

  /** Opens a pack against presentation attacks, after checking every byte of its files. */
  public InstalledAttackPack installedAttackPack(String name) throws ModelPackException {
    AttackPack pack = find(name, AttackPack.class);
    requireInstalled(pack);
    return new InstalledAttackPack(pack, folder(pack));
  }

  /**
   * Checks every byte of a pack's files.
   *
   * @throws ModelPackException naming the first file that is not there or has other bytes
   */
  void requireInstalled(PackManifest pack) throws ModelPackException {
    String name = pack.name();
    List<FileState> states = states(pack);
    for (int i = 0; i < states.size(); i++) {
      Path path = folder(pack).resolve(pack.files().get(i).name());
      String remedy =
          "as this user run: sightline models install %s --models %s [--from DIR]"
              .formatted(name, installFolder.toAbsolutePath());
      switch (states.get(i)) {
        case GOOD -> {}
        case MISSING ->
            throw new ModelPackException(
                Reason.NOT_INSTALLED,
                "model pack " + name + " is not installed",
                path.toString(),
                remedy,
                null);
        case WRONG ->
            throw new ModelPackException(
                Reason.WRONG_DIGEST,
                "a file of model pack " + name + " is not the one its manifest pins",
                path.toString(),
                remedy,
                null);
      }
    }
  }

  private static SortedMap<String, PackManifest> read(Path folder) throws ModelPackException {
    SortedMap<String, PackManifest> manifests = new TreeMap<>();
    try (Stream<Path> packs = Files.list(folder)) {
      for (Path pack : packs.filter(Files::isDirectory).toList()) {
        PackManifest manifest = ManifestFormat.read(pack.resolve(ManifestFormat.FILE_NAME));
        manifests.put(manifest.name(), manifest);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new ModelPackException(
          Reason.FOLDER_UNUSABLE,
          "the folder of manifests cannot be read",
          folder.toString(),
          "check that it is there and readable",
          e);
    }
    return manifests;
  }

  /** The manifests inside the program, read once. */
  private static final class BuiltWith {
    static final SortedMap<String, PackManifest> MANIFESTS = read();

    private static SortedMap<String, PackManifest> read() {
      try {
        Path program = Path.of(programLocation());
        if (Files.isDirectory(program)) {
          return ModelPacks.read(program.resolve(RESOURCE_FOLDER));
        }
        try (FileSystem jar = FileSystems.newFileSystem(program, (@Nullable ClassLoader) null)) {
          return ModelPacks.read(jar.getPath("/" + RESOURCE_FOLDER));
        }
      } catch (IOException | URISyntaxException | ModelPackException e) {
        throw new IllegalStateException("a manifest built into this program is not valid", e);
      }
    }

    private static URI programLocation() throws URISyntaxException {
      return ModelPacks.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    }
  }
}
