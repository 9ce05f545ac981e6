// The stream of events from the board. Read with fetch and not with EventSource, which hides the comments that show
// that a quiet connection lives, and the status that shows that a session is over.

import {EventReader} from "./event-reader.js";

/** How long a connection may take to come back before it counts as lost. */
const GRACE_MILLIS = 1_500;

/** The board writes every 10 s at least. */
const SILENCE_MILLIS = 25_000;
const FIRST_WAIT_MILLIS = 500;
const LONGEST_WAIT_MILLIS = 5_000;

export class Feed {
  #listener;
  #wait = 0;
  #wake = () => {};
  #grace = 0;
  #giveUp = new AbortController();
  #stopped = false;
  #refused = false;

  /**
   * @param listener has event(name, data), connected(), lost(), sessionOver()
   */
  constructor(listener) {
    this.#listener = listener;
    addEventListener("online", () => this.#wake());
    addEventListener("offline", () => this.#giveUp.abort());
  }

  /** Ends it for good. */
  stop() {
    this.#stopped = true;
    clearTimeout(this.#grace);
    this.#giveUp.abort();
  }

  /** Reads for as long as the session lasts. */
  async run() {
    while (!this.#stopped) {
      this.#grace ||= setTimeout(() => this.#listener.lost(), GRACE_MILLIS);
      const ended = await this.#read().catch(() => "lost");
      if (this.#stopped) {
        return;
      }
      if (ended === "session") {
        if (this.#refused) {
          this.#listener.sessionOver();
          return;
        }
        // A new login ends the session before: this may have asked with that one, before the browser had the other.
        this.#refused = true;
        continue;
      }
      if (this.#wait > 0) {
        this.#listener.lost();
        await this.#pause();
      }
      this.#wait = Math.min(LONGEST_WAIT_MILLIS, Math.max(FIRST_WAIT_MILLIS, 2 * this.#wait));
    }
  }

  async #read() {
    this.#giveUp = new AbortController();
    const giveUp = this.#giveUp;
    let silence = setTimeout(() => giveUp.abort(), SILENCE_MILLIS);
    try {
      const response = await fetch("/api/events", {
        headers: {Accept: "text/event-stream"},
        redirect: "manual",
        signal: giveUp.signal,
      });
      if (response.status === 401 || response.type === "opaqueredirect") {
        return "session";
      }
      if (!response.ok) {
        return "lost";
      }
      const events = new EventReader((name, data) => {
        if (name === "snapshot") {
          clearTimeout(this.#grace);
          this.#grace = 0;
          this.#wait = 0;
          this.#refused = false;
          this.#listener.connected();
        }
        this.#listener.event(name, JSON.parse(data));
      });
      const text = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const {done, value} = await text.read();
        if (done) {
          return "lost";
        }
        clearTimeout(silence);
        silence = setTimeout(() => giveUp.abort(), SILENCE_MILLIS);
        events.read(value);
      }
    } finally {
      clearTimeout(silence);
    }
  }

  #pause() {
    return new Promise((resolve) => {
      this.#wake = resolve;
      setTimeout(resolve, this.#wait * (0.75 + Math.random() / 2));
    });
  }
}
