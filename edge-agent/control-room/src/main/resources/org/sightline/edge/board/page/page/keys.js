// The keyboard. Single letters can be switched off, and never act in a text field, with a modifier, or when held down.

export class Keys {
  /** Whether single letters act. */
  letters = true;

  #letters;
  #still;

  /**
   * @param actions by key: {letters: {t() {}, ...}, others: {ArrowDown(event) {}, ...}}; another key's action returns
   *     whether it did something. While still() no key does anything but lead elsewhere
   */
  constructor({letters, others, still}) {
    this.#letters = letters;
    this.#still = still;
    document.addEventListener("keydown", (event) => {
      if (event.repeat && (event.key === "Enter" || event.key === " ")) {
        // Held down, Enter would record and go on to the next, and the next.
        event.preventDefault();
        return;
      }
      if (event.defaultPrevented || event.repeat && event.key.length === 1 || event.isComposing
          || event.ctrlKey || event.altKey || event.metaKey || inText(event.target)
          || document.querySelector("dialog[open]")) {
        return;
      }
      if (still() && event.key !== "Tab" && event.key !== "Shift") {
        event.preventDefault();
        return;
      }
      const letter = event.shiftKey && event.key !== "?" ? undefined : letters[event.key.toLowerCase()];
      if (letter && this.letters) {
        event.preventDefault();
        letter();
      } else if (!event.shiftKey && others[event.key]?.()) {
        event.preventDefault();
      }
    });
  }

  /** Does what a letter does, on behalf of the part that has taken the key. */
  press(letter) {
    if (!this.#still()) {
      this.#letters[letter]();
    }
  }
}

function inText(target) {
  return target.isContentEditable || target.matches("input:not([type=checkbox]), textarea, select");
}
