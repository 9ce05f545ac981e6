package org.sightline.edge.board;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.board.SendingVan.Sighting;
import org.sightline.edge.testing.Endurance;

/** A control room of many vans with hundreds of open alerts. Prints what it takes. */
class ManyAlertsTest {
  private static final int VANS = Endurance.times(10, 50);
  private static final int ALERTS = Endurance.times(100, 500);
  private static final int SCROLLING_MILLIS = Endurance.times(500, 3_000);

  /** Notes when all rows are painted, and every task that keeps the page from answering. */
  private static final String WATCH =
      """
      window.longTasks = [];
      new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((e) => e.duration)))
        .observe({type: "longtask", buffered: true});
      window.rowsPainted = (count) => new Promise((resolve) => {
        const look = () => document.querySelectorAll(".row").length >= count
          ? requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))
          : requestAnimationFrame(look);
        look();
      });
      """;

  private static final String SCROLL =
      """
      (millis) => new Promise((resolve) => {
        const rows = document.getElementById("rows");
        const times = [];
        const step = (time) => {
          times.push(time);
          rows.scrollTop += 60;
          if (time - times[0] < millis) {
            requestAnimationFrame(step);
          } else {
            const gaps = times.slice(1).map((t, i) => t - times[i]).sort((a, b) => a - b);
            resolve(`${gaps.length} frames in ${millis} ms, the middle one ${gaps[gaps.length >> 1].toFixed(1)} ms, `
              + `95 % within ${gaps[Math.floor(0.95 * gaps.length)].toFixed(1)} ms`);
          }
        };
        requestAnimationFrame(step);
      })
      """;

  private static final String LONG_TASKS =
      "() => `${longTasks.length} long tasks, the longest"
          + " ${Math.round(Math.max(0, ...longTasks.splice(0)))} ms`";

  @TempDir private Path folder;

  @Test
  void allOpenAlertsOfManyVansAreShownAndStayInOrder() throws Exception {
    try (Chromium chromium = Chromium.launch();
        RunningBoard board = RunningBoard.in(Files.createDirectory(folder.resolve("board")));
        Fleet fleet = new Fleet(board, DrawnFaces.in(folder.resolve("faces"), 6))) {
      List<SendingVan> vans = new ArrayList<>();
      for (int i = 1; i <= VANS; i++) {
        vans.add(fleet.van("van-" + i).announces(0));
      }
      for (int i = 0; i < ALERTS; i++) {
        vans.get(i % VANS).raises(Sighting.of(i).ago(Duration.ofSeconds(ALERTS - i)));
      }
      Seat seat = chromium.seat(board);
      seat.context().addInitScript(WATCH);
      seat.loggedInAs(RunningBoard.FIRST);

      Object painted = seat.page().evaluate("() => rowsPainted(" + ALERTS + ")");
      print("all rows painted %.0f ms after navigation", ((Number) painted).doubleValue());
      print("  %s", seat.page().evaluate(LONG_TASKS));
      assertThat(seat.find("#open-count")).hasText(String.valueOf(ALERTS));
      assertThat(seat.find("#vans-summary")).hasText(VANS + " online");
      assertThat(seat.find(".row").last()).containsText("Waiting longest");
      assertThat(seat.find("img")).hasCount(2 + 24);

      print("scrolling: %s", seat.page().evaluate(SCROLL, SCROLLING_MILLIS));
      print("  %s", seat.page().evaluate(LONG_TASKS));

      for (int i = 0; i < 10; i++) {
        int shown = ALERTS + i;
        long published = System.currentTimeMillis();
        vans.get(i % VANS).raises(Sighting.of(shown));
        Object seen =
            seat.page()
                .evaluate(
                    "(n) => rowsPainted(n).then(() => performance.timeOrigin + performance.now())",
                    shown + 1);
        print(
            "new alert painted %.0f ms after publishing",
            ((Number) seen).doubleValue() - published);
        assertThat(seat.find(".row:not(.stale)").last()).containsText(Sighting.of(shown).subject());
      }
      print("  %s", seat.page().evaluate(LONG_TASKS));
      assertThat(seat.complaints()).isEmpty();
    }
  }

  private static void print(String format, Object... figures) {
    System.out.printf(format + "%n", figures);
  }
}
