// Choosing an outcome and recording it. What is recorded is final, so it takes two steps: the first only chooses. A
// choice belongs to one state of one alert and is dropped when either changes, and there is none before both pictures
// have been drawn, so that nothing is recorded about something that the officer has not seen.

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
  #missed;
  #alert = null;
  #choice = null;
  #busy = false;
  #hold = {connected: false, seen: "waiting", settling: false, claimedBy: ""};
  #trouble = "";

  /** The alert whose outcome the board has taken, until the stream tells what became of it. */
  #taken = null;

  /** Where the keyboard was before something was chosen. */
  #before = null;

  /**
   * @param session {officer, twoPerson, supervisor, csrf}
   * @param recorded called with the alert's id when an outcome was taken. What became of the alert comes with the
   *     stream alone: an answer can be overtaken by what happens next
   * @param missed called with the alert's id, the outcome and "chosen" or "refused" when what this officer chose or
   *     recorded came too late
   */
  constructor(session, recorded, missed) {
    this.#session = session;
    this.#recorded = recorded;
    this.#missed = missed;
    for (const button of this.#buttons()) {
      button.addEventListener("click", () => this.choose(button.dataset.outcome));
    }
    byId("record").addEventListener("click", () => this.#record());
    byId("cancel").addEventListener("click", () => this.cancel());
  }

  #buttons() {
    return byId("outcomes").querySelectorAll("button");
  }

  /**
   * The alert that is judged from now on.
   *
   * @param hold what may keep hands off: {connected, seen, settling, claimedBy}; seen as of {@link DetailView}, claimedBy
   *     another officer
   */
  render(alert, hold) {
    if (!sameState(this.#alert, alert)) {
      this.#choice = null;
      this.#trouble = "";
      this.#taken = null;
    }
    this.#alert = alert;
    this.#hold = hold;
    this.#draw();
  }

  /** Whether this officer has recorded an outcome of an alert, and the stream has not told what became of it. */
  awaits(id) {
    return id === this.#taken || this.#busy && id === this.#alert?.id;
  }

  /** The alert is over: what was chosen and not recorded was in vain. */
  over(id) {
    if (this.#choice && !this.#busy && this.#alert?.id === id) {
      this.#missed(id, this.#choice, "chosen");
    }
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
    return this.#mayRecord(outcome)
      && !this.#taken
      && (this.#alert.readable || outcome === "unresolved")
      && !(this.#alert.withdrawn && outcome === "true")
      && (!this.#alert.dispute || this.#decides())
      && !(proposal?.by === this.#session.officer && proposal.outcome === outcome);
  }

  /** Whether this officer may decide where two disagree. */
  #decides() {
    const {dispute, late} = this.#alert;
    return this.#session.supervisor && ![...dispute, ...late].some(({by}) => by === this.#session.officer);
  }

  #mayRecord(outcome) {
    const {connected, seen, settling, claimedBy} = this.#hold;
    return connected && !settling && !claimedBy && !this.#busy && (seen === "seen" || seen === "failed" && outcome === "unresolved");
  }

  #draw() {
    const alert = this.#alert;
    if (!alert) {
      return;
    }
    const proposal = alert.proposal;
    const own = proposal?.by === this.#session.officer;
    setText(byId("judgement-title"), this.#title(alert, own));
    byId("judgement-title").classList.toggle("proposal", Boolean(proposal));
    for (const button of this.#buttons()) {
      const outcome = button.dataset.outcome;
      button.disabled = !this.#allowed(outcome);
      button.setAttribute("aria-pressed", String(this.#choice === outcome));
      button.classList.toggle("proposed", proposal?.outcome === outcome);
      setText(button.querySelector(".outcome-word"), this.#label(outcome, proposal, own));
    }
    show(byId("confirmation"), this.#choice !== null);
    byId("record").disabled = !this.#choice || !this.#mayRecord(this.#choice);
    setText(byId("record-words"), this.#choice ? this.#verb(this.#choice, proposal, own) : "");
    setText(byId("judgement-hint"), this.#hint(own));
    byId("judgement-hint").classList.toggle("trouble", this.#trouble !== "");
  }

  #title({proposal, dispute}, own) {
    if (dispute) {
      return this.#decides() ? "Two officers disagree: decide" : "Two officers disagree: a supervisor decides";
    }
    if (!proposal) {
      return "Is it the same person?";
    }
    return own
      ? `You said ${outcomeWord(proposal.outcome)} – a second officer must judge`
      : `Officer ${proposal.by} has judged – judge it on your own`;
  }

  #label(outcome, proposal, own) {
    const word = outcome[0].toUpperCase() + outcome.slice(1);
    if (!own) {
      return word;
    }
    return proposal.outcome === outcome ? `${word}: your proposal` : `Change to ${outcome}`;
  }

  #verb(outcome, proposal, own) {
    const word = outcomeWord(outcome);
    if (this.#alert.dispute) {
      return `Decide ${word}`;
    }
    return this.#needsTwo() && (!proposal || own) ? `Propose ${word}` : `Record ${word}`;
  }

  #needsTwo() {
    return this.#session.twoPerson || this.#alert.twoOfficers;
  }

  #hint(own) {
    if (!this.#hold.connected) {
      return "Nothing can be recorded while the connection to the board is lost.";
    }
    if (this.#hold.seen === "failed") {
      return "A picture could not be loaded. Load the page again, or record unresolved.";
    }
    if (this.#hold.seen === "waiting") {
      return "Wait: the pictures are not there yet.";
    }
    if (this.#hold.claimedBy) {
      return `Officer ${this.#hold.claimedBy} has claimed it: take it over to judge it yourself.`;
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
    if (this.#alert.dispute) {
      return this.#decides() ? "What you decide is final." : "Another officer, who is a supervisor, has to decide.";
    }
    if (this.#alert.proposal) {
      return "You see what the other officer found once you have judged.";
    }
    return this.#needsTwo()
      ? "Two officers must agree. What they agree on is final."
      : "Choose, then record. A recorded outcome is final.";
  }

  async #record() {
    const alert = this.#alert;
    const outcome = this.#choice;
    if (!alert || !outcome || !this.#mayRecord(outcome)) {
      return;
    }
    this.#busy = true;
    this.#trouble = "";
    this.#draw();
    const {trouble, over} = await send(alert.id, outcome, this.#session.csrf);
    this.#busy = false;
    if (over) {
      this.#missed(alert.id, outcome, "refused");
    }
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
    && one?.withdrawn === other?.withdrawn
    && Boolean(one?.dispute) === Boolean(other?.dispute)
    && one?.proposal?.outcome === other?.proposal?.outcome
    && one?.proposal?.by === other?.proposal?.by;
}

/** @returns {Promise<{trouble: ?string, over: boolean}>} why it was not taken, and whether it never can be */
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
    return {trouble: "Not recorded: the board did not answer. Try again.", over: false};
  }
  if (response.ok) {
    return {trouble: null, over: false};
  }
  if (response.status === 401 || response.status === 423) {
    return {trouble: "Not recorded: log in again, then record it.", over: false};
  }
  const {error} = await response.json().catch(() => ({}));
  switch (error) {
    case "closed":
      return {trouble: "Not recorded: another officer was first.", over: true};
    case "claimed":
      return {trouble: "Not recorded: another officer has claimed it.", over: false};
    case "same-officer":
      return {trouble: "Not recorded: you cannot confirm your own proposal.", over: false};
    case "withdrawn":
      return {trouble: "Not recorded: an authority has taken the person off the list. It is false or unresolved.", over: false};
    case "disputed":
      return {trouble: "Not recorded: two officers disagree, and a supervisor decides.", over: false};
    case "unknown":
      return {trouble: "Not recorded: the alert is gone.", over: true};
    default:
      return {trouble: `Not recorded: the board refused (${response.status}). Load the page again.`, over: false};
  }
}
