package org.sightline.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.AuthorisationStatus;
import org.sightline.edge.authorisation.AuthorisationStatus.Permitted;
import org.sightline.edge.authorisation.AuthorisationStatus.Refused;
import org.sightline.edge.authorisation.AuthorisationVerifier;
import org.sightline.edge.authorisation.AuthorisedBox;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.authorisation.LowestRecognition;
import org.sightline.edge.authorisation.OutcomeRule;
import org.sightline.edge.authorisation.Refusal;
import org.sightline.edge.authorisation.Revocation;
import org.sightline.edge.authorisation.StatedGroup;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.domain.CategoryPolicy;
import org.sightline.edge.domain.CategoryRule;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.signing.BundleWriter;
import org.sightline.edge.testing.SampleCameras;
import org.sightline.edge.testing.SampleCategories;
import org.sightline.edge.watchlist.BundleTerms;
import org.sightline.edge.watchlist.ControlTerms;
import org.sightline.edge.watchlist.EntryTerms;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChainOfTrustCommandsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @BeforeEach
  void aDeviceTwoAuthoritiesAndAControlRoom() throws Exception {
    ControlRoomKeys.generate().identity().writeTo(file("room.public"));
    succeed("device", "init", "--out", path("device.keys"));
    succeed("authority", "init", "--out", path("a.key"), "--public-out", path("a.public"));
    succeed("authority", "init", "--out", path("b.key"));
  }

  @Test
  void theKeysOfADeviceAndItsIdentityBelongTogether() throws Exception {
    assertThat(DeviceIdentity.read(file("device.keys.identity")).fingerprint())
        .isEqualTo(DeviceKeys.read(file("device.keys")).identity().fingerprint());
  }

  @Test
  void theKeyOfAnAuthorityAndItsPublicFileBelongTogether() throws Exception {
    assertThat(AuthorityPublicKey.read(file("b.key.public")))
        .isEqualTo(AuthorityKey.read(file("b.key")).publicKey());
  }

  @Test
  void neitherFileIsMadeIfOneExists() throws Exception {
    Files.createFile(file("other.identity"));
    fail("device", "init", "--out", path("other.keys"), "--identity-out", path("other.identity"));
    assertThat(err.toString()).contains("exists already").contains("other.identity");
    assertThat(file("other.keys")).doesNotExist();
  }

  @Test
  void aLiveDeploymentIsAuthorisedByTwo() throws Exception {
    writeList(Duration.ofHours(6));
    succeed(authoriseLive("--authority", path("b.key")));
    assertThat(verified("authorisation.json"))
        .isInstanceOfSatisfying(
            Permitted.class,
            permitted -> {
              Authorisation authorisation = permitted.authorisation();
              assertThat(authorisation.deploymentClass()).isEqualTo(DeploymentClass.LIVE);
              assertThat(authorisation.deployment()).isEqualTo(new DeploymentId("D-1"));
              assertThat(
                      Duration.between(
                          authorisation.period().start(), authorisation.period().end()))
                  .isEqualTo(Duration.ofHours(4));
            });
  }

  @Test
  void anAuthorityDemandsTwoOfficersForEachOutcome() throws Exception {
    writeList(Duration.ofHours(6));

    succeed(authorise("--two-officers", "--control-room", path("room.public")));

    assertThat(out.toString()).contains("an outcome needs two officers");
    assertThat(verified("authorisation.json").authorised().orElseThrow().alerts().outcomeRule())
        .hasValue(OutcomeRule.TWO_OFFICERS);
  }

  @Test
  void whoCountersignsReadsThatAnOutcomeNeedsTwoOfficers() throws Exception {
    writeList(Duration.ofHours(6));
    succeed(authoriseLive("--two-officers"));

    succeed(countersign("b.key"));

    assertThat(out.toString()).contains("  outcome  needs two officers");
  }

  @Test
  void anAuthorityPermitsMoreOfAnAlertAndWhoCountersignsReadsIt() throws Exception {
    writeList(Duration.ofHours(6));
    succeed(authoriseLive("--body-picture", "--onvif-events"));

    succeed(countersign("b.key"));

    assertThat(out.toString())
        .contains(
            "  permits  an alert may show the person's figure, all else pixelated",
            "  permits  an ONVIF event may follow a sealed alert");
  }

  @Test
  void twoOfficersAreDemandedOnlyWhereThereIsAControlRoom() throws Exception {
    writeList(Duration.ofHours(6));

    fail(authorise("--two-officers"));

    assertThat(err.toString()).contains("two officers judge in a control room");
    assertThat(file("authorisation.json")).doesNotExist();
  }

  @Test
  void anAuthorityNamesTheGroupsThatMayBeStated() throws Exception {
    writeList(Duration.ofHours(6));
    Files.writeString(file("groups"), "# of the census\nA1  Asian - Indian\n\nW9 White - other\n");

    succeed(authorise("--groups", path("groups"), "--control-room", path("room.public")));

    assertThat(verified("authorisation.json").authorised().orElseThrow().alerts().groups())
        .hasValue(
            List.of(
                new StatedGroup("A1", "Asian - Indian"), new StatedGroup("W9", "White - other")));
  }

  @Test
  void aCodeListThatIsNoneIsRefusedByItsLine() throws Exception {
    writeList(Duration.ofHours(6));
    Files.writeString(file("groups"), "A1 Asian\nnot a code\n");

    fail(authorise("--groups", path("groups"), "--control-room", path("room.public")));

    assertThat(err.toString()).contains("groups:2").contains("no group of a code list");
    assertThat(file("authorisation.json")).doesNotExist();
  }

  @Test
  void anAuthorityNamesTheCamerasAndTheirZonesAndWhoCountersignsReadsThem() throws Exception {
    writeList(Duration.ofHours(6));
    Files.writeString(file("zone"), "# the pavement\n0 0.4\n1, 0.4\n\n1 1\n0 1\n");
    succeed(authoriseLive("--camera", "mast-1=" + path("zone"), "--camera", "mast-2"));

    succeed(countersign("b.key"));

    assertThat(out.toString())
        .contains(
            "  permits  camera mast-1, live, within a zone of 4 corners: 60.0 % of its view",
            "  permits  camera mast-2, live");
    assertThat(verified("countersigned.json").authorised().orElseThrow().site().cameras())
        .hasValue(
            List.of(
                SampleCameras.within(SampleCameras.box(0, 0.4, 1, 1), SampleCameras.live("mast-1")),
                SampleCameras.live("mast-2")));
  }

  @Test
  void thatALiveDeploymentNamesNoCameraIsSaidToWhoSignsIt() throws Exception {
    writeList(Duration.ofHours(6));

    succeed(authoriseLive());

    assertThat(out.toString()).contains("any live camera of the van may be read");
    succeed(countersign("b.key"));
    assertThat(out.toString()).contains("  permits  any live camera of the van may be read");
  }

  private void writeListForTwo() throws Exception {
    succeed("device", "init", "--out", path("second.keys"));
    Instant now = now();
    writeList(
        "wanted",
        new BundleTerms(
            new DeploymentId("D-1"), "sample-pack", 1, 2, 1, now, now.plus(Duration.ofHours(6))),
        List.of(
            DeviceIdentity.read(file("device.keys.identity")),
            DeviceIdentity.read(file("second.keys.identity"))));
  }

  @Test
  void oneAuthorisationNamesTheBoxesOfADeploymentAndTheirCameras() throws Exception {
    writeListForTwo();

    succeed(
        authorise(
            "--box",
            "van-8=" + path("second.keys.identity"),
            "--camera",
            "mast-1",
            "--camera",
            "van-8/post-1"));

    assertThat(out.toString())
        .contains("van van-7, device", "van van-8, device")
        .doesNotContain("none is named");
    assertThat(verified("authorisation.json").authorised().orElseThrow().site().boxes())
        .extracting(AuthorisedBox::van, AuthorisedBox::cameras)
        .containsExactly(
            tuple(new VanId("van-7"), Optional.of(List.of(SampleCameras.live("mast-1")))),
            tuple(new VanId("van-8"), Optional.of(List.of(SampleCameras.live("post-1")))));
  }

  @Test
  void thatOneBoxNamesNoCameraIsSaidToWhoSigns() throws Exception {
    writeListForTwo();
    succeed(authorise("--box", "van-8=" + path("second.keys.identity"), "--camera", "mast-1"));
    assertThat(out.toString())
        .contains("any camera or recording of van van-8 may be read: none is named");
  }

  @Test
  void aListForMoreDevicesThanAreAuthorisedIsRefused() throws Exception {
    writeListForTwo();

    fail(authorise());

    assertThat(err.toString()).contains("for 2 devices, and 1 are authorised here", "--box");
  }

  @Test
  void aBoxThatTheListIsNotForIsRefused() throws Exception {
    writeList(Duration.ofHours(6));
    succeed("device", "init", "--out", path("second.keys"));

    fail(authorise("--box", "van-8=" + path("second.keys.identity")));

    assertThat(err.toString()).contains("the watchlist is for device", ", not for");
  }

  @Test
  void aCameraOfAVanThatIsNotAuthorisedIsRefused() throws Exception {
    writeList(Duration.ofHours(6));

    fail(authorise("--camera", "van-9/post-1"));

    assertThat(err.toString()).contains("no van of this name is authorised: van-9");
  }

  @Test
  void anExerciseNamesRecordings() throws Exception {
    writeList(Duration.ofHours(6));

    succeed(authorise("--recording", "clip"));

    assertThat(out.toString()).contains("camera clip, recorded");
  }

  @Test
  void aLiveDeploymentNamesNoRecordings() throws Exception {
    writeList(Duration.ofHours(6));

    fail(authoriseLive("--recording", "clip"));

    assertThat(err.toString()).contains("a live deployment reads cameras, not recordings");
    assertThat(file("authorisation.json")).doesNotExist();
  }

  @Test
  void aZoneThatIsNoneIsRefusedByItsLine() throws Exception {
    writeList(Duration.ofHours(6));
    Files.writeString(file("zone"), "0 0\n1 0\n1.2 1\n");

    fail(authorise("--camera", "mast-1=" + path("zone")));

    assertThat(err.toString()).contains("zone:3", "no corner of a zone", "from 0 to 1");
    assertThat(file("authorisation.json")).doesNotExist();
  }

  @Test
  void aZoneThatCrossesItselfIsRefused() throws Exception {
    writeList(Duration.ofHours(6));
    Files.writeString(file("zone"), "0 0\n1 1\n1 0\n0 1\n");

    fail(authorise("--camera", "mast-1=" + path("zone")));

    assertThat(err.toString()).contains("the zone cannot be used", "do not touch or cross");
  }

  @Test
  void aCameraThatIsNamedTwiceIsRefused() throws Exception {
    writeList(Duration.ofHours(6));

    fail(authorise("--camera", "mast-1", "--recording", "mast-1"));

    assertThat(err.toString()).contains("names each camera once");
  }

  @Test
  void aLiveDeploymentWithoutAControlRoomIsNotAuthorised() throws Exception {
    writeList(Duration.ofHours(6));

    fail(authorise("--class", "live", "--authority", path("b.key")));

    assertThat(err.toString()).contains("a live deployment needs a control room");
    assertThat(file("authorisation.json")).doesNotExist();
  }

  @Test
  void whatOneHasSignedPermitsNothingLive() throws Exception {
    writeList(Duration.ofHours(6));
    succeed(authoriseLive("--authority", path("a.key")));
    assertThat(out.toString()).contains("permits nothing yet");
    assertThat(verified("authorisation.json"))
        .isEqualTo(new Refused(new Refusal.TooFewSignatures(1, 2)));
  }

  @Test
  void anotherAuthorityCountersignsWhatOneHasSigned() throws Exception {
    writeList(Duration.ofHours(6));
    succeed(authoriseLive());
    succeed(countersign("b.key"));
    assertThat(out.toString()).contains("D-1").contains("High Street").contains("Supt 1234");
    assertThat(verified("countersigned.json")).isInstanceOf(Permitted.class);
  }

  @Test
  void nobodyCountersignsTwice() throws Exception {
    writeList(Duration.ofHours(6));
    succeed(authoriseLive());
    fail(countersign("a.key"));
    assertThat(err.toString()).contains("has signed it already");
    assertThat(file("countersigned.json")).doesNotExist();
  }

  @Test
  void whatWasNotSignedByThoseNamedIsNotCountersigned() throws Exception {
    writeList(Duration.ofHours(6));
    succeed(authoriseLive());
    String[] arguments = countersign("b.key");
    arguments[4] = path("b.key.public");
    fail(arguments);
    assertThat(file("countersigned.json")).doesNotExist();
  }

  @Test
  void aRuleOfANewerVersionIsNamedAndNotCountersigned() throws Exception {
    writeList(Duration.ofHours(6));
    succeed(authoriseLive());
    byte[] payload =
        SignedDocument.parse(Files.readAllBytes(file("authorisation.json")))
            .orElseThrow()
            .payload();
    String newer =
        new String(payload, StandardCharsets.UTF_8)
            .replaceFirst("}$", ",\"noCapture\":[\"school\"]}");
    Files.write(
        file("authorisation.json"),
        SignedDocument.sign(
                "application/vnd.sightline.authorisation.v1+json",
                newer.getBytes(StandardCharsets.UTF_8),
                List.of(AuthorityKey.read(file("a.key"))))
            .bytes());

    fail(countersign("b.key"));

    assertThat(err.toString().strip())
        .hasLineCount(1)
        .contains("made by a newer version: noCapture is not known here");
    assertThat(file("countersigned.json")).doesNotExist();
  }

  private String[] countersign(String key) {
    return new String[] {
      "deployment",
      "countersign",
      path("authorisation.json"),
      "--signed-by",
      path("a.public"),
      "--authority",
      path(key),
      "--out",
      path("countersigned.json")
    };
  }

  private AuthorisationStatus verified(String name) throws Exception {
    return new AuthorisationVerifier(
            List.of(
                AuthorityPublicKey.read(file("a.public")),
                AuthorityPublicKey.read(file("b.key.public"))),
            DeviceIdentity.read(file("device.keys.identity")).fingerprint(),
            new VanId("van-7"),
            InstantSource.system())
        .verify(file(name));
  }

  @Test
  void aListMadeTooLongBeforeTheStartIsNotAuthorised() throws Exception {
    writeList(Duration.ofHours(60));
    String[] arguments = authorise();
    arguments[List.of(arguments).indexOf("--start") + 1] = "+PT25H";
    fail(arguments);
    assertThat(err.toString()).contains("before the start");
  }

  @Test
  void aRevocationIsSignedByOne() throws Exception {
    succeed(
        "deployment",
        "revoke",
        "--authority",
        path("b.key"),
        "--deployment",
        "D-1",
        "--out",
        path("revocation.json"));
    assertThat(
            Revocation.check(
                Files.readAllBytes(file("revocation.json")),
                List.of(AuthorityPublicKey.read(file("b.key.public")))))
        .isInstanceOf(Revocation.Check.Valid.class);
  }

  @Test
  void aListThatExpiresBeforeTheEndIsNotAuthorised() throws Exception {
    writeList(Duration.ofHours(3));
    fail(authorise());
    assertThat(err.toString()).contains("before the deployment ends");
  }

  @Test
  void aListThatNoneOfTheSignersMadeIsNotAuthorised() throws Exception {
    writeList(Duration.ofHours(6));
    String[] arguments = authorise();
    arguments[3] = path("b.key");
    fail(ErrorKind.REFUSED, arguments);
    assertThat(err.toString()).contains("authority not trusted here");
  }

  @Test
  void aNumberThatIsNoneIsReportedInOneLine() throws Exception {
    writeList(Duration.ofHours(6));
    fail(authorise("--max-false-alerts", "many"));
    assertThat(err.toString()).contains("--max-false-alerts");
  }

  @Test
  void whatMayBeShownOfAListIsShown() throws Exception {
    Sha256 digest = writeList(Duration.ofHours(6));
    succeed(
        "watchlist",
        "inspect",
        path("list.bundle"),
        "--authority-public",
        path("a.public"),
        "--json");
    JsonNode shown = JsonMapper.shared().readTree(out.toString());
    assertThat(shown.get("digest").asString()).isEqualTo(digest.hex());
    assertThat(shown.get("entries").asInt()).isEqualTo(1);
    assertThat(shown.at("/entriesByCategory/wanted").asInt()).isEqualTo(1);
    assertThat(shown.get("under18Entries").asInt()).isEqualTo(1);
    assertThat(shown.get("earliestReview").asString()).matches("\\d{4}-\\d\\d-\\d\\d");
    assertThat(out.toString()).doesNotContain("S-0001");
  }

  @Test
  void whoeverAuthorisesSeesWhatIsOnTheListAndNobodyOfIt() throws Exception {
    writeList(Duration.ofHours(6));
    succeed(authorise());
    assertThat(out.toString())
        .containsPattern("watchlist of 1, made ")
        .containsPattern("wanted +1\\R")
        .containsPattern("under 18 +1\\R")
        .containsPattern("earliest review +\\d{4}-\\d\\d-\\d\\d\\R")
        .doesNotContain("S-0001");
  }

  @Test
  void aListByAnotherAuthorityIsNotShown() throws Exception {
    writeList(Duration.ofHours(6));
    fail(
        ErrorKind.REFUSED,
        "watchlist",
        "inspect",
        path("list.bundle"),
        "--authority-public",
        path("b.key.public"));
    assertThat(err.toString()).contains("authority not trusted here");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void whoAuthorisesAndWhoInspectsSeesThatAListHasControlEntries() throws Exception {
    writeControlList();
    succeed(authorise());
    assertThat(out.toString())
        .containsPattern("control +1\\R")
        .contains("raise no alerts; their consent: forms 1 to 12");
    succeed(
        "watchlist",
        "inspect",
        path("list.bundle"),
        "--authority-public",
        path("a.public"),
        "--json");
    JsonNode shown = JsonMapper.shared().readTree(out.toString());
    assertThat(shown.get("controlEntries").asInt()).isEqualTo(1);
    assertThat(shown.get("controlConsent").asString()).isEqualTo("forms 1 to 12");
  }

  @Test
  void aLowestRecognitionRateIsAuthorisedAndShownToBoth() throws Exception {
    writeControlList();
    succeed(authoriseLive("--lowest-recognition-rate", "0.8", "--walks", "20"));
    String line =
        "a camera raises alerts while, of its latest walks of together at least 20 passes, at least 80.0 % are"
            + " recognised";
    assertThat(out.toString()).contains(line);
    succeed(
        "deployment",
        "countersign",
        path("authorisation.json"),
        "--signed-by",
        path("a.public"),
        "--authority",
        path("b.key"),
        "--out",
        path("both.json"));
    assertThat(out.toString()).contains("walks    " + line);
    assertThat(verified("both.json").authorised().orElseThrow().limits().recognition())
        .hasValue(new LowestRecognition(0.8, 20));
  }

  @Test
  void aLowestRecognitionRateIsNotAuthorisedWhereNobodyCanWalk() throws Exception {
    writeList(Duration.ofHours(6));
    fail(authorise("--lowest-recognition-rate", "0.8", "--walks", "20"));
    assertThat(err.toString()).contains("the list has no control entries");
  }

  private void writeControlList() throws Exception {
    writeList(
        "control",
        new BundleTerms(
                new DeploymentId("D-1"),
                "sample-pack",
                1,
                2,
                1,
                now(),
                now().plus(Duration.ofHours(6)))
            .with(new ControlTerms("forms 1 to 12")));
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  private void writeList(CategoryRule rule) throws Exception {
    writeList(Duration.ofHours(6), new CategoryPolicy(List.of(rule)));
  }

  @Test
  void aListWithAThresholdBelowTheFloorIsNotAuthorised() throws Exception {
    writeList(SampleCategories.rule("wanted", SampleCategories.AMBER, 0.39));
    fail(authorise());
    assertThat(err.toString()).contains("'wanted'").contains("below the authorised floor of 0.4");
    assertThat(file("authorisation.json")).doesNotExist();
  }

  @Test
  void aListThatNeedsTwoOfficersIsNotAuthorisedWithoutAControlRoom() throws Exception {
    writeList(SampleCategories.rule("wanted", SampleCategories.RED));
    fail(authorise());
    assertThat(err.toString()).contains("'wanted' needs two officers");
  }

  @Test
  void whatHoldsForTheCategoriesIsShownToWhoeverAuthorisesAndInspects() throws Exception {
    writeList(SampleCategories.rule("wanted", SampleCategories.AMBER, 0.4));
    succeed(authorise());
    assertThat(out.toString())
        .contains("wanted: amber, urgency 3, one-officer, threshold at least 0.4: Arrest");
    succeed(
        "watchlist",
        "inspect",
        path("list.bundle"),
        "--authority-public",
        path("a.public"),
        "--json");
    assertThat(JsonMapper.shared().readTree(out.toString()).at("/categories/0").toString())
        .isEqualTo(
            "{\"category\":\"wanted\",\"colour\":\"amber\",\"urgency\":3,"
                + "\"instruction\":\"Arrest on warrant\",\"sound\":\"soft\",\"threshold\":0.4,"
                + "\"confirmation\":\"one-officer\"}");
  }

  private Sha256 writeList(Duration life) throws Exception {
    return writeList(life, CategoryPolicy.NONE);
  }

  private Sha256 writeList(Duration life, CategoryPolicy policy) throws Exception {
    Instant now = now();
    return writeList(
        "wanted",
        new BundleTerms(new DeploymentId("D-1"), "sample-pack", 1, 2, 1, now, now.plus(life))
            .with(policy));
  }

  private Sha256 writeList(String category, BundleTerms terms) throws Exception {
    return writeList(category, terms, List.of(DeviceIdentity.read(file("device.keys.identity"))));
  }

  private Sha256 writeList(String category, BundleTerms terms, List<DeviceIdentity> devices)
      throws Exception {
    try (BundleWriter writer =
        BundleWriter.create(
            file("list.bundle"), terms, devices, List.of(AuthorityKey.read(file("a.key"))))) {
      writer.add(
          new WatchlistEntry(
              new SubjectRef("S-0001"),
              category,
              List.of(Template.normalised("sample-pack", new float[] {1, 2})),
              new Jpeg(new byte[0])),
          new EntryTerms(terms.lastDay(), true));
      return writer.finish();
    }
  }

  private String[] authoriseLive(String... more) {
    return authorise(
        Stream.concat(
                Stream.of("--class", "live", "--control-room", path("room.public")),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private String[] authorise(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "deployment",
                "authorise",
                "--authority",
                path("a.key"),
                "--device",
                path("device.keys.identity"),
                "--van",
                "van-7",
                "--watchlist",
                path("list.bundle"),
                "--officer",
                "Supt 1234",
                "--purpose",
                "wanted on warrant",
                "--legal-basis",
                "policy 5.2",
                "--place",
                "High Street",
                "--public-notice",
                "notice 12",
                "--start",
                "now",
                "--for",
                "PT4H",
                "--threshold-floor",
                "0.4",
                "--out",
                path("authorisation.json")));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private void succeed(String... arguments) {
    out.getBuffer().setLength(0);
    assertThat(run(arguments)).as(err.toString()).isZero();
  }

  private void fail(String... arguments) {
    fail(ErrorKind.UNUSABLE_INPUT, arguments);
  }

  private void fail(ErrorKind kind, String... arguments) {
    out.getBuffer().setLength(0);
    assertThat(run(arguments)).isEqualTo(kind.exitCode());
    assertThat(err.toString().strip()).hasLineCount(1);
  }

  private int run(String... arguments) {
    return Sightline.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private String path(String name) {
    return file(name).toString();
  }
}
