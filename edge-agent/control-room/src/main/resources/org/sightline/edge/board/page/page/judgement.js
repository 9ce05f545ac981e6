// Choosing an outcome and recording it. What is recorded is final, so it takes two steps: the first only chooses. A
// choice belongs to one state of one alert and is dropped when either changes, so that nothing is recorded about
// something that the officer has not seen.

import {byId, setText, show} from "./dom.js";
import {outcomeWord} from "./words.js";

const MEANING = {
  true: "It is the person on the list.",
  false: "It is somebody else.",
  unresolved: "It could not be decided.",
};

export class Judgement {
  #session;
  #recorded;
  #alert = null;
  #choice = null;
  #busy = false;
  #connected = false;
  #trouble = "";

  /** The alert whose outcome the board has taken, until the stream tells what became of it. */
  #taken = null;

  /** Where the keyboard was before something was chosen. */
  #before = null;

  /**
   * @param session {officer, twoPerson, csrf}
   * @param recorded called with the alert's id when an outcome was taken. What became of the alert comes with the
   *     stream alone: an answer can be overtaken by what happens next
   */
  constructor(session, recorded) {
    this.#session = session;
    this.#recorded = recorded;
    for (const button of this.#buttons()) {
      button.addEventListener("click", () => this.choose(button.dataset.outcome));
    }
    byId("record").addEventListener("click", () => this.#record());
    byId("cancel").addEventListener("click", () => this.cancel());
  }

  #buttons() {
    return byId("outcomes").querySelectorAll("button");
  }

  /** The alert that is judged from now on, and whether the board can be reached. */
  render(alert, connected) {
    if (!sameState(this.#alert, alert)) {
      this.#choice = null;
      this.#trouble = "";
      this.#taken = null;
    }
    this.#alert = alert;
    this.#connected = connected;
    this.#draw();
  }

  choose(outcome) {
    if (!this.#alert || !this.#allowed(outcome)) {
      return;
    }
    if (!this.#choice) {
      this.#before = document.activeElement;
    }
    this.#choice = outcome;
    this.#trouble = "";
    this.#draw();
    byId("record").focus();
  }

  /** @returns {boolean} whether there was something to drop */
  cancel() {
    if (!this.#choice || this.#busy) {
      return false;
    }
    this.#choice = null;
    this.#draw();
    (this.#before === document.body ? byId("alert") : this.#before).focus();
    return true;
  }

  #allowed(outcome) {
    const proposal = this.#alert.proposal;
    return this.#connected
      && !this.#busy
      && !this.#taken
      && (this.#alert.readable || outcome === "unresolved")
      && !(proposal?.by === this.#session.officer && proposal.outcome === outcome);
  }

  #draw() {
    const alert = this.#alert;
    if (!alert) {
      return;
    }
    const proposal = alert.proposal;
    const own = proposal?.by === this.#session.officer;
    setText(byId("judgement-title"), !proposal
      ? "Is it the same person?"
      : own
        ? `You said ${outcomeWord(proposal.outcome)} – a second officer must confirm`
        : `Officer ${proposal.by} says ${outcomeWord(proposal.outcome)} – a second officer must confirm`);
    byId("judgement-title").classList.toggle("proposal", Boolean(proposal));
    for (const button of this.#buttons()) {
      const outcome = button.dataset.outcome;
      button.disabled = !this.#allowed(outcome);
      button.setAttribute("aria-pressed", String(this.#choice === outcome));
      button.classList.toggle("proposed", proposal?.outcome === outcome);
      setText(button.querySelector(".outcome-word"), this.#label(outcome, proposal, own));
    }
    show(byId("confirmation"), this.#choice !== null);
    byId("record").disabled = this.#busy;
    setText(byId("record-words"), this.#choice ? this.#verb(this.#choice, proposal, own) : "");
    setText(byId("judgement-hint"), this.#hint(own));
    byId("judgement-hint").classList.toggle("trouble", this.#trouble !== "");
  }

  #label(outcome, proposal, own) {
    const word = outcome[0].toUpperCase() + outcome.slice(1);
    if (!proposal) {
      return word;
    }
    if (own) {
      return proposal.outcome === outcome ? `${word}: your proposal` : `Change to ${outcome}`;
    }
    return proposal.outcome === outcome ? `Confirm ${outcome}` : `Disagree: ${outcome}`;
  }

  #verb(outcome, proposal, own) {
    const word = outcomeWord(outcome);
    if (proposal && !own) {
      return proposal.outcome === outcome ? `Confirm ${word}` : `Disagree: ${word}`;
    }
    return this.#session.twoPerson ? `Propose ${word}` : `Record ${word}`;
  }

  #hint(own) {
    if (!this.#connected) {
      return "Nothing can be recorded while the connection to the board is lost.";
    }
    if (this.#trouble) {
      return this.#trouble;
    }
    if (this.#busy || this.#taken) {
      return "Recording…";
    }
    if (this.#choice) {
      return MEANING[this.#choice];
    }
    if (own) {
      return "You cannot confirm your own proposal.";
    }
    return this.#session.twoPerson
      ? "Two officers must agree. What they agree on is final."
      : "Choose, then record. A recorded outcome is final.";
  }

  async #record() {
    const alert = this.#alert;
    const outcome = this.#choice;
    if (!alert || !outcome || this.#busy) {
      return;
    }
    this.#busy = true;
    this.#trouble = "";
    this.#draw();
    const trouble = await send(alert.id, outcome, this.#session.csrf);
    this.#busy = false;
    if (sameState(this.#alert, alert)) {
      this.#choice = trouble ? outcome : null;
      this.#taken = trouble ? null : alert.id;
      this.#trouble = trouble ?? "";
    }
    this.#draw();
    if (!trouble) {
      this.#recorded(alert.id);
    }
  }
}

function sameState(one, other) {
  return one?.id === other?.id
    && one?.proposal?.outcome === other?.proposal?.outcome
    && one?.proposal?.by === other?.proposal?.by;
}

/** @returns {Promise<string | null>} why it was not taken */
async function send(id, outcome, csrf) {
  let response;
  try {
    response = await fetch(`/api/alerts/${encodeURIComponent(id)}/outcome`, {
      method: "POST",
      headers: {"Content-Type": "application/json", "X-CSRF-Token": csrf},
      body: JSON.stringify({outcome}),
      signal: AbortSignal.timeout(10_000),
    });
  } catch {
    return "Not recorded: the board did not answer. Try again.";
  }
  if (response.ok) {
    return null;
  }
  if (response.status === 401) {
    location.assign("/login");
  }
  const {error} = await response.json().catch(() => ({}));
  switch (error) {
    case "closed":
      return "Not recorded: somebody else closed it first.";
    case "same-officer":
      return "Not recorded: you cannot confirm your own proposal.";
    case "unknown":
      return "Not recorded: the alert is gone.";
    default:
      return `Not recorded: the board refused (${response.status}). Load the page again.`;
  }
}
