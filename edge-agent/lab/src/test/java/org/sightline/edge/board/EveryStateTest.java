package org.sightline.edge.board;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.audit.LogPosition;
import org.sightline.edge.authorisation.StatedGroup;
import org.sightline.edge.board.SendingVan.Sighting;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.domain.Walking;
import org.sightline.edge.domain.Whereabouts;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.OutcomeReceipt;
import org.sightline.edge.testing.Endurance;
import org.sightline.edge.testing.SampleCategories;
import org.sightline.edge.web.login.Role;

/**
 * Every state that an officer can come to, on a board with many vans and many open alerts, driven
 * by keys alone: {@link Windows} says how it is looked at and what is held. A state that is added
 * to a page is added here.
 */
@TestMethodOrder(OrderAnnotation.class)
class EveryStateTest {
  private static final int VANS = Endurance.times(3, 50);
  private static final int ALERTS = Endurance.times(12, 500);

  /** Above those of the many: a test's own. */
  private static int person = 1000;

  @TempDir private static Path folder;
  private static final List<AutoCloseable> OPEN = new ArrayList<>();
  private static final List<SendingVan> VANS_OF_THE_NIGHT = new ArrayList<>();
  private static Chromium chromium;
  private static RunningBoard board;
  private static DrawnFaces faces;
  private static Fleet fleet;
  private static SendingVan van;
  private static Seat first;
  private static Seat second;

  /** Who judges beside them, at no page. */
  private static Officer colleague;

  private static <T extends AutoCloseable> T open(T part) {
    OPEN.add(part);
    return part;
  }

  @BeforeAll
  static void manyAlertsAreOpen() throws Exception {
    chromium = open(Chromium.launch());
    faces = DrawnFaces.in(folder.resolve("faces"), 6);
    board = open(RunningBoard.in(Files.createDirectory(folder.resolve("board"))));
    fleet = open(new Fleet(board, faces));
    for (int i = 1; i <= VANS; i++) {
      VANS_OF_THE_NIGHT.add(fleet.van("van-" + i).announces(0));
    }
    van = VANS_OF_THE_NIGHT.get(1);
    for (int i = 0; i < ALERTS; i++) {
      VANS_OF_THE_NIGHT
          .get(i % VANS)
          .raises(Sighting.of(i).ago(Duration.ofSeconds(120 + ALERTS - i)));
    }
    first = open(seat(board)).loggedInAs(RunningBoard.FIRST);
    second = open(seat(board)).loggedInAs(RunningBoard.SECOND);
    colleague = board.officer(RunningBoard.SECOND);
    assertThat(first.find("#open-count")).hasText(String.valueOf(ALERTS));
  }

  @AfterAll
  static void close() throws Exception {
    for (int i = OPEN.size() - 1; i >= 0; i--) {
      OPEN.get(i).close();
    }
  }

  @BeforeEach
  void allVansAreHeardAndNoSheetIsOpen() throws Exception {
    for (Seat seat : List.of(first, second)) {
      seat.page().evaluate("document.querySelectorAll('dialog[open]').forEach(d => d.close())");
    }
    for (SendingVan each : VANS_OF_THE_NIGHT) {
      each.announces(0);
    }
    assertThat(first.find("#link-words")).hasText("Live");
  }

