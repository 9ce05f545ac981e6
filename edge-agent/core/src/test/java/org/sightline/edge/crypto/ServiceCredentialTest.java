package org.sightline.edge.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.testing.SmallDisk;

/** What passes for a secret that the service manager has unsealed; ServiceIT has a real one. */
class ServiceCredentialTest {
  @TempDir private Path place;

  /** As the service manager leaves it: a folder of a service, in memory, with one secret. */
  private Path secret(Path place) throws Exception {
    Path folder = Files.createDirectories(place.resolve("sightline-agent.service"));
    Path secret = Files.writeString(folder.resolve("device-key"), "secret");
    mode(secret, "r--------");
    mode(folder, "r-x------");
    return secret;
  }

  private static void mode(Path path, String mode) throws Exception {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  @Test
  void aSecretInMemoryThatItsOwnerAloneReadsCounts() throws Exception {
    try (SmallDisk memory = SmallDisk.on(place)) {
      assertThat(memory).isNotNull();
      assertThat(ServiceCredential.holds(secret(place), place)).isTrue();
    }
  }

  @Test
  void aCopyOnADiskDoesNotCount() throws Exception {
    assertThat(ServiceCredential.holds(secret(place), place)).isFalse();
  }

  @Test
  void aSecretInMemoryElsewhereDoesNotCount() throws Exception {
    try (SmallDisk memory = SmallDisk.on(place)) {
      assertThat(memory).isNotNull();
      assertThat(ServiceCredential.holds(secret(place))).isFalse();
    }
  }

  @Test
  void aSecretThatCanBeWrittenDoesNotCount() throws Exception {
    try (SmallDisk memory = SmallDisk.on(place)) {
      assertThat(memory).isNotNull();
      Path secret = secret(place);
      mode(secret, "rw-------");
      assertThat(ServiceCredential.holds(secret, place)).isFalse();
    }
  }

  @Test
  void aSecretThatOthersReadDoesNotCount() throws Exception {
    try (SmallDisk memory = SmallDisk.on(place)) {
      assertThat(memory).isNotNull();
      Path secret = secret(place);
      mode(secret, "r--r--r--");
      assertThat(ServiceCredential.holds(secret, place)).isFalse();
    }
  }

  @Test
  void aLinkToACopyOnADiskDoesNotCount() throws Exception {
    Path copy = secret(Files.createDirectories(place.resolve("disk")));
    Path run = place.resolve("run");
    try (SmallDisk memory = SmallDisk.on(run)) {
      assertThat(memory).isNotNull();
      Path link = Files.createDirectories(run.resolve("x.service")).resolve("device-key");
      Files.createSymbolicLink(link, copy);
      assertThat(ServiceCredential.holds(link, run)).isFalse();
    }
  }

  @Test
  void noFileIsNoSecret() {
    assertThat(ServiceCredential.holds(place.resolve("none"), place)).isFalse();
  }
}
