// What came in the name of vans and was not taken: an alarm of its own, until an officer takes note of it.

import {byId, setText, show} from "./dom.js";
import {refusedWords} from "./words.js";

export class RefusedView {
  #signal;
  #alarmed = "";

  /**
   * @param signal by which somebody hears of it
   * @param acknowledge called when an officer takes note
   */
  constructor(signal, acknowledge) {
    this.#signal = signal;
    byId("refused-note").addEventListener("click", acknowledge);
  }

  /** All that nobody has taken note of yet: van, kind, fault and count of each. */
  set refused(all) {
    const kinds = all.map(({van, kind, fault}) => `${van} ${kind} ${fault}`).join();
    if (kinds && kinds !== this.#alarmed) {
      this.#signal.alarm();
    }
    this.#alarmed = kinds;
    show(byId("refused"), all.length > 0);
    setText(byId("refused-words"), refusedWords(all));
  }
}
