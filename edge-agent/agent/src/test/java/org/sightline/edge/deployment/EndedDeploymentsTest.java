package org.sightline.edge.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.deployment.DeploymentStatus.End;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.testing.SmallDisk;

/** What is over stays over: in another data folder, in a copy from before, on a disk that fails. */
class EndedDeploymentsTest {
  @TempDir private Path folder;

  private static Box opened(Box box) throws Exception {
    box.papers().write();
    box.importList();
    box.open();
    return box;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(each)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path each, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(each, to.resolve(from.relativize(each)));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** The same device and papers with a data folder that knows nothing. */
  private Box withNewData(Box before) throws Exception {
    copy(before.bundle(), folder.resolve("bundle.kept"));
    before.database.close();
    Files.move(before.data(), folder.resolve("data.away"));
    Box fresh = before.again();
    Files.deleteIfExists(fresh.bundle());
    Files.copy(folder.resolve("bundle.kept"), fresh.bundle());
    return fresh;
  }

  private static DeploymentRefusal refusalOfImport(Box box) {
    return catchThrowableOfType(DeploymentException.class, box::importList).refusal();
  }

  private Path note() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("ended"))) {
      return files.findFirst().orElseThrow();
    }
  }

  @Test
  void whatWasOverBeforeTheProgramWasInstalledStaysOver() throws Exception {
    DeviceKeys device = DeviceKeys.generate();
    DeploymentId over = new DeploymentId("D-1");
    Path earlier = folder.resolve("user");
    End end = new End(EndReason.CLOSED, Box.OFFICER.value(), Instant.parse("2026-11-01T10:00:00Z"));
    new EndedDeployments(earlier, device).put(over, end);

    EndedDeployments installed =
        new EndedDeployments(folder.resolve("service"), Optional.of(earlier), device);

    assertThat(installed.of(over)).contains(end);
  }

  @Test
  void aPlaceOfBeforeThatCannotBeLookedIntoKeepsNoDeploymentFromTheMachine() throws Exception {
    Path notAFolder = Files.createFile(folder.resolve("user"));
    EndedDeployments installed =
        new EndedDeployments(
            folder.resolve("service"), Optional.of(notAFolder), DeviceKeys.generate());

    assertThat(installed.of(new DeploymentId("D-1"))).isEmpty();
  }

  @Test
  void aClosedDeploymentIsNotTakenIntoAnotherDataFolder() throws Exception {
    Box box = opened(new Box(folder));
    box.deployments.close(Box.OFFICER);
    try (Box fresh = withNewData(box)) {
      assertThat(refusalOfImport(fresh))
          .isInstanceOfSatisfying(
              DeploymentRefusal.Over.class,
              over -> assertThat(over.end().by()).isEqualTo(Box.OFFICER.value()));
    }
  }

  @Test
  void aRevokedDeploymentIsNotTakenIntoAnotherDataFolder() throws Exception {
    Box box = opened(new Box(folder));
    box.deployments.revoke(box.revocation(Box.DEPLOYMENT));
    try (Box fresh = withNewData(box)) {
      assertThat(refusalOfImport(fresh))
          .isInstanceOfSatisfying(
              DeploymentRefusal.Over.class,
              over -> assertThat(over.end().reason()).isEqualTo(EndReason.REVOKED));
    }
  }

  @Test
  void aDeploymentRevokedBeforeItCameIsNotTakenIntoAnotherDataFolder() throws Exception {
    Box box = new Box(folder);
    box.papers().write();
    box.deployments.revoke(box.revocation(Box.DEPLOYMENT));
    try (Box fresh = withNewData(box)) {
      assertThat(refusalOfImport(fresh)).isInstanceOf(DeploymentRefusal.Over.class);
    }
  }

  @Test
  void aDeploymentWhoseTimeIsOverIsNotTakenIntoAnotherDataFolder() throws Exception {
    Box box = opened(new Box(folder));
    box.wall.shift(Duration.ofHours(5));
    box.finish();
    box.wall.shift(Duration.ofHours(-5));
    box.papers().write();
    try (Box fresh = withNewData(box)) {
      assertThat(refusalOfImport(fresh)).isInstanceOf(DeploymentRefusal.Over.class);
    }
  }

  @Test
  void inACopyOfTheDataFromBeforeTheCloseItIsOver() throws Exception {
    Box box = opened(new Box(folder));
    copy(box.data(), folder.resolve("copy"));
    box.deployments.close(Box.OFFICER);
    box.finish();
    box.database.close();
    Files.move(box.data(), folder.resolve("data.away"));
    Files.move(folder.resolve("copy"), box.data());

    try (Box restored = box.again()) {
      assertThat(restored.deployments.isOpen(Box.DEPLOYMENT)).isFalse();
      restored.finish();
      assertThat(restored.state()).isEqualTo(DeploymentState.DESTROYED);
      assertThat(restored.files()).isEmpty();
    }
  }

  private void itIsStillOverAfter(UnaryOperator<byte[]> alteration) throws Exception {
    Box box = opened(new Box(folder));
    box.deployments.close(Box.OFFICER);
    Files.write(note(), alteration.apply(Files.readAllBytes(note())));
    try (Box fresh = withNewData(box)) {
      assertThat(refusalOfImport(fresh)).isInstanceOf(DeploymentRefusal.Over.class);
    }
  }

  @Test
  void aNoteThatAFullDiskLeftEmptyCounts() throws Exception {
    itIsStillOverAfter(note -> new byte[0]);
  }

  @Test
  void aNoteThatWasAlteredCounts() throws Exception {
    itIsStillOverAfter(
        note -> {
          note[note.length / 2] ^= 1;
          return note;
        });
  }

  /** As the van's own disk, which holds the data folder and the notes. */
  private void itsEndIsNotedOnADiskThatTakesNothing(ThrowingConsumer<SmallDisk> useUp)
      throws Exception {
    try (SmallDisk disk = SmallDisk.on(folder.resolve("ended"))) {
      Box box = opened(new Box(folder));
      useUp.accept(disk);
      box.deployments.close(Box.OFFICER);
      disk.free();
      try (Box fresh = withNewData(box)) {
        assertThat(refusalOfImport(fresh))
            .isInstanceOfSatisfying(
                DeploymentRefusal.Over.class,
                over -> assertThat(over.end().by()).isEqualTo(Box.OFFICER.value()));
      }
    }
  }

  @Test
  void onAFullDiskTheNoteFindsTheRoomKeptForIt() throws Exception {
    itsEndIsNotedOnADiskThatTakesNothing(SmallDisk::fill);
  }

  @Test
  void onADiskThatTakesNoMoreFilesTheNoteFindsTheRoomKeptForIt() throws Exception {
    itsEndIsNotedOnADiskThatTakesNothing(SmallDisk::useUpFiles);
  }

  @Test
  void aNoteInItsRoomCountsThoughItCouldNotBeRenamed() throws Exception {
    Box box = opened(new Box(folder));
    box.deployments.close(Box.OFFICER);
    Path note = note();
    Files.move(note, Path.of(note.toString().replace(".ended", ".room")));

    try (Box fresh = withNewData(box)) {
      assertThat(refusalOfImport(fresh)).isInstanceOf(DeploymentRefusal.Over.class);
    }
  }

  @Test
  void roomThatCouldNotBeFilledCounts() throws Exception {
    Box box = opened(new Box(folder));
    Files.write(note(), new byte[0]);

    try (Box fresh = withNewData(box)) {
      assertThat(refusalOfImport(fresh)).isInstanceOf(DeploymentRefusal.Over.class);
    }
  }

  @Test
  void aListIsNotTakenInWhereItsEndCouldNotBeNoted() throws Exception {
    try (SmallDisk disk = SmallDisk.on(folder.resolve("ended"));
        Box box = new Box(folder)) {
      box.papers().write();
      disk.fill();
      assertThat(refusalOfImport(box)).isInstanceOf(DeploymentRefusal.EndsUnusable.class);
      disk.free();
      assertThat(box.importList().state()).isEqualTo(DeploymentState.AUTHORISED);
    }
  }

  @Test
  void theNoteOfAnotherDeviceDoesNotCount() throws Exception {
    try (Box box = opened(new Box(folder))) {
      box.deployments.close(Box.OFFICER);
      box.finish();
    }
    Files.move(folder.resolve("data"), folder.resolve("data.away"));
    try (Box other = new Box(folder, DeviceKeys.generate(), Box.FOR_EXERCISES)) {
      other.papers().write();
      assertThat(other.importList().state()).isEqualTo(DeploymentState.AUTHORISED);
    }
  }

  @Test
  void aListIsDestroyedAtItsEndOnAFullDisk() throws Exception {
    try (SmallDisk disk = SmallDisk.on(folder.resolve("data"));
        Box box = new Box(folder)) {
      Box.Papers papers = box.papers();
      papers.entries = 200;
      papers.write();
      box.importList();
      box.open();
      disk.fill();
      box.wall.shift(Duration.ofHours(5));
      box.finish();
      assertThat(box.files()).isEmpty();
      assertThat(box.state()).isEqualTo(DeploymentState.DESTROYED);
      assertThat(box.deployments.receipt(Box.DEPLOYMENT)).isPresent();
      disk.free();
    }
  }

  @Test
  void aListIsDestroyedOnAFullDiskThatTheAgentHadLeft() throws Exception {
    try (SmallDisk disk = SmallDisk.on(folder.resolve("data"))) {
      Box box = opened(new Box(folder));
      box.database.close();
      disk.fill();
      try (Box after = box.again()) {
        after.wall.shift(Duration.ofHours(5));
        assertThatExceptionOfType(DeploymentException.class)
            .isThrownBy(after::finish)
            .satisfies(
                e -> assertThat(e.refusal()).isInstanceOf(DeploymentRefusal.NotRecorded.class));
        assertThat(after.files()).isEmpty();
      }
    }
  }

  @Test
  void whatAFullDiskKeptFromBeingRecordedIsRecordedOnceThereIsRoom() throws Exception {
    try (SmallDisk disk = SmallDisk.on(folder.resolve("data"))) {
      Box box = opened(new Box(folder));
      box.database.close();
      disk.fill();
      try (Box after = box.again()) {
        after.deployments.close(Box.OFFICER);
        assertThatExceptionOfType(DeploymentException.class).isThrownBy(after::finish);
      }
      disk.free();
      try (Box later = box.again()) {
        later.finish();
        assertThat(later.state()).isEqualTo(DeploymentState.DESTROYED);
        assertThat(later.deployments.all().get(0).end())
            .isEqualTo(new DeploymentStatus.End(EndReason.CLOSED, Box.OFFICER.value(), Box.NOW));
      }
    }
  }

  @Test
  void whereADeploymentStandsIsReadFromADiskThatCannotBeWritten() throws Exception {
    try (SmallDisk disk = SmallDisk.on(folder.resolve("data"))) {
      Box box = opened(new Box(folder));
      box.database.close();
      disk.makeReadOnly();
      try (Box after = box.again()) {
        assertThat(after.state()).isEqualTo(DeploymentState.OPEN);
        after.wall.shift(Duration.ofHours(5));
        assertThat(after.deployments.isOpen(Box.DEPLOYMENT)).isFalse();
      }
    }
  }

  @Test
  void aCloseThatCanBeNotedNowhereSaysThatTheCamerasMayBeOpen() throws Exception {
    Files.writeString(folder.resolve("ended"), "no folder");
    try (SmallDisk disk = SmallDisk.on(folder.resolve("data"));
        Box box = new Box(folder)) {
      box.papers().write();
      assertThatExceptionOfType(DeploymentException.class)
          .isThrownBy(box::importList)
          .satisfies(e -> assertThat(e.what()).contains("which deployments are over"));
      Files.delete(folder.resolve("ended"));
      box.importList();
      box.open();
      Files.move(folder.resolve("ended"), folder.resolve("ended.away"));
      Files.writeString(folder.resolve("ended"), "no folder");
      box.database.close();
      disk.fill();
      try (Box full = box.again()) {
        assertThatExceptionOfType(DeploymentException.class)
            .isThrownBy(() -> full.deployments.close(Box.OFFICER))
            .satisfies(
                e -> assertThat(e.refusal()).isInstanceOf(DeploymentRefusal.StillOpen.class));
      }
    }
  }
}
