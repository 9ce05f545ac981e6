package org.sightline.edge.fieldtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.fieldtest.Baseline;
import org.sightline.edge.fieldtest.Comparison;
import org.sightline.edge.fieldtest.ScenarioRun;
import org.sightline.edge.fieldtest.ScoredStreet;
import org.sightline.edge.fieldtest.SuiteReport;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import tools.jackson.databind.json.JsonMapper;

class JUnitXmlTest {
  @TempDir private Path folder;

  private static Document parsed(ScenarioRun... runs) throws Exception {
    return parsed(SuiteReport.of("<all> & sundry", List.of(runs), null), runs);
  }

  private static Document parsed(SuiteReport suite, ScenarioRun... runs) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(JUnitXml.of(suite, List.of(runs)))));
  }

  private static List<String> names(Document xml, String element, String attribute) {
    List<String> names = new ArrayList<>();
    NodeList found = xml.getElementsByTagName(element);
    for (int i = 0; i < found.getLength(); i++) {
      names.add(((Element) found.item(i)).getAttribute(attribute));
    }
    return names;
  }

  private static ScoredStreet street() {
    return ScoredStreet.expectingBothAtBothCameras();
  }

  @Test
  void aScenarioIsATestSuiteAndEachExpectationATestCase() throws Exception {
    Document xml = parsed(street().raisedAsExpected().run());
    assertThat(xml.getDocumentElement().getAttribute("name")).isEqualTo("<all> & sundry");
    assertThat(names(xml, "testsuite", "name")).containsExactly("corridor");
    assertThat(names(xml, "testcase", "name"))
        .containsExactly(
            "alert for S-1 at mast-1, 0.00 to 5.00 s",
            "alert for S-2 at mast-1, 10.00 to 15.00 s",
            "alert for S-1 at mast-2, 0.00 to 5.00 s",
            "alert for S-2 at mast-2, 10.00 to 15.00 s",
            "no false alert",
            "no repeated alert");
    assertThat(xml.getElementsByTagName("failure").getLength()).isZero();
  }

  @Test
  void theCountsAreThoseOfTheCases() throws Exception {
    Document xml = parsed(street().raised("S-1", "mast-1", 2, 0.7).run());
    Element suite = (Element) xml.getElementsByTagName("testsuite").item(0);
    assertThat(suite.getAttribute("tests")).isEqualTo("6");
    assertThat(suite.getAttribute("failures")).isEqualTo("3");
    assertThat(suite.getAttribute("errors")).isEqualTo("0");
    assertThat(suite.getAttribute("time")).isEqualTo("12.500");
    assertThat(xml.getElementsByTagName("failure").getLength()).isEqualTo(3);
  }

  @Test
  void falseAndRepeatedAlertsFailTheirOwnCases() throws Exception {
    Document xml =
        parsed(
            street()
                .raisedAsExpected()
                .raised("S-1", "mast-1", 4, 0.7)
                .raised("S-2", "mast-1", 40, 0.6)
                .run());
    assertThat(names(xml, "failure", "message"))
        .containsExactly(
            "S-2 at mast-1, 40.00 s, similarity 0.600", "S-1 at mast-1, 4.00 s, similarity 0.700");
  }

  @Test
  void aRegressionFailsItsOwnCase() throws Exception {
    Document xml =
        parsed(
            street()
                .raisedAsExpected()
                .run(new Comparison(true, List.of("it got worse"), List.of())));
    assertThat(names(xml, "testcase", "name")).contains("nothing worse than the baseline");
    assertThat(names(xml, "failure", "message")).containsExactly("it got worse");
  }

  @Test
  void aScenarioThatTheBaselineHasNotIsSkippedAndNotGreen() throws Exception {
    Document xml =
        parsed(
            street()
                .raisedAsExpected()
                .run(new Comparison(false, List.of(), List.of("the baseline has none"))));
    assertThat(names(xml, "skipped", "message")).containsExactly("the baseline has none");
    assertThat(names(xml, "testsuite", "skipped")).containsExactly("1");
  }

  @Test
  void aScenarioOfTheBaselineThatWasNotRunFails() throws Exception {
    Path before =
        Files.writeString(
            folder.resolve("report.json"),
            JsonMapper.shared().writeValueAsString(street().named("second").report()));
    ScenarioRun run = street().raisedAsExpected().run();
    Document xml = parsed(SuiteReport.of("alone", List.of(run), Baseline.read(before)), run);
    assertThat(names(xml, "testsuite", "name")).containsExactly("corridor", "second");
    assertThat(names(xml, "failure", "message"))
        .containsExactly("it was not run; the baseline has it");
  }

  @Test
  void anAlertOutsideItsWindowSaysWhenItCame() throws Exception {
    Document xml = parsed(street().raised("S-1", "mast-1", 5.07, 0.7).run());
    assertThat(names(xml, "failure", "message"))
        .contains("the alert came at 5.07 s, outside its window of 0.00 to 5.00 s");
  }

  @Test
  void aScenarioThatCouldNotBeRunIsAnError() throws Exception {
    Document xml =
        parsed(
            new ScenarioRun(
                "away",
                Path.of("away.yaml"),
                "away",
                null,
                new SightlineException(ErrorKind.UNUSABLE_INPUT, "no <clip>", "a.mp4", "find it"),
                null));
    assertThat(names(xml, "error", "message")).containsExactly("no <clip>: a.mp4 (find it)");
    assertThat(names(xml, "testsuite", "errors")).containsExactly("1");
  }
}
