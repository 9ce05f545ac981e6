// The few things that every view does to the document.

export const byId = (id) => document.getElementById(id);

/** Sets text only where it differs: nothing is laid out, and nothing is read out, for a text that stays. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Before the token is there, the board would refuse to log out. */
export function canLogOut(csrf) {
  const token = byId("csrf");
  token.value = csrf;
  token.form.querySelector("button").disabled = false;
}

export function copyOf(templateId) {
  return byId(templateId).content.firstElementChild.cloneNode(true);
}

export function show(element, visible) {
  element.hidden = !visible;
}

/** The same words in the elements' order, each its own tag. */
export function setTags(parent, tags) {
  while (parent.childElementCount > tags.length) {
    parent.lastElementChild.remove();
  }
  tags.forEach(({kind, text}, i) => {
    const tag = parent.children[i] ?? parent.appendChild(document.createElement("span"));
    tag.className = `tag ${kind}`;
    setText(tag, text);
  });
}

/**
 * Children in a given order, made where they lack, moved only where they stand wrong, removed where not wanted. The one
 * that has the focus is never moved, which would take the focus from it: the others are moved around it.
 */
export class KeyedChildren {
  #parent;
  #make;
  #elements = new Map();

  constructor(parent, make) {
    this.#parent = parent;
    this.#make = make;
  }

  /**
   * @param items in order
   * @param keyOf tells items apart
   * @param update called with element and item of each
   */
  arrange(items, keyOf, update) {
    const keys = new Set(items.map(keyOf));
    for (const [key, element] of this.#elements) {
      if (!keys.has(key)) {
        element.remove();
        this.#elements.delete(key);
      }
    }
    let place = this.#parent.firstElementChild;
    for (const item of items) {
      const key = keyOf(item);
      let element = this.#elements.get(key);
      if (!element) {
        element = this.#make(key);
        this.#elements.set(key, element);
      }
      if (element.contains(document.activeElement)) {
        place = this.#moveDown(place, element);
      }
      if (element === place) {
        place = place.nextElementSibling;
      } else {
        this.#parent.insertBefore(element, place);
      }
      update(element, item);
    }
  }

  /** Moves all that stand from a place to before an element below what stands. */
  #moveDown(place, element) {
    while (place !== element) {
      const next = place.nextElementSibling;
      this.#parent.append(place);
      place = next;
    }
    return place;
  }

  element(key) {
    return this.#elements.get(key);
  }
}
