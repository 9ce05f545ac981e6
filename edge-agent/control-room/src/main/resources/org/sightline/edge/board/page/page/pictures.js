// The pictures of the selected alert and, fetched ahead, of the next one. Of others nothing is kept. The elements
// themselves are kept and shown: the board forbids storing, so another element would fetch again.

import {deskIsLocked} from "./attendance.js";

export class Pictures {
  #pairs = new Map();

  /** Further views by alert, those that were looked at: each by its number. */
  #views = new Map();

  /** Keeps these alerts' pictures and lets go of all others. */
  keep(alerts) {
    const wanted = alerts.filter((alert) => alert?.readable);
    const ids = new Set(wanted.map((alert) => alert.id));
    for (const [id, pair] of this.#pairs) {
      if (!ids.has(id)) {
        this.#pairs.delete(id);
        Object.values(pair).forEach(letGo);
      }
    }
    for (const [id, views] of this.#views) {
      if (!ids.has(id)) {
        this.#views.delete(id);
        views.forEach(letGo);
      }
    }
    wanted.forEach((alert) => this.of(alert));
  }

  /** Drops those that could not be loaded: they are asked for again when they are to be shown. */
  retry() {
    for (const [id, pair] of this.#pairs) {
      if (hasFailed(pair)) {
        this.#pairs.delete(id);
        Object.values(pair).forEach(letGo);
      }
    }
    for (const views of this.#views.values()) {
      views.forEach((frame, view) => frame.dataset.failed && views.delete(view));
    }
  }

  /** The same with another view in the place of the best, 0: such a view is fetched when it is first looked at. */
  inView(alert, view) {
    const pair = this.of(alert);
    if (view === 0) {
      return pair;
    }
    const views = this.#views.get(alert.id) ?? new Map();
    this.#views.set(alert.id, views);
    if (!views.has(view)) {
      const alt = `Face seen by camera ${alert.camera} of ${alert.van}, view ${view + 1} of the pass`;
      views.set(view, picture(alert.id, `view-${view + 1}`, alt));
    }
    return {...pair, probe: views.get(view)};
  }

  /** @returns {{probe: HTMLElement, portrait: HTMLElement}} */
  of(alert) {
    let pair = this.#pairs.get(alert.id);
    if (!pair) {
      pair = {
        probe: picture(alert.id, "probe", `Face seen by camera ${alert.camera} of ${alert.van}`),
        portrait: alert.hasPortrait
          ? picture(alert.id, "portrait", `Portrait of ${alert.subject} from the watchlist`)
          : words("No portrait: the van could not read it"),
      };
      this.#pairs.set(alert.id, pair);
    }
    return pair;
  }
}

/**
 * Whether both have come and been drawn where they are now.
 *
 * @returns {Promise<boolean>} false if one could not be loaded
 */
export async function drawn(pair) {
  const frames = Object.values(pair);
  if (hasFailed(pair)) {
    return false;
  }
  const images = frames.flatMap((frame) => [...frame.querySelectorAll("img")]);
  try {
    await Promise.all(images.map((image) => image.decode()));
  } catch {
    return false;
  }
  await nextFrame();
  await nextFrame();
  return true;
}

function hasFailed(pair) {
  return Object.values(pair).some((frame) => frame.dataset.failed);
}

function nextFrame() {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

function picture(id, kind, alt) {
  const frame = document.createElement("span");
  frame.className = "frame";
  if (deskIsLocked()) {
    fail(frame);
    return frame;
  }
  const image = new Image();
  image.alt = alt;
  image.decoding = "async";
  image.draggable = false;
  image.src = `/api/alerts/${encodeURIComponent(id)}/${kind}`;
  image.addEventListener("error", () => fail(frame));
  frame.append(image);
  return frame;
}

function fail(frame) {
  frame.dataset.failed = "true";
  frame.replaceChildren(words("The picture could not be loaded"));
}

function words(text) {
  const element = document.createElement("span");
  element.className = "no-picture";
  element.textContent = text;
  return element;
}

function letGo(frame) {
  frame.querySelector("img")?.removeAttribute("src");
  frame.remove();
}
