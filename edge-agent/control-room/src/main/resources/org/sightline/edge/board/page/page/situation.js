// What the board says: open alerts, vans, what was closed lately. Times are moments of this page's own monotonic clock,
// never of a wall clock.

import {grouped, newestFirst} from "./order.js";
import {inTrouble} from "./words.js";

const CLOSED_KEPT = 20;

/** Two sendings of an alert may differ by the network's delay; that is no reason to move it in the list. */
const SAME_MOMENT_MILLIS = 2000;

export class Situation {
  #alerts = new Map();
  #vans = new Map();
  #closed = [];
  #groups = null;
  #now = -Infinity;
  #started = false;

  /**
   * All there is, after which only changes come.
   *
   * @returns {{arrived: object[], left: number}} what came and went while nothing was heard; nothing at the first time
   */
  snapshot({alerts, vans}, now) {
    const before = this.#alerts;
    this.#alerts = new Map();
    this.#changed(now);
    const arrived = [];
    for (const alert of alerts) {
      const placed = this.#put(alert, now, before.get(alert.id));
      if (placed && this.#started && !before.has(alert.id)) {
        arrived.push(placed);
      }
    }
    this.#vans = new Map();
    vans.forEach((van) => this.van(van, now));
    const left = [...before.keys()].filter((id) => !this.#alerts.has(id)).length;
    this.#started = true;
    return {arrived: arrived.sort(newestFirst).reverse(), left};
  }

  /** One new or changed alert. @returns {object | null} the alert if it is new and open */
  alert(alert, now) {
    const known = this.#alerts.get(alert.id);
    const placed = this.#put(alert, now, known);
    return known ? null : placed;
  }

  #put(alert, now, known) {
    this.#changed(now);
    if (alert.state === "closed") {
      this.#alerts.delete(alert.id);
      this.#close({...alert, closedAt: now - alert.closedMillis});
      return null;
    }
    let bornAt = now - alert.ageMillis;
    if (known && Math.abs(known.bornAt - bornAt) < SAME_MOMENT_MILLIS) {
      bornAt = known.bornAt;
    }
    const placed = {
      ...alert,
      bornAt,
      sentAt: now - alert.waitedMillis,
      staleAt: alert.stale ? -Infinity : now + alert.staleInMillis,
      expiresAt: now + alert.expiresInMillis,
    };
    this.#alerts.set(alert.id, placed);
    return placed;
  }

  /** An alert whose time is over. @returns {boolean} whether it was open */
  gone(id, now, reason) {
    this.#changed(now);
    const alert = this.#alerts.get(id);
    this.#closed = this.#closed.filter((entry) => entry.id !== id);
    if (!alert) {
      return false;
    }
    this.#alerts.delete(id);
    if (reason !== "discarded") {
      this.#close({id, van: alert.van, readable: false, state: "expired", closedAt: now});
    }
    return true;
  }

  /** A judged alert that the board has stored, and shows no more. */
  stored(id) {
    this.#closed = this.#closed.filter((entry) => entry.id !== id);
  }

  #close(entry) {
    this.#closed = [entry, ...this.#closed.filter((other) => other.id !== entry.id)]
      .sort((a, b) => b.closedAt - a.closedAt)
      .slice(0, CLOSED_KEPT);
  }

  van(van, now) {
    const {test} = van;
    this.#vans.set(van.van, {
      ...van,
      sinceAt: "sinceMillis" in van ? now - van.sinceMillis : null,
      lapsesAt: "lapsesMillis" in van ? now + van.lapsesMillis : null,
      pausedAt: van.paused ? now - van.paused.sinceMillis : null,
      ...(test && {test: {...test, askedAt: now - test.askedMillis}}),
    });
  }

  #changed(now) {
    this.#groups = null;
    this.#now = Math.max(this.#now, now);
  }

  /** Time has passed: what has turned stale meanwhile stands elsewhere. */
  tick(now) {
    if ([...this.#alerts.values()].some(({staleAt}) => this.#now < staleAt && staleAt <= now)) {
      this.#changed(now);
    }
  }

  /** Open ones by subject, see {@link grouped}. */
  groups() {
    this.#groups ??= grouped([...this.#alerts.values()], this.#now);
    return this.#groups;
  }

  /** Open ones, in the order of the groups. */
  open() {
    return this.groups().flatMap(({alerts}) => alerts);
  }

  find(id) {
    return this.#alerts.get(id);
  }

  closed(id) {
    return this.#closed.find((entry) => entry.id === id);
  }

  recentlyClosed() {
    return this.#closed;
  }

  /** Those in trouble first, then by name. */
  vans() {
    return [...this.#vans.values()].sort(
      (a, b) => trouble(b) - trouble(a) || a.van.localeCompare(b.van, "en", {numeric: true}),
    );
  }
}

function trouble(van) {
  return (inTrouble(van) ? 4 : 0) + ({silent: 2, offline: 1}[van.state] ?? 0);
}
