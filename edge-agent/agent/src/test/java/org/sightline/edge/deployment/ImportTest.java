package org.sightline.edge.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.authorisation.Refusal;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.CategoryPolicy;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.Response;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.Schema;
import org.sightline.edge.testing.SampleCategories;
import org.sightline.edge.watchlist.BundleRefusal;
import org.sightline.edge.watchlist.BundleRefusal.Altered;
import org.sightline.edge.watchlist.StoredWatchlist;
import org.sightline.edge.watchlist.WatchlistException;

/** What is imported, and what is refused for which reason, leaving everything as it was. */
class ImportTest {
  private static final DeploymentId OTHER = new DeploymentId("D-8");

  @TempDir private Path folder;
  private Box box;

  @BeforeEach
  void prepare() throws Exception {
    box = new Box(folder);
  }

  @AfterEach
  void close() throws Exception {
    box.close();
  }

  private BundleRefusal listRefusal() throws Exception {
    BundleRefusal refusal =
        catchThrowableOfType(WatchlistException.class, box::importList).refusal();
    nothingIsLeft();
    return refusal;
  }

  private DeploymentRefusal refusal() {
    return refusal(box);
  }

  private static DeploymentRefusal refusal(Box box) {
    return catchThrowableOfType(DeploymentException.class, box::importList).refusal();
  }

  private void nothingIsLeft() throws Exception {
    assertThat(box.state()).isEqualTo(DeploymentState.CLOSED);
    assertThat(box.files()).isEmpty();
  }

  /** Changes the list at rest as somebody with access to the disk could. */
  private void tamper(String... statements) throws Exception {
    try (Database list = Database.open(box.listFile(".db"), Schema.WATCHLIST)) {
      for (String statement : statements) {
        list.update(statement);
      }
    }
  }

  private List<SubjectRef> listed() throws Exception {
    List<SubjectRef> subjects = new ArrayList<>();
    try (StoredWatchlist list = box.deployments.list(Box.DEPLOYMENT)) {
      list.forEach(entry -> subjects.add(entry.subject()));
    }
    return subjects;
  }

  @Test
  void theAuthorisedListIsTakenIn() throws Exception {
    box.papers().write();
    DeploymentStatus status = box.importList();
    assertThat(status.state()).isEqualTo(DeploymentState.AUTHORISED);
    assertThat(status.list().entries()).isEqualTo(3);
    assertThat(listed())
        .containsExactly(
            new SubjectRef("SUBJECT-0"), new SubjectRef("SUBJECT-1"), new SubjectRef("SUBJECT-2"));
  }

  private static CategoryPolicy wanted(Response response, double threshold) {
    return new CategoryPolicy(List.of(SampleCategories.rule("wanted", response, threshold)));
  }

  @Test
  void thePolicyOfTheCategoriesComesBackAsItWasSigned() throws Exception {
    Box.Papers papers = box.papers();
    papers.policy = wanted(SampleCategories.AMBER, 0.9);
    papers.write();
    box.importList();
    try (StoredWatchlist list = box.deployments.list(Box.DEPLOYMENT)) {
      assertThat(list.terms().policy()).isEqualTo(papers.policy);
    }
  }

  @Test
  void aListWithAThresholdBelowTheAuthorisedFloorIsRefused() throws Exception {
    Box.Papers papers = box.papers();
    papers.policy = wanted(SampleCategories.AMBER, -1);
    papers.write();
    assertThat(listRefusal().line()).contains("'wanted'").contains("floor");
  }

  @Test
  void aListThatNeedsTwoOfficersIsRefusedWhereNoControlRoomIsAuthorised() throws Exception {
    Box.Papers papers = box.papers();
    papers.policy = wanted(SampleCategories.RED, 0.9);
    papers.write();
    assertThat(listRefusal().line()).contains("'wanted'").contains("two officers");
  }

  @Test
  void entriesComeBackAsTheyWereSigned() throws Exception {
    box.papers().write();
    box.importList();
    List<WatchlistEntry> expected = Box.entries(3);
    List<Double> similarities = new ArrayList<>();
    List<Jpeg> portraits = new ArrayList<>();
    try (StoredWatchlist list = box.deployments.list(Box.DEPLOYMENT)) {
      list.forEach(
          entry ->
              similarities.add(
                  entry
                      .templates()
                      .get(0)
                      .similarityTo(expected.get(similarities.size()).templates().get(0))
                      .cosine()));
      for (int i = 0; i < 3; i++) {
        portraits.add(list.of(i));
      }
    }
    assertThat(similarities).hasSameSizeAs(expected).allMatch(cosine -> cosine > 0.999999);
    assertThat(portraits).isEqualTo(expected.stream().map(WatchlistEntry::portrait).toList());
  }

