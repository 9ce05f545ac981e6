package org.sightline.edge.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.board.Chromium;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.testing.GeneratedStreet;

/** The console in a browser, with a real agent that watches drawn people. */
class ConsolePageTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private static Path shared;
  private static GeneratedStreet street;

  @TempDir private Path folder;
  private Chromium chromium;
  private Page page;

  @BeforeAll
  static void drawAStreet() throws Exception {
    street = GeneratedStreet.in(shared.resolve("street"));
  }

  private void look(RunningConsole console, int widthPx, int heightPx) {
    chromium = Chromium.launch();
    BrowserContext context =
        chromium.context(new Browser.NewContextOptions().setViewportSize(widthPx, heightPx));
    page = context.newPage();
    page.navigate(console.uri().toString());
    page.getByLabel("Officer number").fill(RunningConsole.OFFICER);
    page.getByLabel("Password").fill(RunningConsole.PASSWORD);
    page.keyboard().press("Enter");
  }

  @AfterEach
  void leave() {
    if (page != null) {
      page.context().close();
    }
  }

  private void banner(String text) {
    assertThat(page.locator("#banner")).containsText(text);
  }

  /** Goes there by the keyboard alone. */
  private void tabTo(String id) {
    for (int steps = 0; steps < 50; steps++) {
      page.keyboard().press("Tab");
      if (page.evaluate("() => document.activeElement.id").equals(id)) {
        return;
      }
    }
    throw new AssertionError("the keyboard does not come to " + id);
  }

  @Test
  void aDeploymentIsPausedResumedAndClosedByTheKeyboardAloneAndInTheOfficersName()
      throws Exception {
    try (RunningConsole console = RunningConsole.open(folder, street)) {
      look(console, 390, 844);
      banner("Capturing. exercise-1");

      tabTo("pause");
      page.keyboard().press("Enter");
      assertThat(page.locator("#confirm-no")).isFocused();
      page.keyboard().press("Escape");
      banner("Capturing");
      page.keyboard().press("Enter");
      tabTo("confirm-yes");
      page.keyboard().press("Enter");
      banner("Paused (officers-away)");

      tabTo("resume");
      page.keyboard().press("Enter");
      tabTo("confirm-yes");
      page.keyboard().press("Enter");
      banner("Capturing");

      tabTo("close");
      page.keyboard().press("Enter");
      tabTo("confirm-yes");
      page.keyboard().press("Enter");
      banner("No agent runs");

      assertThat(console.auditLines())
          .filteredOn(line -> line.contains("\"officer:4711\""))
          .extracting(line -> line.replaceAll(".*\"event\":\"([a-z-]+)\".*", "$1"))
          .contains("logged-in", "deployment-paused", "deployment-resumed", "deployment-ended");
    }
  }

  @Test
  void aDeploymentIsOpenedFromThePageWhosePreviewsMoveAndOfWhichNothingIsKept() throws Exception {
    try (RunningConsole console = RunningConsole.imported(folder, street)) {
      look(console, 390, 844);
      banner("No agent runs");
      assertThat(page.locator("#detail")).containsText("the deployment is not open");

      page.locator("#open").click();
      page.locator("#confirm-yes").click();
      banner("Capturing. exercise-1");
      assertThat(page.locator("#previews-state")).hasText("No preview runs.");
      page.locator("#previews").click();

      assertThat(page.locator(".camera img")).isVisible();
      assertThat(page.locator("#previews-state")).containsText("Previews run.");
      String first = picture();
      await().atMost(SOON).until(() -> !List.of(first, "").contains(picture()));
      assertThat(page.locator(".camera"))
          .containsText(Pattern.compile("faces?, \\d+ of use, from \\d+ px on|No face found"));
      assertThat(console.files())
          .extracting(file -> file.getFileName().toString())
          .noneMatch(name -> name.matches(".*\\.(jpe?g|png)"));
      assertThat(console.auditLines())
          .filteredOn(line -> line.contains("preview-shown"))
          .singleElement()
          .asString()
          .contains("officer:4711", "mast-1");
      itHasNoBarriersAndFitsAPhone();
    }
  }

  private String picture() {
    return page.evaluate(
            """
            async () => {
              const answer = await fetch("/api/cameras/mast-1/picture");
              return answer.ok ? new Uint8Array(await answer.arrayBuffer()).join() : "";
            }
            """)
        .toString();
  }

  private void itHasNoBarriersAndFitsAPhone() {
    page.locator("#test").click();
    assertThat(page.locator("#verdict")).containsText(Pattern.compile("^(Go|No-go):"));
    assertThat(Chromium.barriers(page)).isEmpty();
    assertThat(
            page.evaluate(
                "() => document.documentElement.scrollWidth"
                    + " <= document.documentElement.clientWidth"))
        .isEqualTo(true);
    assertThat(smallestButtonPx()).isGreaterThanOrEqualTo(56);
    page.locator("#pause").click();
    assertThat(Chromium.barriers(page)).isEmpty();
  }

  private double smallestButtonPx() {
    return page.getByRole(AriaRole.BUTTON).all().stream()
        .mapToDouble(button -> button.boundingBox().height)
        .min()
        .orElseThrow();
  }

  @Test
  void beyondThisBoxItIsServedWithTlsAlone() {
    assertThatThrownBy(() -> RunningConsole.at("0.0.0.0:0", folder))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("others could listen in on this address: 0.0.0.0:0 (give tls");
  }

  @Test
  void nobodySeesAnythingWithoutALogin() throws Exception {
    try (RunningConsole console = RunningConsole.imported(folder, street)) {
      HttpClient browser = HttpClient.newHttpClient();
      for (String path : new String[] {"api/state", "api/cameras/mast-1/picture"}) {
        HttpResponse<Void> answer =
            browser.send(
                HttpRequest.newBuilder(console.uri().resolve(path)).build(),
                HttpResponse.BodyHandlers.discarding());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
      }
    }
  }
}
