// By what the person of the selected alert is found in the street, where the authorisation permits the van to say it:
// the figure, the way of walking, and whether they are in view. Nothing is said that is not known.

import {deskIsLocked} from "./attendance.js";
import {byId, setText, show} from "./dom.js";
import {duration} from "./words.js";

/** A van says every 4 s that somebody is in view; when it has not for so long, nobody knows. */
const KNOWN_FOR_MILLIS = 12_000;

const WAYS = {
  left: "walking to the left of the camera’s view",
  right: "walking to the right of the camera’s view",
  towards: "walking towards the camera",
  away: "walking away from the camera",
};

export class Whereabouts {
  #sights = new Map();
  #shown = null;

  /** What the vans have said last of all open alerts. */
  snapshot(sights, now) {
    this.#sights.clear();
    sights.forEach((sight) => this.heard(sight, now));
  }

  /** A van has said whether somebody is in view. */
  heard(sight, now) {
    this.#sights.set(sight.id, {
      ...sight, lastSeenAt: now - sight.lastSeenMillis, heardAt: now - sight.heardMillis,
    });
  }

  /**
   * @param alert the selected one; undefined if there is none
   * @param hears whether the page hears the van of the alert
   */
  render(alert, hears, now) {
    const sight = alert && this.#sights.get(alert.id);
    const any = Boolean(alert?.readable && (alert.hasFigure || alert.walking || sight));
    show(byId("whereabouts"), any);
    const given = any && alert.hasFigure && (alert.id === this.#shown || !deskIsLocked());
    this.#showFigure(given ? alert : null);
    setText(byId("whereabouts-words"), any ? sightWords(alert, sight, hears, now) : "");
  }

  /** Asks again for a figure that could not be loaded, when it is shown next. */
  retry() {
    if (!byId("figure").querySelector("img")) {
      this.#shown = null;
    }
  }

  /** The element is kept while its alert is selected: the board forbids storing. Of others nothing is kept. */
  #showFigure(alert) {
    const frame = byId("figure");
    show(frame.parentElement, Boolean(alert));
    if ((alert?.id ?? null) === this.#shown) {
      return;
    }
    this.#shown = alert?.id ?? null;
    frame.querySelector("img")?.removeAttribute("src");
    frame.replaceChildren();
    if (alert) {
      const image = new Image();
      image.alt = `The person’s figure seen by camera ${alert.camera} of ${alert.van}, everything else pixelated`;
      image.draggable = false;
      image.src = `/api/alerts/${encodeURIComponent(alert.id)}/figure`;
      image.addEventListener("error", () => frame.replaceChildren("The picture could not be loaded"));
      frame.append(image);
    }
  }
}

/**
 * Whether somebody is in view, and where to they walk, in a sentence.
 *
 * @param sight what the van said last; undefined if it has not
 * @param hears whether more would be heard
 */
export function sightWords(alert, sight, hears, now) {
  const way = WAYS[sight?.walking ?? alert.walking];
  const walking = way ? `, ${way}` : "";
  if (!sight) {
    return `Whether they are still in view is not known${way ? `; when the alert was raised, ${way}` : ""}`;
  }
  const ago = `${duration(now - sight.lastSeenAt)} ago`;
  if (!sight.inView) {
    return `No longer in view: last seen ${ago}${walking}`;
  }
  return hears && now - sight.heardAt <= KNOWN_FOR_MILLIS
    ? `In view now${walking}`
    : `Whether they are still in view is not known: last seen ${ago}${walking}`;
}
