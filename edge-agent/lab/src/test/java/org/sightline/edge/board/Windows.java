package org.sightline.edge.board;

import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.sightline.edge.testing.Endurance;

/**
 * Looks at a state of a page as it is in each kind of window: in an ordinary run in one of them, in
 * turn. Held in it: what axe-core finds of the Web Content Accessibility Guidelines 2.2, level AA,
 * that nothing scrolls sideways, and that the two faces are side by side, large and free; and
 * whatever the window, that the Tab key leads to everything that can be used and shows where it is.
 */
final class Windows {
  /** Rows of a long list are alike, and those that are new stand first. */
  private static final String ROWS_BEYOND =
      "#rows > li:nth-child(n+%d)".formatted(Endurance.times(5, 10));

  /** Where the Tab key stops besides, once round: the page itself, and what it can scroll. */
  private static final int OTHER_STOPS = 8;

  /** What the Tab key has to lead to: in an open dialog that alone. Keeps what is reached. */
  private static final String USABLE =
      """
      () => {
        // Ages run on.
        const words = (e) => e.textContent.replace(/[\\s\\d]+/g, " ").trim().slice(0, 40);
        const nameOf = (e) => e.id || `${e.localName}.${e.className} ${words(e)}`;
        const isShown = (e) => {
          const {outlineStyle, outlineWidth, boxShadow} = getComputedStyle(e);
          return outlineStyle !== "none" && outlineWidth !== "0px" || boxShadow !== "none";
        };
        if (!window.reached) {
          document.addEventListener("focusin", ({target}) => reached.push([nameOf(target), isShown(target)]));
        }
        window.reached = [];
        const scope = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document;
        return [...scope.querySelectorAll("a[href], button, input, select, textarea, [tabindex]")]
          .filter((e) => e.tabIndex >= 0 && !e.disabled && e.type !== "hidden"
            && e.checkVisibility({visibilityProperty: true}))
          .map(nameOf);
      }
      """;

  /**
   * What is wrong with the two faces of an alert, if they are before somebody: nothing if empty.
   */
  private static final String FACES =
      """
      () => {
        const [seen, listed] = ["probe", "portrait"].map((id) => document.getElementById(id));
        if (!seen?.checkVisibility() || document.querySelector("dialog[open]")) {
          return "";
        }
        const [left, right, words] = [seen, listed, document.getElementById("views")]
          .map((element) => element.getBoundingClientRect());
        if (left.top !== right.top) {
          return "the faces do not begin at the same height";
        }
        if (Math.max(left.bottom, right.bottom) > words.top) {
          return "a face lies on the words below it";
        }
        return left.width < 140 ? `the faces are ${left.width} px wide` : "";
      }
      """;

  private enum Window {
    LIGHT(1440, 900, ColorScheme.LIGHT, ForcedColors.NONE),
    DARK(1440, 900, ColorScheme.DARK, ForcedColors.NONE),
    SYSTEM_COLOURS(1440, 900, ColorScheme.LIGHT, ForcedColors.ACTIVE),
    TWICE_THE_SIZE(720, 450, ColorScheme.LIGHT, ForcedColors.NONE),
    PHONE(390, 844, ColorScheme.DARK, ForcedColors.NONE);

    private final int width;
    private final int height;
    private final ColorScheme scheme;
    private final ForcedColors forced;

    Window(int width, int height, ColorScheme scheme, ForcedColors forced) {
      this.width = width;
      this.height = height;
      this.scheme = scheme;
      this.forced = forced;
    }

    /** Those in which a state is looked at. */
    private static List<Window> due(int turn) {
      return Endurance.either(List.of(values()[turn % values().length]), List.of(values()));
    }

    private void open(Seat seat) {
      seat.page().setViewportSize(width, height);
      seat.page()
          .emulateMedia(
              new EmulateMediaOptions()
                  .setColorScheme(scheme)
                  .setForcedColors(forced)
                  .setReducedMotion(ReducedMotion.REDUCE));
    }
  }

  /** How many states have been looked at: one after the other, by one class. */
  private static int looked;

  /** What the Tab key has been through, in this order, and led to: it need not again. */
  private static final Set<List<?>> REACHED = new HashSet<>();

  private Windows() {}

  /** What stands in somebody's way, in whichever window; it ends in the first of them. */
  static List<String> barriers(Seat seat) {
    List<String> barriers = new ArrayList<>(unreached(seat));
    for (Window window : Window.due(looked)) {
      window.open(seat);
      Chromium.barriers(seat.page(), ROWS_BEYOND)
          .forEach(barrier -> barriers.add(window + ": " + barrier));
      Object wide = seat.page().evaluate("() => document.scrollingElement.scrollWidth");
      if (((Number) wide).intValue() > window.width) {
        barriers.add(window + ": scrolls sideways, " + wide + " px");
      }
      String faces = (String) seat.page().evaluate(FACES);
      if (!faces.isEmpty()) {
        barriers.add(window + ": " + faces);
      }
    }
    looked++;
    Window.LIGHT.open(seat);
    return barriers;
  }

  /** What the Tab key does not lead to, or does not show; the focus is where it was afterwards. */
  private static List<String> unreached(Seat seat) {
    JSHandle before = seat.page().evaluateHandle("() => document.activeElement");
    List<?> stops = seat.list(USABLE);
    if (REACHED.contains(stops)) {
      return List.of();
    }
    Set<String> usable = new LinkedHashSet<>();
    stops.forEach(name -> usable.add((String) name));
    for (int i = 0; i < usable.size() + OTHER_STOPS; i++) {
      seat.page().keyboard().press("Tab");
    }
    Set<String> barriers = new LinkedHashSet<>();
    for (Object each : seat.list("() => reached")) {
      List<?> reached = (List<?>) each;
      usable.remove((String) reached.get(0));
      if (reached.get(1).equals(false)) {
        barriers.add("the focus is not shown at " + reached.get(0));
      }
    }
    usable.forEach(name -> barriers.add("not reached by Tab: " + name));
    before.evaluate("(element) => element.focus()");
    if (barriers.isEmpty()) {
      REACHED.add(stops);
    }
    return List.copyOf(barriers);
  }
}
