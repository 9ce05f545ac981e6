package org.sightline.edge.oversight;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.oversight.MergedRecord.Box;
import org.sightline.edge.oversight.MergedRecord.NotMerged;
import org.sightline.edge.oversight.MergedRecord.Recognition;
import org.sightline.edge.oversight.MergedRecord.Total;
import org.sightline.edge.testing.SampleRecord;

/** Two of the three boxes of a deployment. */
class MergedFileTest {
  private static final String SHOWN = "{\"A\":\"7\",\"B\":\"9\",\"not-stated\":\"5\"}";
  private static final String SMALL = "{\"A\":\"<5\",\"B\":\"9\",\"not-stated\":\"<5\"}";
  private static final String WITHHELD =
      "{\"A\":\"withheld\",\"B\":\"withheld\",\"not-stated\":\"withheld\"}";

  @TempDir private Path folder;
  private final SampleRecord one = new SampleRecord("van-1").counting(20, 2, 1, 0);
  private final SampleRecord two = new SampleRecord("van-2").counting(30, 1, 0, 1);
  private final List<SampleRecord> merged = new ArrayList<>(List.of(two, one));

  private List<DeviceIdentity> devices() {
    return List.of(one.device(), two.device());
  }

  private MergedFile merge(boolean open) throws Exception {
    List<Path> files = new ArrayList<>();
    for (SampleRecord each : merged) {
      Path file = folder.resolve("record-" + (files.size() + 1));
      files.add(Files.write(file, each.signed()));
    }
    return MergedFile.merge(files, devices(), open);
  }

  private MergedRecord record() throws Exception {
    return merge(false).record();
  }

  private Total total() throws Exception {
    return record().total();
  }

  private void assertRefused(String... words) {
    assertThatThrownBy(this::record)
        .isInstanceOf(SightlineException.class)
        .hasMessageContainingAll(words);
  }

  private byte[] written() throws Exception {
    Path file = folder.resolve("merged");
    merge(true).writeTo(file);
    return Files.readAllBytes(file);
  }

  @Test
  void facesAndAlertsOfBothAreCountedOnceEach() throws Exception {
    Total total = total();

    assertThat(total.counts().facesSeen()).isEqualTo(50);
    assertThat(total.counts().alerts()).isEqualTo(5);
    assertThat(total.counts().alertsByCategory()).containsExactly(entry("wanted", 5L));
    assertThat(total.outcomes()).isEqualTo(new RecordFigures.Outcomes(3, 1, 1, 0));
    assertThat(total.signedOutcomes()).isEqualTo(5);
  }

  @Test
  void ratesAreOfTheSums() throws Exception {
    assertThat(total().falseAlertsPerAlert()).isEqualTo(Rate.of(1, 5));
    assertThat(total().falseAlertsPerFaceSeen()).isEqualTo(Rate.of(1, 50));
  }

  @Test
  void noRateIsClaimedBeforeAnyAlertHasAnOutcome() throws Exception {
    for (SampleRecord each : merged) {
      each.with("{\"outcomes\":{\"correct\":0,\"wrong\":0,\"unresolved\":0,\"open\":3}}");
    }

    assertThat(total().falseAlertsPerAlert()).isNull();
    assertThat(total().falseAlertsPerFaceSeen()).isNull();
  }

  @Test
  void openAndPausedTimeStayApartForEachBoxAndInAll() throws Exception {
    two.with("{\"time\":{\"captureSeconds\":3600,\"pausedSeconds\":0,\"pauses\":[]}}");

    MergedRecord record = record();

    assertThat(record.total().time())
        .isEqualTo(new MergedRecord.Time(10_800L, 600, new BigDecimal("16.7")));
    assertThat(record.boxes())
        .extracting(
            Box::van,
            box -> box.figures().time().captureSeconds(),
            box -> box.figures().time().pausedSeconds(),
            box -> box.figures().time().facesPerHour())
        .containsExactly(
            tuple("van-1", 7200L, 600L, new BigDecimal("10.0")),
            tuple("van-2", 3600L, 0L, new BigDecimal("30.0")));
  }

  @Test
  void timeThatOneBoxDidNotKeepIsNotKnownInAll() throws Exception {
    two.with("{\"time\":{\"captureSeconds\":null}}");

    assertThat(total().time().captureSeconds()).isNull();
    assertThat(total().time().facesPerHour()).isNull();
  }

