// The selected alert, large.

import {lay, WHOLE} from "./alignment.js";
import {Comparison} from "./comparison.js";
import {byId, setText, show} from "./dom.js";
import {isStale} from "./list-view.js";
import {eyesOf, viewWords} from "./picture-words.js";
import {drawn} from "./pictures.js";
import {showResponse} from "./response-view.js";
import {inView, viewCount, ViewStrip} from "./views.js";
import {clock, count, duration, endWords, exerciseWords, lateWords, outcomeWord, percentOfScale, similarityWords, strengthWords, subjectWords} from "./words.js";

const TIME = new Intl.DateTimeFormat("en-GB", {
  day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit",
});

export class DetailView {
  #pictures;
  #shown = null;
  #seen = "waiting";
  #watched = null;
  #pair = null;
  #view = 0;
  #strip;
  #changed;
  #comparison;

  /**
   * @param changed called when {@link seen} has changed by itself
   * @param keys {choose, letters} as of {@link Comparison}
   */
  constructor(pictures, changed, keys) {
    this.#pictures = pictures;
    this.#changed = changed;
    const view = (number) => this.choose(number);
    this.#comparison = new Comparison({...keys, view, closed: () => this.#place()});
    this.#strip = new ViewStrip(byId("view-strip"), view);
    const resized = new ResizeObserver(() => this.#lay());
    ["probe", "portrait"].forEach((kind) => resized.observe(byId(kind)));
    byId("stage").addEventListener("load", () => this.#lay(), {capture: true});
    for (const tick of document.querySelectorAll(".scale .tick")) {
      tick.style.setProperty("--at", `${percentOfScale(Number(tick.dataset.at))}%`);
    }
  }

  /** Asks again for what could not be loaded. */
  retry() {
    this.#pictures.retry();
    if (!this.#shown?.readable) {
      return;
    }
    if (this.#pictures.of(this.#shown) !== this.#pair) {
      this.#shown = null;
    } else {
      this.#showView();
    }
  }

  /** "waiting" until all that there is to see of the alert has been drawn, then "seen"; "failed" if a picture does not come. */
  get seen() {
    return this.#seen;
  }

  /**
   * @param ended what became of the selected alert, if it is not open any more
   * @param silence why no alert can come; empty if one can
   */
  render(alert, ended, next, silence, now) {
    show(byId("detail"), Boolean(alert));
    show(byId("empty"), !alert);
    if (this.#shown?.id !== alert?.id) {
      this.#comparison.close();
    }
    if (!alert) {
      this.#shown = null;
      this.#watched = null;
      this.#renderEnd(ended, next, silence, now);
      return;
    }
    if (this.#shown !== alert) {
      const another = this.#shown?.id !== alert.id;
      this.#shown = alert;
      this.#view = another ? 0 : this.#view;
      this.#fill(alert);
      if (another) {
        this.#watch(alert);
      }
    }
    this.tick(alert, now);
  }

  async #watch(alert) {
    const watch = {};
    this.#watched = watch;
    this.#seen = "waiting";
    this.#pair = alert.readable ? this.#pictures.of(alert) : null;
    const seen = !this.#pair || await drawn(this.#pair);
    if (this.#watched === watch) {
      this.#seen = seen ? "seen" : "failed";
      this.#changed();
    }
  }

  #renderEnd(ended, next, silence, now) {
    const {title, words, kind} = endWords(ended, Boolean(next), silence, now);
    byId("empty").dataset.kind = kind;
    setText(byId("empty-title"), title);
    setText(byId("empty-words"), words);
    show(byId("next"), Boolean(next));
    if (next) {
      setText(byId("next-words"), `Next: ${subjectWords(next)}, ${next.van}, ${duration(now - next.bornAt)} old`);
    }
  }

