// The open alerts by subject, in the order of ./order.js.

import {byId, copyOf, KeyedChildren, setTags, setText, show} from "./dom.js";
import {newestFirst, rowsOf} from "./order.js";
import {Thumbnails} from "./thumbnails.js";
import {categoryWords, duration, groupWords, outcomeWord, similarityWords, subjectWords} from "./words.js";

export class ListView {
  #rows = byId("rows");
  #children;
  #shown = new WeakMap();
  #thumbnails = new Thumbnails();
  #open = new Set();
  #visible = [];
  #select;
  #changed;

  /**
   * @param select called with the id of the alert that was chosen
   * @param changed called when other rows are to be shown
   */
  constructor(select, changed) {
    this.#select = select;
    this.#changed = changed;
    this.#children = new KeyedChildren(this.#rows, (id) => {
      const item = copyOf("row");
      const [row, more] = item.children;
      row.addEventListener("click", () => select(id));
      more.addEventListener("click", () => this.#toggle(this.#row(id)));
      return item;
    });
  }

  /**
   * @param groups as of {@link grouped}
   * @param desk has selected, unseen and, by alert, what others attend to: attended(id)
   * @param silence why no alert can come; empty if one can
   */
  render(groups, desk, silence, now) {
    const open = groups.flatMap(({alerts}) => alerts);
    setText(byId("open-count"), String(open.length));
    show(byId("no-rows"), open.length === 0);
    setText(byId("no-rows"), silence && silence !== "paused" ? "None is known, and none can come." : "None open.");
    const longest = longestWaiting(open);
    this.#forget(groups);
    this.#visible = rowsOf(groups, (key) => this.#open.has(key), desk.selected);
    this.#thumbnails.keep(this.#visible.map(({alert}) => alert));
    // The Tab key leads into the list also when what was selected is over.
    const entrance = (this.#row(desk.selected) ?? this.#visible[0])?.alert;
    this.#children.arrange(
      this.#visible,
      ({alert}) => alert.id,
      (item, shown) => {
        const {alert, of, first, held} = shown;
        const row = item.firstElementChild;
        const selected = alert.id === desk.selected;
        const last = alert === longest && open.length > 1;
        const tabbable = alert === entrance;
        const thumbnail = this.#thumbnails.of(alert.id);
        const fresh = of.filter(({id}) => desk.unseen.has(id)).length;
        const marks = JSON.stringify(
          [selected, last, tabbable, desk.unseen.has(alert.id), isStale(alert, now), desk.attended(alert.id),
            of.length, fresh, first, shown.open, held],
        );
        const before = this.#shown.get(row);
        if (before?.alert !== alert || before.marks !== marks || before.thumbnail !== thumbnail) {
          this.#fill(row, alert, desk, selected, last, tabbable, now);
          row.querySelector(".row-face").replaceChildren(...thumbnail ? [thumbnail] : []);
          this.#fillGroup(item, shown, fresh, tabbable);
          this.#shown.set(row, {alert, marks, thumbnail});
        }
      },
    );
    this.tick(open, desk, silence, now);
  }

  /** A group that is over opens closed if its subject comes again. */
  #forget(groups) {
    const several = new Set(groups.filter(({alerts}) => alerts.length > 1).map(({key}) => key));
    this.#open = new Set([...this.#open].filter((key) => several.has(key)));
  }

  #fillGroup(item, {of, first, open, held}, fresh, tabbable) {
    const more = item.lastElementChild;
    item.classList.toggle("member", !first);
    show(more, first && of.length > 1);
    more.tabIndex = tabbable ? 0 : -1;
    more.setAttribute("aria-expanded", String(open));
    setText(more, groupWords(of.length, fresh, open, held));
  }

  #row(id) {
    return this.#visible.find(({alert}) => alert.id === id);
  }

  #toggle({key, of, open, held}) {
    if (!open) {
      this.#open.add(key);
      this.#changed();
      return;
    }
    this.#open.delete(key);
    if (held) {
      this.#select(of[0].id);
    } else {
      this.#changed();
    }
  }

  /**
   * Opens or folds the group of an alert. What is looked at stays in sight: of a group that is folded, the first is
   * selected if another of it was.
   *
   * @returns {object | null} the first alert of the group; null if there was nothing to open or fold
   */
  expand(id, open) {
    const row = this.#row(id);
    if (!row || row.of.length < 2 || row.open === open) {
      return null;
    }
    this.#toggle(row);
    return row.of[0];
  }

  /** Asks again for the faces that could not be loaded, when the list is shown next. */
  retry() {
    this.#thumbnails.retry();
  }

  /** The alerts whose rows are shown, in order. */
  get visible() {
    return this.#visible.map(({alert}) => alert);
  }

  #fill(row, alert, desk, selected, last, tabbable, now) {
    const [, subject, , where, similarity, tags] = row.children;
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
      setText(row.children[2], duration(now - alert.bornAt));
    }
    const longest = longestWaiting(open);
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

export function longestWaiting(open) {
  return [...open].sort(newestFirst).at(-1);
}

export function isStale(alert, now) {
  return now >= alert.staleAt;
}

function attentionTags({lookers, claimedBy, mine, escalated}) {
  const tags = lookers
    .filter((officer) => officer !== claimedBy)
    .map((officer) => ({kind: "looker", text: `${officer} looks`}));
  if (claimedBy) {
    tags.unshift(mine ? {kind: "yours", text: "Yours"} : {kind: "claimed", text: `Claimed by ${claimedBy}`});
  }
  if (escalated) {
    tags.unshift({kind: "claimed", text: escalated});
  }
  return tags;
}

function tagsOf(alert, unseen, last, stale) {
  const tags = [];
  if (alert.withdrawn) {
    tags.push({kind: "withdrawn-tag", text: "Withdrawn: do not stop"});
  }
  if (alert.response) {
    tags.push({kind: `category ${alert.response.colour}`, text: categoryWords(alert)});
  }
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
