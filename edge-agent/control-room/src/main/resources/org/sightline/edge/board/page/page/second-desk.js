// What this desk and another one have before them for each other: what nobody claims here goes to the second desk, and
// counts as escalated only once that has confirmed it. This page may be at either.

import {byId, setText, show} from "./dom.js";
import {count, duration} from "./words.js";

const ALARM_MILLIS = 20_000;

export class SecondDesk {
  #signal;
  #say;
  #second = null;
  #alerts = new Map();
  #alarmAt = -Infinity;

  /**
   * @param signal by which somebody hears it
   * @param say called with a sentence that somebody has to hear
   */
  constructor(signal, say) {
    this.#signal = signal;
    this.#say = say;
  }

  /**
   * All there is.
   *
   * @param data {second, alerts} as the board sends it; of two entries of an alert the last counts, which is due elsewhere
   * @param soundOf what the category of an alert sounds like, by its id
   */
  heard({second = null, alerts}, soundOf, now) {
    const before = this.#alerts;
    this.#second = second;
    this.#alerts = new Map(alerts.map((entry) => [entry.id, {...entry, sinceAt: now - entry.sinceMillis}]));
    const fresh = alerts.filter(({id, state}) => state === "here" && !before.has(id));
    if (fresh.length > 0) {
      this.#signal.remind(fresh.every(({id}) => soundOf(id) === "silent") ? 0 : 2);
      this.#say(`${count(fresh.length, "alert")} from desk ${fresh[0].desk}, where nobody has claimed ${fresh.length > 1 ? "them" : "it"}.`);
    }
  }

  /** How far an alert has come, in a tag; undefined if no other desk has to do with it. */
  tag(id) {
    const {state, desk} = this.#alerts.get(id) ?? {};
    return {
      here: `Escalated by ${desk}`,
      there: `At desk ${desk} too`,
      unconfirmed: "Not escalated",
    }[state];
  }

  /** What stands in the line of readiness; none without a second desk. */
  get parts() {
    if (!this.#second) {
      return [];
    }
    const {desk, connected, attended} = this.#second;
    const fault = !connected ? `second desk ${desk} not connected` : attended ? "" : `nobody at second desk ${desk}`;
    return [fault ? {kind: "fault", text: fault} : {kind: "good", text: `second desk ${desk} there`}];
  }

  /**
   * Shows how far the selected alert has come, and that the second desk is lost while something is due there. That is
   * heard without sound, too.
   */
  render(selected, now) {
    const entry = this.#alerts.get(selected);
    show(byId("escalated"), Boolean(entry));
    if (entry) {
      setText(byId("escalated-words"), this.#words(entry, now));
    }
    const due = [...this.#alerts.values()].filter(({state}) => state === "unconfirmed").length;
    const lost = due > 0 && this.#second !== null && !this.#second.connected;
    show(byId("second-lost"), lost);
    if (lost) {
      setText(byId("second-lost-words"),
        `${count(due, "alert")} that nobody has claimed ${due > 1 ? "are" : "is"} NOT at desk ${this.#second.desk}: call that desk.`);
      if (now - this.#alarmAt >= ALARM_MILLIS && this.#signal.alarm()) {
        this.#alarmAt = now;
      }
    } else {
      this.#alarmAt = -Infinity;
    }
  }

  #words({state, desk, sinceAt}, now) {
    const since = duration(now - sinceAt);
    switch (state) {
      case "here":
        return `Desk ${desk} has escalated it to this one, ${since} ago: nobody has claimed it. Claim it here, and both desks know.`;
      case "there":
        return `Nobody has claimed it. Desk ${desk} has had it before it, too, for ${since}${this.#second?.attended === false ? ", but nobody is at a page there" : ""}.`;
      default:
        return `Nobody has claimed it, and desk ${desk} has not confirmed for ${since} that it has it: it is not escalated.`;
    }
  }
}