  #fill(alert) {
    setText(byId("alert-title"), subjectWords(alert));
    setText(byId("where"), `${alert.van} · camera ${alert.camera} · ${alert.place}`);
    show(byId("sealed"), !alert.readable);
    show(byId("withdrawn"), Boolean(alert.withdrawn));
    show(byId("exercise"), alert.exercise);
    setText(byId("exercise-words"), alert.exercise ? exerciseWords(alert) : "");
    show(byId("dispute"), Boolean(alert.dispute));
    setText(byId("dispute"), alert.dispute ? disputeWords(alert) : "");
    show(byId("maybe-picture"), Boolean(alert.maybePicture));
    show(byId("stage"), alert.readable);
    show(byId("views"), alert.readable);
    this.#renderView(false);
    this.#place();
    fillSimilarity(alert);
    showResponse(alert);
    setText(byId("fact-list"), count(alert.galleryEntries, "person", "people"));
    setText(byId("fact-captured"), TIME.format(new Date(alert.capturedAt)));
  }

  /** What the passing of time changes. */
  tick(alert, now) {
    const stale = isStale(alert, now);
    byId("age-box").classList.toggle("stale", stale);
    setText(byId("age"), clock(now - alert.bornAt));
    setText(
      byId("staleness"),
      stale ? "Stale: the person has probably gone" : `Fresh for another ${duration(alert.staleAt - now)}`,
    );
    setText(byId("fact-expires"), `in ${duration(alert.expiresAt - now)}`);
  }

  /** The two pictures in all of the window. */
  compare() {
    if (this.#shown?.readable && !this.#comparison.open) {
      this.#comparison.show(...this.#inView());
    }
  }

  /**
   * Shows another view of the pass, on the desk or where it is compared; not before the best one has been drawn, without
   * which nothing can be chosen.
   *
   * @param view from 0; one that the alert does not have changes nothing
   */
  choose(view) {
    if (this.#seen !== "seen" || !this.#shown || view >= viewCount(this.#shown)) {
      return;
    }
    this.#view = view;
    this.#renderView(true);
    this.#showView();
  }

  #showView() {
    if (this.#comparison.open) {
      this.#comparison.put(...this.#inView());
    } else {
      this.#place();
    }
  }

  /** The alert and its pictures in the chosen view. */
  #inView() {
    return [inView(this.#shown, this.#view), this.#pictures.inView(this.#shown, this.#view)];
  }

  #renderView(chosen) {
    const alert = this.#shown;
    setText(byId("views-words"), viewWords(inView(alert, this.#view)));
    this.#strip.render(viewCount(alert), this.#view, chosen && !this.#comparison.open);
    this.#comparison.renderViews(viewCount(alert), this.#view, chosen && this.#comparison.open);
  }

  /** Puts the pictures on the desk, unless they are compared: there is one of each, see {@link Pictures}. */
  #place() {
    if (this.#shown?.readable && !this.#comparison.open) {
      for (const [kind, picture] of Object.entries(this.#inView()[1])) {
        byId(kind).replaceChildren(picture);
      }
      this.#lay();
    }
  }

  #lay() {
    const eyes = this.#shown && eyesOf(inView(this.#shown, this.#view));
    for (const kind of ["probe", "portrait"]) {
      const image = byId(kind).querySelector("img");
      if (image) {
        lay(image, eyes?.[kind], WHOLE);
      }
    }
  }
}

function fillSimilarity(alert) {
  const {figure, threshold, difference, verdict} = similarityWords(alert.similarity, alert.threshold);
  setText(
    byId("similarity-words"),
    `${figure} is ${verdict} the threshold of ${threshold} (${difference})`,
  );
  setText(byId("strength"), strengthWords(alert.strength));
  setText(byId("threshold-figure"), `threshold ${threshold}`);
  setText(byId("similarity-figure"), figure);
  const scale = byId("scale");
  scale.setAttribute("aria-label", `Scale from -1 to 1, threshold at ${threshold}, similarity at ${figure}`);
  scale.style.setProperty("--threshold", `${percentOfScale(alert.threshold)}%`);
  scale.style.setProperty("--similarity", `${percentOfScale(alert.similarity)}%`);
}

function disputeWords(alert) {
  const [first, second] = alert.dispute;
  const between = `Disputed: officer ${first.by} said ${outcomeWord(first.outcome)}, officer ${second.by} said ${outcomeWord(second.outcome)}`;
  return `${[between, ...lateWords(alert), "A supervisor decides"].join(". ")}.`;
}
