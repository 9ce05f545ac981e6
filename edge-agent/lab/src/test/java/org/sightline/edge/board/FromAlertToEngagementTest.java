package org.sightline.edge.board;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.Schema;

/**
 * A whole agent whose authorisation permits figures and names groups, over a real broker: how
 * somebody is found, and what became of it in the street, back to the record on the box. Each test
 * has one of its two alerts.
 */
class FromAlertToEngagementTest {
  private static final Duration SOON = Duration.ofSeconds(90);

  @TempDir private static Path folder;
  private static final List<AutoCloseable> OPEN = new ArrayList<>();
  private static Chromium chromium;
  private static RunningBoard board;
  private static StreetAgent agent;
  private static Seat desk;

  private static <T extends AutoCloseable> T open(T part) {
    OPEN.add(part);
    return part;
  }

  @BeforeAll
  static void twoAlertsHaveCome() throws Exception {
    chromium = open(Chromium.launch());
    board = open(RunningBoard.in(Files.createDirectory(folder.resolve("board"))));
    board.inStreet("street-1");
    desk = open(chromium.seat(board)).loggedInAs(RunningBoard.FIRST);
    agent = open(StreetAgent.of(board, folder));
    assertThat(desk.find(".row")).hasCount(2, new HasCountOptions().setTimeout(90_000));
  }

  @AfterAll
  static void close() throws Exception {
    for (int i = OPEN.size() - 1; i >= 0; i--) {
      OPEN.get(i).close();
    }
  }

  /** Puts an alert of the list on the desk. */
  private static void lookAt(String subject) {
    desk.find(".row").filter(new Locator.FilterOptions().setHasText(subject)).click();
    assertThat(desk.find("#alert-title")).hasText(subject);
    assertThat(desk.find(".pictures img")).hasCount(2);
  }

  private static void judge(String key, String recorded) {
    desk.press(key, "Enter");
    assertThat(desk.find("#empty-title")).hasText(recorded);
  }

  @Test
  void theFigureComesFromTheVanIsShownAndIsGoneWithTheAlert() throws Exception {
    lookAt("S-0002");
    Locator figure = desk.find("#figure img");
    assertThat(figure).hasCount(1);
    desk.page().waitForFunction("() => document.querySelector('#figure img').naturalWidth > 0");
    assertThat(desk.find("#whereabouts-words")).containsText("last seen");
    assertThat(desk.barriers()).isEmpty();
    String path = figure.getAttribute("src");
    assertThat(statusOf(path)).isEqualTo(200);

    judge("f", "Recorded: FALSE");

    assertThat(figure).hasCount(0);
    await().atMost(SOON).untilAsserted(() -> assertThat(statusOf(path)).isEqualTo(404));
    await().atMost(SOON).until(() -> keptEvents(path.split("/", -1)[3]) == 0);
  }

  private static int statusOf(String path) throws Exception {
    return board.officer(RunningBoard.SECOND).get(path).statusCode();
  }

  private static int keptEvents(String alert) throws Exception {
    try (Database database = Database.open(board.database(), Schema.BOARD)) {
      return database
          .query("SELECT 1 FROM open_alert WHERE event IS NOT NULL AND id = ?", row -> 1, alert)
          .size();
    }
  }

  @Test
  void whatBecameOfAnAlertAndItsCorrectionStandInTheRecordOfTheVan() {
    lookAt("S-0001");
    judge("t", "Recorded: TRUE");
    NewContextOptions window = new NewContextOptions().setViewportSize(390, 844).setHasTouch(true);
    try (Seat phone = chromium.seat(board, window)) {
      phone.goToLogin().logIn("street-1", RunningBoard.PASSWORD);
      phone.find(".take").tap();
      phone.find("#confirm").tap();
      assertThat(phone.find(".who")).containsText("S-0001");
      phone.find("[data-choice=stopped]").tap();
      phone.find("#confirm").tap();
      assertThat(phone.find(".timer")).isVisible();
      phone.find(".group select").selectOption("A1");
      phone.find("[data-choice=arrested]").tap();
      phone.find("#confirm").tap();
      awaitRecord(
          "1 stopped, 0 lost, 0 not attempted; 0 corrections", "1 true, 0 false, 0 unresolved");

      phone.find(".correct").tap();
      phone.find(".reason input").fill("the wrong button");
      phone.find("[data-choice=not-them]").tap();
      phone.find("#confirm").tap();

      awaitRecord(
          "1 stopped, 0 lost, 0 not attempted; 1 corrections", "0 true, 1 false, 0 unresolved");
      assertThat(phone.find(".stated")).containsText("in the van’s record");
      assertThat(phone.complaints()).isEmpty();
    }
  }

  private static void awaitRecord(String... lines) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(agent.record()).contains(lines).doesNotContain("street-1"));
  }
}
