// Who else is at the selected alert, whose it is to judge, and the buttons that change that.

import {byId, setText, show} from "./dom.js";
import {attentionWords} from "./words.js";

export class AttentionView {
  #attention;
  #alert = null;
  #of = {lookers: [], mine: false};
  #connected = false;

  /** @param attention {@link Attention} */
  constructor(attention) {
    this.#attention = attention;
    byId("claim").addEventListener("click", () => this.claim());
    byId("hand-over").addEventListener("click", () => this.#chooseOfficer());
    answered("take-over-sheet", () => attention.claim(this.#alert.id, true));
    answered("hand-over-sheet", () => {
      const to = byId("hand-over-to").value;
      if (to) {
        attention.handOver(this.#alert.id, to);
      }
    });
  }

  /** @param alert null for none */
  render(alert, connected) {
    if (this.#alert?.id !== alert?.id) {
      byId("take-over-sheet").close();
      byId("hand-over-sheet").close();
    }
    this.#alert = alert;
    this.#connected = connected;
    if (!alert) {
      return;
    }
    this.#of = this.#attention.of(alert.id);
    const {claimedBy, mine} = this.#of;
    setText(byId("attention-words"), attentionWords(this.#of));
    byId("attention").dataset.claim = mine ? "mine" : claimedBy ? "another" : "nobody";
    setText(byId("claim-words"), mine ? "Release" : claimedBy ? "Take over…" : "Claim");
    byId("claim").disabled = !connected;
    byId("hand-over").disabled = !connected;
    show(byId("hand-over"), mine);
  }

  /** Claims it, releases what is this officer's, or asks whether another's is to be taken over. */
  claim() {
    const {claimedBy, mine} = this.#of;
    if (!this.#alert || !this.#connected) {
      return;
    }
    if (mine) {
      this.#attention.release(this.#alert.id);
    } else if (claimedBy) {
      setText(byId("take-over-words"), `Officer ${claimedBy} has claimed this alert and may be about to judge it.`);
      byId("take-over-sheet").showModal();
    } else {
      this.#attention.claim(this.#alert.id);
    }
  }

  async #chooseOfficer() {
    const officers = await this.#attention.others();
    byId("hand-over-to").replaceChildren(...officers.map((officer) => new Option(`Officer ${officer}`, officer)));
    show(byId("hand-over-choice"), officers.length > 0);
    show(byId("hand-over-none"), officers.length === 0);
    byId("hand-over-yes").disabled = officers.length === 0;
    byId("hand-over-sheet").showModal();
  }
}

/** Does something when a dialog is closed by its button for yes. */
function answered(id, act) {
  byId(id).addEventListener("close", () => {
    if (byId(id).returnValue === "yes") {
      byId(id).returnValue = "";
      act();
    }
  });
}
