package org.sightline.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.testing.Exercise;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two authorities name and revoke the key of a third, and a van takes it in; by commands alone. */
class TrustCommandsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final AuthorityKey a = AuthorityKey.generate();
  private final AuthorityKey b = AuthorityKey.generate();

  @TempDir private Path folder;
  private Path settings;
  private AuthorityPublicKey north;

  @BeforeEach
  void aVanAndTwoAuthorities() throws Exception {
    Exercise exercise = Exercise.ofNobody(folder);
    exercise.trust(a);
    exercise.trust(b);
    settings =
        exercise.settings(
            URI.create("mqtt://127.0.0.1:1"), "cameras: [{id: mast-1, source: clip.mp4}]");
    a.writeTo(file("a.key"));
    b.writeTo(file("b.key"));
    a.publicKey().writeTo(file("a.public"));
    exercise.identity().writeTo(file("van.identity"));
    succeed("authority", "init", "--out", path("n.key"), "--public-out", path("north.public"));
    north = AuthorityPublicKey.read(file("north.public"));
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private String path(String name) {
    return file(name).toString();
  }

  private int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Sightline.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  private void succeed(String... args) {
    assertThat(run(args)).as("%s%s", out, err).isZero();
  }

  private void nameByA() {
    succeed(
        "trust",
        "name",
        "--key",
        path("north.public"),
        "--label",
        "Northern force",
        "--until",
        "+P7D",
        "--device",
        path("van.identity"),
        "--authority",
        path("a.key"),
        "--out",
        path("draft.json"));
  }

  private void nameByBoth() {
    nameByA();
    succeed(
        "trust",
        "countersign",
        path("draft.json"),
        "--signed-by",
        path("a.public"),
        "--authority",
        path("b.key"),
        "--out",
        path("lent.json"));
  }

  private int importStatement(String name) {
    return run("trust", "import", "--config", settings.toString(), path(name));
  }

  @Test
  void theDraftSaysThatASecondSignatureIsMissing() {
    nameByA();
    assertThat(out.toString())
        .contains("names    authority " + north.fingerprint().shortForm() + ", Northern force")
        .contains("it needs the signature of a second authority");
  }

  @Test
  void aDraftIsNotAppliedAndTheReasonIsPrinted() {
    nameByA();
    assertThat(importStatement("draft.json")).isEqualTo(Sightline.EXIT_NO);
    assertThat(out.toString())
        .startsWith("0 of 1 applied")
        .contains("draft.json: a trust statement needs the signatures of two authorities");
  }

  @Test
  void aKeyThatBothHaveNamedCountsOnTheVan() {
    nameByBoth();
    assertThat(importStatement("lent.json")).isZero();
    succeed("trust", "show", "--config", settings.toString());
    assertThat(out.toString())
        .contains("authority Northern force, " + north.fingerprint().shortForm())
        .contains("counts now\n")
        .contains("by the settings");
  }

  @Test
  void aRevokedKeyIsShownAsSuchInJson() {
    nameByBoth();
    assertThat(importStatement("lent.json")).isZero();
    succeed(
        "trust",
        "revoke",
        "--key",
        path("north.public"),
        "--reason",
        "named-in-error",
        "--device",
        path("van.identity"),
        "--authority",
        path("a.key"),
        "--authority",
        path("b.key"),
        "--out",
        path("revoked.json"));
    assertThat(importStatement("revoked.json")).isZero();

    succeed("trust", "show", "--config", settings.toString(), "--json");
    JsonNode key = new JsonMapper().readTree(out.toString()).at("/keys/3");
    assertThat(key.path("key").stringValue()).isEqualTo(north.fingerprint().hex());
    assertThat(key.path("fault").stringValue()).endsWith("(named-in-error)");
  }

  @Test
  void aReplacedKeyDecidesOnKeysNoMore() {
    succeed(
        "trust",
        "replace",
        "--old",
        path("a.public"),
        "--new",
        path("north.public"),
        "--label",
        "Supt 1234",
        "--device",
        path("van.identity"),
        "--authority",
        path("a.key"),
        "--authority",
        path("b.key"),
        "--out",
        path("replaced.json"));
    assertThat(importStatement("replaced.json")).isZero();
    nameByBoth();
    assertThat(importStatement("lent.json")).isEqualTo(Sightline.EXIT_NO);
    assertThat(out.toString())
        .contains("lent.json: a signer is no authority of the settings")
        .contains(a.publicKey().fingerprint().shortForm());
  }

  private void room(String name) {
    succeed(
        "controlroom", "init", "--out", path(name + ".keys"), "--public-out", path(name + ".pub"));
  }

  /** A statement about control rooms by both. */
  private int stateOfRooms(String... what) {
    List<String> args = new ArrayList<>(List.of("trust"));
    args.addAll(List.of(what));
    args.addAll(
        List.of(
            "--device",
            path("van.identity"),
            "--authority",
            path("a.key"),
            "--authority",
            path("b.key"),
            "--out",
            path(what[0] + ".json")));
    return run(args.toArray(String[]::new));
  }

  @Test
  void aControlRoomThatHasThePlaceOfAnotherIsShownAsTheOneThatHolds() throws Exception {
    room("old");
    room("new");
    assertThat(
            stateOfRooms(
                "replace", "--old", path("old.pub"), "--new", path("new.pub"), "--label", "North"))
        .isZero();
    assertThat(importStatement("replace.json")).isZero();

    succeed("trust", "show", "--config", settings.toString(), "--json");
    JsonNode shown = new JsonMapper().readTree(out.toString()).at("/controlRooms/0");
    assertThat(shown.path("key").stringValue())
        .isEqualTo(ControlRoomIdentity.read(file("old.pub")).keyId());
    assertThat(shown.path("holds").stringValue())
        .isEqualTo(ControlRoomIdentity.read(file("new.pub")).keyId());
  }

  @Test
  void aRevokedControlRoomIsShownAsOneForWhichAlertsWait() {
    room("old");
    assertThat(stateOfRooms("revoke", "--key", path("old.pub"), "--reason", "stolen")).isZero();
    assertThat(importStatement("revoke.json")).isZero();

    succeed("trust", "show", "--config", settings.toString());
    assertThat(out.toString()).contains("no control room holds: alerts wait", "(stolen)");
  }

  @Test
  void aControlRoomIsNamedInThePlaceOfAnotherForATime() throws Exception {
    room("old");
    room("night");
    assertThat(
            stateOfRooms(
                "name",
                "--key",
                path("night.pub"),
                "--in-place-of",
                path("old.pub"),
                "--label",
                "Night desk",
                "--until",
                "+PT12H"))
        .isZero();
    assertThat(out.toString())
        .contains(ControlRoomIdentity.read(file("night.pub")).keyId() + ", Night desk")
        .contains("in place of " + ControlRoomIdentity.read(file("old.pub")).keyId());
    assertThat(importStatement("name.json")).isZero();
  }

  @Test
  void anAuthorityTakesNoPlaceOfAControlRoom() {
    room("old");
    assertThat(
            stateOfRooms(
                "replace",
                "--old",
                path("old.pub"),
                "--new",
                path("north.public"),
                "--label",
                "North"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("a control room that of a control room");
  }

  @Test
  void aReasonThatThereIsNotIsRefusedWithThoseThereAre() {
    assertThat(
            run(
                "trust",
                "revoke",
                "--key",
                path("north.public"),
                "--reason",
                "dull",
                "--device",
                path("van.identity"),
                "--authority",
                path("a.key"),
                "--out",
                path("r.json")))
        .isEqualTo(2);
    assertThat(err.toString()).contains("must be one of lost, stolen, retired");
  }
}
