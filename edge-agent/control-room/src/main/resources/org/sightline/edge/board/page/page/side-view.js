// Vans and what was closed lately.

import {byId, copyOf, KeyedChildren, setText, show} from "./dom.js";
import {isPaused, pauseWords} from "./pause-words.js";
import {deliveryWords, duration, inTrouble, judges, lateWords, outcomeWord, subjectWords, vanRemarks, vanStateWords} from "./words.js";
import {storedWords} from "./stored-words.js";
import {vanTestWords} from "./van-tests.js";

const STATES = ["online", "paused", "unknown", "silent", "offline"];

/** A van that is paused is heard, and does not count with those that see. */
function standing(van) {
  return isPaused(van) ? "paused" : van.state;
}

export class SideView {
  #vans;
  #closed = new KeyedChildren(byId("closed"), () => copyOf("closed-entry"));

  /**
   * @param acknowledge called with the van whose log an officer has looked into
   */
  constructor(acknowledge) {
    this.#vans = new KeyedChildren(byId("vans"), (van) => {
      const item = copyOf("van");
      const button = item.lastElementChild;
      button.setAttribute("aria-label", `Acknowledge the audit log of ${van}`);
      button.addEventListener("click", () => acknowledge(van));
      return item;
    });
  }

  /** How many judged alerts the board has stored and shows no more. */
  stored(numbers) {
    const words = storedWords(numbers);
    setText(byId("stored"), words.join(" "));
    show(byId("stored"), words.length > 0);
  }

  /** @param deaf why nothing is heard of any van now; empty if they can be */
  renderVans(vans, now, deaf) {
    this.#vans.arrange(vans, (van) => van.van, (item, van) => {
      const [name, state, more, acknowledge] = item.children;
      const remarks = [...vanRemarks(van, now), vanTestWords(van, now)].filter(Boolean);
      item.dataset.state = deaf && van.state === "online" ? "unknown" : standing(van);
      item.classList.toggle("troubled", inTrouble(van));
      setText(name, van.van);
      setText(state, isPaused(van)
        ? pauseWords(van.paused, now - van.pausedAt)
        : vanStateWords(van.state, van.sinceAt === null ? null : now - van.sinceAt, deaf));
      setText(more, remarks.join(". "));
      show(more, remarks.length > 0);
      show(acknowledge, Boolean(van.log));
    });
    const totals = STATES.map((state) => [vans.filter((van) => standing(van) === state).length, state]);
    const summary = totals.filter(([number]) => number > 0).map(([number, state]) => `${number} ${state}`).join(", ") || "none heard yet";
    setText(byId("vans-summary"), deaf ? `As last heard: ${summary}` : summary);
  }

  renderClosed(entries, now) {
    show(byId("no-closed"), entries.length === 0);
    show(byId("closed"), entries.length > 0);
    this.#closed.arrange(entries, (entry) => entry.id, (item, entry) => {
      const [outcome, what, who] = item.children;
      const ago = `${duration(now - entry.closedAt)} ago`;
      item.dataset.outcome = entry.outcome ?? "expired";
      if (entry.state === "expired") {
        setText(outcome, "EXPIRED");
        setText(what, `An alert of ${entry.van}`);
        setText(who, `${ago}. Pictures deleted on schedule`);
        return;
      }
      setText(outcome, outcomeWord(entry.outcome));
      setText(what, `${subjectWords(entry)} · ${entry.van}`);
      const delivery = deliveryWords(entry, now);
      item.dataset.delivery = delivery.kind;
      setText(who, [`${ago}, ${judges(entry.by, entry.confirmedBy, entry.between)}`, delivery.text, ...lateWords(entry)].join(". "));
    });
  }
}