  @Test
  void walksOfAllCamerasStandByVanAndCameraAndInAll() throws Exception {
    String walks =
        """
        {"walks":{"controlEntries":3,"recognition":[{"camera":"mast-1","list":"%s",
           "listVersion":1,"modelPack":"p","software":"1","trueRecognition":{"count":%d,"of":%d}}],
          "notJudged":[{"camera":"mast-1","reason":"paused","passes":2}],
          "open":1,"unannounced":0}}
        """;
    one.with(walks.formatted(SampleRecord.digest("list"), 9, 10));
    two.with(walks.formatted(SampleRecord.digest("list"), 8, 10));

    MergedRecord.Walks all = Objects.requireNonNull(total().afterwards().walks());

    assertThat(all.inAll()).isEqualTo(Rate.of(17, 20));
    assertThat(all.recognition())
        .extracting(Recognition::van, Recognition::camera, Recognition::trueRecognition)
        .containsExactly(
            tuple("van-1", "mast-1", Rate.of(9, 10)), tuple("van-2", "mast-1", Rate.of(8, 10)));
    assertThat(all.open()).isEqualTo(2);
    assertThat(all.notJudged()).hasSize(2);
  }

  @Test
  void ofWaitsTheAlertsAreCountedAndNoMedianIsMadeUp() throws Exception {
    for (SampleRecord each : merged) {
      each.with(
          """
          {"waits":{"published":{"alerts":3,"medianSeconds":null,"p95Seconds":null},
            "seen":{"alerts":2},"claimed":{"alerts":1},"outcome":{"alerts":3},
            "stopped":{"alerts":0},"notPlausible":1}}
          """);
    }

    MergedRecord record = record();

    assertThat(record.total().afterwards().waits())
        .isEqualTo(new MergedRecord.Waits(6, 4, 2, 6, 0, 2));
    assertThat(record.notMerged())
        .extracting(NotMerged::figure)
        .contains("waits.medianSeconds, waits.p95Seconds");
  }

  /** Of 21 who were stopped and found to be the subjects, and nobody else. */
  private static String street(String groups) {
    return """
    {"street":{"engagements":{"stopped":21,"lost":1,"notAttempted":0},
      "confirmed":{"correct":21,"wrong":0,"unresolved":0},
      "actions":{"arrested":20,"noAction":1,"other":0},"medianMinutesStopped":4,"corrections":1,
      "groups":{"true":GROUPS,"false":NONE,"unresolved":NONE}}}
    """
        .replace("GROUPS", groups)
        .replace("NONE", WITHHELD);
  }

  private MergedRecord.Street streetOf(String ofOne, String ofTwo) throws Exception {
    one.with(street(ofOne));
    two.with(street(ofTwo));
    return Objects.requireNonNull(total().afterwards().street());
  }

  @Test
  void whatBecameOfAlertsInTheStreetIsSummed() throws Exception {
    MergedRecord.Street street = streetOf(SHOWN, SHOWN);

    assertThat(street.engagements()).isEqualTo(new RecordFigures.Engagements(42, 2, 0));
    assertThat(street.actions()).isEqualTo(new RecordFigures.Actions(40, 2, 0));
    assertThat(street.corrections()).isEqualTo(2);
  }

  @Test
  void groupsThatBothBoxesShowAreSummed() throws Exception {
    assertThat(streetOf(SHOWN, SHOWN).groups().get("true"))
        .containsExactly(entry("A", "14"), entry("B", "18"), entry("not-stated", "10"));
  }

  @Test
  void aGroupThatOneBoxDoesNotShowIsInNoSum() throws Exception {
    assertThat(streetOf(SHOWN, SMALL).groups().get("true"))
        .containsExactly(entry("A", "withheld"), entry("B", "18"), entry("not-stated", "withheld"));
  }

  @Test
  void aBoxWhereNobodyWasFoundToBeSoHidesNothingOfTheOthers() throws Exception {
    one.with(street(SHOWN));
    two.with(street(WITHHELD))
        .with("{\"street\":{\"confirmed\":{\"correct\":0,\"wrong\":21,\"unresolved\":0}}}");

    assertThat(Objects.requireNonNull(total().afterwards().street()).groups().get("true"))
        .containsEntry("A", "7");
  }

  @Test
  void thePartsAreNamedByTheirDigests() throws Exception {
    assertThat(record().boxes())
        .extracting(Box::van, Box::part)
        .containsExactly(
            tuple("van-1", Sha256.of(one.signed()).hex()),
            tuple("van-2", Sha256.of(two.signed()).hex()));
  }

  @Test
  void howManyBoxesAreMissingCanBeSeen() throws Exception {
    assertThat(record().authorised().boxes()).isEqualTo(3);
    assertThat(record().boxes()).hasSize(2);
  }

