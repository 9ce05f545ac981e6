package org.sightline.edge.board;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sightline.edge.testing.SampleCategories.AMBER;
import static org.sightline.edge.testing.SampleCategories.GREEN;
import static org.sightline.edge.testing.SampleCategories.RED;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.board.SendingVan.Sighting;
import org.sightline.edge.domain.Response;

/** Takes the pictures of the page that the documentation shows. Nobody in them exists. */
@EnabledIfSystemProperty(named = "screenshots", matches = ".+", disabledReason = "no -Dscreenshots")
class BoardPictures {
  private static final Map<Response.Colour, String> CATEGORIES =
      Map.of(
          Response.Colour.RED, "wanted for violence",
          Response.Colour.AMBER, "court order",
          Response.Colour.GREEN, "missing person");

  /** The van writes its counts down every five seconds. */
  private static final Duration RECORDED = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @Test
  void takeThem() throws Exception {
    DrawnFaces faces = DrawnFaces.in(folder.resolve("faces"), 14);
    try (Chromium chromium = Chromium.launch()) {
      try (RunningBoard board = RunningBoard.in(Files.createDirectory(folder.resolve("one")));
          Fleet fleet = new Fleet(board, faces);
          Seat light = seat(chromium, board, ColorScheme.LIGHT);
          Seat dark = seat(chromium, board, ColorScheme.DARK)) {
        take(light.goToLogin(), "login");
        light.loggedInAs(RunningBoard.FIRST);
        List<SendingVan> vans = vans(board, fleet, light);
        dark.loggedInAs(RunningBoard.SECOND);
        for (int person = 9; person <= 11; person++) {
          vans.get(person % 3).raises(Sighting.of(400 + person));
          assertThat(light.find(".row-subject")).hasText(Sighting.of(400 + person).subject());
          light.press("n");
          assertThat(light.find("#alert-title")).hasText(Sighting.of(400 + person).subject());
          light.press(person == 10 ? "f" : "t", "Enter");
          assertThat(light.find("#empty-words")).containsText("Sent");
        }
        raise(fleet, vans);
        assertThat(light.find(".row")).hasCount(7);
        lookAtAll(light);
        lookAtAll(dark);
        raise(vans.get(3), 412, "mast-1", "Market Place", AMBER, 0.66, 0);
        assertThat(light.find(".row")).hasCount(8);
        take(light, "board-light");
        light.press("z", "w");
        assertThat(light.find("#wipe")).isVisible();
        take(light, "board-compare");
        light.press("z");

        assertThat(dark.find(".row")).hasCount(8);
        dark.press("n", "t");
        take(dark, "board-dark");

        dark.loggedInAs(RunningBoard.SUPERVISOR);
        dark.page().click("#shift");
        assertThat(dark.find("#shift-outcomes tr")).hasCount(3);
        take(dark, "board-shift");

        board.broker.stop();
        assertThat(light.find("#link-words")).hasText("Broker not heard");
        take(light, "board-deaf");
      }
      takeTheStreet(chromium);
      try (RunningBoard board =
              RunningBoard.withTwoPersons(Files.createDirectory(folder.resolve("two")));
          Fleet fleet = new Fleet(board, faces);
          Seat first = seat(chromium, board, ColorScheme.DARK);
          Seat second = seat(chromium, board, ColorScheme.LIGHT)) {
        first.loggedInAs(RunningBoard.FIRST);
        List<SendingVan> vans = vans(board, fleet, first);
        second.loggedInAs(RunningBoard.SECOND);
        raise(fleet, vans);
        assertThat(first.find(".row")).hasCount(7);
        assertThat(second.find(".row")).hasCount(7);
        lookAtAll(second);
        first.press("n", "j", "t", "Enter");
        assertThat(first.find("#judgement-title")).containsText("You said");
        second.press("n", "j", "f", "Enter");
        assertThat(first.find("#dispute")).isVisible();
        first.press("k", "t", "Enter");
        second.press("k");
        assertThat(second.find("#judgement-title")).containsText("Officer 1234 has judged");
        take(second, "board-two-person");
      }
    }
  }

