package org.sightline.edge.oversight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.oversight.Aggregate.Camera;
import org.sightline.edge.oversight.Aggregate.Category;
import org.sightline.edge.oversight.Aggregate.Group;
import org.sightline.edge.testing.SampleRecord;

/** Two deployments: one of two boxes, one of another box and version. */
class AggregationTest {
  @TempDir private Path folder;

  private final SampleRecord one = new SampleRecord("van-1").counting(20, 1, 1, 0);
  private final SampleRecord two = new SampleRecord("van-2").counting(30, 2, 0, 1);
  private final SampleRecord three =
      new SampleRecord("van-3")
          .counting(50, 1, 2, 0)
          .with(
              """
              {"deployment":"D-8","software":"2.0.0","endedAt":"2026-11-24T13:00:00Z",
               "authorised":{"authorisation":"%s","boxes":1},
               "walks":{"controlEntries":1,"recognition":[{"camera":"mast-1","list":"x",
                 "listVersion":1,"modelPack":"p","software":"2.0.0",
                 "trueRecognition":{"count":17,"of":20}}],"notJudged":[],"open":0,"unannounced":0}}
              """
                  .formatted(SampleRecord.digest("another")));
  private final List<Path> files = new ArrayList<>();

  @BeforeEach
  void write() throws Exception {
    file("one", one.signed());
    file("two", two.signed());
    file("three", three.signed());
  }

  private Path file(String name, byte[] bytes) throws Exception {
    Path file = Files.write(folder.resolve(name), bytes);
    files.add(file);
    return file;
  }

  private List<DeviceIdentity> devices() {
    return List.of(one.device(), two.device(), three.device());
  }

  private Aggregate aggregate() throws Exception {
    return Aggregation.of(files, devices());
  }

  @Test
  void ratesAreOfAllFacesAndAlertsOfAllRecords() throws Exception {
    Group all = aggregate().all();

    assertThat(all.deployments()).isEqualTo(2);
    assertThat(all.total().falseAlertsPerFaceSeen()).isEqualTo(Rate.of(3, 100));
    assertThat(all.total().falseAlertsPerAlert()).isEqualTo(Rate.of(3, 8));
  }

  @Test
  void aDeploymentThatIsNamedInPartsAndMergedCountsOnce() throws Exception {
    Group before = aggregate().all();
    Path merged = folder.resolve("merged");
    MergedFile.merge(files.subList(0, 2), devices(), false).writeTo(merged);
    files.add(merged);

    assertThat(aggregate().all()).isEqualTo(before);
    assertThat(aggregate().refused()).isEmpty();
  }

  @Test
  void figuresStandByDeploymentDeviceAndVersion() throws Exception {
    Aggregate aggregate = aggregate();

    assertThat(aggregate.by().deployment())
        .extracting(Group::name, group -> group.total().counts().facesSeen())
        .containsExactly(tuple("D-7", 50L), tuple("D-8", 50L));
    assertThat(aggregate.by().device())
        .extracting(Group::records, group -> group.total().counts().facesSeen())
        .containsExactly(tuple(1, 20L), tuple(1, 30L), tuple(1, 50L));
    assertThat(aggregate.by().version())
        .extracting(Group::name, group -> group.total().falseAlertsPerAlert())
        .containsExactly(
            tuple("sightline 1.2.3, retail-0095", Rate.of(1, 5)),
            tuple("sightline 2.0.0, retail-0095", Rate.of(2, 3)));
  }

  @Test
  void walksStandByCamera() throws Exception {
    assertThat(aggregate().by().camera())
        .extracting(Camera::camera, Camera::version, Camera::trueRecognition)
        .containsExactly(tuple("mast-1", "sightline 2.0.0, p", Rate.of(17, 20)));
  }