  private static Seat seat(RunningBoard room) {
    Seat seat = chromium.seat(room);
    seat.page().emulateMedia(new EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
    return seat;
  }

  private static Sighting next() {
    person++;
    return Sighting.of(person);
  }

  /**
   * Goes to what has just arrived: of what is new it stands first, as all else is stale. What
   * another has looked at is not new, and stands in the list.
   */
  private static void goTo(Seat seat, Sighting sighting) {
    Locator row =
        seat.find(".row").filter(new Locator.FilterOptions().setHasText(sighting.subject()));
    assertThat(row).hasCount(1);
    seat.press("n");
    if (!seat.find("#alert-title").textContent().equals(sighting.subject())) {
      row.focus();
      seat.page().keyboard().press("Enter");
    }
    assertThat(seat.find("#alert-title")).hasText(sighting.subject());
    assertThat(seat.find("[aria-busy=true]")).hasCount(0);
  }

  private static void is(Seat seat, String state) {
    assertThat(Windows.barriers(seat)).as(state).isEmpty();
  }

  /** Goes to a button by the keyboard, which {@link Windows} has shown to lead there. */
  private static void push(Seat seat, String button) {
    assertThat(seat.find(button)).isEnabled();
    seat.find(button).focus();
    seat.page().keyboard().press("Enter");
  }

  private static void isRecorded(Seat seat, String outcome) {
    assertThat(seat.find("#empty-title")).hasText("Recorded: " + outcome);
  }

  @Test
  void loggingInAndAnEmptyRoom() throws Exception {
    try (RunningBoard empty = board.beside(Files.createDirectory(folder.resolve("empty")));
        Seat seat = seat(empty)) {
      seat.goToLogin();
      is(seat, "login");
      seat.logIn(RunningBoard.FIRST, "not the right password");
      assertThat(seat.find("#failed")).isVisible();
      is(seat, "login refused");
      seat.page().navigate(empty.board().uri().resolve("/login?full#full").toString());
      assertThat(seat.find("#full")).isVisible();
      is(seat, "no session left");
      seat.loggedInAs(RunningBoard.FIRST);
      assertThat(seat.find("#empty-title")).hasText("No van is heard");
      is(seat, "no van is heard");
      van.announces(0);
      assertThat(seat.find("#empty-title")).hasText("No open alerts");
      is(seat, "no open alerts");
      push(seat, "#test");
      assertThat(seat.find("#readiness")).containsText(Pattern.compile("tested \\d+ s ago"));
      is(seat, "tested");
    }
  }

  @Test
  void findingThePerson() throws Exception {
    Sighting seen = next().maybeOfAPicture();
    UUID alert =
        van.raises(
            seen,
            SampleCategories.AMBER,
            new Whereabouts(faces.portrait(person).jpeg(), Walking.LEFT));
    goTo(first, seen);
    assertThat(first.find("#figure img")).hasCount(1);
    assertThat(first.find("#whereabouts-words")).containsText("not known");
    is(first, "figure, and nobody knows whether they are in view");
    van.sees(alert, true);
    assertThat(first.find("#whereabouts-words")).containsText("In view now");
    is(first, "in view");
    van.sees(alert, false);
    assertThat(first.find("#whereabouts-words")).containsText("No longer in view");
    is(first, "no longer in view");
  }

  @Test
  void comparing() throws Exception {
    Sighting seen = next();
    van.raises(seen, SampleCategories.AMBER);
    goTo(first, seen);
    first.press("z");
    assertThat(first.find("#zoom")).isVisible();
    is(first, "side by side");
    first.press("+", "b");
    is(first, "blinking, enlarged");
    first.press("w");
    assertThat(first.find("#wipe")).isVisible();
    is(first, "wiped");
    first.press("Escape");
    assertThat(first.find("#zoom")).isHidden();
  }

  @Test
  void categoriesAndGroups() throws Exception {
    Sighting seen = next();
    van.raises(seen.ago(Duration.ofSeconds(9)), SampleCategories.GREEN);
    goTo(first, seen);
    is(first, "green");
    van.raises(seen.by("mast-2", "Station Square"), SampleCategories.GREEN);
    Locator more = first.find(".row-more:visible").first();
    assertThat(more).containsText("2 alerts of this subject");
    is(first, "a folded group");
    first.find(".row[aria-current=true]").focus();
    first.press("ArrowRight");
    assertThat(more).hasAttribute("aria-expanded", "true");
    is(first, "an opened group");
    first.press("ArrowLeft");
    assertThat(more).hasAttribute("aria-expanded", "false");
  }

  @Test
  void claimingHandingOverAndTakingOver() throws Exception {
    Sighting seen = next();
    van.raises(seen, SampleCategories.AMBER);
    goTo(first, seen);
    first.press("c");
    assertThat(first.find("#attention-words")).containsText("It is yours to judge.");
    is(first, "claimed");
    goTo(second, seen);
    assertThat(second.find("#attention-words")).containsText("Officer 1234 has claimed it.");
    is(second, "claimed by another");
    push(first, "#hand-over");
    assertThat(first.find("#hand-over-to")).isVisible();
    is(first, "handing over");
    first.page().keyboard().press("Escape");
    second.press("c");
    assertThat(second.find("#take-over-sheet")).isVisible();
    is(second, "taking over");
    push(second, "#take-over-sheet [value=yes]");
    assertThat(first.find("#note-words")).containsText("has taken over");
    is(first, "taken over by another");
  }

  @Test
  void judging() throws Exception {
    Sighting seen = next();
    UUID alert = van.raises(seen, SampleCategories.AMBER);
    goTo(first, seen);
    is(first, "to be judged");
    first.press("f");
    assertThat(first.find("#record-words")).hasText("Record FALSE");
    is(first, "chosen");
    first.press("Enter");
    isRecorded(first, "FALSE");
    assertThat(first.find("#empty-words")).containsText("not confirmed");
    is(first, "recorded, not confirmed");
    van.answers(OutcomeReceipt.recorded(alert, Outcome.FALSE, Alerts.POSITION.head()));
    assertThat(first.find("#empty-words")).containsText("Confirmed by the van.");
    is(first, "recorded and confirmed");
  }

  @Test
  void comingTooLate() throws Exception {
    Sighting seen = next();
    UUID alert = van.raises(seen, SampleCategories.AMBER);
    goTo(first, seen);
    first.press("f");
    colleague.judges(alert, "unresolved");
    assertThat(first.find("#empty-title")).hasText("Not recorded");
    is(first, "too late");
  }

  @Test
  void twoOfficersWhoDisagreeAndASupervisorWhoDecides() throws Exception {
    Sighting seen = next();
    van.raises(seen, SampleCategories.RED);
    goTo(first, seen);
    first.press("f", "Enter");
    assertThat(first.find("#judgement-title")).containsText("You said FALSE");
    is(first, "own proposal");
    goTo(second, seen);
    assertThat(second.find("#judgement-title")).containsText("has judged");
    is(second, "another's proposal");
    second.press("u", "Enter");
    assertThat(first.find("#dispute")).isVisible();
    is(first, "disputed");
    try (Seat supervisor = seat(board).loggedInAs(RunningBoard.SUPERVISOR)) {
      goTo(supervisor, seen);
      assertThat(supervisor.find("#judgement-title")).hasText("Two officers disagree: decide");
      is(supervisor, "to be decided");
      supervisor.press("f");
      assertThat(supervisor.find("#record-words")).hasText("Decide FALSE");
      is(supervisor, "decision chosen");
      supervisor.press("Enter");
      isRecorded(supervisor, "FALSE");
      is(supervisor, "decided");
      push(supervisor, "#shift");
      assertThat(supervisor.find("#shift-outcomes tr")).hasCount(3);
      is(supervisor, "the shift");
    }
    isRecorded(first, "FALSE");
  }

  @Test
  void alertsThatAreNotAsOthers() throws Exception {
    Sighting sealed = next();
    fleet.strayVan("van-stray").announces(0).raises(sealed);
    Locator unreadable =
        first.find(".row").filter(new Locator.FilterOptions().setHasText("van-stray"));
    assertThat(unreadable).hasCount(1);
    unreadable.focus();
    first.page().keyboard().press("Enter");
    assertThat(first.find("#sealed")).isVisible();
    is(first, "sealed for another control room");
    first.press("u", "Enter");
    isRecorded(first, "UNRESOLVED");

    String exercise =
        new String(Alerts.event(Alerts.about("S-EXERCISE")), UTF_8)
            .replace(":\"van-1\"", ":\"van-unknown\"");
    board.sendAsIs(new VanId("van-unknown"), exercise.getBytes(UTF_8));
    Locator unsigned =
        first.find(".row").filter(new Locator.FilterOptions().setHasText("S-EXERCISE"));
    unsigned.focus();
    first.page().keyboard().press("Enter");
    assertThat(first.find("#exercise")).isVisible();
    is(first, "an exercise that is not signed");

    Sighting without = next().withoutPortrait();
    van.raises(without, SampleCategories.AMBER);
    goTo(first, without);
    is(first, "no portrait");

    Sighting failing = next();
    first.page().route("**/probe", Route::abort);
    van.raises(failing, SampleCategories.AMBER);
    goTo(first, failing);
    assertThat(first.find("#judgement-hint")).containsText("A picture could not be loaded");
    is(first, "a picture that does not come");
    first.page().unroute("**/probe");
  }

  @Test
  void severalViewsOfSomebodyWhoIsThenTakenOffTheList() throws Exception {
    SendingVan passing = VANS_OF_THE_NIGHT.get(0).showing(faces.portrait(2), faces.probe(2));
    Sighting seen = next();
    UUID alert = passing.raises(seen, SampleCategories.AMBER);
    passing.showing();
    goTo(first, seen);
    first.press("2");
    assertThat(first.find("#view-strip [aria-pressed=true]")).hasText("2");
    assertThat(first.find("[aria-busy=true]")).hasCount(0);
    is(first, "another view of the pass");
    board.withdraws(alert);
    assertThat(first.find("#withdrawn")).isVisible();
    is(first, "withdrawn");
  }

  @Test
  void theSheetForTheNextShiftAndTheLog() throws Exception {
    try (Seat seat = seat(board).loggedInAs(RunningBoard.FIRST)) {
      seat.page().navigate(board.board().uri().resolve("/hand-over").toString());
      assertThat(seat.find("#write button")).isEnabled();
      is(seat, "a sheet to be written");
      seat.find("#notes").fill("Van 2 has a flat tyre.");
      push(seat, "#write button");
      assertThat(seat.find("#standing")).containsText("Written by officer 1234");
      is(seat, "a sheet that is written");
    }
    board.officer("auditor-1", Role.AUDITOR);
    try (Seat seat = seat(board)) {
      seat.goToLogin().logIn("auditor-1", RunningBoard.PASSWORD);
      push(seat, "#verify button");
      assertThat(seat.find("#verified")).containsText("intact");
      push(seat, "#figures-load");
      assertThat(seat.find("#figures h3").first()).containsText("All live deployments");
      is(seat, "an auditor at the log");
    }
  }

  @Test
  void anAlertThatTurnsStaleAndExpires() throws Exception {
    Sighting expiring = next();
    van.raises(expiring, Duration.ofMinutes(10));
    goTo(first, expiring);
    board.clock.shift(Duration.ofMinutes(11));
    assertThat(first.find("#empty-title")).hasText("This alert has expired");
    is(first, "expired");
  }

  @Test
  void whatIsRefusedAndVansThatNeedACall() throws Exception {
    byte[] event = Alerts.event(Alerts.about("S-1"), board.keys.identity());
    String altered = new String(Alerts.signed(event), UTF_8).replace("High Street", "Low Street");
    board.sendAsIs(Alerts.VAN, altered.getBytes(UTF_8));
    fleet.van("van-gone").announces(3, "destruction-failed").close();
    fleet.van("van-back").announces(0).close();
    fleet.van("van-back").announces(new LogPosition(Alerts.POSITION.instance(), AuditHead.START));
    assertThat(first.find("#refused")).isVisible();
    assertThat(first.find(".van-log:visible")).hasCount(1);
    assertThat(first.find("#vans")).containsText("could not be destroyed");
    is(first, "refused, and vans with alarms");
    push(first, ".van-log:visible");
    assertThat(first.find(".van-log:visible")).hasCount(0);
    push(first, "#refused-note");
    assertThat(first.find("#refused")).isHidden();
  }

  @Test
  void sheets() throws Exception {
    first.press("?");
    assertThat(first.find("#help-sheet")).isVisible();
    is(first, "help");
    first.press("Escape");
    Sighting seen = next();
    UUID alert = van.raises(seen, SampleCategories.AMBER);
    assertThat(first.find(".row").filter(new Locator.FilterOptions().setHasText(seen.subject())))
        .hasCount(1);
    colleague.judges(alert, "false");
    push(first, "#street");
    Locator entry =
        first
            .find("#street-list li")
            .filter(new Locator.FilterOptions().setHasText(seen.subject()));
    assertThat(entry).hasCount(1);
    is(first, "the street at the desk");
    entry.locator("button").press("Enter");
    first.find("#street-choice").selectOption("not-them");
    assertThat(first.find("#street-minutes")).isVisible();
    is(first, "stating");
    first.find("#street-minutes").fill("3");
    push(first, "#street-record");
    assertThat(entry).containsText("stopped 3 min");
    assertThat(first.find("#street-record")).isHidden();
    is(first, "stated");
    entry.locator("button").press("Enter");
    first.find("#street-choice").selectOption("lost");
    first
        .page()
        .route("**/engagement", route -> route.fulfill(new Route.FulfillOptions().setStatus(503)));
    first.find("#street-reason").fill("the wrong alert");
    push(first, "#street-record");
    assertThat(first.find("#street-trouble")).not().isEmpty();
    is(first, "a correction that was not taken");
    first.page().unroute("**/engagement");
    first.page().keyboard().press("Escape");
  }

  @Test
  void arrivalsThatNobodyLooksAt() throws Exception {
    // A clock that is installed stays so.
    try (Seat seat = chromium.seat(board, new NewContextOptions())) {
      seat.page().clock().install();
      seat.loggedInAs(RunningBoard.SUPERVISOR);
      van.raises(next(), SampleCategories.RED);
      assertThat(seat.find("#arrivals")).isEnabled();
      is(seat, "something new");
      seat.page().clock().fastForward(15_000);
      seat.page().clock().runFor(1_000);
      assertThat(seat.find("#arrivals")).containsText("nseen for");
      is(seat, "nobody has looked");
      seat.page().clock().fastForward("15:01");
      seat.page().clock().runFor(1_000);
      assertThat(seat.find("#login-title")).hasText("Desk locked");
      is(seat, "locked");
      seat.page().fill("#login-password", "not the right password");
      seat.page().keyboard().press("Enter");
      assertThat(seat.find("#login-trouble")).hasText("The password is not right.");
      is(seat, "locked, and the password is not right");
    }
  }

  @Test
  void sessionsThatEnd() {
    try (Seat seat = seat(board)) {
      seat.page()
          .route(
              "**/api/session",
              route -> {
                APIResponse answer = route.fetch();
                String ending =
                    answer.text().replaceFirst("\"endsInMillis\":\\d+", "\"endsInMillis\":540000");
                route.fulfill(new Route.FulfillOptions().setResponse(answer).setBody(ending));
              });
      seat.loggedInAs(RunningBoard.SUPERVISOR);
      assertThat(seat.find("#ending")).isVisible();
      is(seat, "the session ends soon");
      push(seat, "#renew");
      assertThat(seat.find("#login-sheet")).isVisible();
      is(seat, "logging in again");
      seat.page().keyboard().press("Escape");
      seat.context().setOffline(true);
      assertThat(seat.find("#lost")).isVisible();
      is(seat, "the board is not heard");
      seat.context().clearCookies();
      seat.context().setOffline(false);
      assertThat(seat.find("#login-title")).hasText("Your session has ended");
      is(seat, "the session has ended");
      seat.page().unrouteAll();
    }
  }

  @Test
  void inTheStreet() throws Exception {
    board.inStreet("street-1");
    try (Seat phone = seat(board)) {
      phone.goToLogin().logIn("street-1", RunningBoard.PASSWORD);
      assertThat(phone.find("#none")).isVisible();
      is(phone, "nothing in the street");
      UUID alert =
          board.alertWithGroups(next().subject(), List.of(new StatedGroup("A1", "Asian - Indian")));
      colleague.judges(alert, "true");
      assertThat(phone.find(".take")).isVisible();
      is(phone, "an alert waits");
      push(phone, ".take");
      assertThat(phone.find("#sure")).isVisible();
      is(phone, "sure?");
      push(phone, "#confirm");
      assertThat(phone.find(".pictures img")).hasCount(2);
      is(phone, "on the way");
      push(phone, "[data-choice=stopped]");
      push(phone, "#confirm");
      assertThat(phone.find(".timer")).isVisible();
      is(phone, "stopped");
      phone
          .page()
          .route(
              "**/engagement", route -> route.fulfill(new Route.FulfillOptions().setStatus(503)));
      push(phone, "[data-choice=not-them]");
      push(phone, "#confirm");
      assertThat(phone.find("#note")).containsText("No answer");
      is(phone, "not taken");
      phone.page().unroute("**/engagement");
      push(phone, "[data-choice=not-them]");
      push(phone, "#confirm");
      assertThat(phone.find(".stated")).containsText("not them");
      is(phone, "stated");
      push(phone, ".correct");
      assertThat(phone.find(".reason")).isVisible();
      is(phone, "correcting");
      push(phone, "#lock");
      assertThat(phone.find("#over")).isVisible();
      is(phone, "locked");
    }
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void aBrokerThatIsNotHeard() throws Exception {
    board.broker.stop();
    assertThat(first.find("#link-words")).hasText("Broker not heard");
    is(first, "the broker is not heard");
  }
}
