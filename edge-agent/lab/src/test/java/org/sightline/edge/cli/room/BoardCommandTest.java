package org.sightline.edge.cli.room;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.web.login.Officers;
import org.sightline.edge.web.login.PasswordHash;
import org.sightline.edge.web.login.Role;

class BoardCommandTest {
  private static final String PASSWORD = "correct horse battery staple";

  @TempDir Path folder;
  private final InputStream before = System.in;
  private Path users;

  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void name() {
    users = folder.resolve("users.json");
  }

  /** Has an officer be in the file, who cannot log in: a real hash takes long on purpose. */
  private void isThere(String officer, Role role) throws Exception {
    Base64.Encoder base64 = Base64.getEncoder();
    Officers.readOrNone(users)
        .put(
            officer,
            new PasswordHash(
                22_000, base64.encodeToString(new byte[16]), base64.encodeToString(new byte[64])),
            role);
  }

  @AfterEach
  void restore() {
    System.setIn(before);
  }

  private static Ended run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Sightline.run(new PrintWriter(out), new PrintWriter(err), arguments);
    return new Ended(code, out.toString(), err.toString());
  }

  private Ended add(String officer, String password, String... more) {
    System.setIn(new ByteArrayInputStream((password + "\n").getBytes(UTF_8)));
    List<String> arguments =
        new ArrayList<>(
            List.of("board", "user", "--users", users.toString(), "--officer", officer));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  @Test
  void aFileWithoutSupervisorsIsAsItWasBeforeThereWereAny() {
    add("1234", PASSWORD);
    add("5678", PASSWORD, "--role", "officer");

    assertThat(users).content().doesNotContain("role", "supervisor");
  }

  @Test
  void aSupervisorKeepsTheRoleWithANewPassword() throws Exception {
    isThere("inspector-1", Role.SUPERVISOR);

    add("inspector-1", "another password, please");

    assertThat(Officers.read(users).hasAny(Role.SUPERVISOR)).isTrue();
  }

  @Test
  void aSupervisorBecomesAnOfficerAgain() throws Exception {
    add("inspector-1", PASSWORD, "--role", "supervisor");
    assertThat(Officers.read(users).hasAny(Role.SUPERVISOR)).isTrue();

    add("inspector-1", PASSWORD, "--role", "officer");

    assertThat(Officers.read(users).hasAny(Role.SUPERVISOR)).isFalse();
  }

  @Test
  void theRoleGoesWithTheOfficer() throws Exception {
    isThere("inspector-1", Role.SUPERVISOR);
    remove("inspector-1");

    add("inspector-1", PASSWORD);

    assertThat(Officers.read(users).hasAny(Role.SUPERVISOR)).isFalse();
  }

  private Ended remove(String officer) {
    return run("board", "user", "--users", users.toString(), "--officer", officer, "--remove");
  }

  @Test
  void anOfficerIsAddedWithThePasswordFromStandardInputAndTheFileIsForItsOwnerAlone()
      throws Exception {
    assertThat(add("1234", PASSWORD)).isEqualTo(new Ended(0, "officer 1234 can log in\n", ""));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(users)))
        .isEqualTo("rw-------");
    assertThat(users)
        .content()
        .as("the password is not in the file")
        .contains("1234", "\"iterations\" : 220000")
        .doesNotContain(PASSWORD);
  }

  @Test
  void aNewPasswordTakesThePlaceOfTheOld() throws Exception {
    isThere("1234", Role.OFFICER);
    String old = Files.readString(users);

    add("1234", "another password, please");

    assertThat(users).content().isNotEqualTo(old).containsOnlyOnce("1234");
  }

  @Test
  void aPasswordOfFewerThanFifteenCharactersIsRefused() {
    Ended ended = add("1234", "fourteen chars");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("15 to 256 characters").doesNotContain("fourteen");
    assertThat(users).doesNotExist();
  }

  @Test
  void aByteOrderMarkIsNoCharacterOfThePassword() {
    assertThat(add("1234", "\uFEFFfourteen chars").code()).isEqualTo(2);
  }

  @Test
  void aNameIsNoReference() {
    assertThat(add("Jane Doe", PASSWORD).code()).isEqualTo(2);
  }

  @Test
  void anOfficerIsRemoved() throws Exception {
    isThere("1234", Role.OFFICER);

    assertThat(remove("1234")).isEqualTo(new Ended(0, "officer 1234 can no longer log in\n", ""));
    assertThat(users).content().doesNotContain("1234");
  }

  @Test
  void removingAnOfficerWhoIsNotThereIsANo() throws Exception {
    isThere("1234", Role.OFFICER);

    assertThat(remove("77")).isEqualTo(new Ended(1, "there is no officer 77\n", ""));
  }

  @Test
  void aFileThatOthersCanReadIsRefused() throws Exception {
    isThere("1234", Role.OFFICER);
    Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-r--r--"));

    Ended ended = add("77", PASSWORD);

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("chmod 600");
  }

  @Test
  void aFileThatHoldsSomethingElseIsRefused() throws Exception {
    isThere("1234", Role.OFFICER);
    Files.writeString(users, "{\"format\":\"sightline-board-users/2\",\"officers\":{}}");

    assertThat(add("77", PASSWORD).err()).startsWith("not a file of users: " + users);
  }

  @Test
  void theBoardNeedsItsSettings() {
    Ended ended = run("board");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("--config");
  }
}
