// The faces of the alerts that stand first in the list, small. Of others nothing is fetched, and what is no longer
// shown is let go: see Pictures.

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
    for (const id of wanted) {
      if (!this.#images.has(id)) {
        this.#images.set(id, imageOf(id));
      }
    }
  }

  /** @returns {HTMLImageElement | null} null if none is kept of this alert */
  of(id) {
    return this.#images.get(id) ?? null;
  }
}

function imageOf(id) {
  const image = new Image(40, 40);
  image.alt = ""; // The row says who it may be.
  image.decoding = "async";
  image.loading = "lazy";
  image.draggable = false;
  image.addEventListener("error", () => image.remove());
  image.src = `/api/alerts/${encodeURIComponent(id)}/probe`;
  return image;
}
