package org.sightline.edge.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sightline.edge.documents.Document.inRepository;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.testing.SoftTpm;

/** What docs/control-room.md#sealing-its-keys says, run on a machine with a TPM in software. */
class SealedRoomKeysTest {
  private static final Pattern SEALING = Pattern.compile(".*systemd-creds encrypt.*");
  private static final Pattern BLOCK = Pattern.compile("(?s)```sh\\n(.*?)```");

  @TempDir private Path folder;
  private SoftTpm tpm;
  private Path sealed;

  @BeforeEach
  void makeKeys() throws Exception {
    tpm = SoftTpm.boot(folder.resolve("board"), "firmware 1");
    Files.writeString(folder.resolve("controlroom.keys"), "the keys");
    sealed = folder.resolve("controlroom.cred");
  }

  @AfterEach
  void switchOff() {
    if (tpm != null) {
      tpm.close();
    }
  }

  private int run(String shell) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", shell)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile());
    builder.environment().put("SYSTEMD_TPM2_DEVICE", tpm.address());
    builder.environment().put("SYSTEMD_CREDENTIAL_SECRET", folder.resolve("host.secret") + "");
    return builder.start().waitFor();
  }

  /** One of the blocks of the section, by its place. */
  private String block(int place) throws Exception {
    String page = Files.readString(inRepository("docs/control-room.md"));
    String section = page.split("\n## Sealing its keys\n", -1)[1].split("\n## ", -1)[0];
    return BLOCK
        .matcher(section)
        .results()
        .map(found -> found.group(1).replace("/etc/sightline", "" + folder).replace("sudo ", ""))
        .toList()
        .get(place);
  }

  private void sealAsSystemdDoesByItself() throws Exception {
    assertThat(
            run("systemd-creds encrypt --name=controlroom --with-key=host+tpm2 *.keys " + sealed))
        .isZero();
  }

  private String opened() throws Exception {
    return run("systemd-creds decrypt --name=controlroom controlroom.cred opened") == 0
        ? Files.readString(folder.resolve("opened"), UTF_8)
        : "not opened";
  }

  @Test
  void keysThatAreSealedSoOutliveAnUpdateOfTheFirmware() throws Exception {
    assertThat(run(block(0))).isZero();

    tpm = tpm.updated("firmware 2");

    assertThat(opened()).isEqualTo("the keys");
    assertThat(folder.resolve("controlroom.keys")).doesNotExist();
  }

  @Test
  void keysThatAreSealedAgainSoOutliveItToo() throws Exception {
    sealAsSystemdDoesByItself();
    assertThat(run(block(1))).isZero();

    tpm = tpm.updated("firmware 2");

    assertThat(opened()).isEqualTo("the keys");
  }

  @Test
  void keysThatCannotBeOpenedAreLeftAsTheyAre() throws Exception {
    sealAsSystemdDoesByItself();
    byte[] before = Files.readAllBytes(sealed);
    tpm = tpm.updated("firmware 2");

    assertThat(run(block(1))).isNotZero();

    assertThat(sealed).hasBinaryContent(before);
  }

  /** What systemd-creds takes where nothing is said changes with updates. */
  @Test
  void whereverItIsSaidHowToSealItIsSaidToWhat() throws Exception {
    for (String place : List.of("docs", "systemd", "scripts")) {
      try (Stream<Path> files = Files.walk(inRepository(place))) {
        for (Path file : files.filter(SealedRoomKeysTest::isText).toList()) {
          assertThat(SEALING.matcher(Files.readString(file)).results())
              .as(file.toString())
              .allMatch(line -> line.group().contains("--with-key=host"));
        }
      }
    }
  }

  private static boolean isText(Path file) {
    return Files.isRegularFile(file) && !file.toString().matches(".*\\.(png|jpg|svg|gz)");
  }
}
