package org.sightline.edge.setup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.testing.SoftTpm;

/** A box whose keys are sealed to its TPM and disk, and what becomes of one or the other. */
class SealedKeysTest {
  @TempDir private Path folder;
  private SoftTpm tpm;
  private Path disk;
  private Path sealed;
  private Path identity;

  @BeforeEach
  void setUpABox() throws Exception {
    tpm = SoftTpm.boot(folder.resolve("board"), "firmware 1");
    disk = folder.resolve("host.secret");
    sealed = folder.resolve("etc/device-key.cred");
    identity = folder.resolve("etc/device.identity");
    Files.createDirectories(sealed.getParent());
  }

  @AfterEach
  void switchOff() {
    if (tpm != null) {
      tpm.close();
    }
  }

  private Map<String, String> here() {
    return Map.of("SYSTEMD_TPM2_DEVICE", tpm.address(), "SYSTEMD_CREDENTIAL_SECRET", disk + "");
  }

  private BoxKeys keys() {
    return new BoxKeys(new SystemdCreds(here()));
  }

  private String opened(Map<String, String> machine) throws SightlineException {
    return new String(new SystemdCreds(machine).open("device-key", sealed), UTF_8);
  }

  private String opened() throws SightlineException {
    return opened(here());
  }

  private void assertClosed(Map<String, String> machine) {
    assertThatThrownBy(() -> opened(machine))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("the sealed keys cannot be opened");
  }

  /** As by hand, without a word of PCRs. */
  private void sealAsSystemdDoesByItself(String secret) throws Exception {
    Path clear = Files.writeString(folder.resolve("clear"), secret);
    List<String> command = new ArrayList<>(List.of("systemd-creds", "encrypt"));
    command.addAll(List.of("--name=device-key", "--with-key=host+tpm2", clear + "", sealed + ""));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(here());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    Files.delete(clear);
  }

  private static String secretOf(DeviceKeys keys) {
    return new String(keys.secret(), UTF_8);
  }

  @Test
  void theKeysOfABoxAreOpenedAfterAnUpdateOfItsFirmware() throws Exception {
    keys().seal(sealed, identity);
    String before = opened();

    tpm = tpm.updated("firmware 2");

    assertThat(opened()).isEqualTo(before);
    assertThat(SealedBy.of(sealed)).contains(new SealedBy(true, true, List.of(16), false));
  }

  @Test
  void whatSystemdSealsByItselfIsLockedInByAnUpdateOfTheFirmware() throws Exception {
    sealAsSystemdDoesByItself("secret");
    assertThat(SealedBy.of(sealed).orElseThrow().changing()).containsExactly(7);
    assertThat(opened()).isEqualTo("secret");

    tpm = tpm.updated("firmware 2");

    assertClosed(here());
  }

  @Test
  void theyAreOpenedByTheTpmAndTheDiskTogetherAlone() throws Exception {
    keys().seal(sealed, identity);
    Map<String, String> anotherDisk = new HashMap<>(here());
    anotherDisk.put("SYSTEMD_CREDENTIAL_SECRET", folder.resolve("other.secret").toString());
    Map<String, String> noTpm = Map.of("SYSTEMD_CREDENTIAL_SECRET", disk.toString());
    try (SoftTpm other = SoftTpm.boot(folder.resolve("other"), "firmware 1")) {
      Map<String, String> anotherBoard = new HashMap<>(here());
      anotherBoard.put("SYSTEMD_TPM2_DEVICE", other.address());

      assertClosed(anotherBoard);
    }
    assertClosed(noTpm);
    assertClosed(anotherDisk);
  }

