// Alerts whose subject an authority has taken off the list since: the officer who goes there must hear of it, also when the alert
// was judged long ago.

import {subjectWords} from "./words.js";

export class Withdrawn {
  #known = new Set();

  /** What there is when the page opens, or connects again. @returns {string[]} what an officer has to hear, a sentence each */
  snapshot(alerts) {
    return alerts.map((alert) => this.alert(alert)).filter(Boolean);
  }

  /** One new or changed alert. @returns {string} what an officer has to hear; empty if it is known */
  alert(alert) {
    if (!alert.withdrawn || this.#known.has(alert.id)) {
      return "";
    }
    this.#known.add(alert.id);
    if (alert.state === "closed" && alert.outcome !== "true") {
      return ""; // Nobody goes there.
    }
    return `WITHDRAWN, DO NOT STOP: ${subjectWords(alert)}, ${alert.van}, is not on the list any more. Call back the officer who goes there.`;
  }

  gone(id) {
    this.#known.delete(id);
  }
}
