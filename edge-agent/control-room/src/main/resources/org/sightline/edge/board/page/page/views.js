// The views of the pass, of which the officer chooses one: it takes the place of the first, which is the best.

import {show} from "./dom.js";

/** Views that an alert can have, as there are keys for them. */
const MOST = 3;

/** How many street pictures an alert has. */
export function viewCount(alert) {
  return alert.readable ? 1 + (alert.moreViews?.length ?? 0) : 0;
}

/** The alert with another view in the place of the best: 0 is the best itself. */
export function inView(alert, view) {
  return view === 0 ? alert : {...alert, probeView: alert.moreViews[view - 1].probeView};
}

/**
 * What the keys 1 to 3 do.
 *
 * @param choose called with 0 to 2
 */
export function viewKeys(choose) {
  return Object.fromEntries(Array.from({length: MOST}, (_, view) => [String(view + 1), () => choose(view)]));
}

/** The buttons of the views; nothing where there is but one. */
export class ViewStrip {
  #strip;
  #said;

  /**
   * @param strip empty
   * @param choose called with the number of a view, from 0
   */
  constructor(strip, choose) {
    this.#strip = strip;
    strip.setAttribute("role", "group");
    strip.setAttribute("aria-label", "Views of this pass");
    strip.appendChild(document.createElement("span")).textContent = "View";
    for (let view = 0; view < MOST; view++) {
      const button = strip.appendChild(document.createElement("button"));
      button.type = "button";
      button.className = "view";
      button.textContent = String(view + 1);
      button.setAttribute("aria-keyshortcuts", String(view + 1));
      button.addEventListener("click", () => choose(view));
    }
    this.#said = strip.appendChild(document.createElement("span"));
    this.#said.className = "unseen";
    this.#said.setAttribute("role", "status");
  }

  /**
   * @param count of views that there are
   * @param chosen from 0
   * @param say whether that it was chosen is to be heard
   */
  render(count, chosen, say) {
    show(this.#strip, count > 1);
    [...this.#strip.querySelectorAll("button")].forEach((button, view) => {
      show(button, view < count);
      button.setAttribute("aria-label", `View ${view + 1} of ${count}${view === 0 ? ", the best" : ""}`);
      button.setAttribute("aria-pressed", String(view === chosen));
    });
    this.#said.textContent = say ? `View ${chosen + 1} of ${count}` : "";
  }
}
