package org.sightline.edge.golden;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.audit.AuditVerdict.Intact;
import org.sightline.edge.audit.AuditVerifier;
import org.sightline.edge.audit.RecordCheck;
import org.sightline.edge.audit.SignedRecord;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.Authorisation.Grounds;
import org.sightline.edge.authorisation.AuthorisationStatus.Permitted;
import org.sightline.edge.authorisation.AuthorisationVerifier;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.authorisation.OutcomeRule;
import org.sightline.edge.authorisation.Permits;
import org.sightline.edge.authorisation.Revocation;
import org.sightline.edge.authorisation.Withdrawal;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.crypto.StorageKey;
import org.sightline.edge.domain.AlertSighting;
import org.sightline.edge.domain.Engagement;
import org.sightline.edge.domain.Engagement.Action;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.Walking;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.domain.Whereabouts;
import org.sightline.edge.publish.EngagementMessage;
import org.sightline.edge.publish.EngagementMessage.Correction;
import org.sightline.edge.publish.EngagementReceipt;
import org.sightline.edge.publish.MessageFault;
import org.sightline.edge.publish.OutcomeMessage;
import org.sightline.edge.publish.OutcomeReceipt;
import org.sightline.edge.publish.ReceivedAlert;
import org.sightline.edge.publish.SightingMessage;
import org.sightline.edge.publish.TestRequest;
import org.sightline.edge.publish.VanIdentities;
import org.sightline.edge.publish.VanMessages;
import org.sightline.edge.publish.VanMessages.Reading;
import org.sightline.edge.publish.WithdrawnAlert;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.Schema;
import org.sightline.edge.testing.KnownKeys;
import org.sightline.edge.trust.TrustStatement;
import org.sightline.edge.watchlist.BundleExpectations;
import org.sightline.edge.watchlist.BundleHeader;
import org.sightline.edge.watchlist.WatchlistBundle;

/**
 * What was written once is read for ever. A golden file may never be edited, nor a check of one
 * weakened: a document of that day would no longer be read. A new version of a format gets a new
 * file beside the old one.
 */