  @Test
  void nothingOfTheKeysLiesThereInTheClear() throws Exception {
    keys().seal(sealed, identity);
    String secret = opened();

    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), ISO_8859_1))
            .as(file.toString())
            .doesNotContain(secret.substring(secret.length() - 30));
      }
    }
    try (Stream<Path> files = Files.list(sealed.getParent())) {
      assertThat(files).containsExactlyInAnyOrder(sealed, identity);
    }
  }

  @Test
  void keysThatWereSealedByHandAreTheSameAndOutliveAnUpdateOnceTheyAreSealedAgain()
      throws Exception {
    try (DeviceKeys known = DeviceKeys.generate()) {
      sealAsSystemdDoesByItself(secretOf(known));

      keys().sealAgain(sealed);
      tpm = tpm.updated("firmware 2");

      assertThat(opened()).isEqualTo(secretOf(known));
    }
  }

  @Test
  void keysThatCannotBeOpenedAreLeftAsTheyAre() throws Exception {
    sealAsSystemdDoesByItself("secret");
    byte[] before = Files.readAllBytes(sealed);
    tpm = tpm.updated("firmware 2");

    assertThatThrownBy(() -> keys().sealAgain(sealed))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("when-the-keys-cannot-be-unsealed");

    assertThat(sealed).hasBinaryContent(before);
    try (Stream<Path> files = Files.list(sealed.getParent())) {
      assertThat(files).containsExactly(sealed);
    }
    tpm = tpm.updated("firmware 1");
    assertThat(opened()).isEqualTo("secret");
  }

  @Test
  void keysThatAreLostAreReplacedByThoseOfAnotherDevice() throws Exception {
    keys().seal(sealed, identity);
    DeviceIdentity before = DeviceIdentity.read(identity);
    try (SoftTpm newBoard = SoftTpm.boot(folder.resolve("new"), "firmware 1")) {
      Map<String, String> there = new HashMap<>(here());
      there.put("SYSTEMD_TPM2_DEVICE", newBoard.address());

      new BoxKeys(new SystemdCreds(there)).replaceLost(sealed, identity, false);

      assertThat(DeviceIdentity.read(identity).fingerprint()).isNotEqualTo(before.fingerprint());
      assertThat(opened(there)).contains("sightline-device-keys");
    }
    assertClosed(here());
  }

  private void replaceOnAnotherBoard(String board) throws Exception {
    try (SoftTpm newBoard = SoftTpm.boot(folder.resolve(board), "firmware 1")) {
      Map<String, String> there = new HashMap<>(here());
      there.put("SYSTEMD_TPM2_DEVICE", newBoard.address());
      new BoxKeys(new SystemdCreds(there)).replaceLost(sealed, identity, false);
    }
  }

  @Test
  void keysThatWereReplacedAreKeptForTheBoardThatTheyWereSealedOn() throws Exception {
    keys().seal(sealed, identity);
    byte[] device = Files.readAllBytes(identity);
    replaceOnAnotherBoard("second");
    replaceOnAnotherBoard("third");

    Files.move(BoxKeys.lost(sealed, 1), sealed, StandardCopyOption.REPLACE_EXISTING);

    assertThat(opened()).contains("sightline-device-keys");
    assertThat(BoxKeys.lost(identity, 1)).hasBinaryContent(device);
  }

  @Test
  void eachTimeThatKeysAreReplacedThoseBeforeAreKeptBesideThem() throws Exception {
    keys().seal(sealed, identity);
    replaceOnAnotherBoard("second");
    byte[] second = Files.readAllBytes(sealed);
    replaceOnAnotherBoard("third");

    assertThat(BoxKeys.lost(sealed, 2)).hasBinaryContent(second);
  }

  @Test
  void keysThatASealingOfNewOnesFailsForAreInTheirPlaceAlone() throws Exception {
    keys().seal(sealed, identity);
    byte[] before = Files.readAllBytes(sealed);
    Map<String, String> gone = new HashMap<>(here());
    gone.put("SYSTEMD_TPM2_DEVICE", "swtpm:host=127.0.0.1,port=1");

    assertThatThrownBy(
            () -> new BoxKeys(new SystemdCreds(gone)).replaceLost(sealed, identity, false))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("could not be sealed");

    assertThat(sealed).hasBinaryContent(before);
    try (Stream<Path> files = Files.list(sealed.getParent())) {
      assertThat(files).containsExactlyInAnyOrder(sealed, identity);
    }
  }

  /** Where the machine that the tests run on has a TPM of its own, there is one to be found. */
  private BoxKeys withoutTpm() {
    assumeFalse(Files.exists(Path.of("/dev/tpm0")) || Files.exists(Path.of("/dev/tpmrm0")));
    return new BoxKeys(new SystemdCreds(Map.of("SYSTEMD_CREDENTIAL_SECRET", disk.toString())));
  }

  @Test
  void keysThatATpmSealedAreNotTakenForLostWhereThereIsNoneNow() throws Exception {
    keys().seal(sealed, identity);
    byte[] before = Files.readAllBytes(sealed);

    assertThatThrownBy(() -> withoutTpm().replaceLost(sealed, identity, false))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("restart the box");

    assertThat(sealed).hasBinaryContent(before);
  }

  @Test
  void theyAreReplacedByKeysThatTheDiskAloneOpensWhereThatIsAskedFor() throws Exception {
    keys().seal(sealed, identity);

    assertThat(withoutTpm().replaceLost(sealed, identity, true))
        .contains(new SealedBy(true, false, List.of(), false));
  }

  @Test
  void keysAreOpenedAgainAfterARestartIfAProgramHasChangedTheRegisterForDebugging()
      throws Exception {
    keys().seal(sealed, identity);
    tpm.measure(16, "a program");
    assertClosed(here());

    tpm = tpm.updated("firmware 1");

    assertThat(opened()).contains("sightline-device-keys");
  }

  /** What Linux shows of a machine on which a program has changed that register. */
  private BoxKeys debugged() throws Exception {
    Path bank = Files.createDirectories(folder.resolve("tpm0/pcr-sha256"));
    Files.writeString(bank.resolve("16"), "0".repeat(63) + "1\n");
    return new BoxKeys(new SystemdCreds(here(), bank.getParent()));
  }

  @Test
  void nothingIsSealedThatWouldBeLostWithTheNextRestart() {
    assertThatThrownBy(() -> debugged().seal(sealed, identity))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("restart the machine");

    assertThat(sealed).doesNotExist();
  }

  @Test
  void keysThatARestartWouldOpenAreNotTakenForLost() throws Exception {
    keys().seal(sealed, identity);
    byte[] before = Files.readAllBytes(sealed);
    tpm.measure(16, "a program");

    assertThatThrownBy(() -> debugged().replaceLost(sealed, identity, false))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("restart the machine");

    assertThat(sealed).hasBinaryContent(before);
  }

  @Test
  void keysAreNotTakenForLostWhenTheTpmGivesNoAnswer() throws Exception {
    keys().seal(sealed, identity);
    byte[] before = Files.readAllBytes(sealed);
    Path slow = Files.createDirectory(folder.resolve("bin")).resolve("systemd-creds");
    Files.writeString(slow, "#!/bin/sh\nexit 124\n");
    Files.setPosixFilePermissions(slow, PosixFilePermissions.fromString("rwx------"));
    Map<String, String> busy = new HashMap<>(here());
    busy.put("PATH", slow.getParent().toString());

    assertThatThrownBy(
            () -> new BoxKeys(new SystemdCreds(busy)).replaceLost(sealed, identity, false))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("no answer");

    assertThat(sealed).hasBinaryContent(before);
  }

  @Test
  void keysThatCanBeOpenedAreNotReplaced() throws Exception {
    keys().seal(sealed, identity);
    byte[] before = Files.readAllBytes(sealed);

    assertThatThrownBy(() -> keys().replaceLost(sealed, identity, false))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("they are not lost");

    assertThat(sealed).hasBinaryContent(before);
  }
}
