package org.sightline.edge.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.SharedFiles;
import org.sightline.edge.models.Installation.Installed;
import org.sightline.edge.models.Installation.SourcesMissing;
import org.sightline.edge.models.ModelPackException.Reason;
import tools.jackson.databind.node.ObjectNode;

class InstallFromFolderTest {
  private static final byte[] DETECTOR = "a detector".getBytes(StandardCharsets.UTF_8);
  private static final byte[] EMBEDDER = "an embedder".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  private Path stick;
  private Path installed;
  private SamplePack sample;

  @BeforeEach
  void aPackAndAnEmptyStick() throws Exception {
    stick = Files.createDirectories(folder.resolve("stick"));
    installed = folder.resolve("installed");
    sample =
        new SamplePack(folder.resolve("manifests"))
            .file("detector.onnx", DETECTOR, null)
            .file("embedder.onnx", EMBEDDER, null);
  }

  @Test
  void filesAreFoundByTheirBytesWhateverTheyAreCalledAndWhereverTheyLie() throws Exception {
    put("a/b/c/unnamed", DETECTOR);
    put("embedder (copy).bin", EMBEDDER);
    assertThat(install()).isInstanceOf(Installed.class);
    assertThat(packs().installed("sample").path("detector.onnx")).hasBinaryContent(DETECTOR);
  }

  @Test
  void anInstalledPackHoldsItsManifestAndFilesAndNothingElse() throws Exception {
    put("1", DETECTOR);
    put("2", EMBEDDER);
    install();
    assertThat(installed.resolve("sample").toFile().list())
        .containsExactlyInAnyOrder("pack.json", "detector.onnx", "embedder.onnx");
    assertThat(ManifestFormat.read(installed.resolve("sample/pack.json")))
        .isEqualTo(packs().manifest("sample"));
  }

  @Test
  void filesOfTheRightSizeAndNameWithOtherBytesAreNotTaken() throws Exception {
    put("detector.onnx", "A detector".getBytes(StandardCharsets.UTF_8));
    put("embedder.onnx", EMBEDDER);
    assertThat(install())
        .isInstanceOfSatisfying(
            SourcesMissing.class,
            missing ->
                assertThat(missing.sought()).extracting("name").containsExactly("detector.onnx"));
  }

  @Test
  void nothingIsWrittenIfAnythingIsMissing() throws Exception {
    put("detector.onnx", DETECTOR);
    install();
    assertThat(installed).doesNotExist();
  }

  @Test
  void emptyAndTruncatedFilesAreNotTaken() throws Exception {
    put("detector.onnx", new byte[0]);
    put("embedder.onnx", java.util.Arrays.copyOf(EMBEDDER, EMBEDDER.length - 1));
    assertThat(install())
        .isInstanceOfSatisfying(
            SourcesMissing.class, missing -> assertThat(missing.sought()).hasSize(2));
  }

  @Test
  void aLoopOfLinksIsNotFollowed() throws Exception {
    put("detector.onnx", DETECTOR);
    put("embedder.onnx", EMBEDDER);
    Files.createSymbolicLink(stick.resolve("loop"), stick);
    Files.createSymbolicLink(stick.resolve("self"), stick.resolve("self"));
    assertThat(install()).isInstanceOf(Installed.class);
  }

  @Test
  void aLinkOutOfTheFolderIsNotFollowed() throws Exception {
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Files.write(outside.resolve("detector.onnx"), DETECTOR);
    put("embedder.onnx", EMBEDDER);
    Files.createSymbolicLink(stick.resolve("folder"), outside);
    Files.createSymbolicLink(stick.resolve("file"), outside.resolve("detector.onnx"));
    assertThat(install()).isInstanceOf(SourcesMissing.class);
  }

  @Test
  void theFolderItselfMayBeALink() throws Exception {
    put("detector.onnx", DETECTOR);
    put("embedder.onnx", EMBEDDER);
    Path link = Files.createSymbolicLink(folder.resolve("link"), stick);
    assertThat(install(link)).isInstanceOf(Installed.class);
  }

  @Test
  void aMissingFolderIsRefused() {
    assertRefused(folder.resolve("no-such-folder"));
  }

  @Test
  void aFileInPlaceOfTheFolderIsRefused() throws Exception {
    assertRefused(Files.writeString(folder.resolve("file"), "x"));
  }

