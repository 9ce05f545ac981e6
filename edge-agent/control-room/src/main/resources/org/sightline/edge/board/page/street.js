// The phone page of an officer in the street. Pictures are in this document alone, for as long as the session lasts,
// somebody looks, and the alert is theirs; nothing is kept by the browser.

import {Alerts} from "./page/street-alerts.js";
import {byId, canLogOut, setText, show} from "./page/dom.js";
import {troubleWords} from "./page/statement.js";

const POLL_MILLIS = 2_000;

/** So long without a touch, and the phone may lie somewhere. */
const UNTOUCHED_MILLIS = 3 * 60_000;

/** So long without the board nobody knows whether the session has ended. */
const UNHEARD_MILLIS = 30_000;

const LOCK_AGAIN_MILLIS = 2_000;

/** By these the board says that the phone is locked, or that its session is over. */
const LOCKED = [204, 401, 423];

const REFUSED = {
  taken: "Another officer goes there, or nobody may any more.",
  changed: "It was corrected meanwhile. Look again.",
  "not-theirs": "Another officer stated that. A supervisor can correct it.",
  "reason-needed": "A correction needs a reason.",
  "unknown-group": "No group can be stated of this alert.",
};

class Street {
  #csrf = "";
  #over = false;
  #touchedAt = performance.now();
  #heardAt = performance.now();
  #pending = null;
  #before = null;
  #known = new Set();
  #alerts = new Alerts(byId("alerts"), {
    take: (alert) => this.#post(`/api/street/${alert.id}/take`),
    release: (alert) => this.#post(`/api/street/${alert.id}/release`),
    choose: (words, act) => this.#ask(words, act),
    stopped: (alert) => this.#post(`/api/street/${alert.id}/stopped`),
    state: (alert, statement) => this.#post(`/api/street/${alert.id}/engagement`, statement),
  });

  constructor() {
    byId("confirm").addEventListener("click", () => this.#confirm());
    byId("back").addEventListener("click", () => this.#ask(null));
    byId("lock").addEventListener("click", () => this.#lock());
    byId("logout").addEventListener("submit", () => this.#alerts.wipe());
    document.addEventListener("visibilitychange", () => {
      this.#alerts.looked = !document.hidden;
      if (!document.hidden) {
        this.#poll();
      }
    });
    addEventListener("pagehide", () => this.#alerts.wipe());
    addEventListener("pageshow", ({persisted}) => persisted && location.reload());
    addEventListener("keydown", ({key}) => key === "Escape" && this.#ask(null));
    for (const touch of ["pointerdown", "keydown"]) {
      addEventListener(touch, () => { this.#touchedAt = performance.now(); }, {capture: true, passive: true});
    }
    setInterval(() => this.#tick(), 500);
    setInterval(() => this.#poll(), POLL_MILLIS);
    this.#poll();
  }

  #tick() {
    if (this.#over) {
      return;
    }
    const now = performance.now();
    this.#alerts.tick(now);
    if (now - this.#touchedAt > UNTOUCHED_MILLIS) {
      this.#lock();
    } else if (now - this.#heardAt > UNHEARD_MILLIS) {
      this.#ask(null);
      this.#alerts.wipe();
      setText(byId("note"), "No connection: nothing is shown until the board is heard again.");
    }
  }

  async #poll() {
    if (this.#over || document.hidden) {
      return;
    }
    const answer = await this.#fetch("/api/street");
    if (!answer?.ok) {
      return;
    }
    const {officer, csrf, alerts, discarded} = await answer.json();
    if (this.#over) {
      return;
    }
    this.#heardAt = performance.now();
    this.#csrf = csrf;
    canLogOut(csrf);
    setText(byId("officer"), `Officer ${officer}`);
    show(byId("none"), alerts.length === 0);
    show(byId("discarded"), discarded);
    this.#alerts.show(alerts, performance.now());
    this.#announce(alerts);
    if (byId("note").textContent.startsWith("No connection")) {
      setText(byId("note"), "");
    }
  }

  /** Also one that comes while another waits is read out. */
  #announce(alerts) {
    const waiting = alerts.filter(({mine}) => !mine);
    const news = byId("news");
    if (waiting.some(({id}) => !this.#known.has(id))) {
      setText(news, "");
      requestAnimationFrame(() => setText(news, this.#over ? "" : "A new alert waits."));
    } else if (waiting.length === 0) {
      setText(news, "");
    }
    this.#known = new Set(alerts.map(({id}) => id));
  }

  /** Null if nothing came; a session that is over wipes the page. */
  async #fetch(path, options = {}) {
    const answer = await fetch(path, {cache: "no-store", signal: AbortSignal.timeout(10_000), ...options}).catch(() => null);
    if (answer && (answer.status === 401 || answer.status === 423 || (answer.status === 403))) {
      this.#end("Your session is over.");
      return null;
    }
    return answer;
  }

  async #post(path, body) {
    const answer = await this.#fetch(path, {
      method: "POST",
      headers: {"X-CSRF-Token": this.#csrf, ...(body && {"Content-Type": "application/json"})},
      body: body && JSON.stringify(body),
    });
    if (this.#over) {
      return false;
    }
    setText(byId("note"), answer?.ok ? "" : await troubleWords(answer, REFUSED));
    this.#poll();
    return Boolean(answer?.ok);
  }

  /** The first tap chooses; nothing happens before the second. */
  #ask(words, act = null) {
    const before = this.#before;
    this.#pending = act;
    setText(byId("sure-words"), words ?? "");
    show(byId("sure"), Boolean(act));
    if (act) {
      this.#before = document.activeElement;
      byId("confirm").focus();
    } else if (before) {
      this.#before = null;
      before.focus?.();
    }
  }

  #confirm() {
    const act = this.#pending;
    this.#ask(null);
    act?.();
  }

  async #lock() {
    this.#end("Locked here. The board has not confirmed it yet.");
    const request = {method: "POST", headers: {"X-CSRF-Token": this.#csrf}};
    let answer = null;
    while (!LOCKED.includes(answer?.status)) {
      if (answer) {
        await new Promise((resume) => { setTimeout(resume, LOCK_AGAIN_MILLIS); });
      }
      answer = await fetch("/api/street/lock", {...request, signal: AbortSignal.timeout(10_000)}).catch(() => ({}));
    }
    setText(byId("note"), "Locked.");
  }

  #end(words) {
    this.#over = true;
    this.#ask(null);
    this.#alerts.wipe();
    show(byId("none"), false);
    show(byId("lock"), false);
    show(byId("logout"), false);
    show(byId("over"), true);
    setText(byId("news"), "");
    setText(byId("note"), words);
  }
}

new Street();
