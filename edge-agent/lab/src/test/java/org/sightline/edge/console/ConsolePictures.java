package org.sightline.edge.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.board.Chromium;
import org.sightline.edge.testing.GeneratedStreet;

/** Takes the pictures of the console that the documentation shows. Nobody in them exists. */
@EnabledIfSystemProperty(named = "screenshots", matches = ".+", disabledReason = "no -Dscreenshots")
class ConsolePictures {
  private static final Path IMAGES = Path.of("../../docs/images");

  /** People walk by now and then. */
  private static final double PATIENCE_MILLIS = 120_000;

  @TempDir private Path folder;

  @Test
  void takeThem() throws Exception {
    GeneratedStreet street = GeneratedStreet.in(folder.resolve("street"));
    try (Chromium chromium = Chromium.launch();
        RunningConsole console = RunningConsole.open(folder, street)) {
      take(chromium, console, 390, 1500, "console-phone");
      take(chromium, console, 1280, 1000, "console");
    }
  }

  private static void take(
      Chromium chromium, RunningConsole console, int widthPx, int heightPx, String name) {
    Page page =
        chromium
            .context(new Browser.NewContextOptions().setViewportSize(widthPx, heightPx))
            .newPage();
    page.navigate(console.uri().toString());
    page.getByLabel("Officer number").fill(RunningConsole.OFFICER);
    page.getByLabel("Password").fill(RunningConsole.PASSWORD);
    page.keyboard().press("Enter");
    page.locator("#previews").click();
    assertThat(page.locator(".camera"))
        .containsText(
            Pattern.compile("[0-9] faces?, "),
            new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MILLIS));
    assertThat(page.locator(".camera img")).isVisible();
    page.screenshot(new Page.ScreenshotOptions().setPath(IMAGES.resolve(name + ".png")));
  }
}
