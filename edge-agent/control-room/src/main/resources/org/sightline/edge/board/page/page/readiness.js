// Whether an alert would arrive here and be noticed: one line, always there, and the reason in one place when not.

import {byId, setTags, setText, show} from "./dom.js";
import {count, duration, isUnreadable} from "./words.js";
import {names, vanTestParts} from "./van-tests.js";

/** After a failure the same sound comes again and again, for as long as nobody has seen to it. */
const ALARM_MILLIS = 20_000;

/** A test alert that has not come back by then does not; the board gives it up a little before. */
const TEST_MILLIS = 13_000;

const DEAF = {
  page: {
    title: "Connection to the board lost.",
    words: "What is shown may be out of date, new alerts do not arrive, and nothing can be judged. Trying again by itself.",
  },
  broker: {
    title: "The board does not hear the broker.",
    words: "New alerts do not arrive from any van, and outcomes wait. The board tries again by itself: use the radio, and call the people who run the broker.",
  },
};

export class Readiness {
  #signal;
  #session;
  #page = false;
  #broker = {heard: true, sinceAt: 0};
  #test = {state: "none", at: 0, words: ""};
  #asked = null;
  #more = [];
  #heard = new Map();
  #alarmAt = -Infinity;
  #started = false;

  /**
   * @param signal by which somebody hears that nothing can be heard
   * @param session {csrf}
   */
  constructor(signal, session) {
    this.#signal = signal;
    this.#session = session;
    byId("test").addEventListener("click", () => this.#try());
  }

  /** Whether this page hears the board. */
  set page(connected) {
    this.#page = connected;
    this.#started = true;
  }

  get page() {
    return this.#page;
  }

  /** What else is to be in the line. */
  set more(parts) {
    this.#more = parts;
  }

  /** Whether the board hears the broker, as the board says it. */
  broker({heard, sinceMillis}, now) {
    this.#broker = {heard, sinceAt: now - sinceMillis};
  }

  /** What keeps every alert from arriving: "page", "broker" or "". */
  get deaf() {
    return !this.#started || this.#page && this.#broker.heard ? "" : this.#page ? "broker" : "page";
  }

  /** Shows it, and sounds while no alert can arrive. */
  render(vans, sound, now) {
    const {deaf} = this;
    show(byId("lost"), deaf !== "");
    if (deaf) {
      setText(byId("lost-title"), DEAF[deaf].title);
      setText(byId("lost-words"), DEAF[deaf].words);
      if (now - this.#alarmAt >= ALARM_MILLIS && this.#signal.alarm()) {
        this.#alarmAt = now;
      }
    } else {
      this.#alarmAt = -Infinity;
    }
    const parts = this.#parts(vans, sound, now);
    const faults = parts.filter(({kind}) => kind === "fault").length;
    byId("readiness").dataset.state = faults > 0 ? "fault" : "ready";
    setText(byId("readiness-words"), faults > 0 ? "Not ready:" : "Ready:");
    setTags(byId("readiness-parts"), parts);
  }

  #parts(vans, sound, now) {
    const online = vans.filter((van) => van.state === "online").length;
    const unreadable = vans.filter((van) => van.state === "online" && isUnreadable(van));
    const broker = !this.#page
      ? {kind: "fault", text: "broker not known"}
      : this.#broker.heard
        ? {kind: "good", text: "broker heard"}
        : {kind: "fault", text: `broker not heard for ${duration(now - this.#broker.sinceAt)}`};
    return [
      this.#page ? {kind: "good", text: "board connected"} : {kind: "fault", text: "board not connected"},
      broker,
      this.deaf
        ? {kind: "fault", text: "vans not known"}
        : {kind: online > 0 ? "good" : "fault", text: vans.length === 0 ? "no van heard" : `${online} of ${count(vans.length, "van")} heard`},
      ...!this.deaf && unreadable.length > 0 ? [{kind: "fault", text: `${names(unreadable)}: no alert can be read here`}] : [],
      {kind: sound === "on" ? "good" : "fault", text: {on: "sound on", off: "sound off", blocked: "sound waits for a click"}[sound]},
      ...this.#more,
      ...vanTestParts(vans, now),
      this.#testPart(now),
    ];
  }

  #testPart(now) {
    switch (this.#test.state) {
      case "none":
        return {kind: "open", text: "not tested in this session"};
      case "running":
        return {kind: "open", text: "testing…"};
      case "good":
        return {kind: "good", text: `tested ${duration(now - this.#test.at)} ago`};
      default:
        return {kind: "fault", text: this.#test.words};
    }
  }

  /** A test alert of somebody has come back to the board, or was given up. */
  tested(test) {
    this.#heard.set(test.id, test);
    this.#settle();
  }

  async #try() {
    if (this.#test.state === "running") {
      return;
    }
    this.#test = {state: "running", at: performance.now(), words: ""};
    this.#heard.clear();
    const giveUp = setTimeout(() => this.#end(false, "the test alert did not come back"), TEST_MILLIS);
    const answer = await fetch("/api/test", {
      method: "POST",
      headers: {"X-CSRF-Token": this.#session.csrf},
      signal: AbortSignal.timeout(10_000),
    }).catch(() => null);
    if (answer?.ok) {
      this.#asked = {id: (await answer.json()).id, giveUp};
      this.#settle();
    } else {
      clearTimeout(giveUp);
      this.#end(false, "the board did not take the test");
    }
  }

  #settle() {
    const test = this.#heard.get(this.#asked?.id);
    if (test) {
      clearTimeout(this.#asked.giveUp);
      this.#end(test.heard, "the test alert did not come back");
    }
  }

  #end(good, words) {
    this.#asked = null;
    this.#test = {state: good ? "good" : "failed", at: performance.now(), words};
    if (good) {
      this.#signal.sound();
    } else if (this.#signal.wanted) {
      this.#signal.alarm();
    }
    byId("test").dispatchEvent(new Event("tested"));
  }
}
