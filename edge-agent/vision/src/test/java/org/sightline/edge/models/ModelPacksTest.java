package org.sightline.edge.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.models.ModelPack.PackFile;
import org.sightline.edge.models.ModelPackException.Reason;

class ModelPacksTest {
  private static final byte[] DETECTOR = "a detector".getBytes(StandardCharsets.UTF_8);
  private static final byte[] EMBEDDER = "an embedder".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  private SamplePack sample;
  private ModelPacks packs;

  @BeforeEach
  void onePackOfTwoFiles() throws Exception {
    sample = new SamplePack(folder.resolve("manifests"));
    sample.file("detector.onnx", DETECTOR, null).file("embedder.onnx", EMBEDDER, null).write();
    packs = ModelPacks.of(folder.resolve("manifests"), folder.resolve("installed"));
  }

  @Test
  void theProgramKnowsEveryPackThatHasAFolderInModels() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("../../models"))) {
      assertThat(ModelPacks.at(folder).list())
          .extracting(PackManifest::name)
          .containsExactlyElementsOf(
              folders
                  .filter(Files::isDirectory)
                  .map(p -> p.getFileName().toString())
                  .sorted()
                  .toList());
    }
  }

  @Test
  void everyPackOfTheProgramHasAModelCard() {
    assertThat(ModelPacks.at(folder).list())
        .isNotEmpty()
        .allSatisfy(
            pack -> assertThat(Path.of("../../models", pack.name(), "README.md")).isNotEmptyFile());
  }

  @Test
  void everyAddressOfTheProgramIsEncrypted() {
    assertThat(ModelPacks.at(folder).list())
        .flatMap(PackManifest::files)
        .flatExtracting(
            file ->
                file.conversion() == null
                    ? List.of(file)
                    : Stream.concat(Stream.of(file), file.conversion().inputs().stream()).toList())
        .extracting(file -> file.url())
        .filteredOn(java.util.Objects::nonNull)
        .isNotEmpty()
        .allSatisfy(url -> assertThat(url).startsWith("https://"));
  }

  @Test
  void theDefaultPackCanBeHadFromUpstreamWholly() throws Exception {
    assertThat(ModelPacks.at(folder).manifest("retail-0095").files())
        .isNotEmpty()
        .allSatisfy(
            file ->
                assertThat(file.conversion() == null ? List.of(file) : file.conversion().inputs())
                    .isNotEmpty()
                    .extracting(PackFile::url)
                    .doesNotContainNull());
  }

  @Test
  void anUnknownPackIsRefusedWithTheNearestNameAndAllNames() {
    assertThatExceptionOfType(ModelPackException.class)
        .isThrownBy(() -> ModelPacks.at(folder).manifest("retail-95"))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_PACK))
        .withMessageContaining("did you mean retail-0095?")
        .withMessageContaining("builtin, opencv-zoo, retail-0095");
  }

  @Test
  void aPackThatComparesNoFacesIsRefusedWhereOneIsNeeded() {
    assertThatExceptionOfType(ModelPackException.class)
        .isThrownBy(() -> ModelPacks.at(folder).manifest("minifasnet"))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_PACK))
        .withMessageContaining("for something else")
        .withMessageContaining("builtin, opencv-zoo, retail-0095");
  }

  @Test
  void aPackThatComparesFacesIsRefusedAgainstAttacks() {
    assertThatExceptionOfType(ModelPackException.class)
        .isThrownBy(() -> ModelPacks.at(folder).installedAttackPack("retail-0095"))
        .withMessageContaining("there is minifasnet");
  }

  @Test
  void aPackAgainstAttacksThatIsNotInstalledIsRefused() {
    assertThatExceptionOfType(ModelPackException.class)
        .isThrownBy(() -> ModelPacks.at(folder).installedAttackPack("minifasnet"))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_INSTALLED))
        .withMessageContaining("models install minifasnet");
  }

  @Test
  void aPackWithoutFilesIsAlwaysInstalled() throws Exception {
    InstalledPack builtin = ModelPacks.at(folder.resolve("nothing-here")).installed("builtin");
    assertThat(builtin.manifest().exerciseOnly()).isTrue();
  }

  @Test
  void anInstalledPackKnowsWhereItsFilesAre() throws Exception {
    put("detector.onnx", DETECTOR);
    put("embedder.onnx", EMBEDDER);
    assertThat(packs.installed("sample").path("embedder.onnx")).hasBinaryContent(EMBEDDER);
  }

  @Test
  void anInstalledPackHasNoFilesButItsOwn() throws Exception {
    put("detector.onnx", DETECTOR);
    put("embedder.onnx", EMBEDDER);
    InstalledPack pack = packs.installed("sample");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> pack.path("../other.onnx"));
  }

  @Test
  void aPackWithAMissingFileIsNotInstalled() throws Exception {
    put("detector.onnx", DETECTOR);
    assertRefused(Reason.NOT_INSTALLED);
  }

  @Test
  void aPackWithAnEmptyFileIsRefused() throws Exception {
    put("detector.onnx", DETECTOR);
    put("embedder.onnx", new byte[0]);
    assertRefused(Reason.WRONG_DIGEST);
  }

  @Test
  void aPackWithOneChangedBitIsRefused() throws Exception {
    byte[] changed = EMBEDDER.clone();
    changed[3] ^= 1;
    put("detector.onnx", DETECTOR);
    put("embedder.onnx", changed);
    assertRefused(Reason.WRONG_DIGEST);
  }

  @Test
  void aLinkInPlaceOfAFileIsRefused() throws Exception {
    put("detector.onnx", DETECTOR);
    Path elsewhere = Files.write(folder.resolve("elsewhere"), EMBEDDER);
    Files.createSymbolicLink(folder.resolve("installed/sample/embedder.onnx"), elsewhere);
    assertRefused(Reason.WRONG_DIGEST);
  }

  @Test
  void theInstallFolderCanBeSetByTheEnvironment() {
    Map<String, String> environment =
        Map.of("SIGHTLINE_MODELS_HOME", "/srv/models", "XDG_DATA_HOME", "/srv/data");
    assertThat(ModelPacks.defaultFolder(environment, Path.of("/home/van")))
        .isEqualTo(Path.of("/srv/models"));
  }

  @Test
  void theInstallFolderFollowsTheDesktopsConvention() {
    assertThat(ModelPacks.defaultFolder(Map.of("XDG_DATA_HOME", "/srv/data"), Path.of("/home/van")))
        .isEqualTo(Path.of("/srv/data/sightline/models"));
  }

  @Test
  void theInstallFolderIsElseInTheHomeFolder() {
    assertThat(ModelPacks.defaultFolder(Map.of(), Path.of("/home/van")))
        .isEqualTo(Path.of("/home/van/.local/share/sightline/models"));
  }

  private void put(String name, byte[] content) throws IOException {
    Path pack = Files.createDirectories(folder.resolve("installed/sample"));
    Files.write(pack.resolve(name), content);
  }

  private void assertRefused(Reason reason) {
    assertThatExceptionOfType(ModelPackException.class)
        .isThrownBy(() -> packs.installed("sample"))
        .withMessageContaining("sightline models install sample")
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
