// The alerts on the phone: this officer's own, those that wait for somebody to go, and what is stated.

import {copyOf, KeyedChildren, setText, show} from "./dom.js";
import {deliveryWords, groupChoices, groupOf} from "./statement.js";
import {categoryWords} from "./words.js";

/** What an officer can say, in the order of the buttons; how each is stated. */
const CHOICES = [
  {id: "stopped", words: "Stopped", from: (state) => !state.stopped && !state.correcting},
  {id: "lost", words: "Lost", from: (state) => !state.stopped || state.correcting, statement: {engaged: "lost", result: "unresolved"}},
  {id: "not-them", words: "Not them", statement: {engaged: "stopped", result: "false", action: "no-action"}},
  {id: "arrested", words: "Arrested", statement: {engaged: "stopped", result: "true", action: "arrested"}},
  {id: "no-arrest", words: "It is them, no arrest", statement: {engaged: "stopped", result: "true", action: "no-action"}},
  {id: "unclear", words: "Not found out", statement: {engaged: "stopped", result: "unresolved", action: "other"}},
];

const WORDS = {
  lost: "Lost", "not-attempted": "Nobody went", true: "the listed person", false: "not them", unresolved: "not found out",
  arrested: "arrested", "no-action": "no action", other: "other action",
};

export class Alerts {
  #actions;
  #children;
  #states = new Map();
  #looked = true;

  /** @param actions {take, release, choose, stopped, state} */
  constructor(parent, actions) {
    this.#actions = actions;
    this.#children = new KeyedChildren(parent, (key) => this.#make(key));
  }

  /** Whether somebody sees the page: without that there are no pictures in it. */
  set looked(looked) {
    this.#looked = looked;
    if (!looked) {
      this.#states.forEach((state) => dropPictures(state.element));
    }
  }

  /** All of it leaves the document, pictures first. */
  wipe() {
    this.#states.forEach((state) => dropPictures(state.element));
    this.#states.clear();
    this.#children.arrange([], (alert) => alert.id, () => {});
  }

  show(alerts, now) {
    for (const [key, state] of this.#states) {
      if (!alerts.some((alert) => keyOf(alert) === key)) {
        dropPictures(state.element);
        this.#states.delete(key);
      }
    }
    const sorted = [...alerts].sort((a, b) => placeOf(a) - placeOf(b));
    this.#children.arrange(sorted, keyOf, (element, alert) => this.#update(element, alert, now));
  }

  tick(now) {
    this.#states.forEach((state) => state.tick?.(now));
  }

  #make(key) {
    const mine = key.endsWith("mine");
    const element = copyOf(mine ? "mine" : "waiting");
    const state = {element, stopped: false, correcting: null, minutes: null};
    this.#states.set(key, state);
    if (mine) {
      this.#wire(element, state);
    } else {
      element.querySelector(".take").addEventListener("click", () => this.#actions.choose(
        "You go there: nobody else is shown it.", () => this.#actions.take(state.alert)));
    }
    return element;
  }

  #wire(element, state) {
    for (const choice of CHOICES) {
      const button = element.querySelector(".choices").appendChild(document.createElement("button"));
      button.type = "button";
      button.dataset.choice = choice.id;
      setText(button, choice.words);
      button.addEventListener("click", () => this.#choose(state, choice));
    }
    element.querySelector(".less").addEventListener("click", () => change(state, -1));
    element.querySelector(".more").addEventListener("click", () => change(state, 1));
    element.querySelector(".release").addEventListener("click", () => this.#actions.choose(
      "You do not go there after all.", () => this.#actions.release(state.alert)));
    element.querySelector(".correct").addEventListener("click", () => {
      state.correcting = state.alert.stated.id;
      state.minutes = state.alert.stated.minutes ?? 0;
      render(state);
    });
  }

  #choose(state, choice) {
    const {alert} = state;
    if (!choice.statement) {
      this.#actions.choose("Stopped: the clock starts.", () => this.#actions.stopped(alert));
      return;
    }
    const stopped = choice.statement.engaged === "stopped";
    const statement = {
      ...choice.statement,
      ...(stopped && {minutes: minutesOf(state)}),
      ...textOf(state, "reason"),
      ...textOf(state, "remark", "note"),
      ...(stopped && groupOf(state.element.querySelector(".group select"))),
      ...(state.correcting && {corrects: state.correcting}),
    };
    const words = stopped ? `${choice.words}, ${minutesOf(state)} min` : choice.words;
    this.#actions.choose(words, async () => {
      if (await this.#actions.state(alert, statement)) {
        state.correcting = null;
      }
    });
  }

  #update(element, alert, now) {
    const state = this.#states.get(keyOf(alert));
    state.alert = alert;
    state.bornAt = now - alert.ageMillis;
    if (alert.stated?.id !== state.correcting) {
      state.correcting = null; // It was corrected; what stands now has not been looked at.
    }
    state.stopped = "stoppedMillis" in alert;
    state.stoppedAt = state.stopped ? now - alert.stoppedMillis : null;
    setText(element.querySelector(".where"), `${alert.van} · camera ${alert.camera} · ${alert.place}${alert.exercise ? " · EXERCISE" : ""}`);
    state.tick = (at) => {
      setText(element.querySelector(".age"), `Seen ${duration(at - state.bornAt)} ago`);
      if (alert.mine) {
        renderTime(state, at);
      }
    };
    if (alert.mine) {
      setText(element.querySelector(".who"), whoWords(alert));
      fillGroups(element, alert);
      showResponse(element, alert);
      if (alert.open && alert.subject && this.#looked) {
        putPictures(element, alert);
      } else {
        dropPictures(element);
      }
      render(state);
    }
    state.tick(now);
  }
}

