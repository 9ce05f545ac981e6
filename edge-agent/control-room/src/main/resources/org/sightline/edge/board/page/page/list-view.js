// The open alerts, newest first.

import {byId, copyOf, KeyedChildren, setTags, setText, show} from "./dom.js";
import {duration, outcomeWord, similarityWords, subjectWords} from "./words.js";

export class ListView {
  #rows = byId("rows");
  #children;
  #shown = new WeakMap();

  /** @param select called with the id of the row that was chosen */
  constructor(select) {
    this.#children = new KeyedChildren(this.#rows, (id) => {
      const item = copyOf("row");
      item.firstElementChild.addEventListener("click", () => select(id));
      return item;
    });
  }

  /**
   * @param desk has selected, unseen and, by alert, what others attend to: attended(id)
   * @param silence why no alert can come; empty if one can
   */
  render(open, desk, silence, now) {
    setText(byId("open-count"), String(open.length));
    show(byId("no-rows"), open.length === 0);
    setText(byId("no-rows"), silence ? "None is known, and none can come." : "None open.");
    const longest = open.at(-1);
    this.#children.arrange(
      open,
      (alert) => alert.id,
      (item, alert) => {
        const row = item.firstElementChild;
        const selected = alert.id === desk.selected;
        const last = alert === longest && open.length > 1;
        const tabbable = selected || (desk.selected === null && alert === open[0]);
        const marks = JSON.stringify(
          [selected, last, tabbable, desk.unseen.has(alert.id), isStale(alert, now), desk.attended(alert.id)],
        );
        const before = this.#shown.get(row);
        if (before?.alert !== alert || before.marks !== marks) {
          this.#fill(row, alert, desk, selected, last, tabbable, now);
          this.#shown.set(row, {alert, marks});
        }
      },
    );
    this.tick(open, desk, silence, now);
  }

  #fill(row, alert, desk, selected, last, tabbable, now) {
    const [subject, , where, similarity, tags] = row.children;
    row.tabIndex = tabbable ? 0 : -1;
    if (selected) {
      row.setAttribute("aria-current", "true");
    } else {
      row.removeAttribute("aria-current");
    }
    row.classList.toggle("longest-waiting", last);
    row.classList.toggle("stale", isStale(alert, now));
    setText(subject, subjectWords(alert));
    setText(where, `${alert.van} · ${alert.camera} · ${alert.place}`);
    const {figure, verdict} = similarityWords(alert.similarity, alert.threshold);
    setText(similarity, `${figure} ${verdict} the threshold`);
    setTags(tags, [
      ...tagsOf(alert, desk.unseen.has(alert.id), last, isStale(alert, now)),
      ...attentionTags(desk.attended(alert.id)),
    ]);
  }

  /** Ages alone. */
  tick(open, desk, silence, now) {
    for (const alert of open) {
      const row = this.#children.element(alert.id)?.firstElementChild;
      const shown = row && this.#shown.get(row);
      if (!shown) {
        continue;
      }
      setText(row.children[1], duration(now - alert.bornAt));
      if (isStale(alert, now) !== row.classList.contains("stale")) {
        this.#shown.delete(row);
        this.render(open, desk, silence, now);
        return;
      }
    }
    const longest = open.at(-1);
    show(byId("longest"), open.length > 1);
    if (longest) {
      setText(byId("longest-words"), `${duration(now - longest.bornAt)} · ${longest.van}`);
    }
  }

  focus(id) {
    const row = this.#children.element(id)?.firstElementChild;
    row?.focus();
    row?.scrollIntoView({block: "nearest"});
  }

  get hasFocus() {
    return this.#rows.contains(document.activeElement);
  }
}

export function isStale(alert, now) {
  return now >= alert.staleAt;
}

function attentionTags({lookers, claimedBy, mine}) {
  const tags = lookers
    .filter((officer) => officer !== claimedBy)
    .map((officer) => ({kind: "looker", text: `${officer} looks`}));
  if (claimedBy) {
    tags.unshift(mine ? {kind: "yours", text: "Yours"} : {kind: "claimed", text: `Claimed by ${claimedBy}`});
  }
  return tags;
}

function tagsOf(alert, unseen, last, stale) {
  const tags = [];
  if (alert.exercise) {
    tags.push({kind: "exercise-tag", text: alert.signed ? "Exercise" : "Exercise, not signed"});
  }
  if (unseen) {
    tags.push({kind: "new", text: "New"});
  }
  if (alert.proposal) {
    const {outcome} = alert.proposal; // of one's own alone
    tags.push({kind: "proposed", text: outcome ? `You said ${outcomeWord(outcome)}` : "Second officer needed"});
  }
  if (alert.dispute) {
    tags.push({kind: "disputed", text: "Disputed"});
  }
  if (alert.maybePicture) {
    tags.push({kind: "maybe-picture", text: "Maybe a picture"});
  }
  if (last) {
    tags.push({kind: "waiting", text: "Waiting longest"});
  }
  if (!alert.readable) {
    tags.push({kind: "sealed-tag", text: "Sealed"});
  }
  if (stale) {
    tags.push({kind: "stale-tag", text: "Stale"});
  }
  return tags;
}