class GoldenFilesTest {
  private static final List<String> SHA256 =
      List.of(
          "a3184c5d86f722848f7ac738306de82319b132852f2256b846ef6f4e07ca81d4  agent.v6.db",
          "d35f1aaaa43aded95773f204ae9c783ced50e4266d756c519f0e8012ac2170c6  alert-sealed.v1.json",
          "73330b54fe05613f39923cef049bd8584d32926c1f64a5254878c6ba3e967fba  alert-signed.v1.json",
          "3ce83de915075cdbcf26c8aca143dd97b53d06de0b3e729937fe0d70c9e68451 "
              + " alert-with-faces-sealed.v1.json",
          "b1baaa7b9a1c01edcb2d525a7991f9ada43ed9cc31cb9d289f8b949109af7603 "
              + " alert-with-faces.v1.json",
          "9cc2a66d53c42d89c62759c842ebd78948a42012c5908c49ead91fb13df82cc0 "
              + " alert-with-figure-sealed.v1.json",
          "9ce8d837a3ccb52b6aa3b6d66b85f0e6dc0b660d0cd21c923a71b790fda4ef4f "
              + " alert-with-response-sealed.v1.json",
          "bbc46ee6810f1f3e398813e6ccdb6513a58cc585d219ec9cdbe45039c3bcd689 "
              + " alert-with-response.v1.json",
          "91686e7dbb039702debf037dd5fb46c07be6316d4c42e21a4cda59c34696bbfc "
              + " alert-with-views-sealed.v1.json",
          "4e77041871595e66b018f2aea83122cd81c2cb69b29bb6bab7149b2ef2771203 "
              + " alert-with-views-signed.v1.json",
          "56c6c085e9442ffd9aec1320491032074069649af70586ec456992bb44c5e91c  alert.v1.json",
          "d12575db2c3ddf66e4e5c266289a7efb2202d8e58df6cc9e562dac9962e32754  audit-log.v1.jsonl",
          "4a17c85a88fba91f899f4c39e0d83ce47567b49f62ba313d59092c7c5c2f4706 "
              + " authorisation-boxes.v1.json",
          "18b225676bd870a60567081a9361a58c5d2d3ebdd36dbf2615786df333a8f1f9 "
              + " authorisation-cameras.v1.json",
          "4737f4b627f855dfd4dfdf2b06200201b64679048269c818c91443989a385f51 "
              + " authorisation-countersigned.v1.json",
          "55b3938055f03265a2a0c99bf0aa9e6faa347a6724c38256aa93eb59e0c13228 "
              + " authorisation-groups.v1.json",
          "31acf8e0e8733d0a881ce44c540af89452dc48b8c0068be1aa4e8c7cb09f92bb "
              + " authorisation-permits.v1.json",
          "10480b113a6e2514fed0ee0e4ac3f0230d67c002b3682c7b0dd581ed24daaf91 "
              + " authorisation-recognition.v1.json",
          "cfeac827357ca885f18c00a163b56e57823aed2fa81324742e9b9b6c14fdd006 "
              + " authorisation-two-officers.v1.json",
          "44bf9b9617a06ee475bed38726d02dc17ba3d30a1d524c9c7f1a9fcb65de37c9 "
              + " authorisation-urgent.v1.json",
          "f781e38529d0b73130861d9d341dcf5d47e03e9a00c9ae25c04ae91575f8a968  authorisation.v1.json",
          "13ca39cda591a42ff91bcfb89d427bcce43d9fb1469216279f72ac82852bf51a  authority-key.v1.json",
          "4b63556f6a138bfea8986879d10963f680102247e1016e6c36d62a094e14ebed "
              + " authority-public-key.v1.json",
          "6425a4bd0ca65d7c37d5d3ac24dc3e29026440f4d6ab3a0fb7648a49ed9f7e92  board.v1.db",
          "ce92aff01a541afef708709d117f0e6e25aa32cb52ebfafc985a51b7ef3baec1 "
              + " control-room-identity.v1.json",
          "7181deea25abe5c68be5f3a3ce58c83f188f83985129be3e26a125d7fc9edc53 "
              + " control-room-keys.v1.json",
          "bf02b4fe90370594944f2c54ac87a233264e356654873c6b083607e2467074fa "
              + " deployment-record-paused.v1.json",
          "de1d4850b6245dd486ae98d66110ae7251af0e8f60b18369254c16ed628138dc "
              + " deployment-record.v1.json",
          "bb3faf820c93512a2cdc075053a71e92362fce0e93eca2a04dd218adb48ad64b "
              + " destruction-receipt.v1.json",
          "081bb2fe45d5f8e6ae25fc6d205e381b1f628dcf2ef3689428fb24dfa2ebf79e "
              + " device-identity.v1.json",
          "1c202f83c473de051888fe9595d9943b7ad806a87cbc46ab65437947390270e9  device-keys.v1.json",
          "879cd34ddabb69e0315ecebfcc5be4ab72fdbbbfe7ae75e84c1b313b71849a43 "
              + " discard-receipt.v1.json",
          "dfad4ae6c3585e30c508d5b3dfdc676b308cfaef4c5cfefd5885075193a7521a "
              + " ended-deployment.v1.json",
          "e055e3fb187d1612f70e4dbbb49c6a635ca1a51a1e3666eb77b14b04cb693f85 "
              + " engagement-correction.v1.jose",
          "b435a30e8468cc2429e00579b5ed5e2f4cf24de8c32f737aaa18899fa4ffdaa8 "
              + " engagement-receipt-signed.v1.json",
          "a5546be2e7556c32a2efbd026b33358e0ebce5ca773bc746999ab716235af351  engagement.v1.jose",
          "da047fe1fb201ade91f0a2ce2f13abfb9a11ca58bf6e89216c589eebd122efac  list-key.v1.bin",
          "5d3000eb3e0efba11ce95f365e20e1d8bd949d53171d2630d92ad0770decf760  merged-record.v1.json",
          "f8aebf30d5edbd79e2655c4d5dfe5731c392df596c9416e5765da77f2b0dd266 "
              + " outcome-two-officers.v1.jose",
          "50088115143969cd50cd6458bbd935586d713792692d549ba8c1125413ac95f0 "
              + " outcome-with-waits.v1.jose",
          "6b0ebcc0bc2ef85af75fe05580a06d0cb70bc3661c488a12fbd04d325fb9b4e7  outcome.v1.jose",
          "5270694ac8bf724ea7131fd53581b3f095c5d58bc0249f693cbdd46240f13b4a "
              + " receipt-signed.v1.json",
          "c48ffd6320365135f6c2a1b319d132cf784324d9e571670cfa95d7fbc424ad1e  revocation.v1.json",
          "31f9ea5006f31a2a8fd0b6868031f611cf200717681a92fc74acea41de97e165  sealed-row.v1.bin",
          "8b4bf3cba13f91058f3fce8dbeb42321b57bebf3e36f573a277c29fd56682883 "
              + " sighting-signed.v1.json",
          "8388274a8e1667310fced3952c9219502ae2bee5bab3422a285e9e4144080819  status-signed.v1.json",
          "30ea76348620de271b11c240c22bae38ea693f57f391510e48e71e5823a45cdf "
              + " test-alert-signed.v1.json",
          "fff4ba8b2e2007c1eb27e1c33258fe7bb11d158408c43ea221b67187ad917852  test-request.v1.jose",
          "e88550da74b6176f628b59f3ee997d2be3e9c39c55554bdfcb15077783dfeeac "
              + " trust-name-room.v1.json",
          "725c95df46a2fcb05806de53a539e569d7bbd8fd05b50833ddd745f3aa646422  trust-name.v1.json",
          "4ea1bf9e4baf0865f5e2c3f1f7e5f1842b055920ae99b58f65472e35657a96f6 "
              + " trust-replace-room.v1.json",
          "543c930e60d3fcd97dbb1b8057af8bf9a127ba22a35a36a5c31d598dc447909e  trust-replace.v1.json",
          "7f6a9680aada71a72bc0d8f843d50176b18125517e28e52eb50fb74d157657a8 "
              + " trust-revoke-room.v1.json",
          "8a61a43cecc13cc98b511d66d4adbee928e729d38c5d06374a96d330f25fa979  trust-revoke.v1.json",
          "a3d5ea402471a9a5b8f6a0f12aed8ac0e4e973f698328a079b197b6e2d08c791 "
              + " urgent-confirmation.v1.json",
          "b85d02cb07a95b6f36a5d4f46551501fe4d0695a84a43e61f42b0fd160d6e78b "
              + " urgent-refusal.v1.json",
          "b288f26ca3008d1ea9cf9227b44912a0fd7953acd8a6628c5cdbb2c2b39ce9dc "
              + " watchlist-for-boxes.v1.bundle",
          "3c062f8da2bb7be92c71387d127b10e47246c6e5fb0e2f4d29f358160eae4203 "
              + " watchlist-with-categories.v1.bundle",
          "319368b99bf8557183e35539cb1e0ac50a4aaa7e3426b1f1effbb537c6145a79 "
              + " watchlist-with-control.v1.bundle",
          "3dd5853f8ce9462ed3659fc484137b0fed2b827da79904ff69fb8fa76613c3f2  watchlist.v1.bundle",
          "1c365287c2f932e99a96f2c0946bff672e7c2a425bc835993e5ab47b9db8b2ab  watchlist.v1.db",
          "ac542ec021bf693ffc820fa3949ad5cb5d768b4700e5329f2f206fc479ad6e31  withdrawal.v1.json",
          "0274d7bc50e7bc645a6eca7dd5a7260e52e95834927d716fec8e59bd7ead94fb "
              + " withdrawn-alert-signed.v1.json");

