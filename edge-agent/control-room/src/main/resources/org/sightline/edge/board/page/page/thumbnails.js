// The faces of the alerts that stand first in the list, small. Of others nothing is fetched, and what is no longer
// shown is let go: see Pictures.

import {deskIsLocked} from "./attendance.js";

/** As many as one sees without scrolling, and some more. */
const MOST = 24;

export class Thumbnails {
  #images = new Map();

  /** Keeps the faces of the first of these alerts and lets go of all others. */
  keep(alerts) {
    const wanted = new Set(alerts.filter((alert) => alert.readable).slice(0, MOST).map(({id}) => id));
    for (const [id, image] of this.#images) {
      if (!wanted.has(id)) {
        this.#images.delete(id);
        image.removeAttribute("src");
        image.remove();
      }
    }
    if (deskIsLocked()) {
      return;
    }
    for (const id of wanted) {
      if (!this.#images.has(id)) {
        this.#images.set(id, imageOf(id));
      }
    }
  }

  /** @returns {HTMLImageElement | null} null if none is kept of this alert, or it could not be loaded */
  of(id) {
    const image = this.#images.get(id);
    return image && !image.dataset.failed ? image : null;
  }

  /** Drops those that could not be loaded: they are asked for again when they are to be kept. */
  retry() {
    for (const [id, image] of this.#images) {
      if (image.dataset.failed) {
        this.#images.delete(id);
      }
    }
  }
}

function imageOf(id) {
  const image = new Image(40, 40);
  image.alt = ""; // The row says who it may be.
  image.decoding = "async";
  image.loading = "lazy";
  image.draggable = false;
  image.addEventListener("error", () => {
    image.dataset.failed = "true";
    image.remove();
  });
  image.src = `/api/alerts/${encodeURIComponent(id)}/probe`;
  return image;
}
