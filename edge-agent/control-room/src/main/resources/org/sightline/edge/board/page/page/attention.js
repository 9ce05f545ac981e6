// Who attends to what, at all desks of the control room: what this page looks at is said to the board for as long as
// somebody is there, and who has claimed an alert is the one who judges it.

const AGAIN_MILLIS = 3_000;
const NOBODY = Object.freeze({lookers: [], claimedBy: undefined});

export class Attention {
  #session;
  #passed;
  #refused;
  #page = crypto.randomUUID();
  #looksAt = null;
  #saidAt = -Infinity;
  #known = new Map();

  /** Alerts that change hands because this officer has asked for it. */
  #asked = new Set();

  /**
   * @param session {officer, csrf}
   * @param passed called with an alert's id, the other officer and whether it is this officer's now, when an alert has
   *     changed hands without this officer's asking for it
   * @param refused called with a sentence
   */
  constructor(session, passed, refused) {
    this.#session = session;
    this.#passed = passed;
    this.#refused = refused;
  }

  /** All there is. */
  snapshot(entries) {
    this.#known = new Map(entries.map((entry) => [entry.id, entry]));
    this.#saidAt = -Infinity;
  }

  /** What has changed about one alert. */
  heard(entry) {
    const me = this.#session.officer;
    const before = this.#known.get(entry.id)?.claimedBy;
    this.#known.set(entry.id, entry);
    const mine = entry.claimedBy === me;
    const another = mine ? entry.from : entry.claimedBy;
    if (!this.#asked.delete(entry.id) && another && mine !== (before === me)) {
      this.#passed(entry.id, another, mine);
    }
    if (!entry.lookers?.length && !entry.claimedBy) {
      this.#known.delete(entry.id);
    }
  }

  /** @returns {{lookers: string[], claimedBy: ?string, mine: boolean}} other officers, and whose it is to judge */
  of(id) {
    const {lookers = [], claimedBy} = this.#known.get(id) ?? NOBODY;
    const me = this.#session.officer;
    return {lookers: lookers.filter((officer) => officer !== me), claimedBy, mine: claimedBy === me};
  }

  /**
   * Says what is looked at, when it changes and again and again.
   *
   * @param id null for nothing
   */
  looks(id, now) {
    if (id !== this.#looksAt || now - this.#saidAt >= AGAIN_MILLIS) {
      this.#looksAt = id;
      this.#saidAt = now;
      this.#post("/api/attention", {page: this.#page, alert: id});
    }
  }

  claim(id, takeOver = false) {
    if (takeOver) {
      this.#asked.add(id);
    }
    return this.#ask(id, "claim", {takeOver}, "Not claimed: another officer was first.");
  }

  release(id) {
    return this.#ask(id, "release", {}, "Not released: it is not yours any more.");
  }

  handOver(id, to) {
    this.#asked.add(id);
    return this.#ask(id, "hand-over", {to}, `Not handed over: officer ${to} is not there, or it is not yours any more.`);
  }

  /** @returns {Promise<string[]>} the other officers who are there */
  async others() {
    const answer = await fetch("/api/officers", {signal: AbortSignal.timeout(10_000)}).catch(() => null);
    const officers = answer?.ok ? await answer.json() : [];
    return officers.filter((officer) => officer !== this.#session.officer);
  }

  async #ask(id, what, body, refusal) {
    const answer = await this.#post(`/api/alerts/${encodeURIComponent(id)}/${what}`, body);
    if (!answer?.ok) {
      this.#asked.delete(id);
      this.#refused(answer ? refusal : "The board did not answer. Try again.");
    }
  }

  #post(path, body) {
    return fetch(path, {
      method: "POST",
      keepalive: true,
      headers: {"Content-Type": "application/json", "X-CSRF-Token": this.#session.csrf},
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    }).catch(() => null);
  }
}