  /** With a figure as a whole agent makes it. */
  private void takeTheStreet(Chromium chromium) throws Exception {
    try (RunningBoard board = RunningBoard.in(Files.createDirectory(folder.resolve("street")));
        Seat desk = seat(chromium, board, ColorScheme.LIGHT);
        Seat phone =
            chromium.seat(
                board, new NewContextOptions().setViewportSize(390, 844).setHasTouch(true))) {
      board.inStreet("street-1");
      desk.loggedInAs(RunningBoard.FIRST);
      try (StreetAgent agent =
          StreetAgent.of(board, Files.createDirectory(folder.resolve("van")))) {
        assertThat(desk.find(".row"))
            .hasCount(2, new LocatorAssertions.HasCountOptions().setTimeout(90_000));
        assertThat(desk.find("#figure img")).hasCount(1);
        take(desk, "board-figure");
        desk.press("t", "Enter");
        assertThat(desk.find("#empty-words")).containsText("Confirmed");
        phone.goToLogin().logIn("street-1", RunningBoard.PASSWORD);
        phone.find(".take").tap();
        phone.find("#confirm").tap();
        assertThat(phone.find(".pictures img")).hasCount(2);
        take(phone, "street");
        await()
            .atMost(RECORDED)
            .untilAsserted(() -> assertThat(agent.record()).contains("2: 1 true"));
      }
    }
  }

  private static Seat seat(Chromium chromium, RunningBoard board, ColorScheme theme) {
    return chromium.seat(
        board, new NewContextOptions().setViewportSize(1440, 900).setColorScheme(theme));
  }

  /** Eleven vans; one has gone, one is silent, one has an alarm. */
  private static List<SendingVan> vans(RunningBoard board, Fleet fleet, Seat seat)
      throws Exception {
    fleet.van("van-5").announces(3).close();
    fleet.van("van-3").announces(0);
    assertThat(seat.find("#vans-summary")).hasText("1 online, 1 offline");
    board.clock.shift(Duration.ofMinutes(4));
    assertThat(seat.find("#vans-summary")).hasText("1 silent, 1 offline");
    board.clock.shift(Duration.ofMinutes(3));
    seat.page().reload();
    fleet.van("van-6").announces(0, "destruction-failed");
    fleet.van("van-10").announces(0);
    fleet.van("van-11").announces(0);
    return List.of(
        fleet.van("van-1").announces(0),
        fleet.van("van-2").announces(0),
        fleet.van("van-4").announces(0),
        fleet.van("van-7").announces(0),
        fleet.van("van-8").announces(0),
        fleet.van("van-9").announces(0));
  }

  /** So that no alert is new to this officer. */
  private static void lookAtAll(Seat seat) {
    seat.press("n", "j", "j", "j", "j", "j", "j", "n");
  }

  private static void raise(Fleet fleet, List<SendingVan> vans) throws Exception {
    raise(vans.get(0), 404, "mast-2", "Harbour Road", AMBER, 0.77, 260);
    raise(vans.get(4), 406, "mast-1", "High Street", GREEN, 0.9, 95);
    raise(vans.get(5), 408, "mast-2", "Market Place", AMBER, 0.69, 72);
    fleet.strayVan("van-12").announces(0).raises(Sighting.of(407).ago(Duration.ofSeconds(41)));
    raise(vans.get(1), 402, "mast-1", "Station Square", AMBER, 0.74, 33);
    raise(vans.get(2), 413, "mast-1", "Station Square", GREEN, 0.88, 21);
    raise(vans.get(3), 403, "mast-2", "High Street", RED, 0.81, 9);
  }

  private static void raise(
      SendingVan van,
      int person,
      String camera,
      String place,
      Response response,
      double cosine,
      int ago)
      throws Exception {
    String category = Objects.requireNonNull(CATEGORIES.get(response.colour()));
    van.raises(
        Sighting.of(person).by(camera, place).as(category, cosine).ago(Duration.ofSeconds(ago)),
        response);
  }

  /** Six bits of each colour: the grain of the pictures would take most of the file. */
  private static BufferedImage coarser(BufferedImage picture) {
    BufferedImage coarse =
        new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        int rgb = picture.getRGB(x, y);
        coarse.setRGB(x, y, (rgb & 0xFCFCFC) | ((rgb >> 6) & 0x030303));
      }
    }
    return coarse;
  }

  private static void take(Seat seat, String name) throws Exception {
    seat.page().waitForFunction("() => [...document.images].every((image) => image.complete)");
    Path file =
        Files.createDirectories(Path.of(System.getProperty("screenshots"))).resolve(name + ".png");
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ImageWriteParam smallest = writer.getDefaultWriteParam();
    smallest.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    smallest.setCompressionQuality(0);
    Files.deleteIfExists(file);
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      writer.write(
          null,
          new IIOImage(
              coarser(ImageIO.read(new ByteArrayInputStream(seat.page().screenshot()))),
              null,
              null),
          smallest);
    } finally {
      writer.dispose();
    }
  }
}
