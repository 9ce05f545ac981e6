package org.sightline.edge.board;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.sightline.edge.board.SendingVan.Sighting;
import tools.jackson.databind.JsonNode;

/**
 * A board, a van and officers who stay logged in, for all tests of a class: a board with a broker
 * and a login for each test cost more than most of them. A test has alerts of its own, which {@link
 * #clear} closes; that they were there is still on the page, below.
 */
final class SharedRoom implements AutoCloseable {
  private static final Set<String> OVER = Set.of("closed", "expired");
  private static final List<String> OFFICERS =
      List.of(RunningBoard.FIRST, RunningBoard.SECOND, RunningBoard.SUPERVISOR);

  final RunningBoard board;
  final Fleet fleet;
  final SendingVan van;
  private final Chromium chromium;
  private final List<Seat> seats = new ArrayList<>();
  private final List<Officer> officers = new ArrayList<>();

  SharedRoom(Chromium chromium, RunningBoard board, DrawnFaces faces) throws Exception {
    this.chromium = chromium;
    this.board = board;
    fleet = new Fleet(board, faces);
    van = fleet.van("van-7").announces(0);
    for (String each : OFFICERS) {
      officers.add(board.officer(each));
    }
  }

  /** A test may have had the clock go on for longer than a session lasts at which nobody is. */
  private void logInAgain() throws Exception {
    for (int i = 0; i < officers.size(); i++) {
      if (officers.get(i).get("/api/session").statusCode() == HttpURLConnection.HTTP_UNAUTHORIZED) {
        officers.set(i, board.officer(OFFICERS.get(i)));
      }
    }
  }

  /** An officer who is logged in before the page. */
  Seat seat(String officer) {
    Seat seat = chromium.seat(board).loggedInAs(officer);
    seats.add(seat);
    return seat;
  }

  /** Has the van raise an alert and waits until it is before everybody. */
  UUID shown(Sighting sighting) throws Exception {
    UUID alert = van.raises(sighting);
    for (Seat seat : seats) {
      assertThat(seat.find("#alert-title:visible")).hasText(sighting.subject());
    }
    return alert;
  }

  /** Closes what is open, and has all pages be as if nothing had come; they must not complain. */
  void clear() throws Exception {
    for (Seat seat : seats) {
      seat.page().unrouteAll();
    }
    logInAgain();
    try (Events events = officers.get(0).watch()) {
      for (JsonNode alert : events.next("snapshot").required("alerts")) {
        if (!isOver(alert)) {
          settle(UUID.fromString(alert.required("id").stringValue()));
        }
      }
    }
    for (Seat seat : seats) {
      assertThat(seat.find(".row")).hasCount(0);
      // What is open upon the desk, what is chosen, what is over.
      seat.press("Escape", "Escape", "Escape");
      assertThat(seat.find("#empty-title")).hasText(Pattern.compile("^No "));
      seat.page().evaluate("() => document.getElementById('note-close').click()");
      assertThat(seat.complaints()).isEmpty();
    }
  }

  private static boolean isOver(JsonNode alert) {
    return OVER.contains(alert.path("state").asString(""));
  }

  /** Has as many officers judge an alert as it takes to close it. */
  void settle(UUID alert) throws Exception {
    for (Officer officer : officers) {
      if (isOver(Officer.json(officer.judges(alert, "false")))) {
        return;
      }
    }
    throw new IllegalStateException("stays open: " + alert);
  }

  /** The browser takes back the seats. */
  @Override
  public void close() throws MqttException {
    fleet.close();
    board.close();
  }
}