  private final AuthorityKey first = KnownKeys.authority("first");
  private final AuthorityKey second = KnownKeys.authority("second");
  private final List<AuthorityPublicKey> trusted = List.of(first.publicKey(), second.publicKey());
  private final DeviceKeys device = KnownKeys.device("van");

  @TempDir private Path folder;

  @Test
  void noGoldenFileWasEdited() throws Exception {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(Golden.FOLDER)) {
      for (Path file : files.sorted().toList()) {
        found.add(Sha256.ofFile(file) + "  " + file.getFileName());
      }
    }
    assertThat(found)
        .as("a golden file may never be edited: add a new one")
        .containsExactlyElementsOf(SHA256);
  }

  @Test
  void theKeysOfAnAuthorityAreRead() throws Exception {
    assertThat(AuthorityKey.read(secret("authority-key.v1.json")).publicKey())
        .isEqualTo(first.publicKey());
    assertThat(AuthorityPublicKey.read(Golden.file("authority-public-key.v1.json")))
        .isEqualTo(first.publicKey());
  }

  @Test
  void theKeysOfADeviceAreRead() throws Exception {
    Sha256 expected = device.identity().fingerprint();
    try (DeviceKeys read = DeviceKeys.read(secret("device-keys.v1.json"))) {
      assertThat(read.identity().fingerprint()).isEqualTo(expected);
    }
    assertThat(DeviceIdentity.read(Golden.file("device-identity.v1.json")).fingerprint())
        .isEqualTo(expected);
  }

  @Test
  void theKeysOfAControlRoomAreRead() throws Exception {
    assertThat(room().identity())
        .isEqualTo(ControlRoomIdentity.read(Golden.file("control-room-identity.v1.json")));
  }

  @Test
  void theKeyOfAListOpensARowThatWasSealed() throws Exception {
    try (StorageKey key =
        StorageKey.read(secret("list-key.v1.bin"), device.storage(), Golden.PLACE)) {
      assertThat(key.sealer().open(Golden.bytes("sealed-row.v1.bin"), Golden.PLACE))
          .isEqualTo("a row".getBytes(US_ASCII));
    }
  }

  @Test
  void anAuthorisationPermits() throws Exception {
    Authorisation authorisation = permitted("authorisation.v1.json");
    assertThat(authorisation.deploymentClass()).isEqualTo(DeploymentClass.EXERCISE);
    assertThat(authorisation.grounds().purpose().value())
        .isEqualTo("find those wanted on warrant – “é”");
    assertThat(authorisation.list().digest())
        .isEqualTo(Sha256.ofFile(Golden.file("watchlist.v1.bundle")));
    assertThat(authorisation.limits().thresholdFloor().cosine()).isEqualTo(0.3);
    assertThat(authorisation.limits().maximumFalseAlertsPer1000Faces()).isEqualTo(1e-4);
    assertThat(authorisation.list().maximumAge()).isEqualTo(Duration.ofHours(36));
    assertThat(authorisation.alerts().controlRoom()).isEmpty();
  }

  @Test
  void eachTextOfAnAuthorisationIsWhatItIsCalled() throws Exception {
    Grounds grounds = permitted("authorisation.v1.json").grounds();
    assertThat(grounds.officer().value()).isEqualTo("Supt 1234");
    assertThat(grounds.legalBasis().value()).isEqualTo("Policy 5.2");
    assertThat(grounds.publicNotice().value()).isEqualTo("https://example.org/notices/12");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "authorisation.v1.json",
        "authorisation-countersigned.v1.json",
        "authorisation-two-officers.v1.json",
        "authorisation-permits.v1.json",
        "authorisation-groups.v1.json",
        GoldenWalks.AUTHORISATION,
        GoldenCameras.AUTHORISATION,
        GoldenBoxes.AUTHORISATION
      })
  void anAuthorisationIsWrittenAsItStands(String name) throws Exception {
    assertThat(CanonicalJson.write(permitted(name)))
        .asString(UTF_8)
        .isEqualTo(
            new String(SignedDocument.parse(Golden.bytes(name)).orElseThrow().payload(), UTF_8));
  }

  @Test
  void aCountersignedAuthorisationPermitsALiveDeployment() throws Exception {
    Authorisation authorisation = permitted("authorisation-countersigned.v1.json");
    assertThat(authorisation.deploymentClass()).isEqualTo(DeploymentClass.LIVE);
    assertThat(authorisation.alerts().controlRoom()).hasValue(room().identity());
  }

  @Test
  void anAuthorisationDemandsTwoOfficersIfItSaysSo() throws Exception {
    assertThat(permitted("authorisation.v1.json").alerts().outcomeRule()).isEmpty();
    assertThat(permitted("authorisation-two-officers.v1.json").alerts().outcomeRule())
        .hasValue(OutcomeRule.TWO_OFFICERS);
  }

  @Test
  void anAuthorisationPermitsMoreOfAnAlertIfItSaysSo() throws Exception {
    assertThat(permitted("authorisation.v1.json").alerts().permits()).isEmpty();
    assertThat(permitted("authorisation-permits.v1.json").alerts().permits())
        .hasValue(new Permits(true, true));
  }

  @Test
  void anAuthorisationNamesGroupsIfItHasACodeList() throws Exception {
    assertThat(permitted("authorisation.v1.json").alerts().groups()).isEmpty();
    assertThat(permitted("authorisation-groups.v1.json").alerts().groups())
        .hasValue(GoldenEngagements.GROUPS);
  }

  @Test
  void anAuthorisationAsksForALowestRecognitionRateIfItSaysSo() throws Exception {
    assertThat(permitted("authorisation.v1.json").limits().recognition()).isEmpty();
    assertThat(permitted(GoldenWalks.AUTHORISATION).limits().recognition())
        .hasValue(GoldenWalks.RULE);
  }

  @Test
  void anAuthorisationNamesItsCamerasAndTheirZonesIfItSaysSo() throws Exception {
    assertThat(permitted("authorisation.v1.json").site().cameras()).isEmpty();
    assertThat(permitted(GoldenCameras.AUTHORISATION).site().cameras())
        .hasValue(GoldenCameras.CAMERAS);
  }

  @Test
  void aSignedRecordIsReadAndComparedWithItsLog() throws Exception {
    SignedRecord expected = GoldenRecord.record(device);

    assertThat(SignedRecord.read(Golden.bytes(GoldenRecord.FILE), device.identity()))
        .isInstanceOfSatisfying(
            SignedDocument.Reading.Signed.class,
            signed -> assertThat(signed.content()).isEqualTo(expected));
    assertThat(RecordCheck.of(expected, Golden.file("audit-log.v1.jsonl")).holds()).isTrue();
  }

  @Test
  void anEngagementAndItsCorrectionAreRead() throws Exception {
    EngagementMessage first =
        EngagementMessage.read(Golden.bytes("engagement.v1.jose"), room().identity()).orElseThrow();
    EngagementMessage second =
        EngagementMessage.read(Golden.bytes("engagement-correction.v1.jose"), room().identity())
            .orElseThrow();

    assertThat(first.found()).isEqualTo(Engagement.stopped(Outcome.TRUE, Action.ARRESTED, 12));
    assertThat(first.group().code(Golden.ALERT, device)).contains("A1");
    assertThat(second.correction())
        .isEqualTo(new Correction(GoldenEngagements.FIRST, true, first.group()));
  }

  @Test
  void aSignedReceiptOfAnEngagementIsTaken() throws Exception {
    byte[] message = Golden.bytes("engagement-receipt-signed.v1.json");

    assertThat(messages().engagementReceipt(Golden.VAN, message))
        .map(EngagementReceipt::engagement)
        .hasValue(GoldenEngagements.FIRST);
  }

  private Authorisation permitted(String name) {
    AuthorisationVerifier verifier =
        new AuthorisationVerifier(
            trusted,
            device.identity().fingerprint(),
            Golden.VAN,
            InstantSource.fixed(Golden.START));
    assertThat(verifier.verify(Golden.file(name))).isInstanceOf(Permitted.class);
    return verifier.verify(Golden.file(name)).authorised().orElseThrow();
  }

  @Test
  void aRevocationIsAccepted() throws Exception {
    byte[] document = Golden.bytes("revocation.v1.json");
    assertThat(Revocation.check(document, trusted))
        .isEqualTo(
            new Revocation.Check.Valid(
                new Revocation(Golden.DEPLOYMENT, Golden.REVOKED),
                second.publicKey().fingerprint(),
                Sha256.of(document)));
  }

  @Test
  void aWithdrawalIsAcceptedAndOpened() throws Exception {
    assertThat(Withdrawal.check(Golden.bytes("withdrawal.v1.json"), trusted))
        .isInstanceOfSatisfying(
            Withdrawal.Check.Valid.class,
            valid -> {
              assertThat(valid.withdrawal().id()).isEqualTo(GoldenWithdrawals.ID);
              assertThat(valid.withdrawal().open(device)).contains(GoldenWithdrawals.CONTENT);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"trust-name.v1.json", "trust-replace.v1.json", "trust-revoke.v1.json"})
  void aTrustStatementIsAccepted(String name) throws Exception {
    assertThat(TrustStatement.readSigned(Golden.bytes(name), trusted))
        .isInstanceOfSatisfying(
            SignedDocument.Reading.Signed.class,
            signed ->
                assertThat(signed.content())
                    .isEqualTo(GoldenTrust.statement(device, GoldenTrust.ACTS.get(name))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trust-name-room.v1.json",
        "trust-replace-room.v1.json",
        "trust-revoke-room.v1.json"
      })
  void aTrustStatementAboutAControlRoomIsAccepted(String name) throws Exception {
    assertThat(TrustStatement.readSigned(Golden.bytes(name), trusted))
        .isEqualTo(
            new SignedDocument.Reading.Signed<>(
                GoldenTrust.statement(device, GoldenRooms.acts(room().identity()).get(name)),
                Set.of(first.publicKey().fingerprint(), second.publicKey().fingerprint())));
  }

  @Test
  void aSignedWithdrawalOfAnAlertIsTaken() throws Exception {
    byte[] message = Golden.bytes("withdrawn-alert-signed.v1.json");
    assertThat(messages().withdrawnAlert(Golden.VAN, message))
        .hasValue(new WithdrawnAlert(Golden.ALERT));
  }

  @Test
  void aBundleIsVerifiedAndOpened() throws Exception {
    Path file = Golden.file("watchlist.v1.bundle");
    BundleExpectations expected =
        new BundleExpectations(
            Golden.DEPLOYMENT,
            Sha256.ofFile(file),
            "sample-pack",
            2,
            Golden.START,
            Golden.START,
            Duration.ofHours(24),
            1);
    List<WatchlistEntry> entries = new ArrayList<>();
    try (WatchlistBundle bundle = WatchlistBundle.open(file, device, trusted, expected)) {
      assertThat(bundle.header().contents().entriesByCategory())
          .isEqualTo(new TreeMap<>(Map.of("wanted – é", 2)));
      bundle.forEach(entries::add);
    }
    assertThat(entries)
        .extracting(entry -> entry.subject().value() + " " + portrait(entry))
        .containsExactly("S-0 portrait 0", "S-1 portrait 1");
  }

  private static String portrait(WatchlistEntry entry) {
    return new String(entry.portrait().bytes(), UTF_8);
  }

  @Test
  void anAuditLogIsIntact() throws Exception {
    assertThat(new AuditVerifier(List.of()).verify(Golden.file("audit-log.v1.jsonl")))
        .isInstanceOfSatisfying(
            Intact.class, intact -> assertThat(intact.head().sequence()).isEqualTo(6));
  }

  @Test
  void anOutcomeIsRead() throws Exception {
    assertThat(OutcomeMessage.read(Golden.bytes("outcome.v1.jose"), room().identity()))
        .hasValue(
            new OutcomeMessage(
                Golden.ALERT,
                Outcome.FALSE,
                Actor.officer("1234"),
                Actor.officer("5678"),
                Golden.REVOKED));
  }

  @Test
  void anOutcomeOfTwoOfficersIsRead() throws Exception {
    assertThat(OutcomeMessage.read(Golden.bytes("outcome-two-officers.v1.jose"), room().identity()))
        .hasValueSatisfying(outcome -> assertThat(outcome.isOfTwoOfficers()).isTrue());
  }

  @Test
  void howLongTheAlertOfAnOutcomeWaitedIsRead() throws Exception {
    assertThat(OutcomeMessage.read(Golden.bytes(GoldenWaits.OUTCOME), room().identity()))
        .hasValueSatisfying(outcome -> assertThat(outcome.waits()).isEqualTo(GoldenWaits.WAITS));
  }

  @Test
  void aRequestForATestAlertAndItsAnswerAreRead() throws Exception {
    assertThat(TestRequest.read(Golden.bytes(GoldenTests.REQUEST_FILE), room().identity()))
        .hasValue(GoldenTests.REQUEST);
    byte[] message = Golden.bytes(GoldenTests.ALERT_FILE);
    VanMessages messages = messages();
    assertThat(messages.isTestAlert(Golden.VAN, message)).isTrue();
    assertThat(messages.testAlert(Golden.VAN, message, room()).taken())
        .hasValue(GoldenTests.REQUEST.id());
  }

  @Test
  void anAlertIsReadInClearAndSealed() throws Exception {
    ReceivedAlert clear = ReceivedAlert.parse(Golden.bytes("alert.v1.json"));
    ReceivedAlert sealed = ReceivedAlert.parse(Golden.bytes("alert-sealed.v1.json"));
    assertThat(sealed.match()).isNull();
    for (ReceivedAlert alert : List.of(clear, sealed.opened(room()).taken().orElseThrow())) {
      assertThat(alert.id()).isEqualTo(Golden.ALERT);
      assertThat(alert.match()).isNotNull();
      assertThat(alert.match().subject().value()).isEqualTo("S-0");
      assertThat(alert.times().published()).isEqualTo(Instant.parse("2026-11-28T09:00:00.750Z"));
    }
  }

  private VanMessages messages() throws Exception {
    Files.copy(Golden.file("device-identity.v1.json"), folder.resolve(Golden.VAN + ".identity"));
    return new VanMessages(VanIdentities.in(folder), InstantSource.system());
  }

  @Test
  void anAlertFromBeforeAlertsWereSignedIsReadAndIsShownByNobody() throws Exception {
    VanMessages messages = messages();
    for (String name : List.of("alert.v1.json", "alert-sealed.v1.json")) {
      assertThat(messages.alert(Golden.VAN, Golden.bytes(name)))
          .isEqualTo(new Reading.Refused<>(MessageFault.UNSIGNED));
    }
    VanMessages elsewhere = new VanMessages(VanIdentities.NONE, InstantSource.system());
    assertThat(elsewhere.alert(Golden.VAN, Golden.bytes("alert-sealed.v1.json")))
        .isEqualTo(new Reading.Refused<>(MessageFault.UNKNOWN_DEVICE));
  }

  @Test
  void aSignedAlertIsTaken() throws Exception {
    ReceivedAlert alert =
        messages()
            .alert(Golden.VAN, Golden.bytes("alert-signed.v1.json"))
            .taken()
            .orElseThrow()
            .opened(room())
            .taken()
            .orElseThrow();
    assertThat(alert.id()).isEqualTo(Golden.ALERT);
    assertThat(alert.isSigned()).isTrue();
    assertThat(alert.isExercise()).isFalse();
    assertThat(alert.match()).isNotNull();
    assertThat(alert.match().subject().value()).isEqualTo("S-0");
  }

  @Test
  void aSignedReceiptIsTaken() throws Exception {
    assertThat(messages().receipt(Golden.VAN, Golden.bytes("receipt-signed.v1.json")).taken())
        .map(OutcomeReceipt::outcome)
        .hasValue(Outcome.FALSE);
  }

  @Test
  void aSignedStatusIsTaken() throws Exception {
    assertThat(messages().status(Golden.VAN, Golden.bytes("status-signed.v1.json")).taken())
        .map(content -> new String(content, UTF_8))
        .hasValue("{\"van\":\"van-7\",\"state\":\"offline\"}");
  }

  @Test
  void howTheFacesOfAnAlertStandIsReadInClearAndSealed() throws Exception {
    ReceivedAlert clear = ReceivedAlert.parse(Golden.bytes("alert-with-faces.v1.json"));
    ReceivedAlert sealed = ReceivedAlert.parse(Golden.bytes("alert-with-faces-sealed.v1.json"));
    for (ReceivedAlert alert : List.of(clear, sealed.opened(room()).taken().orElseThrow())) {
      assertThat(alert.match()).isNotNull();
      assertThat(alert.match().probe().view()).isEqualTo(Golden.PROBE_VIEW);
      assertThat(alert.match().portrait().view()).isEqualTo(Golden.PORTRAIT_VIEW);
    }
  }

  @Test
  void theViewsOfAnAlertAreReadInClearAndSealed() throws Exception {
    ReceivedAlert clear =
        messages().alert(Golden.VAN, Golden.bytes(GoldenViews.ALERT)).taken().orElseThrow();
    ReceivedAlert sealed = ReceivedAlert.parse(Golden.bytes(GoldenViews.SEALED_ALERT));
    for (ReceivedAlert alert : List.of(clear, sealed.opened(room()).taken().orElseThrow())) {
      assertThat(alert.match()).isEqualTo(GoldenViews.sample().build().match());
    }
  }

  @Test
  void byWhatSomebodyIsFoundIsReadFromASealedAlert() throws Exception {
    assertThat(
            ReceivedAlert.parse(Golden.bytes("alert-with-figure-sealed.v1.json"))
                .opened(room())
                .taken()
                .orElseThrow()
                .match()
                .whereabouts())
        .isEqualTo(new Whereabouts(new Jpeg("figure".getBytes(US_ASCII)), Walking.LEFT));
  }

  @Test
  void aSignedSightingIsTaken() throws Exception {
    assertThat(
            messages()
                .sighting(Golden.VAN, Golden.bytes("sighting-signed.v1.json"), room())
                .taken())
        .hasValue(
            new SightingMessage(
                new AlertSighting(Golden.ALERT, Golden.START, false, Walking.LEFT),
                Golden.START.plusMillis(1500)));
  }

  @Test
  void whatHoldsForTheCategoriesOfAListIsRead() throws Exception {
    assertThat(WatchlistBundle.verify(Golden.file(GoldenCategories.LIST), trusted).header().terms())
        .isEqualTo(GoldenCategories.terms());
  }

  @Test
  void thatAListHasControlEntriesIsRead() throws Exception {
    BundleHeader header = WatchlistBundle.verify(Golden.file(GoldenWalks.LIST), trusted).header();
    assertThat(header.terms()).isEqualTo(GoldenWalks.terms());
    assertThat(header.contents().controlEntries(header.terms())).isEqualTo(1);
    assertThat(permitted(GoldenWalks.AUTHORISATION).list().digest())
        .isEqualTo(Sha256.ofFile(Golden.file(GoldenWalks.LIST)));
  }

  @Test
  void whatOfficersAreToDoIsReadInClearAndSealed() throws Exception {
    ReceivedAlert clear = ReceivedAlert.parse(Golden.bytes(GoldenCategories.ALERT));
    ReceivedAlert sealed = ReceivedAlert.parse(Golden.bytes(GoldenCategories.SEALED_ALERT));
    for (ReceivedAlert alert : List.of(clear, sealed.opened(room()).taken().orElseThrow())) {
      assertThat(alert.twoOfficers()).isTrue();
      assertThat(alert.match()).isNotNull();
      assertThat(alert.match().response()).isEqualTo(GoldenCategories.RULE.response());
    }
  }

  @Test
  void theDataOfAnAgentIsOpenedAndItsLogIsTheExportedOne() throws Exception {
    try (Database database = opened("agent.v6.db", Schema.AGENT)) {
      ByteArrayOutputStream exported = new ByteArrayOutputStream();
      AuditLog.export(database, exported);
      assertThat(exported.toByteArray()).isEqualTo(Golden.bytes("audit-log.v1.jsonl"));
    }
  }

  @Test
  void theDataOfAListAndOfABoardAreOpened() throws Exception {
    opened("watchlist.v1.db", Schema.WATCHLIST).close();
    opened("board.v1.db", Schema.BOARD).close();
  }

  private Database opened(String name, Schema schema) throws Exception {
    return Database.open(Files.copy(Golden.file(name), folder.resolve(name)), schema);
  }

  private static ControlRoomKeys room() throws Exception {
    return ControlRoomKeys.readCredential(Golden.file("control-room-keys.v1.json"));
  }

  /** A copy that its owner alone can open, which a checkout is not. */
  private Path secret(String name) throws Exception {
    return Files.setPosixFilePermissions(
        Files.copy(Golden.file(name), folder.resolve(name)),
        PosixFilePermissions.fromString("rw-------"));
  }
}