  /** Its numbers as they lie in memory, in either order of bytes. */
  private static List<byte[]> written(Template template) {
    float[] values = new float[Box.DIMENSION];
    template.copyTo(values, 0);
    List<byte[]> both = new ArrayList<>();
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(order);
      bytes.asFloatBuffer().put(values);
      both.add(bytes.array());
    }
    return both;
  }

  @Test
  void nothingOfTheListIsReadableOnDisk() throws Exception {
    box.papers().write();
    box.importList();
    List<byte[]> secrets = new ArrayList<>();
    for (WatchlistEntry entry : Box.entries(3)) {
      secrets.add(entry.subject().value().getBytes(StandardCharsets.UTF_8));
      secrets.add(entry.portrait().bytes());
      secrets.addAll(written(entry.templates().get(0)));
    }
    secrets.add("wanted".getBytes(StandardCharsets.UTF_8));
    assertThat(Leftovers.in(box.data(), secrets)).isEmpty();
  }

  @Test
  void theImportIsRecordedInTheLog() throws Exception {
    box.papers().write();
    box.importList();
    assertThat(box.auditKinds()).containsExactly("watchlist-imported");
  }

  @Test
  void aRefusalIsRecordedInTheLog() throws Exception {
    box.papers().authorise(Sha256.of(new byte[] {1}));
    Files.write(box.bundle(), new byte[] {1});
    assertThat(listRefusal()).isEqualTo(new BundleRefusal.NotABundle());
    assertThat(box.auditKinds()).containsExactly("watchlist-refused");
  }

  @Test
  void aListForAnotherDeviceIsRefused() throws Exception {
    Box.Papers papers = box.papers();
    try (DeviceKeys other = DeviceKeys.generate()) {
      papers.listDevice = other.identity();
      papers.write();
      assertThat(listRefusal())
          .isEqualTo(
              new BundleRefusal.OtherDevice(
                  other.identity().fingerprint(), box.device.identity().fingerprint()));
    }
  }

  @Test
  void aListForAnotherDeploymentIsRefused() throws Exception {
    Box.Papers papers = box.papers();
    papers.listDeployment = OTHER;
    papers.write();
    assertThat(listRefusal()).isEqualTo(new BundleRefusal.OtherDeployment(OTHER, Box.DEPLOYMENT));
  }

  @Test
  void anExpiredListIsRefused() throws Exception {
    Box.Papers papers = box.papers();
    papers.expires = Box.NOW;
    papers.write();
    assertThat(listRefusal()).isEqualTo(new BundleRefusal.Expired(Box.NOW));
  }

  @Test
  void aListExpiredByTheLatestTimeEverSeenIsRefused() throws Exception {
    Box.Papers papers = box.papers();
    papers.expires = Box.NOW.plusSeconds(60);
    papers.write();
    box.wall.set(Box.NOW.plusSeconds(60));
    box.clock.remember();
    box.wall.set(Box.NOW);
    assertThat(listRefusal()).isEqualTo(new BundleRefusal.Expired(papers.expires));
  }

  @Test
  void aListOlderThanAuthorisedIsRefused() throws Exception {
    Box.Papers papers = box.papers();
    papers.created = papers.start.minus(Duration.ofHours(24)).minusSeconds(1);
    papers.write();
    assertThat(listRefusal())
        .isEqualTo(new BundleRefusal.TooOld(papers.created, papers.start, Duration.ofHours(24)));
  }

  @Test
  void aListAsOldAsAuthorisedIsTakenIn() throws Exception {
    Box.Papers papers = box.papers();
    papers.created = papers.start.minus(Duration.ofHours(24));
    papers.write();
    assertThat(box.importList().state()).isEqualTo(DeploymentState.AUTHORISED);
  }

  @Test
  void aLaterListReplacesTheOneBefore() throws Exception {
    box.papers().write();
    box.importList();
    Box.Papers later = box.papers();
    later.version = 2;
    later.entries = 1;
    later.write();
    assertThat(box.importList().list().version()).isEqualTo(2);
    assertThat(listed()).containsExactly(new SubjectRef("SUBJECT-0"));
    assertThat(box.files()).hasSize(2);
  }

  @Test
  void aLowerVersionThanOneSeenIsRefusedAndTheListStays() throws Exception {
    Box.Papers later = box.papers();
    later.version = 5;
    later.write();
    box.importList();
    Box.Papers earlier = box.papers();
    earlier.version = 4;
    earlier.entries = 1;
    earlier.write();
    assertThat(catchThrowableOfType(WatchlistException.class, box::importList).refusal())
        .isEqualTo(new BundleRefusal.LowerVersion(4, 5));
    assertThat(listed()).hasSize(3);
  }

  @Test
  void aListThatWasNotAuthorisedIsRefused() throws Exception {
    Sha256 authorised = Sha256.of(new byte[] {1});
    Box.Papers papers = box.papers().write();
    papers.authorise(authorised);
    assertThat(listRefusal()).isEqualTo(new BundleRefusal.OtherDigest(authorised, papers.digest));
  }

  @Test
  void aListForAnotherModelPackIsRefused() throws Exception {
    Box.Papers papers = box.papers();
    papers.packVersion = 3;
    papers.write();
    assertThat(listRefusal())
        .isEqualTo(
            new BundleRefusal.OtherModelPack(
                "sample-pack", 3, Box.PACK.name(), Box.PACK.version()));
  }

  @Test
  void aListByAnAuthorityThatIsNotTrustedIsRefused() throws Exception {
    Box.Papers papers = box.papers();
    papers.listSigner = AuthorityKey.generate();
    papers.write();
    assertThat(listRefusal())
        .isEqualTo(new BundleRefusal.UnknownAuthority(papers.listSigner.publicKey().fingerprint()));
  }

  @Test
  void aListWithAnAlteredByteIsRefused() throws Exception {
    box.papers().write();
    byte[] bundle = Files.readAllBytes(box.bundle());
    bundle[bundle.length - 1] ^= 1;
    Files.write(box.bundle(), bundle);
    assertThat(listRefusal()).isEqualTo(new Altered(Altered.Part.BODY));
  }

  @Test
  void aListWithAMissingByteIsRefused() throws Exception {
    box.papers().write();
    byte[] bundle = Files.readAllBytes(box.bundle());
    Files.write(box.bundle(), Arrays.copyOf(bundle, bundle.length - 1));
    assertThat(listRefusal())
        .isEqualTo(new BundleRefusal.Truncated(bundle.length - 1, bundle.length));
  }

  @Test
  void whateverIsAlteredInALaterListTheOneBeforeStays() throws Exception {
    box.papers().write();
    box.importList();
    Box.Papers later = box.papers();
    later.version = 2;
    later.entries = 1;
    later.write();
    byte[] bundle = Files.readAllBytes(box.bundle());
    for (int at = 0; at < bundle.length; at += 7) {
      byte[] altered = bundle.clone();
      altered[at] ^= 0x10;
      Files.write(box.bundle(), altered);
      catchThrowableOfType(WatchlistException.class, box::importList).refusal();
    }
    assertThat(listed()).hasSize(3);
    assertThat(box.state()).isEqualTo(DeploymentState.AUTHORISED);
    assertThat(box.files()).hasSize(2);
  }

  @Test
  void aMissingListIsRefused() throws Exception {
    box.papers().write();
    Files.delete(box.bundle());
    assertThat(listRefusal()).isInstanceOf(BundleRefusal.Unusable.class);
  }

  @Test
  void aListWithoutAValidAuthorisationIsRefused() throws Exception {
    box.papers().write();
    Files.writeString(box.authorisation(), "{}");
    assertThat(refusal()).isEqualTo(new DeploymentRefusal.NotAuthorised(new Refusal.Malformed()));
    nothingIsLeft();
  }

  @Test
  void aListForADeploymentThatIsOverIsRefused() throws Exception {
    Box.Papers papers = box.papers();
    papers.end = Box.NOW;
    papers.write();
    assertThat(refusal())
        .isEqualTo(new DeploymentRefusal.NotAuthorised(new Refusal.Ended(Box.NOW)));
  }

  @Test
  void aListForADeploymentThatBeginsLaterIsTakenIn() throws Exception {
    Box.Papers papers = box.papers();
    papers.start = Box.NOW.plusSeconds(600);
    papers.write();
    assertThat(box.importList().state()).isEqualTo(DeploymentState.AUTHORISED);
  }

  @Test
  void aLiveListIsRefusedWhereTheDevicesKeysLieInAFile() throws Exception {
    assertLiveListRefused(
        new DeploymentSite.Protection(false, true, true, true),
        new Refusal.KeyFileForExercisesOnly());
  }

  @Test
  void aLiveListIsTakenInWhereKeysAndBrokerAreFitForIt() throws Exception {
    try (Box fit = new Box(folder.resolve("fit"), DeviceKeys.generate(), Box.FOR_LIVE)) {
      writeLivePapers(fit);
      assertThat(fit.importList().state()).isEqualTo(DeploymentState.AUTHORISED);
    }
  }

  @Test
  void aLiveListIsRefusedWhereTheBrokerDoesNotKnowTheVanByACertificate() throws Exception {
    assertLiveListRefused(
        new DeploymentSite.Protection(true, true, false, true),
        new Refusal.BrokerForExercisesOnly());
  }

  @Test
  void aLiveListIsRefusedWhereTheSettingsNameARecording() throws Exception {
    assertLiveListRefused(
        new DeploymentSite.Protection(true, false, true, true),
        new Refusal.RecordingForExercisesOnly());
  }

  @Test
  void aLiveListIsRefusedByAReleaseWithoutAFieldTestBaseline() throws Exception {
    assertLiveListRefused(
        new DeploymentSite.Protection(true, true, true, false), new Refusal.NotFieldTested());
  }

  @Test
  void aListOfAnExerciseIsTakenInByAReleaseWithoutAFieldTestBaseline() throws Exception {
    try (Box untested =
        new Box(
            folder.resolve("untested"),
            DeviceKeys.generate(),
            new DeploymentSite.Protection(false, true, false, false))) {
      untested.papers().write();
      assertThat(untested.importList().state()).isEqualTo(DeploymentState.AUTHORISED);
    }
  }

  private void assertLiveListRefused(DeploymentSite.Protection protection, Refusal reason)
      throws Exception {
    try (Box unfit = new Box(folder.resolve("unfit"), DeviceKeys.generate(), protection)) {
      writeLivePapers(unfit);
      assertThat(refusal(unfit)).isEqualTo(new DeploymentRefusal.NotAuthorised(reason));
    }
  }

  private static void writeLivePapers(Box box) throws Exception {
    Box.Papers papers = box.papers();
    papers.deploymentClass = DeploymentClass.LIVE;
    papers.signers = List.of(box.authority, box.second);
    papers.write();
  }

  @Test
  void aRevokedDeploymentIsRefused() throws Exception {
    box.papers().write();
    box.deployments.revoke(box.revocation(Box.DEPLOYMENT));
    assertThat(refusal()).isEqualTo(new DeploymentRefusal.Revoked(Box.DEPLOYMENT));
    nothingIsLeft();
  }

  @Test
  void aSecondDeploymentIsRefusedWhileOneIsHere() throws Exception {
    box.papers().write();
    box.importList();
    Box.Papers second = box.papers();
    second.deployment = OTHER;
    second.listDeployment = OTHER;
    second.write();
    assertThat(refusal())
        .isEqualTo(new DeploymentRefusal.AnotherIsHere(Box.DEPLOYMENT, DeploymentState.AUTHORISED));
  }

  @Test
  void aNewListIsRefusedWhileTheDeploymentIsOpen() throws Exception {
    box.papers().write();
    box.importList();
    box.open();
    assertThat(refusal())
        .isEqualTo(
            new DeploymentRefusal.WrongState(
                Box.DEPLOYMENT, DeploymentState.OPEN, DeploymentState.Step.IMPORT));
  }

  @Test
  void aDestroyedDeploymentNeverComesBack() throws Exception {
    box.papers().write();
    byte[] bundle = Files.readAllBytes(box.bundle());
    box.importList();
    box.deployments.close(Box.OFFICER);
    box.finish();
    Files.write(box.bundle(), bundle);
    assertThat(refusal())
        .isEqualTo(
            new DeploymentRefusal.WrongState(
                Box.DEPLOYMENT, DeploymentState.DESTROYED, DeploymentState.Step.IMPORT));
  }

  @Test
  void anAlteredRowIsReportedWhenTheListIsOpened() throws Exception {
    box.papers().write();
    box.importList();
    tamper("UPDATE entry SET sealed = zeroblob(60) WHERE number = 1");
    assertThat(catchThrowableOfType(WatchlistException.class, this::listed).refusal())
        .isEqualTo(new BundleRefusal.AtRest("an entry"));
  }

  @Test
  void rowsThatChangedPlacesAreReported() throws Exception {
    box.papers().write();
    box.importList();
    tamper(
        "UPDATE entry SET number = 9 WHERE number = 0",
        "UPDATE entry SET number = 0 WHERE number = 1",
        "UPDATE entry SET number = 1 WHERE number = 9");
    assertThat(catchThrowableOfType(WatchlistException.class, this::listed).refusal())
        .isEqualTo(new BundleRefusal.AtRest("an entry"));
  }

  @Test
  void aMissingRowIsReported() throws Exception {
    box.papers().write();
    box.importList();
    tamper("DELETE FROM entry WHERE number = 2");
    assertThat(catchThrowableOfType(WatchlistException.class, this::listed).refusal())
        .isEqualTo(new BundleRefusal.AtRest("an entry"));
  }

  @Test
  void aMissingKeyIsReported() throws Exception {
    box.papers().write();
    box.importList();
    Files.delete(box.listFile(".key"));
    assertThat(catchThrowableOfType(WatchlistException.class, this::listed).refusal())
        .isEqualTo(new BundleRefusal.AtRest("its key"));
  }

  @Test
  void aMissingDataFileIsReported() throws Exception {
    box.papers().write();
    box.importList();
    Files.delete(box.listFile(".db"));
    assertThat(catchThrowableOfType(WatchlistException.class, this::listed).refusal())
        .isEqualTo(new BundleRefusal.AtRest("its data file"));
  }
}
