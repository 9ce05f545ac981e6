package org.sightline.edge.fieldtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.sightline.edge.fieldtest.ScoredStreet.MAST_1;
import static org.sightline.edge.fieldtest.ScoredStreet.expectingBothAtBothCameras;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class ScorecardTest {
  private static Tuple[] figures(List<Group> groups) {
    return groups.stream()
        .map(group -> Tuple.tuple(group.value(), group.listed().passes(), group.listed().alerted()))
        .toArray(Tuple[]::new);
  }

  @Test
  void oneSubjectAtTwoCamerasIsTwoPasses() {
    Rates rates =
        expectingBothAtBothCameras()
            .raised("S-1", "mast-1", 2, 0.7)
            .raised("S-1", "mast-2", 2, 0.7)
            .rates();
    assertThat(figures(rates.groups().byCamera()))
        .containsExactly(Tuple.tuple("mast-1", 2, 1), Tuple.tuple("mast-2", 2, 1));
    assertThat(rates.repeatedAlerts()).isZero();
  }

  @Test
  void anAlertAtTheOtherCameraMeetsNoExpectationOfThisOne() {
    FieldTestReport report =
        expectingBothAtBothCameras().withoutExpectation(2).raised("S-1", "mast-2", 2, 0.7).report();
    assertThat(report.recall().passesAlerted()).isZero();
    assertThat(report.lists().unexpected()).hasSize(1);
    assertThat(report.rates().repeatedAlerts()).isZero();
  }

  @Test
  void anAlertAboutAPassThatHadItsAlertIsARepeatedOneAndFalse() {
    FieldTestReport report =
        expectingBothAtBothCameras()
            .raised("S-1", "mast-1", 2, 0.7)
            .raised("S-1", "mast-1", 4, 0.7)
            .raised("S-1", "mast-1", 9, 0.7)
            .report();
    assertThat(report.score().alerts().falseAlerts()).isEqualTo(2);
    assertThat(report.rates().repeatedAlerts()).isEqualTo(1);
  }

  @Test
  void aRateStandsBesideItsInterval() {
    FieldTestReport report = expectingBothAtBothCameras().raisedAsExpected().report();
    assertThat(report.score().shares().tpir()).isEqualTo(1.0);
    // One-sided, four of four: the fourth root of 0.025.
    assertThat(report.rates().intervals().tpirInterval().lower95()).isCloseTo(0.3976, within(1e-4));
    assertThat(report.rates().intervals().tpirInterval().upper95()).isEqualTo(1);
  }

  @Test
  void falseAlertsAreReportedPerThousandFacesSeen() {
    Rates rates = expectingBothAtBothCameras().raised("S-2", "mast-1", 30, 0.6).rates();
    assertThat(rates.intervals().falseAlertsPerThousandFaces()).isEqualTo(25);
    assertThat(rates.intervals().falseAlertsPerThousandFacesInterval().lower95())
        .isCloseTo(0.63, within(0.01));
  }

  @Test
  void withoutTruthNobodyKnowsWhoIsNotListed() {
    Rates rates = expectingBothAtBothCameras().rates();
    assertThat(rates.walked().nonListedPasses()).isNull();
    assertThat(rates.predicted().falseAlertsPredicted()).isNull();
    assertThat(rates.groups().byFaceHeightPx()).isEmpty();
  }

  @Test
  void theCalibrationPredictsTheFalseAlertsOfThosePassesThatAreNotListed() {
    Rates rates = expectingBothAtBothCameras().walkedBy(2000).rates();
    assertThat(rates.walked().listedPasses()).isEqualTo(4);
    assertThat(rates.walked().nonListedPasses()).isEqualTo(2000);
    // Poisson, mean 0.4: P(0) = 0.67; mean 6: P(X <= 11) = 0.980.
    assertThat(rates.predicted().falseAlertsPredicted())
        .isEqualTo(new Prediction(2, 0.4, 6, 0, 11));
    assertThat(rates.predicted().falseAlertsWithinPrediction()).isTrue();
  }

  @Test
  void moreFalseAlertsThanPredictedAreReported() {
    Rates rates = expectingBothAtBothCameras().walkedBy(1).raised("S-1", "mast-1", 22, 0.6).rates();
    assertThat(rates.predicted().falseAlertsPredicted())
        .isEqualTo(new Prediction(0.001, 0.0002, 0.003, 0, 0));
    assertThat(rates.predicted().falseAlertsWithinPrediction()).isFalse();
  }

  @Test
  void aPassInWhichNoFaceIsFoundIsAMissAndCountedApart() {
    Scorecard scorecard =
        expectingBothAtBothCameras().walkedBy(3).raised("S-1", "mast-1", 2, 0.7).scorecard();
    List<TruePass> missed = scorecard.missedWalks();
    Scorecard known = scorecard.knowing(Set.of(missed.get(0)));
    assertThat(missed).hasSize(3);
    assertThat(known.recall().passesExpected()).isEqualTo(4);
    assertThat(known.recall().missedPasses()).isEqualTo(3);
    assertThat(known.expectedPasses())
        .extracting(pass -> pass.passer().faceFound())
        .containsExactly(true, false, true, true);
    assertThat(known.rates(40, ScoredStreet.THRESHOLD).walked().undetectedPasses()).isEqualTo(1);
  }

  @Test
  void whetherAMissedFaceWasFoundIsNotSaidWhereNobodyLooked() {
    Scorecard scorecard = expectingBothAtBothCameras().walkedBy(3).scorecard();
    assertThat(scorecard.expectedPasses())
        .extracting(pass -> pass.passer().faceFound())
        .containsOnlyNulls();
    assertThat(scorecard.rates(40, ScoredStreet.THRESHOLD).walked().undetectedPasses()).isNull();
  }

  @Test
  void passesAreReportedByTheLargestHeightOfTheFace() {
    Rates rates = expectingBothAtBothCameras().walkedBy(3).raised("S-1", "mast-2", 2, 0.7).rates();
    assertThat(figures(rates.groups().byFaceHeightPx()))
        .containsExactly(Tuple.tuple("48-64", 2, 0), Tuple.tuple("112-160", 2, 1));
    assertThat(rates.groups().byFaceHeightPx().get(0).others().nonListedPasses()).isEqualTo(3);
  }

  @Test
  void theCategoriesOfTheListAreAlwaysReported() {
    Rates rates =
        expectingBothAtBothCameras()
            .raised("S-2", "mast-1", 12, 0.7)
            .raised("S-2", "mast-1", 40, 0.7)
            .rates();
    assertThat(figures(rates.groups().byCategory()))
        .containsExactly(Tuple.tuple("exercise", 2, 0), Tuple.tuple("missing", 2, 1));
    assertThat(rates.groups().byCategory())
        .extracting(group -> group.others().falseAlerts())
        .containsExactly(0, 1);
  }

  @Test
  void labelsAreThoseOfTheTestSetByPersonOrBySubject() {
    Rates rates =
        expectingBothAtBothCameras()
            .walkedBy(1)
            .labelled(
                "hat",
                Map.of(
                    "person of S-1", Map.of("hat", "yes"),
                    "S-2", Map.of("hat", "no"),
                    "P-1", Map.of("hat", "no")))
            .raised("S-1", "mast-1", 2, 0.7)
            .rates();
    assertThat(figures(rates.groups().byLabel()))
        .containsExactly(Tuple.tuple("no", 2, 0), Tuple.tuple("yes", 2, 1));
    assertThat(rates.groups().byLabel())
        .extracting(group -> group.others().nonListedPasses())
        .containsExactly(1, 0);
  }

  @Test
  void aFalseAlertHasTheLabelOfThePersonWhoWalkedByAlone() {
    Rates rates =
        expectingBothAtBothCameras()
            .walkedBy(1)
            .labelled("hat", Map.of("P-1", Map.of("hat", "no")))
            .raised("S-2", "mast-1", 22, 0.6)
            .rates();
    assertThat(rates.groups().byLabel())
        .extracting(group -> group.others().falseAlerts())
        .containsExactly(1);
    assertThat(rates.groups().falseAlertsUnattributed()).isZero();
  }

  @Test
  void aFalseAlertWhileTwoWalkedByHasNoLabel() {
    Rates rates =
        expectingBothAtBothCameras()
            .walkedBy(1)
            .also(new TruePass(TruePass.NO_NUMBER, MAST_1, "P-2", null, 21, 23, 50))
            .labelled("hat", Map.of("P-1", Map.of("hat", "no")))
            .raised("S-2", "mast-1", 22, 0.6)
            .rates();
    assertThat(rates.groups().byLabel())
        .extracting(group -> group.others().falseAlerts())
        .containsExactly(0);
    assertThat(rates.groups().falseAlertsUnattributed()).isEqualTo(1);
  }

  @Test
  void aGroupOfFewPassesCarriesAWarning() {
    assertThat(Group.of("hat", "no", 29, 29, null, null).warning()).contains("30 passes");
    assertThat(Group.of("hat", "no", 60, 30, null, null).warning()).contains("20 points");
    assertThat(Group.of("hat", "no", 60, 60, null, null).warning()).isNull();
  }

  @Test
  void theFiguresOfASuiteAreThoseOfItsScenariosTogether() {
    SuiteReport suite =
        SuiteReport.of(
            "both",
            List.of(
                expectingBothAtBothCameras().walkedBy(1000).raisedAsExpected().run(),
                expectingBothAtBothCameras().walkedBy(500).run()),
            null);
    assertThat(suite.shares().tpir()).isEqualTo(0.5);
    assertThat(suite.tracks()).isEqualTo(80);
    assertThat(suite.shares().rates().walked().nonListedPasses()).isEqualTo(1500);
    assertThat(suite.shares().rates().predicted().falseAlertsPredicted().expected())
        .isCloseTo(1.5, within(1e-9));
    assertThat(figures(suite.shares().rates().groups().byFaceHeightPx()))
        .containsExactly(Tuple.tuple("48-64", 4, 2), Tuple.tuple("112-160", 4, 2));
    assertThat(suite.passed()).isFalse();
  }
}
