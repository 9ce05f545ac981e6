// An auditor's page: who did what at this board, whether the log is whole, figures and copies. Nothing is asked for by
// itself but the newest records at first, for whatever is read here is in the log.

import {byId, canLogOut, setText, show} from "./page/dom.js";
import {figuresOf} from "./page/figures.js";

const NOT_RECORDED = "The board could not record this in its log, so it was not done. See its program log.";

class Log {
  #csrf = "";
  #oldest = null;

  constructor() {
    byId("verify").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#verify();
    });
    byId("figures-load").addEventListener("click", () => this.#figures());
    byId("newest").addEventListener("click", () => this.#read("newest"));
    byId("older").addEventListener("click", () => this.#read(this.#oldest));
    this.#read("newest");
  }

  async #read(before) {
    const read = await this.#ask(`/api/log/records/${before}`);
    if (!read) {
      return;
    }
    this.#csrf = read.csrf;
    canLogOut(read.csrf);
    byId("verify").querySelector("button").disabled = false;
    setText(byId("officer"), `Auditor ${read.officer}`);
    if (before === "newest") {
      byId("records").replaceChildren();
      setText(byId("verified"), verifiedWords(read.verified));
    }
    byId("records").append(...read.records.map(rowOf));
    this.#oldest = read.records.at(-1)?.sequence ?? this.#oldest;
    show(byId("older"), this.#oldest > 1 && read.records.length > 0);
  }

  async #verify() {
    const heads = byId("heads").value.split("\n").map((line) => line.trim()).filter(Boolean);
    setText(byId("verify-trouble"), "");
    setText(byId("verified"), "Verifying…");
    const verdict = await this.#ask("/api/log/verify", {
      method: "POST",
      headers: {"Content-Type": "application/json", "X-CSRF-Token": this.#csrf},
      body: JSON.stringify({heads}),
    });
    setText(byId("verified"), verdict ? `${verdict.at}: ${verdict.line}.` : "Not verified.");
    byId("verified").dataset.state = verdict ? verdict.intact ? "intact" : "broken" : "";
  }

  async #figures() {
    const figures = await this.#ask("/api/figures");
    if (figures) {
      byId("figures").replaceChildren(
        ...figuresOf("All live deployments", figures.live),
        ...figuresOf("Exercises", figures.exercise),
        ...Object.entries(figures.deployments).flatMap(([id, counts]) => figuresOf(`Deployment ${id}`, counts)),
      );
    }
  }

  /** What the board answers; null, and said on the page, if it does not. */
  async #ask(path, options = {}) {
    const answer = await fetch(path, {cache: "no-store", redirect: "manual", ...options}).catch(() => null);
    if (answer?.ok) {
      setText(byId("note"), "");
      return answer.json();
    }
    if (answer?.status === 401 || answer?.status === 403 || answer?.type === "opaqueredirect") {
      location.assign("/login");
    } else if (answer?.status === 400) {
      setText(byId("verify-trouble"), "A head is NUMBER:HASH, with 64 hexadecimal digits.");
    } else {
      setText(byId("note"), answer?.status === 503 ? NOT_RECORDED : "The board did not answer. Try again.");
    }
    return null;
  }
}

/** @param record of the last verification; undefined if there was none */
function verifiedWords(record) {
  if (!record) {
    return "It was never verified here.";
  }
  const {head, verdict} = record.details;
  const what = verdict === "intact" ? `intact up to record ${head.split(":")[0]} (head ${head})` : "NOT INTACT";
  return `Last verified ${record.at} by ${officerOf(record)}: ${what}. Verify it again to see where it stands now.`;
}

function officerOf({actor}) {
  return actor.replace(/^officer:/, "");
}

function rowOf(record) {
  const row = document.createElement("tr");
  const details = Object.entries(record.details ?? {}).map(([name, value]) => `${name} ${value}`).join(", ");
  for (const text of [record.sequence, record.at, officerOf(record), record.event, details]) {
    row.insertCell().textContent = String(text);
  }
  return row;
}

new Log();