  @Test
  void walksOfOneCameraAtTwoThresholdsAreNotAdded() throws Exception {
    String row =
        """
        {"camera":"mast-1","list":"x","listVersion":1,"modelPack":"p","software":"2.0.0",
         "threshold":%s,"trueRecognition":{"count":%d,"of":20}}
        """;
    Files.write(
        files.get(2),
        three
            .with(
                "{\"walks\":{\"recognition\":[%s,%s]}}"
                    .formatted(row.formatted("0.6", 20), row.formatted("0.7", 5)))
            .signed());

    Aggregate aggregate = aggregate();

    assertThat(aggregate.by().camera())
        .extracting(Camera::trueRecognition)
        .containsExactly(Rate.of(20, 20), Rate.of(5, 20));
    assertThat(aggregate.all().total().afterwards().walks())
        .extracting(MergedRecord.Walks::inAll)
        .isNull();
  }

  @Test
  void anUrgentAuthorisationIsShownAndItsRefusalIsSaidToBeUnknown() throws Exception {
    Files.write(
        files.get(2),
        three
            .with(
                """
                {"urgent":{"reason":"a threat","lapses":"2026-11-25T09:00:00Z",
                  "confirmedAt":null,"lapsed":true}}
                """)
            .signed());

    Aggregate aggregate = aggregate();

    assertThat(aggregate.all().urgent())
        .singleElement()
        .satisfies(each -> assertThat(each.line()).contains("D-8", "lapsed at", "a threat"));
    assertThat(aggregate.unknown())
        .anyMatch(line -> line.contains("urgent authorisation was refused"));
  }

  @Test
  void aBoxThatWasUpgradedDuringADeploymentCountsOnce() throws Exception {
    file("before", one.without("authorised").signed());

    Aggregate aggregate = aggregate();

    assertThat(aggregate.all().total().counts().facesSeen()).isEqualTo(100);
    assertThat(aggregate.refused()).hasSize(1);
  }

  @Test
  void aRecordThatCannotBeIsRefusedAndStopsNoOther() throws Exception {
    for (String bad :
        List.of(
            "{\"walks\":{\"recognition\":[{\"camera\":\"mast-1\",\"trueRecognition\":null}]}}",
            "{\"counts\":{\"alertsByCategory\":{\"wanted\":null}}}",
            "{\"street\":{\"engagements\":null}}",
            "{\"waits\":{\"published\":null}}",
            "{\"counts\":{\"facesSeen\":9000000000000000000}}")) {
      file("bad-" + files.size(), new SampleRecord("van-1").with(bad).signed(one));
    }

    assertThat(aggregate().refused())
        .hasSize(5)
        .extracting(Aggregate.Refused::why)
        .allMatch(why -> why.contains("missing or contradict each other"));
  }

  @Test
  void alertsStandByCategory() throws Exception {
    assertThat(aggregate().by().category())
        .containsExactly(new Category("wanted", 8, Rate.of(8, 100)));
  }

  @Test
  void aFileThatWasAlteredIsInNoFigureAndIsNamedWithTheReason() throws Exception {
    byte[] bytes = two.signed();
    bytes[bytes.length / 2] ^= 1;
    Files.write(files.get(1), bytes);

    Aggregate aggregate = aggregate();

    assertThat(aggregate.all().total().counts().facesSeen()).isEqualTo(70);
    assertThat(aggregate.refused())
        .singleElement()
        .satisfies(
            refused -> {
              assertThat(refused.file()).endsWith("two");
              assertThat(refused.why()).contains("altered since it was signed");
            });
  }

  @Test
  void aFileThatIsNotThereStopsNoneOfTheOthers() throws Exception {
    files.add(folder.resolve("nowhere"));

    assertThat(aggregate().refused())
        .extracting(Aggregate.Refused::why)
        .containsExactly("there is no such file");
  }

