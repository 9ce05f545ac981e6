// A new alert, and that none can arrive, for the ear. Browsers are silent until somebody has touched the page; whether sound is really on is asked
// of them, never assumed.

const NOTES_HZ = {soft: [587, 784], urgent: [784, 988, 1175], silent: []};
const NOTE_SECONDS = 0.16;
const ALARM_HZ = [440, 330, 440, 330];
const ALARM_NOTE_SECONDS = 0.3;
const REMINDER_HZ = [784, 988, 784];
const LOUDNESS = 0.12;
const LOUDEST = 0.3;
const QUIET_MILLIS = 2500;

export class Signal {
  #audio = new AudioContext();
  #wanted;
  #lastAt = -Infinity;
  #last = "soft";

  /**
   * @param wanted whether sound is wanted at first
   * @param changed called when {@link state} may differ
   */
  constructor(wanted, changed) {
    this.#wanted = wanted;
    this.#audio.addEventListener("statechange", changed);
    this.changed = changed;
    // Not before the button is up: what is then written moves what is being clicked.
    for (const touch of ["click", "keydown"]) {
      addEventListener(touch, () => this.#resume(), {capture: true, passive: true});
    }
  }

  /** "on", "off", or "blocked" until the page is touched. */
  get state() {
    return !this.#wanted ? "off" : this.#audio.state === "running" ? "on" : "blocked";
  }

  get wanted() {
    return this.#wanted;
  }

  toggle() {
    this.#wanted = !this.#wanted;
    this.changed();
    if (this.#wanted) {
      this.sound();
    }
  }

  /** Without sound, too: that nothing can be heard is always heard. */
  #resume() {
    if (this.#audio.state !== "running") {
      this.#audio.resume();
    }
  }

  /**
   * Two soft notes, or three that rise; several alerts at once are one signal, but what is urgent is heard.
   *
   * @param sound of the alert's category: soft, urgent or silent
   */
  sound(sound = "soft") {
    const now = performance.now();
    const louder = sound === "urgent" && this.#last !== "urgent";
    if (this.state !== "on" || sound === "silent" || !louder && now - this.#lastAt < QUIET_MILLIS) {
      return;
    }
    this.#lastAt = now;
    this.#last = sound;
    NOTES_HZ[sound].forEach((hertz, i) => this.#note(hertz, "sine", this.#audio.currentTime + i * NOTE_SECONDS));
  }

  /** Three notes, up and down, louder and oftener the longer it lasts; 0 is not heard. What is urgent is heard nevertheless. */
  remind(loudness) {
    const times = Math.min(3, loudness);
    if (this.state === "on" && times > 0) {
      this.#lastAt = performance.now();
      this.#last = "soft";
      for (let i = 0; i < times * REMINDER_HZ.length; i++) {
        const at = this.#audio.currentTime + i * NOTE_SECONDS;
        this.#note(REMINDER_HZ[i % REMINDER_HZ.length], "sine", at, Math.min(LOUDEST, LOUDNESS * times));
      }
    }
  }

  /**
   * Four low notes, down and down again: nothing can be heard here. An officer who has switched the sound off hears them too.
   *
   * @returns {boolean} whether it sounds
   */
  alarm() {
    if (this.#audio.state !== "running") {
      return false;
    }
    ALARM_HZ.forEach((hertz, i) => this.#note(hertz, "triangle", this.#audio.currentTime + i * ALARM_NOTE_SECONDS));
    return true;
  }

  #note(hertz, type, at, most = LOUDNESS) {
    const tone = new OscillatorNode(this.#audio, {frequency: hertz, type});
    const loudness = new GainNode(this.#audio, {gain: 0});
    loudness.gain.setValueAtTime(0, at);
    loudness.gain.linearRampToValueAtTime(most, at + 0.03);
    loudness.gain.setTargetAtTime(0, at + 0.08, 0.07);
    tone.connect(loudness).connect(this.#audio.destination);
    tone.start(at);
    tone.stop(at + 0.6);
  }
}
