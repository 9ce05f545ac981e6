// Both pictures in all of the window: side by side, one after the other in the same place, or one wiped over the other.
// They are turned and scaled to the same eyes, and are enlarged and shifted together.

import {lay, shifted, WHOLE, zoomed} from "./alignment.js";
import {byId, setText, show} from "./dom.js";
import {eyesOf, viewWords} from "./picture-words.js";
import {viewKeys, ViewStrip} from "./views.js";

const KINDS = ["probe", "portrait"];
const BLINK_MILLIS = 700;
const STEP = 1.25;
const SHIFT = 0.1;
const ARROWS = {ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1]};

export class Comparison {
  #sheet = byId("zoom");
  #stage = byId("zoom-stage");
  #pair = null;
  #eyes = null;
  #through = WHOLE;
  #mode = "beside";
  #shown = "probe";
  #blinking = 0;
  #pointers = new Map();
  #strip;
  #chooseView;

  /**
   * @param closed called when it was closed, so that the pictures can be taken back
   * @param choose called with an outcome's letter; the comparison has been closed then
   * @param letters says whether single letters are keys
   * @param view called with the number of a view that was chosen, from 0
   */
  constructor({closed, choose, letters, view}) {
    this.#chooseView = view;
    this.#strip = new ViewStrip(byId("zoom-strip"), view);
    this.#sheet.addEventListener("close", () => {
      // It comes a little later: who has opened it again meanwhile keeps the pictures in it.
      if (!this.#sheet.open) {
        this.#stop();
        this.#pair = null;
        closed();
      }
    });
    this.#sheet.addEventListener("keydown", (event) => this.#key(event, choose, letters));
    for (const button of this.#sheet.querySelectorAll("button[data-mode]")) {
      button.addEventListener("click", () => this.#compare(button.dataset.mode));
    }
    byId("zoom-in").addEventListener("click", () => this.#look(zoomed(this.#through, STEP)));
    byId("zoom-out").addEventListener("click", () => this.#look(zoomed(this.#through, 1 / STEP)));
    byId("zoom-whole").addEventListener("click", () => this.#look(WHOLE));
    byId("wipe-at").addEventListener("input", () => this.#draw());
    this.#listenToPointers();
    const resized = new ResizeObserver(() => this.#draw());
    KINDS.forEach((kind) => resized.observe(byId(`zoom-${kind}`)));
    this.#stage.addEventListener("load", () => this.#draw(), {capture: true});
  }

  get open() {
    return this.#sheet.open;
  }

  /**
   * @param alert whose pictures they are, in the chosen view
   * @param pair of {@link Pictures}, placed here until it is closed
   */
  show(alert, pair) {
    this.#through = WHOLE;
    byId("wipe-at").value = "50";
    for (const button of this.#sheet.querySelectorAll("button[data-mode]")) {
      button.disabled = !alert.hasPortrait && button.dataset.mode !== "beside";
    }
    this.#sheet.showModal();
    this.put(alert, pair);
    this.#compare("beside");
  }

  /** Shows another view of the same alert, in the way that the one before it was looked at. */
  put(alert, pair) {
    this.#pair = pair;
    this.#eyes = eyesOf(alert);
    setText(byId("zoom-words"), viewWords(alert));
    KINDS.forEach((kind) => byId(`zoom-${kind}`).replaceChildren(pair[kind]));
    this.#draw();
  }

  /** Says which view is shown, as {@link ViewStrip#render} does. */
  renderViews(count, chosen, say) {
    this.#strip.render(count, chosen, say);
  }

  close() {
    this.#sheet.close();
  }

  /** Blinking twice stops it: from then on each time shows the other one, as it does where no motion is wanted. */
  #compare(mode) {
    const again = mode === "blink" && this.#mode === "blink";
    this.#stop();
    this.#mode = mode;
    if (again) {
      this.#other();
    } else if (mode === "blink" && !matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.#blinking = setInterval(() => this.#other(), BLINK_MILLIS);
    }
    this.#draw();
    if (mode === "wipe") {
      byId("wipe-at").focus();
    }
  }

  #stop() {
    clearInterval(this.#blinking);
    this.#blinking = 0;
  }

  #other() {
    this.#shown = this.#shown === "probe" ? "portrait" : "probe";
    this.#draw();
  }

  #look(through) {
    this.#through = through;
    this.#draw();
  }

  #draw() {
    if (!this.#pair) {
      return;
    }
    this.#stage.dataset.mode = this.#mode;
    this.#stage.dataset.shown = this.#shown;
    this.#stage.style.setProperty("--wipe", `${byId("wipe-at").value}%`);
    show(byId("wipe"), this.#mode === "wipe");
    for (const button of this.#sheet.querySelectorAll("button[data-mode]")) {
      button.setAttribute("aria-pressed", String(button.dataset.mode === this.#mode));
    }
    setText(byId("zoom-figure"), `${this.#through.zoom.toFixed(1)}×`);
    for (const kind of KINDS) {
      const image = this.#pair[kind].querySelector("img");
      if (image) {
        lay(image, this.#eyes?.[kind], this.#through);
      }
    }
  }

  #key(event, choose, letters) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey && event.key !== "+" || event.isComposing) {
      return;
    }
    const arrow = ARROWS[event.key];
    if (arrow) {
      if (event.target !== byId("wipe-at")) {
        event.preventDefault();
        this.#look(shifted(this.#through, SHIFT * arrow[0], SHIFT * arrow[1]));
      }
      return;
    }
    const act = letters() && {
      s: () => this.#compare("beside"),
      b: () => this.#click("blink"),
      w: () => this.#click("wipe"),
      "+": () => this.#look(zoomed(this.#through, STEP)),
      "-": () => this.#look(zoomed(this.#through, 1 / STEP)),
      0: () => this.#look(WHOLE),
      z: () => !event.repeat && this.close(),
      t: () => this.#choose("t", choose),
      f: () => this.#choose("f", choose),
      u: () => this.#choose("u", choose),
      ...viewKeys(this.#chooseView),
    }[event.key.toLowerCase()];
    if (act && !(event.repeat && "sbwtfu".includes(event.key.toLowerCase()))) {
      event.preventDefault();
      act();
    }
  }

  #click(mode) {
    this.#sheet.querySelector(`button[data-mode=${mode}]`).click();
  }

  #choose(letter, choose) {
    this.close();
    choose(letter);
  }

  #listenToPointers() {
    this.#stage.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.#look(zoomed(this.#through, Math.exp(-event.deltaY / 400), pointIn(event)));
    }, {passive: false});
    this.#stage.addEventListener("pointerdown", (event) => {
      this.#stage.setPointerCapture(event.pointerId);
      this.#pointers.set(event.pointerId, event);
    });
    this.#stage.addEventListener("pointermove", (event) => this.#drag(event));
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
      this.#stage.addEventListener(end, (event) => this.#pointers.delete(event.pointerId));
    }
  }

  /** One pointer shifts; two also enlarge, by how far they part. */
  #drag(event) {
    const before = this.#pointers.get(event.pointerId);
    if (!before) {
      return;
    }
    const {side} = frame();
    const [other] = [...this.#pointers.values()].filter(({pointerId}) => pointerId !== event.pointerId);
    let through = this.#through;
    if (other) {
      const parted = distance(event, other) / Math.max(1, distance(before, other));
      through = zoomed(through, parted, pointIn(other));
    }
    const share = (other ? 0.5 : 1) / side;
    this.#pointers.set(event.pointerId, event);
    this.#look(shifted(through, share * (event.clientX - before.clientX), share * (event.clientY - before.clientY)));
  }
}

function distance(one, other) {
  return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
}

function frame(kind = "probe") {
  const box = byId(`zoom-${kind}`).getBoundingClientRect();
  return {box, side: Math.max(1, Math.min(box.width, box.height))};
}

/** Where a pointer is in the picture that it is over, as {@link zoomed} has it. */
function pointIn({clientX, clientY}) {
  const kind = KINDS.find((each) => {
    const {box} = frame(each);
    return clientX >= box.left && clientX <= box.right;
  });
  const {box, side} = frame(kind);
  return {x: (clientX - box.left - box.width / 2) / side, y: (clientY - box.top - box.height / 2) / side};
}