  @Test
  void aRecordThatDoesNotSayWhetherItsDeploymentHadEndedCountsAndIsNamed() throws Exception {
    Files.write(files.get(0), one.without("endedAt").signed());

    Aggregate aggregate = aggregate();

    assertThat(aggregate.all().records()).isEqualTo(3);
    assertThat(aggregate.unknown())
        .anyMatch(line -> line.startsWith("D-7: whether it had ended when van van-1"));
    assertThat(aggregate.span().until()).isNull();
  }

  @Test
  void aRecordThatWasSignedBeforeTheEndIsRefusedAlthoughTheAgentHadStopped() throws Exception {
    Files.write(files.get(0), one.with("{\"endedAt\":null}").signed());

    assertThat(aggregate().refused())
        .extracting(Aggregate.Refused::why)
        .singleElement()
        .asString()
        .contains("had not ended when van van-1");
  }

  @Test
  void ofTwoRecordsOfOneBoxOneCountsAndTheOtherIsNamed() throws Exception {
    file("again", one.counting(21, 1, 1, 0).signed());

    Aggregate aggregate = aggregate();

    assertThat(aggregate.all().records()).isEqualTo(3);
    assertThat(aggregate.refused())
        .singleElement()
        .satisfies(refused -> assertThat(refused.why()).contains("later record of the same box"));
  }

  @Test
  void deploymentsOfOneNameUnderTwoAuthorisationsAreTwo() throws Exception {
    Files.write(files.get(2), three.with("{\"deployment\":\"D-7\"}").signed());

    assertThat(aggregate().all().deployments()).isEqualTo(2);
  }

  @Test
  void whatTheBoxesOfWhichThereIsNoRecordSawIsSaidToBeUnknown() throws Exception {
    assertThat(aggregate().unknown())
        .anyMatch(line -> line.startsWith("D-7: what 1 of its 3 authorised boxes saw"));
  }

  @Test
  void nothingIsReportedWhereNoFileCanBeCounted() {
    files.clear();
    files.add(folder.resolve("nowhere"));

    assertThatThrownBy(this::aggregate)
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("none of the files can be counted");
  }

  @Test
  void theTableHasARowOfEachGroupAndOfEachRefusedFileOfOneWidth() throws Exception {
    files.add(folder.resolve("=nowhere"));

    String csv = AggregateCsv.of(aggregate());

    assertThat(csv).contains("\r\nall,\"all\",2,3,21600,1800,100,8,4,3,1,0,3,100,0.03,");
    assertThat(csv).contains("\r\nrefused,");
    assertThat(csv.lines().map(line -> line.replaceAll("\"[^\"]*\"", "").split(",", -1).length))
        .containsOnly(33);
  }

  @Test
  void noTextOfARecordIsAFormulaInASpreadsheet() throws Exception {
    Files.write(
        files.get(2), three.with("{\"counts\":{\"alertsByCategory\":{\"=1+1\":3}}}").signed());

    assertThat(AggregateCsv.of(aggregate())).contains("category,\"'=1+1\",");
  }

  @Test
  void thePageIsOneFileWithoutScriptsInWhichNoTextOfARecordIsMarkup() throws Exception {
    Files.write(
        files.get(2), three.with("{\"counts\":{\"alertsByCategory\":{\"<b>&\":3}}}").signed());

    String page = AggregatePage.of(aggregate());

    assertThat(page)
        .contains("&lt;b&gt;&amp;", "<html lang=\"en\">", "<h2>What is not known</h2>")
        .doesNotContain("<b>", "<script", "http://", "https://", "src=", "url(");
  }

  @Test
  void eachTableOfThePageHasACaptionAndNamedColumnsAndRows() throws Exception {
    String page = AggregatePage.of(aggregate());

    int tables = page.split("<table>", -1).length - 1;
    assertThat(page.split("<caption>", -1)).hasSize(tables + 1);
    assertThat(page.split("<thead>", -1)).hasSize(tables + 1);
    assertThat(page.replaceAll("<tr><th scope=\"(row|col)\">", "")).doesNotContain("<tr>");
  }
}
