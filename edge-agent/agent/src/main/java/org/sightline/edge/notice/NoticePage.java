package org.sightline.edge.notice;

import io.nayuki.qrcodegen.QrCode;
import java.util.ArrayList;
import java.util.List;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.html.HtmlPage;

/**
 * The notice for the place where cameras look: what an authorisation says of place, time, purpose
 * and law, and whom to complain to. Nothing in it is made up: what is not authorised is not said.
 */
public final class NoticePage {
  private static final String LINK = "https?://\\S+";

  private NoticePage() {}

  /**
   * The page.
   *
   * @param complaints how to complain, in one line; authorisations do not say it
   */
  public static String of(Authorisation authorisation, String complaints) {
    Authorisation.Grounds grounds = authorisation.grounds();
    String notice = grounds.publicNotice().value();
    HtmlPage page =
        new HtmlPage("Live facial recognition is used here")
            .paragraph(
                "Cameras look for people on a list. The face of everybody who passes is compared"
                    + " with that list by the computer on the spot.")
            .table("This deployment", List.of("What", "As authorised"), rows(authorisation))
            .heading("What becomes of your face")
            .paragraph(
                "If it does not match, nothing is kept: no picture, no numbers, no record of you"
                    + " beyond a count. Footage is not recorded.")
            .paragraph(
                "If it may match, an officer decides. The picture is deleted after "
                    + KeptPage.words(authorisation.alerts().retention())
                    + " at the latest.")
            .paragraph("You may walk another way. Nobody is suspected for that.")
            .heading("More, and complaints")
            .paragraph("Notice: " + notice)
            .paragraph("Complaints: " + complaints);
    if (notice.matches(LINK)) {
      page.squares("A code for telephones: " + notice, code(notice));
    }
    return page.end();
  }

  private static List<List<String>> rows(Authorisation authorisation) {
    Authorisation.Grounds grounds = authorisation.grounds();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Place", authorisation.site().place().value()));
    rows.add(
        List.of(
            "Time",
            authorisation.period().start() + " to " + authorisation.period().end() + " (UTC)"));
    rows.add(List.of("Authorised by", grounds.officer().value()));
    rows.add(List.of("Purpose", grounds.purpose().value()));
    rows.add(List.of("Legal basis", grounds.legalBasis().value()));
    if (authorisation.deploymentClass() == DeploymentClass.EXERCISE) {
      rows.add(List.of("Kind", "an exercise"));
    }
    grounds
        .urgency()
        .ifPresent(
            urgent ->
                rows.add(
                    List.of(
                        "Urgent",
                        "authorised by one authority alone, because it could not wait: "
                            + urgent.reason())));
    rows.add(List.of("Reference", authorisation.deployment().value()));
    return rows;
  }

  private static boolean[][] code(String text) {
    QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
    boolean[][] dark = new boolean[code.size][code.size];
    for (int row = 0; row < code.size; row++) {
      for (int column = 0; column < code.size; column++) {
        dark[row][column] = code.getModule(column, row);
      }
    }
    return dark;
  }
}
