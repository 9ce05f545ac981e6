// Reminders of alerts that nobody has looked at, at whatever desk: seen, heard, spoken and, where wanted, noticed outside
// the page. They end when somebody looks, or when nobody may act upon the alert any more.

import {count, duration} from "./words.js";

const SECOND = 1000;

/** How long an alert has waited when it is reminded of for the first, second … time; the last comes again and again. */
const REMINDERS_MILLIS = [15 * SECOND, 30 * SECOND, 60 * SECOND];
const AGAIN_MILLIS = 30 * SECOND;

/**
 * How many reminders of an alert are due.
 *
 * @param waited for how long nobody has looked at it, in milliseconds
 */
export function remindersDue(waited) {
  const listed = REMINDERS_MILLIS.filter((after) => waited >= after).length;
  const beyond = waited - REMINDERS_MILLIS.at(-1);
  return listed + (beyond > 0 ? Math.floor(beyond / AGAIN_MILLIS) : 0);
}

export class Escalation {
  #remind;
  #given = new Map();

  /** @param remind called with a sentence and how urgent it is: 1, 2 … */
  constructor(remind) {
    this.#remind = remind;
  }

  /**
   * Once a second.
   *
   * @param unseen the alerts that nobody has looked at
   * @returns {string} for how long the first of them waits, once it was reminded of; empty before
   */
  tick(unseen, now) {
    const waiting = unseen.filter((alert) => now < alert.staleAt);
    const ids = new Set(waiting.map(({id}) => id));
    for (const id of this.#given.keys()) {
      if (!ids.has(id)) {
        this.#given.delete(id);
      }
    }
    const due = waiting
      .map(({id, sentAt}) => ({id, waited: now - sentAt, due: remindersDue(now - sentAt)}))
      .filter(({due}) => due > 0);
    const urgency = Math.max(0, ...due.filter(({id, due}) => due > (this.#given.get(id) ?? 0)).map(({due}) => due));
    due.forEach(({id, due}) => this.#given.set(id, due));
    if (due.length === 0) {
      return "";
    }
    const longest = duration(Math.max(...due.map(({waited}) => waited)));
    if (urgency > 0) {
      const many = due.length > 1;
      this.#remind(
        `${count(due.length, "alert")} ${many ? "wait" : "waits"}, and nobody has looked at ${many ? "them" : "it"} for ${longest}.`,
        urgency,
      );
    }
    return longest;
  }
}
