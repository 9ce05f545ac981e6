package org.sightline.edge.board;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.board.SendingVan.Sighting;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.OutcomeMessage;
import org.sightline.edge.testing.Endurance;
import tools.jackson.databind.JsonNode;

/**
 * Three officers at two boards of one control room who reach for the same alerts at the same time,
 * and a page before which somebody sits. Prints how soon a claim is shown.
 */
class ThreeOfficersAtTwoBoardsTest {
  private static final int VANS = Endurance.times(3, 10);
  private static final int ALERTS = Endurance.times(45, 1000);
  private static final int MOST_OPEN = Endurance.times(15, 100);
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration LOOKS_AGAIN = Duration.ofSeconds(2);

  /** When a row has first said that somebody has claimed it, by its subject. */
  private static final String WATCH =
      """
      () => {
        window.claimed = {};
        new MutationObserver((changes) => {
          for (const {target} of changes) {
            const row = (target.closest ? target : target.parentElement)?.closest(".row");
            if (row && /Claimed by|Yours/.test(row.textContent)) {
              claimed[row.querySelector(".row-subject").textContent] ??= Date.now();
            }
          }
        }).observe(document.getElementById("rows"), {subtree: true, childList: true, characterData: true});
      }
      """;

  @TempDir private Path folder;
  private final Map<UUID, String> subjects = new ConcurrentHashMap<>();
  private final Map<UUID, Long> claimedAt = new ConcurrentHashMap<>();
  private final Queue<Long> claimDelays = new ConcurrentLinkedQueue<>();

  /** What a board shows of alerts and of claims, as its pages hear it. */
  private static final class Shown implements AutoCloseable {
    private final Map<UUID, JsonNode> alerts = new ConcurrentHashMap<>();
    private final Map<UUID, String> claims = new ConcurrentHashMap<>();
    private final List<Events> streams = new ArrayList<>();

    Shown(RunningBoard board) throws Exception {
      follow(board, "alert", each -> alerts.put(id(each), each));
      follow(board, "attended", each -> claims.put(id(each), each.path("claimedBy").asString("")));
    }

    private static UUID id(JsonNode each) {
      return UUID.fromString(each.required("id").stringValue());
    }

    private void follow(RunningBoard board, String name, Consumer<JsonNode> heard)
        throws Exception {
      Events stream = board.officer(RunningBoard.SECOND).watch();
      stream.next("snapshot");
      streams.add(stream);
      Thread reader =
          new Thread(
              () -> {
                try {
                  while (true) {
                    heard.accept(stream.next(name));
                  }
                } catch (AssertionError | InterruptedException e) {
                  // Nothing more comes: it is over.
                }
              },
              "shown-" + name);
      reader.setDaemon(true);
      reader.start();
    }

    boolean isClosed(UUID alert) {
      JsonNode shown = alerts.get(alert);
      return shown != null && shown.required("state").stringValue().equals("closed");
    }

    String claimed(UUID alert) {
      return claims.getOrDefault(alert, "");
    }

    /** Who found what, of a closed alert. */
    String outcome(UUID alert) {
      JsonNode shown = Objects.requireNonNull(alerts.get(alert));
      return shown.required("outcome").stringValue() + " by " + shown.required("by").stringValue();
    }

    @Override
    public void close() throws IOException {
      for (Events stream : streams) {
        stream.close();
      }
    }
  }

