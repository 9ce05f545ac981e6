package org.sightline.edge.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_objdetect.QRCodeDetector;
import org.junit.jupiter.api.Test;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.testing.SampleAuthorisation;

/** What the public reads; the code is read by a decoder of another maker. */
class PublicPagesTest {
  private static final int SQUARE_PX = 8;
  private static final int MARGIN = 4;

  private static String notice(Authorisation authorisation) {
    return NoticePage.of(authorisation, "Office <of> complaints, 0800 1");
  }

  private static Authorisation announced(String notice) {
    Authorisation sample = SampleAuthorisation.of(DeploymentClass.EXERCISE);
    return new Authorisation(
        sample.deployment(),
        sample.deploymentClass(),
        sample.site(),
        new Authorisation.Grounds(
            sample.grounds().officer(),
            sample.grounds().purpose(),
            sample.grounds().legalBasis(),
            new Authorisation.PublicNotice(notice)),
        sample.period(),
        sample.list(),
        sample.limits(),
        sample.alerts());
  }

  /** What a telephone would read of the page's code. */
  private static String read(String page) {
    Matcher size = Pattern.compile("viewBox=\"-4 -4 (\\d+) ").matcher(page);
    assertThat(size.find()).as("there is a code").isTrue();
    int side = SQUARE_PX * Integer.parseInt(size.group(1));
    try (Mat picture = new Mat(side, side, opencv_core.CV_8UC1, new Scalar(255));
        QRCodeDetector detector = new QRCodeDetector()) {
      Matcher square = Pattern.compile("M(\\d+) (\\d+)h1v1h-1z").matcher(page);
      while (square.find()) {
        int left = SQUARE_PX * (MARGIN + Integer.parseInt(square.group(1)));
        int top = SQUARE_PX * (MARGIN + Integer.parseInt(square.group(2)));
        picture.rowRange(top, top + SQUARE_PX).colRange(left, left + SQUARE_PX).put(new Scalar(0));
      }
      try (BytePointer text = detector.detectAndDecode(picture)) {
        return text.getString();
      }
    }
  }

  @Test
  void aNoticeSaysWhereWhenWhoWhyAndHowToComplain() {
    Authorisation authorisation = SampleAuthorisation.of(DeploymentClass.LIVE);

    assertThat(notice(authorisation))
        .contains(
            authorisation.site().place().value(),
            "2026-11-23T09:00:00Z to 2026-11-23T13:00:00Z",
            authorisation.grounds().officer().value(),
            authorisation.grounds().purpose().value(),
            authorisation.grounds().legalBasis().value(),
            "Office &lt;of&gt; complaints, 0800 1");
  }

  @Test
  void theCodeOfANoticeLeadsToWhatWasAuthorised() {
    String address = "https://example.org/notices/12?place=high%20street";

    assertThat(read(notice(announced(address)))).isEqualTo(address);
  }

  @Test
  void whatIsNoWebAddressHasNoCode() {
    assertThat(notice(announced("poster 12"))).contains("poster 12").doesNotContain("<svg");
  }

  @Test
  void anExerciseIsCalledOne() {
    assertThat(notice(SampleAuthorisation.of(DeploymentClass.EXERCISE))).contains("an exercise");
    assertThat(notice(SampleAuthorisation.of(DeploymentClass.LIVE))).doesNotContain("an exercise");
  }

  @Test
  void whatIsKeptIsKeptAsLongAsIsAuthorised() {
    Authorisation threeHours =
        new SampleAuthorisation().alerts(AlertTerms.DEFAULT.keptFor(Duration.ofHours(3))).build();

    assertThat(KeptPage.of(threeHours, false))
        .contains("at most 3 hours", "Footage", "No ONVIF event is sent", "in clear")
        .doesNotContain("24 hours");
    assertThat(notice(threeHours)).contains("after 3 hours at the latest");
  }

  @Test
  void pagesLoadNothing() {
    Authorisation authorisation = SampleAuthorisation.of(DeploymentClass.EXERCISE);

    assertThat(notice(authorisation) + KeptPage.of(authorisation, true))
        .doesNotContain("<script", "src=", "<link", "url(");
  }
}
