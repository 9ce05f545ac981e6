// Notices of the system, outside the page, for an officer who has another window before them. The browser is asked for
// them only at the button. They say that something is there and never what: anybody may see the screen.

import {byId, setText, show} from "./dom.js";

const WORDS = {on: "Notices on", off: "Notices off", blocked: "Notices blocked by the browser"};

export class Notices {
  #board;
  #wanted = true;

  /** @param board as officers know it */
  constructor(board) {
    this.#board = board;
    const button = byId("notices");
    show(button, "Notification" in window);
    button.addEventListener("click", () => this.#toggle());
    this.#draw();
  }

  /** "on", "off", or "blocked" where the browser was set so. */
  get state() {
    return window.Notification?.permission === "denied"
      ? "blocked"
      : window.Notification?.permission === "granted" && this.#wanted ? "on" : "off";
  }

  async #toggle() {
    if (Notification.permission === "default") {
      await Notification.requestPermission();
      this.#wanted = true;
    } else {
      this.#wanted = !this.#wanted;
    }
    this.#draw();
  }

  #draw() {
    const {state} = this;
    byId("notices").setAttribute("aria-pressed", String(state === "on"));
    setText(byId("notices-words"), WORDS[state]);
  }

  /** Shows a sentence in the place of the last one, unless the officer has the page before them. */
  show(sentence) {
    if (this.state === "on" && !document.hasFocus()) {
      const notice = new Notification(this.#board, {body: sentence, tag: "sightline", renotify: true, silent: true});
      notice.addEventListener("click", () => {
        window.focus();
        notice.close();
      });
    }
  }
}
