// What a shift leaves to the next: how things stand now, or the sheet that was written, for the screen and for paper.

import {byId, setText, show} from "./page/dom.js";
import {sheetOf} from "./page/hand-over-sheet.js";

const REFUSED = {
  changed: "Another sheet was written meanwhile, or the shift was taken over. Look again.",
  "same-officer": "You wrote this sheet: another officer takes it over, under their own login.",
  "not-recorded": "The board could not record this in its log, so it was not done. See its program log.",
};

class HandOver {
  #shown = {};
  #written = true;

  constructor() {
    byId("write").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#post("/api/hand-over/written", {notes: byId("notes").value});
    });
    byId("take").addEventListener("click", () => this.#post("/api/hand-over/taken", {digest: this.#shown.written.digest}));
    byId("print").addEventListener("click", () => print());
    byId("show-written").addEventListener("click", () => this.#turn(true));
    byId("show-now").addEventListener("click", () => this.#turn(false));
    this.#load();
  }

  #turn(written) {
    this.#written = written;
    this.#load();
  }

  async #load() {
    const answer = await fetch("/api/hand-over", {cache: "no-store", redirect: "manual"}).catch(() => null);
    if (answer?.status === 401 || answer?.type === "opaqueredirect") {
      location.assign("/login");
    } else if (answer?.ok) {
      this.#shown = await answer.json();
      this.#draw();
    } else {
      setText(byId("note"), answer?.status === 423
        ? "Your desk is locked: log in again at the board."
        : "The board did not answer: what is shown may be out of date.");
    }
  }

  #draw() {
    const {officer, now, written} = this.#shown;
    const last = this.#written && written;
    const sheet = last ? written.sheet : now;
    setText(byId("officer"), `Officer ${officer}`);
    setText(byId("board"), sheet.board);
    setText(byId("standing"), last ? standingOf(written) : `As it stands at ${now.at}. Not written for the next shift yet.`);
    show(byId("show-written"), !last && Boolean(written));
    show(byId("show-now"), Boolean(last));
    show(byId("copy"), Boolean(last));
    show(byId("take"), Boolean(last) && !written.takenBy && sheet.by !== officer);
    show(byId("write"), !last);
    byId("sheet").replaceChildren(...sheetOf(sheet));
  }

  async #post(path, body) {
    const answer = await fetch(path, {
      method: "POST",
      headers: {"Content-Type": "application/json", "X-CSRF-Token": this.#shown.csrf},
      body: JSON.stringify(body),
    }).catch(() => null);
    const {error} = answer && !answer.ok ? await answer.json().catch(() => ({})) : {};
    setText(byId("note"), answer?.ok ? "" : REFUSED[error] ?? (answer?.status === 400
      ? "Not written: notes are lines of text, of at most 1000 characters."
      : "The board did not take it. Try again."));
    if (answer?.ok) {
      this.#written = true;
    }
    await this.#load();
  }
}

function standingOf({sheet, digest, takenBy, takenAt}) {
  const taken = takenBy ? `Taken over by officer ${takenBy} at ${takenAt}.` : "Nobody has taken it over yet.";
  return `Written by officer ${sheet.by} at ${sheet.at}. ${taken} SHA-256 ${digest}.`;
}

new HandOver();
