// Reminders of alerts that nobody has looked at, at whatever desk: seen, heard, spoken and, where wanted, noticed outside
// the page. They end when somebody looks, or when nobody may act upon the alert any more.

import {count, duration} from "./words.js";

const SECOND = 1000;

/** How long an alert has waited when it is reminded of for the first, second … time; the last comes again and again. */
const REMINDERS_MILLIS = [15 * SECOND, 30 * SECOND, 60 * SECOND];
const AGAIN_MILLIS = 30 * SECOND;

/** What is urgent is reminded of after half the time. */
const URGENT_PACE = 2;

/**
 * How many reminders of an alert are due.
 *
 * @param waited for how long nobody has looked at it, in milliseconds
 * @param sound of its category
 */
export function remindersDue(waited, sound) {
  return due(waited * (sound === "urgent" ? URGENT_PACE : 1));
}

function due(waited) {
  const listed = REMINDERS_MILLIS.filter((after) => waited >= after).length;
  const beyond = waited - REMINDERS_MILLIS.at(-1);
  return listed + (beyond > 0 ? Math.floor(beyond / AGAIN_MILLIS) : 0);
}

export class Escalation {
  #remind;
  #given = new Map();

  /** @param remind called with a sentence and how loud it is: 1, 2 …, or 0 if it is not to be heard */
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
      .map(({id, sentAt, response}) => {
        const waited = now - sentAt;
        return {id, waited, due: remindersDue(waited, response?.sound), silent: response?.sound === "silent"};
      })
      .filter(({due}) => due > 0);
    const fresh = due.filter(({id, due}) => due > (this.#given.get(id) ?? 0));
    const loudness = Math.max(0, ...fresh.map(({due, silent}) => silent ? 0 : due));
    due.forEach(({id, due}) => this.#given.set(id, due));
    if (due.length === 0) {
      return "";
    }
    const longest = duration(Math.max(...due.map(({waited}) => waited)));
    if (fresh.length > 0) {
      const many = due.length > 1;
      this.#remind(
        `${count(due.length, "alert")} ${many ? "wait" : "waits"}, and nobody has looked at ${many ? "them" : "it"} for ${longest}.`,
        loudness,
      );
    }
    return longest;
  }
}