function keyOf(alert) {
  return `${alert.id}-${alert.mine ? "mine" : "waiting"}`;
}

/** Own ones that are open first, then those that wait, then what is stated. */
function placeOf({mine, stated}) {
  return stated ? 2 : mine ? 0 : 1;
}

function whoWords({subject, category, response}) {
  if (!subject) {
    return "Your alert";
  }
  return `${subject} · ${response ? categoryWords({category, response}) : category}`;
}

/** What officers are to do, as the policy has it that was signed with the list; the officer's own only while open. */
function showResponse(element, {response, maybePicture}) {
  show(element.querySelector(".maybe-picture"), Boolean(maybePicture));
  show(element.querySelector(".response"), Boolean(response));
  setText(element.querySelector(".instruction"), response?.instruction ?? "");
  setText(element.querySelector(".contact"), response?.contact ? `Contact: ${response.contact}` : "");
}

function putPictures(element, alert) {
  const place = element.querySelector(".pictures");
  if (place.childElementCount > 0) {
    return;
  }
  const kinds = [["probe", "Seen by the camera"], ...(alert.hasPortrait ? [["portrait", "On the list"]] : [])];
  for (const [kind, words] of kinds) {
    const figure = place.appendChild(document.createElement("figure"));
    const image = figure.appendChild(document.createElement("img"));
    image.alt = words;
    image.src = `/api/street/${alert.id}/${kind}`;
    setText(figure.appendChild(document.createElement("figcaption")), words);
  }
}

function dropPictures(element) {
  const place = element.querySelector(".pictures");
  place?.querySelectorAll("img").forEach((image) => image.removeAttribute("src"));
  place?.replaceChildren();
}

/** Made from scratch when something else was stated, so that no choice of before stays. */
function fillGroups(element, {groups = [], stated}) {
  const label = element.querySelector(".group");
  const select = label.querySelector("select");
  show(label, groups.length > 0);
  if (select.dataset.of !== (stated?.id ?? "")) {
    select.dataset.of = stated?.id ?? "";
    select.replaceChildren(
      ...groupChoices(stated?.groupStated), ...groups.map(({code, label: words}) => new Option(`${code} ${words}`, code)));
  }
}

function render(state) {
  const {element, alert} = state;
  const form = !alert.stated || state.correcting;
  show(element.querySelector(".form"), form);
  show(element.querySelector(".warn"), !alert.stated && alert.open);
  show(element.querySelector(".withdrawn"), Boolean(alert.withdrawn));
  show(element.querySelector(".yielded"), !alert.stated && alert.yielded);
  show(element.querySelector(".past"), !alert.stated && !alert.open && !alert.withdrawn && !alert.yielded);
  show(element.querySelector(".release"), !alert.stated && !state.stopped);
  show(element.querySelector(".stated"), Boolean(alert.stated));
  setText(element.querySelector(".stated"), alert.stated ? statedWords(alert) : "");
  show(element.querySelector(".correct"), Boolean(alert.stated) && !state.correcting);
  show(element.querySelector(".reason"), Boolean(state.correcting));
  for (const choice of CHOICES) {
    show(element.querySelector(`[data-choice="${choice.id}"]`), choice.from?.(state) ?? true);
  }
}

function renderTime(state, at) {
  const timer = state.element.querySelector(".timer");
  const runs = state.stopped && !state.alert.stated;
  show(timer, runs);
  if (runs) {
    state.elapsed = at - state.stoppedAt;
    const seconds = Math.floor(state.elapsed / 1000);
    setText(timer, `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
  }
  setText(state.element.querySelector(".minutes output"), `${minutesOf(state)} min stopped`);
}

/** By the clock, begun minutes counted whole, unless the officer has set them. */
function minutesOf(state) {
  return state.minutes ?? (state.elapsed ? Math.ceil(state.elapsed / 60_000) : 0);
}

function change(state, by) {
  state.minutes = Math.min(1440, Math.max(0, minutesOf(state) + by));
  renderTime(state, performance.now());
}

function textOf(state, field, name = field) {
  const text = state.element.querySelector(`.${field} input`).value.trim();
  return text && !(field === "reason" && !state.correcting) ? {[name]: text} : {};
}

function statedWords({stated, delivery}) {
  const what = stated.engaged === "stopped"
    ? `stopped ${stated.minutes} min, ${WORDS[stated.result]}, ${WORDS[stated.action]}`
    : WORDS[stated.engaged];
  return `Stated: ${what}; ${deliveryWords(delivery)}.`;
}

function duration(millis) {
  const seconds = Math.max(0, Math.round(millis / 1000));
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
