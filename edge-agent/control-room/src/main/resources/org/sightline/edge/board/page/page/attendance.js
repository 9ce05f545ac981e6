// Whether the officer of this session is there, and how long the session lasts. A desk that nobody uses is locked and a
// session that is over asks for the password, both over the page: alerts go on to count and to sound, nothing of them is
// seen, and what the officer was about to do is there when they are back.

import {byId, canLogOut, setText, show} from "./dom.js";
import {duration} from "./words.js";

const MINUTE = 60_000;
const AWAY_MILLIS = 15 * MINUTE;
const LOOKING_MILLIS = 2 * MINUTE;
const WARNING_MILLIS = 15 * MINUTE;

/** Nobody is coming back to a session that has been over for so long. */
const GIVEN_UP_MILLIS = 10 * MINUTE;

const REASONS = {
  away: ["Desk locked", "Nobody has used this desk for a quarter of an hour. Alerts go on to arrive and to sound."],
  over: ["Your session has ended", "Log in again to go on where you were. Until then nothing is heard here."],
  renew: ["Log in again", "A session lasts twelve hours. What you are doing stays as it is."],
};

/** Whether nothing of the alerts may be seen: the board gives a locked desk no picture. */
export function deskIsLocked() {
  return "locked" in document.documentElement.dataset;
}

export class Attendance {
  #session;
  #back;
  #sheet = byId("login-sheet");
  #endsAt;
  #usedAt = performance.now();
  #reason = "";
  #since = 0;

  /**
   * @param session {officer, csrf, endsInMillis, locked}; a new login changes csrf
   * @param back called when the officer has logged in again and the desk is locked no longer
   */
  constructor(session, back) {
    this.#session = session;
    this.#back = back;
    this.#endsAt = performance.now() + session.endsInMillis;
    for (const use of ["pointerdown", "pointermove", "keydown", "wheel"]) {
      addEventListener(use, () => (this.#usedAt = performance.now()), {capture: true, passive: true});
    }
    this.#sheet.addEventListener("cancel", (event) => this.#locked && event.preventDefault());
    this.#sheet.addEventListener("close", () => this.#closed());
    byId("login-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#logIn();
    });
    byId("login-cancel").addEventListener("click", () => this.#sheet.close());
    byId("renew").addEventListener("click", () => this.#ask("renew"));
    setText(byId("login-officer"), session.officer);
    if (session.locked) {
      this.#ask("away");
    }
  }

  get #locked() {
    return this.#reason === "away" || this.#reason === "over";
  }

  /** Whether somebody is there, as far as can be known: a face may be looked at for as long as this without a hand. */
  isThere(now) {
    return !this.#locked && now - this.#usedAt < LOOKING_MILLIS;
  }

  /** The board knows the session no longer. */
  over() {
    this.#ask("over");
  }

  /** Once a second. */
  tick(now) {
    if (!this.#locked && now - this.#usedAt >= AWAY_MILLIS) {
      this.#ask("away");
      fetch("/api/lock", {method: "POST", headers: {"X-CSRF-Token": this.#session.csrf}}).catch(() => {});
    }
    if (this.#reason === "over" && now - this.#since >= GIVEN_UP_MILLIS) {
      location.assign("/login");
    }
    const left = this.#endsAt - now;
    show(byId("ending"), left < WARNING_MILLIS);
    setText(byId("ending-words"), left > 0 ? `Your session ends in ${duration(left)}.` : "Your session has ended.");
  }

  #ask(reason) {
    if (this.#reason === reason || this.#reason === "over") {
      return;
    }
    this.#reason = reason;
    this.#since = performance.now();
    if (this.#locked) {
      document.documentElement.dataset.locked = "yes";
      document.querySelectorAll("dialog[open]").forEach((dialog) => dialog !== this.#sheet && dialog.close());
    }
    const [title, words] = REASONS[reason];
    setText(byId("login-title"), title);
    setText(byId("login-words"), words);
    setText(byId("login-trouble"), "");
    show(byId("login-cancel"), !this.#locked);
    if (!this.#sheet.open) {
      this.#sheet.showModal();
    }
    byId("login-password").focus();
  }

  async #logIn() {
    const field = byId("login-password");
    const body = new URLSearchParams({officer: this.#session.officer, password: field.value});
    field.value = "";
    setText(byId("login-trouble"), "Logging in…");
    const answer = await fetch("/login", {
      method: "POST",
      headers: {Accept: "application/json"},
      body,
      signal: AbortSignal.timeout(30_000),
    }).catch(() => null);
    const content = await answer?.json().catch(() => null);
    if (!answer?.ok || !content) {
      setText(byId("login-trouble"), troubleWords(content?.error));
      field.focus();
      return;
    }
    this.#session.csrf = content.csrf;
    canLogOut(content.csrf);
    this.#endsAt = performance.now() + content.endsInMillis;
    this.#usedAt = performance.now();
    const over = this.#reason === "over";
    this.#reason = "";
    delete document.documentElement.dataset.locked;
    this.#sheet.close();
    this.#back(over);
  }

  /** Whatever closes it: without a password it stays while the desk is locked. */
  #closed() {
    if (this.#locked) {
      this.#sheet.showModal();
    } else {
      this.#reason = "";
    }
  }
}

function troubleWords(error) {
  switch (error) {
    case "failed":
      return "The password is not right.";
    case "wait":
      return "Too many attempts. Wait a minute, then try again.";
    case "full":
      return "Too many sessions are open here. Log out where nobody sits, or try again later.";
    default:
      return "The board did not answer. Try again.";
  }
}
