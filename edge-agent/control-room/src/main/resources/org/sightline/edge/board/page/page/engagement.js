// What became of alerts in the street, stated and corrected at the desk. Nothing that was stated is changed: a
// correction follows it, with its reason.

import {byId, copyOf, KeyedChildren, setText, show} from "./dom.js";
import {outcomeWord} from "./words.js";

/** What can be stated, by the value of the choice. */
const STATEMENTS = {
  "not-attempted": {engaged: "not-attempted", result: "unresolved"},
  lost: {engaged: "lost", result: "unresolved"},
  "not-them": {engaged: "stopped", result: "false", action: "no-action"},
  arrested: {engaged: "stopped", result: "true", action: "arrested"},
  "no-arrest": {engaged: "stopped", result: "true", action: "no-action"},
  unclear: {engaged: "stopped", result: "unresolved", action: "other"},
};

const FOUND = {true: "the listed person", false: "somebody else", unresolved: "not found out"};
const ACTIONS = {arrested: "arrested", "no-action": "no action", other: "other action"};

const REFUSED = {
  changed: "It was stated or corrected meanwhile. Look again.",
  "not-theirs": "Another officer has it. A supervisor can correct it.",
  "reason-needed": "A correction needs a reason.",
  "unknown-group": "This group cannot be stated of this alert.",
  "not-judged": "The alert has no outcome yet.",
};

export class Engagement {
  #session;
  #alerts = new Map();
  #engaged = new Map();
  #list = new KeyedChildren(byId("street-list"), (id) => this.#make(id));
  #chosen = null;

  constructor(session) {
    this.#session = session;
    byId("street").addEventListener("click", () => {
      this.#choose(null);
      byId("street-sheet").showModal();
    });
    byId("street-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#state();
    });
    byId("street-choice").addEventListener("change", () => this.#renderForm());
  }

  snapshot({alerts, engaged}) {
    this.#alerts.clear();
    this.#engaged = new Map(engaged.map((each) => [each.id, each]));
    alerts.forEach((alert) => this.alert(alert));
    this.#render();
  }

  alert(alert) {
    if (alert.state === "closed") {
      this.#alerts.set(alert.id, alert);
      this.#render();
    }
  }

  engaged(engaged) {
    this.#engaged.set(engaged.id, engaged);
    this.#render();
  }

  gone(id) {
    this.#alerts.delete(id);
    this.#engaged.delete(id);
    this.#render();
  }

  #render() {
    const alerts = [...this.#alerts.values()].reverse();
    show(byId("street-none"), alerts.length === 0);
    this.#list.arrange(alerts, (alert) => alert.id, (item, alert) => {
      const engaged = this.#engaged.get(alert.id);
      const [what, how, button] = item.children;
      setText(what, `${alert.subject ?? "Not readable"} · ${alert.van} · ${outcomeWord(alert.outcome)}`);
      setText(how, engagedWords(engaged));
      setText(button, engaged?.stated ? "Correct" : "State");
      button.setAttribute("aria-label", `${button.textContent}: ${what.textContent}`);
    });
  }

  #make(id) {
    const item = copyOf("street-entry");
    item.lastElementChild.addEventListener("click", () => this.#choose(id));
    return item;
  }

  #choose(id) {
    this.#chosen = id;
    byId("street-form").reset();
    setText(byId("street-trouble"), "");
    show(byId("street-form"), id !== null);
    if (id === null) {
      return;
    }
    const groups = this.#alerts.get(id).groups ?? [];
    byId("street-group").replaceChildren(
      new Option("Not stated", ""), ...groups.map(({code, label}) => new Option(`${code} ${label}`, code)));
    byId("street-minutes").value = this.#engaged.get(id)?.stated?.minutes ?? 0;
    this.#renderForm();
    byId("street-choice").focus();
  }

  #renderForm() {
    const stopped = STATEMENTS[byId("street-choice").value].engaged === "stopped";
    show(byId("street-minutes-box"), stopped);
    show(byId("street-group-box"), stopped && byId("street-group").options.length > 1);
    const stated = this.#engaged.get(this.#chosen)?.stated;
    byId("street-reason").required = Boolean(stated);
    setText(byId("street-record"), stated ? "Record the correction" : "Record");
  }

  async #state() {
    const id = this.#chosen;
    const stated = this.#engaged.get(id)?.stated;
    const statement = STATEMENTS[byId("street-choice").value];
    const stopped = statement.engaged === "stopped";
    const answer = await fetch(`/api/alerts/${id}/engagement`, {
      method: "POST",
      headers: {"Content-Type": "application/json", "X-CSRF-Token": this.#session.csrf},
      body: JSON.stringify({
        ...statement,
        ...(stopped && {minutes: byId("street-minutes").valueAsNumber}),
        ...(stopped && filled("group")),
        ...filled("reason"),
        ...filled("note"),
        ...(stated && {corrects: stated.id}),
      }),
      signal: AbortSignal.timeout(10_000),
    }).catch(() => null);
    if (answer?.ok) {
      this.#choose(null);
    } else {
      const word = (await answer?.json().catch(() => null))?.error;
      setText(byId("street-trouble"), REFUSED[word] ?? "Not recorded. Try again.");
    }
  }
}

function filled(name) {
  const value = byId(`street-${name}`).value.trim();
  return value ? {[name]: value} : {};
}

function engagedWords(engaged) {
  const stated = engaged?.stated;
  if (!stated) {
    return engaged?.takenBy ? `Officer ${engaged.takenBy} goes there` : "Nothing stated yet";
  }
  const corrected = engaged.corrections > 0 ? `, corrected ${engaged.corrections} ×` : "";
  const how = {
    lost: "lost",
    "not-attempted": "nobody went",
    stopped: `stopped ${stated.minutes} min, ${FOUND[stated.result]}, ${ACTIONS[stated.action]}`,
  }[stated.engaged];
  const delivery = {
    waiting: "waits for the broker", sent: "not confirmed by the van", recorded: "in the van's record",
  }[engaged.delivery] ?? `not recorded by the van (${engaged.delivery})`;
  return `${how}, by officer ${stated.by}${corrected}; ${delivery}`;
}
