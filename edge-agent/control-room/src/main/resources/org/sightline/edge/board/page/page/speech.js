// What a screen reader is told: at most one sentence every few seconds, however much happens.

const PAUSE_MILLIS = 4000;

export class Speech {
  #region;
  #arrivals = [];
  #sentences = [];
  #words;
  #busy = false;

  /**
   * @param region a polite live region
   * @param words makes one sentence of many arrivals
   */
  constructor(region, words) {
    this.#region = region;
    this.#words = words;
  }

  arrived(alert) {
    this.#arrivals.push(alert);
    this.#speak();
  }

  say(sentence) {
    this.#sentences.push(sentence);
    this.#speak();
  }

  #speak() {
    if (this.#busy || (this.#arrivals.length === 0 && this.#sentences.length === 0)) {
      return;
    }
    const arrivals = this.#arrivals.length > 0 ? [this.#words(this.#arrivals)] : [];
    this.#region.textContent = [...this.#sentences, ...arrivals].join(" ");
    this.#arrivals = [];
    this.#sentences = [];
    this.#busy = true;
    setTimeout(() => {
      this.#busy = false;
      this.#speak();
    }, PAUSE_MILLIS);
  }
}