  @Test
  void aTargetThatCannotBeWrittenIsRefused() throws Exception {
    put("detector.onnx", DETECTOR);
    put("embedder.onnx", EMBEDDER);
    installed = Files.writeString(folder.resolve("file"), "x").resolve("models");
    assertRefused(stick);
  }

  @Test
  void aSecondInstallationAtTheSameTimeIsRefused() throws Exception {
    put("detector.onnx", DETECTOR);
    put("embedder.onnx", EMBEDDER);
    Files.createDirectories(installed);
    try (FileChannel other =
        FileChannel.open(
            installed.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      other.lock();
      assertRefused(stick);
    }
  }

  @Test
  void aSpoiltInstallationIsReplaced() throws Exception {
    put("detector.onnx", DETECTOR);
    put("embedder.onnx", EMBEDDER);
    install();
    Files.writeString(installed.resolve("sample/embedder.onnx"), "spoilt");
    install();
    assertThat(packs().installed("sample").path("embedder.onnx")).hasBinaryContent(EMBEDDER);
    assertThat(installed.toFile().list()).containsExactlyInAnyOrder("sample", ".lock");
  }

  @Test
  void whatAKilledInstallationLeftIsClearedAway() throws Exception {
    put("detector.onnx", DETECTOR);
    put("embedder.onnx", EMBEDDER);
    Files.createDirectories(installed.resolve(".sample.new"));
    Files.writeString(installed.resolve(".sample.new/half"), "x");
    install();
    assertThat(installed.toFile().list()).containsExactlyInAnyOrder("sample", ".lock");
  }

  @Test
  void aFileMadeFromBrokenInputsIsRefusedAndNothingIsLeft() throws Exception {
    byte[] xml = "<net/>".getBytes(StandardCharsets.UTF_8);
    byte[] bin = {1};
    ObjectNode file = (ObjectNode) sample.json().withArray("files").get(1);
    ObjectNode conversion = file.putObject("conversion").put("format", "openvino-ir");
    conversion
        .putArray("inputs")
        .add(SamplePack.fileNode("a.xml", xml, null))
        .add(SamplePack.fileNode("a.bin", bin, null));
    conversion
        .putObject("output")
        .put("sha256", SamplePack.digest(EMBEDDER))
        .put("sizeBytes", EMBEDDER.length);
    put("detector.onnx", DETECTOR);
    put("x", xml);
    put("b", bin);
    assertThatExceptionOfType(ModelPackException.class)
        .isThrownBy(this::install)
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.UNCONVERTIBLE));
    assertThat(installed.toFile().list()).containsExactly(".lock");
  }

  @Test
  void theDefaultPackIsInstalledFromTheRealFiles() throws Exception {
    ModelPacks real = ModelPacks.at(installed);
    new PackInstaller(real, InstallProgress.SILENT).fromFolder("retail-0095", SharedFiles.models());
    assertThat(real.installed("retail-0095").folder()).isEqualTo(installed.resolve("retail-0095"));
  }

  @Test
  void theDefaultPackIsInstalledFromWhatUpstreamPublishes() throws Exception {
    Path models = SharedFiles.models();
    copy(models.resolve("detector/face_detection_yunet_2023mar.onnx"), "1");
    copy(models.resolve("openvino-ir/face-reidentification-retail-0095.FP16.xml"), "2");
    copy(models.resolve("openvino-ir/face-reidentification-retail-0095.FP16.bin"), "3");
    copy(models.resolve("landmarks/landmarks-regression-retail-0009.xml"), "4");
    copy(models.resolve("landmarks/landmarks-regression-retail-0009.bin"), "5");
    ModelPacks real = ModelPacks.at(installed);
    new PackInstaller(real, InstallProgress.SILENT).fromFolder("retail-0095", stick);
    try (Stream<Path> files = Files.list(real.installed("retail-0095").folder())) {
      assertThat(files).hasSize(4);
    }
  }

  private void put(String name, byte[] content) throws IOException {
    Path file = stick.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private void copy(Path file, String name) throws IOException {
    Files.copy(file, stick.resolve(name));
  }

  private ModelPacks packs() throws Exception {
    sample.write();
    return ModelPacks.of(folder.resolve("manifests"), installed);
  }

  private Installation install() throws Exception {
    return install(stick);
  }

  private Installation install(Path from) throws Exception {
    return new PackInstaller(packs(), InstallProgress.SILENT).fromFolder("sample", from);
  }

  private void assertRefused(Path from) {
    assertThatExceptionOfType(ModelPackException.class)
        .isThrownBy(() -> install(from))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.FOLDER_UNUSABLE));
  }
}
