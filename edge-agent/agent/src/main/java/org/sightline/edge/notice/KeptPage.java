package org.sightline.edge.notice;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.html.HtmlPage;

/**
 * What a box keeps, where and for how long, under the authorisation in force: for whoever asks what
 * becomes of whose data. docs/retention.md says how it is deleted.
 */
public final class KeptPage {
  private static final List<String> COLUMNS = List.of("What", "For how long", "What is in it");

  private KeptPage() {}

  /**
   * The page.
   *
   * @param onvif whether the settings have alerts followed by ONVIF events
   */
  public static String of(Authorisation authorisation, boolean onvif) {
    String retention =
        "at most " + words(authorisation.alerts().retention()) + ", and until the broker has it";
    String alerts = "at most " + words(authorisation.alerts().retention());
    boolean sealed = authorisation.alerts().controlRoom().isPresent();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Footage", "never", "it is not recorded"));
    rows.add(
        List.of(
            "Faces of people who raise no alert",
            "in memory, while they are in view",
            "wiped when the pass ends; a count stays"));
    rows.add(
        List.of(
            "The list",
            "until the deployment ends, at the latest " + authorisation.period().end() + " (UTC)",
            "numbers that stand for faces, portraits, references without names; sealed on the disk,"
                + " key first destroyed"));
    rows.add(
        List.of(
            "An alert's content",
            retention,
            "pictures of the face"
                + (authorisation.alerts().permitsBodyPicture()
                    ? ", a picture of the figure with everybody else hidden"
                    : "")
                + ", the portrait, the reference; sealed for "
                + (sealed ? "the control room and the device" : "the device")));
    rows.add(
        List.of(
            "That there was an alert, and its outcome",
            alerts,
            "id, camera, times; true, false or unresolved, and the number of who judged"));
    rows.add(
        List.of(
            "What officers stated of a stop",
            alerts,
            authorisation.alerts().groups().isPresent()
                ? "what was done, by whom, when; a group where one was stated, as a count alone"
                : "what was done, by whom, when; no group of people"));
    rows.add(
        List.of(
            "The record of the deployment",
            "for good",
            "counts, rates, times, thresholds, versions; nobody"));
    rows.add(
        List.of(
            "The audit log",
            "for good",
            "what was done when, with numbers of officers, ids and digests; no name, no picture"));
    HtmlPage page =
        new HtmlPage("What this box keeps, and for how long")
            .paragraph(
                "Van %s, deployment %s, as authorised and set up now."
                    .formatted(authorisation.site().van(), authorisation.deployment()))
            .table("On the box", COLUMNS, rows)
            .heading("What leaves it")
            .paragraph(
                sealed
                    ? "Alerts alone, sealed for the control room: neither the broker nor who"
                        + " listens there sees pictures or references."
                    : "Alerts alone, in clear: who runs the broker can see pictures and references.")
            .paragraph(
                onvif
                    ? "Each alert is followed by an ONVIF event"
                        + (sealed ? ", without the subject." : ", with the subject.")
                    : "No ONVIF event is sent.")
            .paragraph(
                "Its status, without anybody in it. What others do with an alert that reached them"
                    + " is beyond this box.");
    return page.end();
  }

  /** A time as people say it. */
  static String words(Duration duration) {
    long minutes = duration.toMinutes();
    return minutes % 60 == 0
        ? minutes / 60 + (minutes == 60 ? " hour" : " hours")
        : minutes + (minutes == 1 ? " minute" : " minutes");
  }
}
