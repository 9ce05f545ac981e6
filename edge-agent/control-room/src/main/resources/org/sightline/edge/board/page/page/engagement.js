// What became of alerts in the street, stated and corrected at the desk. Nothing that was stated is changed: a
// correction follows it, with its reason.

import {byId, copyOf, KeyedChildren, setText, show} from "./dom.js";
import {deliveryWords, groupChoices, groupOf, troubleWords} from "./statement.js";
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
  /** The statement that the officer saw when the form was opened; null if there was none. */
  #corrects = null;

  constructor(session) {
    this.#session = session;
    byId("street").addEventListener("click", () => {
      this.#choose(null);
      setText(byId("street-done"), "");
      byId("street-sheet").showModal();
    });
    byId("street-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#state();
    });
    byId("street-choice").addEventListener("change", () => this.#renderForm());
  }

  snapshot({alerts, engaged}) {
    this.#alerts = new Map(alerts.filter(({state}) => state === "closed").map((alert) => [alert.id, alert]));
    this.#engaged = new Map(engaged.map((each) => [each.id, each]));
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
    const stated = this.#engaged.get(id)?.stated;
    this.#corrects = stated?.id ?? null;
    const groups = this.#alerts.get(id).groups ?? [];
    byId("street-group").replaceChildren(
      ...groupChoices(stated?.groupStated), ...groups.map(({code, label}) => new Option(`${code} ${label}`, code)));
    byId("street-choice").value = stated ? choiceOf(stated) : "";
    byId("street-minutes").value = stated?.minutes ?? "";
    byId("street-reason").required = Boolean(stated);
    setText(byId("street-record"), stated ? "State the correction" : "State");
    this.#renderForm();
    byId("street-choice").focus();
  }

  #renderForm() {
    const stopped = STATEMENTS[byId("street-choice").value]?.engaged === "stopped";
    show(byId("street-minutes-box"), stopped);
    byId("street-minutes").disabled = !stopped;
    show(byId("street-group-box"), stopped && byId("street-group").options.length > 1);
  }

  async #state() {
    const id = this.#chosen;
    const statement = STATEMENTS[byId("street-choice").value];
    const stopped = statement.engaged === "stopped";
    const answer = await fetch(`/api/alerts/${id}/engagement`, {
      method: "POST",
      headers: {"Content-Type": "application/json", "X-CSRF-Token": this.#session.csrf},
      body: JSON.stringify({
        ...statement,
        ...(stopped && {minutes: byId("street-minutes").valueAsNumber}),
        ...(stopped && groupOf(byId("street-group"))),
        ...filled("reason"),
        ...filled("note"),
        ...(this.#corrects && {corrects: this.#corrects}),
      }),
      signal: AbortSignal.timeout(10_000),
    }).catch(() => null);
    if (answer?.ok) {
      this.#choose(null);
      this.#list.element(id)?.lastElementChild.focus();
      setText(byId("street-done"), "Stated. The list says when it is in the van’s record.");
    } else {
      setText(byId("street-trouble"), await troubleWords(answer, REFUSED));
    }
  }
}

/** The choice that states the same; empty if there is none. */
function choiceOf({engaged, result, action}) {
  const same = Object.entries(STATEMENTS).find(
    ([, each]) => each.engaged === engaged && each.result === result && each.action === action);
  return same?.[0] ?? "";
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
  return `${how}, by officer ${stated.by}${corrected}; ${deliveryWords(engaged.delivery)}`;
}
