package org.sightline.edge.board;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.board.SendingVan.Sighting;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.publish.ReceivedAlert;
import org.sightline.edge.testing.AgentProcess;
import org.sightline.edge.testing.BrokerTap;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.GeneratedStreet;

/**
 * Measures how long it takes from a frame to both pictures painted on the board: a whole agent
 * reads generated clips of drawn people at their pace, and its sealed and signed alerts come over a
 * real broker to a page in a real browser. No part of the ordinary tests; docs/performance.md has
 * the command and what came out.
 *
 * <p>System property {@code seconds}: for how long, with none open and with 500. Nobody's reaction
 * is in it: the page goes to what is new in the frame in which that is shown.
 */
class BoardDelays {
  private static final int SECONDS = Integer.getInteger("seconds", 120);
  private static final int VANS = 50;

  /**
   * Goes to what is new at once and notes when both pictures have been painted, as the page does.
   */
  private static final String WATCH =
      """
      async () => {
        const {drawn} = await import("/page/pictures.js");
        const [arrivals, probe, portrait] = ["arrivals", "probe", "portrait"].map((id) => document.getElementById(id));
        window.painted = [];
        const known = new Set();
        const alertOf = () => probe.querySelector("img")?.getAttribute("src")?.split("/")[3];
        known.add(alertOf());
        const look = async () => {
          const alert = alertOf();
          if (alert && !known.has(alert) && await drawn({probe, portrait})) {
            known.add(alert);
            painted.push([alert, Date.now()]);
          } else if (!arrivals.disabled && (known.has(alert) || !alert)) {
            arrivals.click();
          }
          requestAnimationFrame(look);
        };
        look();
      }
      """;

  @TempDir private Path folder;

  @Test
  void fromAFrameToThePage() throws Exception {
    System.out.println("load before: " + Files.readString(Path.of("/proc/loadavg")).strip());
    measure("none", 0);
    measure("many", 500);
    System.out.println("load after: " + Files.readString(Path.of("/proc/loadavg")).strip());
  }

  private void measure(String name, int open) throws Exception {
    Path here = Files.createDirectory(folder.resolve(name));
    try (Chromium chromium = Chromium.launch();
        RunningBoard board = RunningBoard.in(Files.createDirectory(here.resolve("board")));
        Fleet fleet = new Fleet(board, DrawnFaces.in(here.resolve("faces"), 12));
        Seat seat = chromium.seat(board)) {
      Officer other = board.officer(RunningBoard.SECOND);
      fill(fleet, other, open);
      seat.loggedInAs(RunningBoard.FIRST);
      assertThat(seat.find("#open-count"))
          .hasText(String.valueOf(open), new HasTextOptions().setTimeout(60_000));
      seat.page().evaluate(WATCH);

      try (AgentProcess agent = agent(here, board)) {
        watch(seat, other);
        assertThat(painted(seat)).as(agent.said()).isNotEmpty();
        report(open, board, seat);
      }
    }
  }

  /** So many alerts that nobody may act upon any more and somebody has looked at. */
  private static void fill(Fleet fleet, Officer other, int open) throws Exception {
    List<SendingVan> vans = new ArrayList<>();
    for (int i = 0; i < Math.min(VANS, open); i++) {
      vans.add(fleet.van("van-" + (100 + i)).announces(0));
    }
    List<UUID> alerts = new ArrayList<>();
    for (int i = 0; i < open; i++) {
      alerts.add(vans.get(i % VANS).raises(Sighting.of(i).ago(Duration.ofSeconds(120 + i))));
    }
    for (UUID alert : alerts) {
      while (other.sees(alert).statusCode() == 404) {
        Thread.sleep(20);
      }
    }
  }

  private static AgentProcess agent(Path here, RunningBoard board) throws Exception {
    InstalledPack pack = ModelPacks.at(here.resolve("models")).installed("builtin");
    GeneratedStreet street = GeneratedStreet.in(here.resolve("street"));
    Exercise exercise = Exercise.in(here.resolve("exercise"), pack, street.enrol(pack));
    board.knows(Exercise.VAN.value(), exercise.identity());
    exercise.permission().sealedFor(board.keys.identity()).write();
    String camera =
        "  - {id: mast-%d, source: \"" + street.clip().toAbsolutePath() + "\", loop: true}";
    return AgentProcess.run(
        exercise.opened(
            board.broker.uri(),
            "smallestFacePx: " + GeneratedStreet.SMALLEST_FACE_PX,
            "cameras:",
            camera.formatted(1),
            camera.formatted(2)));
  }

  /** Whatever has been painted is judged, so that no more are open than were. */
  private static void watch(Seat seat, Officer other) throws Exception {
    Set<UUID> judged = new HashSet<>();
    long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    while (System.nanoTime() < end) {
      for (UUID alert : painted(seat).keySet()) {
        if (judged.add(alert)) {
          other.judges(alert, "unresolved");
        }
      }
      Thread.sleep(500);
    }
  }

  private static Map<UUID, Long> painted(Seat seat) {
    Map<UUID, Long> painted = new HashMap<>();
    for (Object each : seat.list("() => painted")) {
      List<?> entry = (List<?>) each;
      painted.put(UUID.fromString((String) entry.get(0)), ((Number) entry.get(1)).longValue());
    }
    return painted;
  }

  private static void report(int open, RunningBoard board, Seat seat) throws Exception {
    Map<UUID, Long> painted = painted(seat);
    List<Long> fromCapture = new ArrayList<>();
    List<Long> fromDecision = new ArrayList<>();
    int unseen = 0;
    int[] withViews = new int[1 + Alert.Match.MOST_MORE_VIEWS];
    for (BrokerTap.Heard message : board.tap.on("sightline/v1/van-1/alerts")) {
      ReceivedAlert alert = ReceivedAlert.parse(message.content());
      withViews[alert.opened(board.keys).taken().orElseThrow().match().moreViews().size()]++;
      Long at = painted.get(alert.id());
      if (at == null) {
        unseen++;
      } else {
        fromCapture.add(at - alert.times().captured().toEpochMilli());
        fromDecision.add(at - alert.times().decided().toEpochMilli());
      }
    }
    System.out.printf(
        "%d open: from capture to both pictures painted: %s%n", open, Delays.inWords(fromCapture));
    System.out.printf(
        "  from decision: %s; not painted yet: %d%n", Delays.inWords(fromDecision), unseen);
    System.out.printf(
        "  alerts of one view of the pass: %d, of two: %d, of three: %d%n",
        withViews[0], withViews[1], withViews[2]);
  }
}