  @Test
  void theOrderInWhichPartsAreNamedChangesNothing() throws Exception {
    byte[] first = written();
    Files.delete(folder.resolve("merged"));
    merged.add(merged.remove(0));

    assertThat(written()).isEqualTo(first);
  }

  @Test
  void twoRecordsOfOneBoxAreRefusedByItsName() {
    merged.add(one);

    assertRefused("two records of one box, van van-1, device");
  }

  @Test
  void twoBoxesOfOneVanAreRefused() {
    two.with("{\"van\":\"van-1\"}");

    assertRefused("two records of one box, van van-1");
  }

  @Test
  void moreBoxesThanAreAuthorisedAreRefused() {
    merged.forEach(each -> each.with("{\"authorised\":{\"boxes\":1}}"));

    assertRefused("more boxes than the 1 that are authorised");
  }

  @Test
  void recordsOfDifferentDeploymentsAuthorisationsOrListsAreRefusedByWhatDiffers() {
    for (String[] change :
        new String[][] {
          {"{\"deployment\":\"D-8\"}", "another deployment than in"},
          {
            "{\"authorised\":{\"authorisation\":\"%s\"}}".formatted(SampleRecord.digest("x")),
            "another authorisation than in"
          },
          {
            "{\"authorised\":{\"list\":\"%s\"}}".formatted(SampleRecord.digest("x")),
            "another list than in"
          },
          {"{\"place\":\"Low Street\"}", "another place than in"}
        }) {
      merged.set(1, new SampleRecord("van-1").with(change[0]));
      assertThatThrownBy(() -> Merge.of(List.of(part(two), part(merged.get(1))), false))
          .hasMessageContaining(change[1]);
    }
  }

  private static SignedPart part(SampleRecord record) throws SightlineException {
    return SignedPart.verify("a file", record.signed(), List.of(record.device()));
  }

  @Test
  void aRecordThatDoesNotSayUnderWhichAuthorisationIsRefused() {
    two.with("{\"authorised\":null}");

    assertRefused("does not say under which authorisation");
  }

  @Test
  void aRecordThatWasSignedBeforeTheEndIsMergedOnlyWhenThatIsAccepted() throws Exception {
    two.with("{\"endedAt\":null}");

    assertRefused("had not ended when van van-2, device", "--accept-open");
    assertThat(merge(true).record().boxes())
        .extracting(Box::van, box -> box.life().isOpen())
        .contains(tuple("van-2", true));
  }

  @Test
  void aRecordOfAnAgentThatWasKilledIsMergedWhenItsDeploymentHadEnded() throws Exception {
    two.with("{\"closedAt\":null}");

    assertThat(record().boxes()).hasSize(2);
  }

  @Test
  void ofARecordThatDoesNotSayItIsNotKnownWhetherTheDeploymentHadEnded() {
    two.without("endedAt");

    assertRefused("not known whether the deployment had ended when van van-2", "--accept-open");
  }

  @Test
  void aRecordThatNoneOfTheDevicesSignedIsRefused() {
    merged.add(new SampleRecord("van-3"));

    assertRefused("signed by none of the devices named here", "record-3");
  }

  @Test
  void aRecordThatContradictsItselfIsRefused() {
    two.with("{\"outcomes\":{\"wrong\":-1}}");

    assertRefused("missing or contradict each other", "record-1");
  }

  @Test
  void aMergedRecordIsComputedAgainFromItsParts() throws Exception {
    assertThat(MergedFile.verify("merged", written(), devices()).record().total())
        .isEqualTo(merge(true).record().total());
  }

  @Test
  void aMergedRecordInWhichAFigureWasChangedIsRefused() throws Exception {
    String text = Files.readString(Files.write(folder.resolve("text"), written()));

    assertThatThrownBy(
            () ->
                MergedFile.verify(
                    "merged",
                    text.replace("\"facesSeen\":50", "\"facesSeen\":60").getBytes(UTF_8),
                    devices()))
        .hasMessageContaining("not what its parts give");
  }

  @Test
  void everyFlippedBitAndCutOfAMergedRecordIsRefused() throws Exception {
    byte[] good = written();
    for (int at = 0; at < good.length; at++) {
      // One bit of each byte, another from byte to byte: all of them would be minutes.
      byte[] bad = good.clone();
      bad[at] ^= (byte) (1 << (at % 8));
      assertRefused(bad, "byte " + at);
      if (at % 7 == 0) {
        assertRefused(Arrays.copyOf(good, at), "cut at " + at);
      }
    }
  }

  private void assertRefused(byte[] bad, String what) {
    assertThatThrownBy(() -> MergedFile.verify("merged", bad, devices()))
        .as(what)
        .isInstanceOf(SightlineException.class);
  }
}
