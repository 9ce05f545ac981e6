// How the shift has gone: how long alerts waited, and what they were found to be.

import {byId, setText} from "./dom.js";
import {duration, outcomeWord} from "./words.js";

const AGAIN_MILLIS = 5_000;
const WAITS = {seen: "Looked at", claimed: "Claimed", judged: "Judged"};

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
    const {hours, alerts, waits, outcomes} = await answer.json();
    setText(byId("shift-words"), `The last ${hours} hours: ${alerts} alerts that are still known here.`);
    fill(byId("shift-waits"), Object.entries(waits).map(([what, {count, medianMillis, p95Millis}]) =>
      [WAITS[what], String(count), seconds(medianMillis), seconds(p95Millis)]));
    fill(byId("shift-outcomes"), outcomes.map(({outcome, count, of, lower95, upper95}) =>
      [outcomeWord(outcome), `${count} of ${of}`, of > 0 ? `${percent(lower95)} to ${percent(upper95)}` : "–"]));
  }
}

function seconds(millis) {
  return millis === undefined ? "–" : duration(millis);
}

function percent(share) {
  return `${Math.round(100 * share)} %`;
}

function fill(body, rows) {
  body.replaceChildren(...rows.map(([head, ...cells]) => {
    const row = document.createElement("tr");
    const title = row.appendChild(document.createElement("th"));
    title.scope = "row";
    title.textContent = head;
    cells.forEach((cell) => (row.insertCell().textContent = cell));
    return row;
  }));
}
