// How the shift has gone: how long alerts waited, and what they were found to be.

import {byId, setText} from "./dom.js";
import {outcomeRows, rowsOf, waitRows} from "./figures.js";
import {storedWords} from "./stored-words.js";

const AGAIN_MILLIS = 5_000;

export class ShiftView {
  #sheet = byId("shift-sheet");
  #again = 0;

  constructor() {
    byId("shift").addEventListener("click", () => this.#open());
    this.#sheet.addEventListener("close", () => clearInterval(this.#again));
  }

  async #open() {
    this.#sheet.showModal();
    this.#again = setInterval(() => this.#load(), AGAIN_MILLIS);
    await this.#load();
  }

  async #load() {
    const answer = await fetch("/api/shift", {signal: AbortSignal.timeout(10_000)}).catch(() => null);
    if (!answer?.ok) {
      setText(byId("shift-words"), "The board did not answer: these figures may be out of date.");
      return;
    }
    const {hours, alerts, waits, outcomes, stored} = await answer.json();
    setText(byId("shift-words"), [`The last ${hours} hours: ${alerts} alerts that are still known here.`, ...storedWords(stored)].join(" "));
    byId("shift-waits").replaceChildren(...rowsOf(waitRows(waits)));
    byId("shift-outcomes").replaceChildren(...rowsOf(outcomeRows(outcomes)));
  }
}