  @Test
  void eachAlertIsJudgedOnceAndNoneIsLost() throws Exception {
    try (Chromium chromium = Chromium.launch();
        RunningBoard north = RunningBoard.in(Files.createDirectory(folder.resolve("north")));
        RunningBoard south = north.beside(Files.createDirectory(folder.resolve("south")));
        Fleet fleet = new Fleet(north, DrawnFaces.in(folder.resolve("faces"), 4));
        Shown atNorth = new Shown(north);
        Shown atSouth = new Shown(south);
        Seat seat = chromium.seat(south).loggedInAs(RunningBoard.FIRST)) {
      List<SendingVan> vans = new ArrayList<>();
      for (int i = 1; i <= VANS; i++) {
        south.knows("van-" + i, Alerts.DEVICE.identity());
        vans.add(fleet.van("van-" + i).announces(0));
      }
      seat.page().evaluate(WATCH);
      ExecutorService officers = Executors.newFixedThreadPool(3);
      try {
        Queue<UUID> raised = new ConcurrentLinkedQueue<>();
        List<Shown> boards = List.of(atNorth, atSouth);
        List<Future<?>> shifts =
            List.of(
                officers.submit(shift(north, RunningBoard.FIRST, "true", raised, boards)),
                officers.submit(shift(north, RunningBoard.SECOND, "false", raised, boards)),
                officers.submit(
                    shift(south, RunningBoard.SUPERVISOR, "unresolved", raised, boards)));
        for (int i = 0; i < ALERTS; i++) {
          Sighting sighting = Sighting.of(i);
          UUID alert = vans.get(i % VANS).raises(sighting);
          subjects.put(alert, sighting.subject());
          raised.add(alert);
          await().atMost(PATIENCE).until(() -> open(boards) < MOST_OPEN);
        }
        for (Future<?> shift : shifts) {
          shift.get();
        }
      } finally {
        officers.shutdownNow();
      }

      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  subjects.keySet().stream()
                      .allMatch(id -> atNorth.isClosed(id) && atSouth.isClosed(id)));
      assertThat(subjects.keySet())
          .hasSize(ALERTS)
          .allSatisfy(id -> assertThat(atNorth.outcome(id)).isEqualTo(atSouth.outcome(id)));
      assertThat(judgements(north, vans))
          .hasSize(ALERTS)
          .allSatisfy((id, found) -> assertThat(found).containsExactly(atNorth.outcome(id)));
      assertThat(seat.find("#open-count")).hasText("0", new HasTextOptions().setTimeout(60_000));
      System.out.println(
          "a claim is shown at both boards: " + Delays.inWords(List.copyOf(claimDelays)));
      System.out.println("... and in the list of a page: " + Delays.inWords(paintedAfter(seat)));
    }
  }

  /** What lies before an officer, said as often as a page says it. */
  private static final class Page {
    private final Officer officer;
    private final UUID id = UUID.randomUUID();
    private UUID alert = id;
    private long said;

    Page(Officer officer) {
      this.officer = officer;
    }

    void looksAt(UUID shown) throws Exception {
      long now = System.nanoTime();
      if (!shown.equals(alert) || now - said > LOOKS_AGAIN.toNanos()) {
        alert = shown;
        said = now;
        officer.looks(id, shown);
      }
    }
  }

  private long open(List<Shown> boards) {
    return subjects.keySet().stream()
        .filter(id -> !boards.stream().allMatch(each -> each.isClosed(id)))
        .count();
  }

  /** The officer goes through all alerts and comes back to those that another has at the moment. */
  private Runnable shift(
      RunningBoard board, String name, String finds, Queue<UUID> raised, List<Shown> boards)
      throws Exception {
    Officer officer = board.officer(name);
    Page page = new Page(officer);
    return () -> {
      Set<UUID> known = new HashSet<>();
      ArrayDeque<UUID> before = new ArrayDeque<>();
      long end = System.nanoTime() + PATIENCE.toNanos();
      while ((known.size() < ALERTS || !before.isEmpty()) && System.nanoTime() < end) {
        raised.stream().filter(known::add).forEach(before::add);
        UUID alert = before.poll();
        if (alert != null && !boards.stream().allMatch(each -> each.isClosed(alert))) {
          reach(officer, name, page, alert, finds, boards);
          before.add(alert);
        }
      }
    };
  }

  /** Judges once both boards show that the claim is theirs, as an officer does who looks first. */
  private void reach(
      Officer officer, String name, Page page, UUID alert, String finds, List<Shown> boards) {
    try {
      if (boards.stream().allMatch(each -> each.claimed(alert).isEmpty())) {
        page.looksAt(alert);
        long asked = System.currentTimeMillis();
        if (officer.claims(alert, false).statusCode() == 204) {
          claimedAt.merge(alert, asked, Math::min);
          await()
              .atMost(PATIENCE)
              .pollInterval(Duration.ofMillis(2))
              .until(
                  () -> {
                    page.looksAt(alert);
                    return boards.stream().anyMatch(each -> each.isClosed(alert))
                        || agree(boards, alert);
                  });
          claimDelays.add(System.currentTimeMillis() - asked);
        }
      }
      if (boards.stream().noneMatch(each -> each.isClosed(alert))
          && boards.stream().allMatch(each -> each.claimed(alert).equals(name))) {
        assertThat(officer.judges(alert, finds).statusCode()).isEqualTo(200);
      } else {
        Thread.sleep(5);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Of two who claim in the same moment, both boards soon show the same one. */
  private static boolean agree(List<Shown> boards, UUID alert) {
    return !boards.get(0).claimed(alert).isEmpty()
        && boards.get(0).claimed(alert).equals(boards.get(1).claimed(alert));
  }

  /** All that the vans were sent, by alert: who found what. */
  private static Map<UUID, Set<String>> judgements(RunningBoard board, List<SendingVan> vans) {
    Map<UUID, Set<String>> found = new HashMap<>();
    for (SendingVan van : vans) {
      for (byte[] sent : van.outcomes()) {
        OutcomeMessage message = OutcomeMessage.read(sent, board.keys.identity()).orElseThrow();
        found
            .computeIfAbsent(message.alert(), id -> new HashSet<>())
            .add(message.outcome().word() + " by " + message.by().reference());
      }
    }
    return found;
  }

  private List<Long> paintedAfter(Seat seat) {
    Map<?, ?> painted = (Map<?, ?>) seat.page().evaluate("() => claimed");
    List<Long> delays = new ArrayList<>();
    claimedAt.forEach(
        (alert, asked) -> {
          Object at = painted.get(subjects.get(alert));
          if (at instanceof Number number) {
            delays.add(number.longValue() - asked);
          }
        });
    return delays;
  }
}
