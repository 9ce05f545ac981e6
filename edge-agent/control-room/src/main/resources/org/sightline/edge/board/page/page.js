// The control room's page: wires what the board says to what the officer sees and does.

import {Attendance, deskIsLocked} from "./page/attendance.js";
import {Attention} from "./page/attention.js";
import {AttentionView} from "./page/attention-view.js";
import {DetailView} from "./page/detail-view.js";
import {byId, canLogOut, setText, show} from "./page/dom.js";
import {Engagement} from "./page/engagement.js";
import {Escalation} from "./page/escalation.js";
import {Feed} from "./page/feed.js";
import {Judgement} from "./page/judgement.js";
import {Keys} from "./page/keys.js";
import {ListView, longestWaiting} from "./page/list-view.js";
import {Notices} from "./page/notices.js";
import {isPaused} from "./page/pause-words.js";
import {Pictures} from "./page/pictures.js";
import {Readiness} from "./page/readiness.js";
import {ShiftView} from "./page/shift-view.js";
import {SecondDesk} from "./page/second-desk.js";
import {RefusedView} from "./page/refused-view.js";
import {SideView} from "./page/side-view.js";
import {Signal} from "./page/signal.js";
import {Situation} from "./page/situation.js";
import {Speech} from "./page/speech.js";
import {viewKeys} from "./page/views.js";
import {Whereabouts} from "./page/whereabouts.js";
import {Withdrawn} from "./page/withdrawn.js";
import {arrivalWords, count, judges, newsWords, outcomeWord, subjectWords} from "./page/words.js";

/** No hand is quicker to notice that something else stands before it. */
const SETTLING_MILLIS = 700;

const SOUND_WORDS = {on: "Sound on", off: "Sound off", blocked: "Sound waits for a click"};
const THEMES = ["system", "dark", "light"];

const now = () => performance.now();

class Page {
  #session;
  #liked = Promise.resolve();
  #situation = new Situation();
  #pictures = new Pictures();
  #detail = new DetailView(this.#pictures, () => this.#render(), {
    choose: (letter) => this.#keys.press(letter),
    letters: () => this.#keys.letters,
  });
  #whereabouts = new Whereabouts();
  #list = new ListView((id) => this.#select(id), () => this.#render());
  #side = new SideView((van) => this.#acknowledgeLog(van));
  #speech = new Speech(byId("spoken"), arrivalWords);
  #withdrawals = new Withdrawn();
  #signal;
  #keys;
  #judgement;
  #readiness;
  #refused;
  #secondDesk;
  #attendance;
  #notices;
  #attention;
  #attentionView;
  #engagement;
  #escalation = new Escalation((sentence, loudness) => this.#remind(sentence, loudness));
  #waiting = "";
  #frame = 0;

  /**
   * What this officer looks at, what came since and was not looked at, what was judged just now, and by alert what of
   * it came too late.
   */
  #desk = {
    selected: null,
    unseen: new Set(),
    judged: null,
    missed: new Map(),
    attended: (id) => ({...this.#attention.of(id), escalated: this.#secondDesk.tag(id)}),
  };

  /** The alert that somebody has looked at by a key or a click since it was selected. */
  #looked = null;

  /** What the officer has before them, and the timer that runs while it is another than they asked for. */
  #standing = standingOf(null);
  #settling = 0;

  constructor(session) {
    this.#session = session;
    this.#signal = new Signal(session.desk.sound, () => this.#showSound());
    this.#judgement = new Judgement(
      session,
      (id) => this.#recorded(id),
      (id, outcome, how) => this.#missed(id, outcome, how),
    );
    this.#readiness = new Readiness(this.#signal, session);
    this.#notices = new Notices(session.board);
    this.#secondDesk = new SecondDesk(this.#signal, (sentence) => {
      this.#note(sentence);
      this.#notices.show(sentence);
    });
    new ShiftView();
    this.#engagement = new Engagement(session);
    this.#attention = new Attention(
      session,
      (id, officer, mine) => this.#passed(id, officer, mine),
      (words) => this.#note(words),
    );
    this.#attentionView = new AttentionView(this.#attention);
    this.#refused = new RefusedView(this.#signal, () => this.#acknowledgeRefused());
    setText(byId("board"), session.board);
    setText(byId("officer"), `Officer ${session.officer}`);
    canLogOut(session.csrf);
    this.#listen();
    this.#showSound();
    this.#tickEverySecond();
    const feed = new Feed({
      event: (name, data) => this.#heard(name, data),
      connected: () => this.#link(true),
      lost: () => this.#link(false),
      sessionOver: () => {
        this.#link(false);
        this.#attendance.over();
      },
    });
    this.#attendance = new Attendance(session, (over) => {
      [this.#detail, this.#list, this.#whereabouts].forEach((view) => view.retry());
      this.#render();
      if (over) {
        feed.run();
      }
    });
    byId("logout").addEventListener("submit", () => feed.stop());
    feed.run();
  }

  #listen() {
    this.#keys = new Keys({
      letters: {
        t: () => this.#judgement.choose("true"),
        f: () => this.#judgement.choose("false"),
        u: () => this.#judgement.choose("unresolved"),
        j: () => this.#step(1),
        k: () => this.#step(-1),
        n: () => this.#selectNew(),
        z: () => this.#detail.compare(),
        ...viewKeys((view) => this.#detail.choose(view)),
        c: () => this.#attentionView.claim(),
        m: () => this.#toggleSound(),
        "?": () => byId("help-sheet").showModal(),
      },
      others: {
        Escape: () => this.#judgement.cancel() || this.#leaveEnded(),
        ArrowDown: () => this.#list.hasFocus && this.#step(1),
        ArrowUp: () => this.#list.hasFocus && this.#step(-1),
        ArrowRight: () => this.#list.hasFocus && this.#list.expand(this.#desk.selected, true),
        ArrowLeft: () => this.#list.hasFocus && this.#show(this.#list.expand(this.#desk.selected, false)),
      },
      still: () => this.#settling !== 0,
    });
    byId("letters").addEventListener("change", (event) => {
      this.#useLetters(event.target.checked);
      this.#keepLiking();
    });
    this.#useLetters(this.#session.desk.letters);
    showTheme(this.#session.desk.theme);
    byId("sound").addEventListener("click", () => this.#signal.state === "blocked" || this.#toggleSound());
    byId("theme").addEventListener("click", () => {
      showTheme(THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length]);
      this.#keepLiking();
    });
    byId("test").addEventListener("tested", () => this.#render());
    byId("help").addEventListener("click", () => byId("help-sheet").showModal());
    byId("arrivals").addEventListener("click", () => this.#selectNew());
    byId("longest").addEventListener("click", () => this.#show(longestWaiting(this.#situation.open())));
    byId("next").addEventListener("click", () => this.#show(this.#next()));
    for (const picture of document.querySelectorAll(".pictures .picture")) {
      picture.addEventListener("click", () => this.#detail.compare());
    }
    byId("compare").addEventListener("click", () => this.#detail.compare());
    document.addEventListener("visibilitychange", () => this.#sayWhatIsLookedAt(now()));
    addEventListener("pagehide", () => this.#attention.looks(null, now()));
    byId("note-close").addEventListener("click", () => show(byId("note"), false));
    for (const touch of ["pointerdown", "keydown"]) {
      addEventListener(touch, () => this.#attended(), {capture: true, passive: true});
    }
  }

  #remind(sentence, loudness) {
    this.#signal.remind(loudness);
    this.#speech.say(sentence);
    this.#notices.show(sentence);
  }

  #toggleSound() {
    this.#signal.toggle();
    this.#keepLiking();
  }

  #useLetters(on) {
    this.#keys.letters = on;
    byId("letters").checked = on;
    document.documentElement.dataset.letters = on ? "on" : "off";
  }

  /**
   * How this officer likes the page is kept by the board, for the next login. One after the other, so that what is kept
   * is what was chosen last; also while the page is left.
   */
  #keepLiking() {
    this.#liked = this.#liked
      .then(() => fetch("/api/desk", {
        method: "POST",
        headers: {"Content-Type": "application/json", "X-CSRF-Token": this.#session.csrf},
        body: JSON.stringify({sound: this.#signal.wanted, letters: this.#keys.letters, theme: theme()}),
        keepalive: true,
      }))
      .catch(() => {});
  }

  #heard(name, data) {
    const at = now();
    switch (name) {
      case "snapshot": {
        const {arrived, left} = this.#situation.snapshot(data, at);
        arrived.forEach((alert) => this.#arrived(alert));
        if (left > 0) {
          this.#note(`${count(left, "alert")} closed or expired while the connection was lost.`);
        }
        this.#attention.snapshot(data.attended);
        this.#whereabouts.snapshot(data.sights, at);
        this.#withdrawals.snapshot(data.alerts).forEach((sentence) => this.#withdrawn(sentence));
        this.#engagement.snapshot(data);
        this.#side.stored(data.stored);
        this.#readiness.broker(data.broker, at);
        this.#desksHeard(data.desks, at);
        this.#refused.refused = data.refused;
        this.#situation.open().forEach((alert) => this.#isNew(alert));
        this.#selectSomething();
        break;
      }
      case "engaged":
        this.#engagement.engaged(data);
        break;
      case "desks":
        this.#desksHeard(data, at);
        break;
      case "attended":
        this.#attention.heard(data);
        break;
      case "broker":
        this.#readiness.broker(data, at);
        this.#showLink();
        break;
      case "refused":
        this.#refused.refused = data.refused;
        break;
      case "sight":
        this.#whereabouts.heard(data, at);
        break;
      case "test":
        this.#readiness.tested(data);
        break;
      case "alert": {
        if (data.state === "closed" && data.id === this.#desk.selected && this.#situation.find(data.id)) {
          this.#speech.say(`Closed: ${outcomeWord(data.outcome)} ${judges(data.by, data.confirmedBy, data.between)}.`);
        }
        this.#withdrawn(this.#withdrawals.alert(data));
        this.#engagement.alert(data);
        const alert = this.#situation.alert(data, at);
        if (alert) {
          this.#arrived(alert);
          this.#selectSomething();
        }
        this.#isNew(data);
        const late = data.late?.find(({by}) => by === this.#session.officer);
        if (late) {
          this.#missed(data.id, late.outcome, "refused");
        }
        break;
      }
      case "gone":
        this.#engagement.gone(data.id);
        this.#withdrawals.gone(data.id);
        if (data.reason === "stored") {
          this.#situation.stored(data.id);
        } else if (this.#situation.gone(data.id, at, data.reason) && data.reason !== "discarded") {
          this.#note("An alert expired without an outcome. Its pictures were deleted on schedule.");
        } else if (data.reason === "discarded") {
          // Also of one that was judged long ago: an officer may be on the way.
          this.#withdrawn("A deployment was refused by an authority. Its alerts are discarded: stop nobody because of them, and call back who goes there.");
        }
        break;
      case "stored":
        this.#side.stored(data);
        break;
      case "van":
        this.#situation.van(data, at);
        break;
    }
    this.#render();
  }

  #desksHeard(desks, at) {
    this.#secondDesk.heard(desks, (id) => this.#situation.find(id)?.response?.sound, at);
    this.#readiness.more = this.#secondDesk.parts;
  }

  #acknowledgeLog(van) {
    this.#acknowledge(`/api/vans/${encodeURIComponent(van)}/log`, `The audit log of ${van} was not acknowledged. Try again.`);
  }

  #acknowledgeRefused() {
    this.#acknowledge("/api/refused", "That you have taken note did not reach the board. Try again.");
  }

  async #acknowledge(path, trouble) {
    const answer = await fetch(path, {
      method: "POST",
      headers: {"X-CSRF-Token": this.#session.csrf},
      signal: AbortSignal.timeout(10_000),
    }).catch(() => null);
    // 404: another officer was first.
    if (!answer?.ok && answer?.status !== 404) {
      this.#note(trouble);
    }
  }

  /** New is what nobody has looked at, at whatever desk. */
  #isNew({id, state, seenBy}) {
    if (seenBy || state === "closed") {
      this.#desk.unseen.delete(id);
    } else if (id !== this.#desk.selected) {
      this.#desk.unseen.add(id);
    }
  }

  /** Loud, whatever is on the desk. */
  #withdrawn(sentence) {
    if (sentence) {
      this.#note(sentence);
      this.#signal.sound("urgent");
    }
  }

  #arrived(alert) {
    this.#desk.unseen.add(alert.id);
    this.#speech.arrived(alert);
    this.#signal.sound(alert.response?.sound);
    this.#notices.show("A possible match has arrived.");
  }

  /**
   * With nothing on the desk, the first of the list is put there. What somebody looks at is never taken from them, and what became
   * of it stays before them until they go on by themselves.
   */
  #selectSomething() {
    const first = this.#situation.open()[0];
    if (first && this.#desk.selected === null) {
      this.#desk.selected = first.id;
    }
  }

  /** @returns {boolean} whether there was one to leave */
  #leaveEnded() {
    const ended = this.#desk.selected !== null && !this.#situation.find(this.#desk.selected);
    if (ended) {
      this.#select(this.#situation.open()[0]?.id ?? null);
    }
    return ended;
  }

  /** A key or a click shows that somebody is there and sees what is on the desk. */
  #attended() {
    const {selected} = this.#desk;
    if (selected !== null && this.#detail.seen === "seen" && !deskIsLocked()) {
      this.#see(selected);
      this.#looked = selected;
      this.#sayWhatIsLookedAt(now());
    }
  }

  /** What somebody has before them, for as long as they are there. */
  #sayWhatIsLookedAt(at) {
    if (!this.#readiness.page || !this.#attendance.isThere(at)) {
      return; // Ends by itself.
    }
    const looks = this.#looked === this.#desk.selected && this.#situation.find(this.#looked) && !document.hidden;
    this.#attention.looks(looks ? this.#looked : null, at);
  }

  /** An alert has changed hands. */
  #passed(id, officer, mine) {
    const alert = this.#situation.find(id);
    if (!alert) {
      return;
    }
    const what = `${subjectWords(alert)}, ${alert.van}`;
    this.#note(mine ? `Officer ${officer} has handed ${what} over to you.` : `Officer ${officer} has taken over ${what}.`);
    this.#signal.sound();
  }

  /** Somebody has looked at it: the board keeps that, for all pages and over a restart. */
  #see(id) {
    if (!this.#desk.unseen.delete(id)) {
      return;
    }
    this.#render();
    fetch(`/api/alerts/${encodeURIComponent(id)}/seen`, {
      method: "POST",
      headers: {"X-CSRF-Token": this.#session.csrf},
      signal: AbortSignal.timeout(10_000),
    }).catch(() => {});
  }

  #select(id) {
    this.#desk.selected = id;
    this.#see(id);
    this.#looked = id;
    this.#sayWhatIsLookedAt(now());
    this.#standing = standingOf(id, this.#situation.find(id));
    this.#render();
  }

  /** Hands stay off for a moment when something else stands before the officer than they asked for. */
  #settle(alert) {
    const {selected} = this.#desk;
    const standing = standingOf(selected, alert);
    if (standing === this.#standing) {
      return;
    }
    this.#standing = standing;
    if (!this.#judgement.awaits(selected)) {
      clearTimeout(this.#settling);
      this.#settling = setTimeout(() => {
        this.#settling = 0;
        this.#render();
      }, SETTLING_MILLIS);
    }
    if (!alert) {
      this.#judgement.over(selected);
    }
  }

  #show(alert) {
    if (alert) {
      this.#select(alert.id);
      this.#renderNow();
      this.#list.focus(alert.id);
    }
    return Boolean(alert);
  }

  #step(by) {
    const rows = this.#list.visible;
    const at = rows.findIndex((alert) => alert.id === this.#desk.selected);
    return this.#show(at < 0 ? this.#next() : rows[Math.min(rows.length - 1, Math.max(0, at + by))]);
  }

  #selectNew() {
    return this.#show(this.#firstUnseen() ?? this.#situation.open()[0]);
  }

  #firstUnseen() {
    return this.#situation.open().find((alert) => this.#desk.unseen.has(alert.id) && alert.id !== this.#desk.selected);
  }

  /** Where to go on after the selected one: what is new first, then what stands first. */
  #next() {
    return this.#firstUnseen() ?? this.#situation.open().find((alert) => alert.id !== this.#desk.selected);
  }

  /** The board has taken this officer's outcome; the keyboard goes on when the stream has told what became of it. */
  #recorded(id) {
    this.#desk.judged = id;
    this.#render();
  }

  /** What this officer chose or said came too late, or another board was first. */
  #missed(id, outcome, how) {
    if (this.#desk.missed.has(id)) {
      return;
    }
    this.#desk.missed.set(id, {outcome, how});
    const words = `Not recorded: your ${outcomeWord(outcome)} came too late.`;
    if (id === this.#desk.selected) {
      this.#speech.say(words);
    } else {
      const entry = this.#situation.closed(id);
      this.#note(entry ? `${words} ${subjectWords(entry)}, ${entry.van} is ${outcomeWord(entry.outcome)}.` : words);
    }
    this.#render();
  }

  #goOn() {
    const judged = this.#desk.judged;
    const open = this.#situation.find(judged);
    if (judged === null || open && !open.proposal && !open.dispute) {
      return;
    }
    this.#desk.judged = null;
    if (this.#desk.missed.has(judged)) {
      return;
    }
    this.#speech.say(open ? "Recorded. It stays open for the other officers." : "Recorded.");
    if (judged === this.#desk.selected) {
      (open || !this.#next() ? byId("alert") : byId("next")).focus();
    }
  }

  #link(connected) {
    this.#readiness.page = connected;
    byId("desk").classList.toggle("out-of-date", !connected);
    this.#showLink();
  }

  #showLink() {
    const {deaf} = this.#readiness;
    byId("link").dataset.state = deaf ? "lost" : "live";
    setText(byId("link-words"), {"": "Live", page: "Connection lost", broker: "Broker not heard"}[deaf]);
    if (deaf) {
      this.#notices.show("No alert can arrive.");
    }
    this.#render();
  }

  #note(words) {
    setText(byId("note-words"), words);
    show(byId("note"), true);
    this.#speech.say(words);
  }

  #showSound() {
    const state = this.#signal.state;
    byId("sound").dataset.state = state;
    byId("sound").setAttribute("aria-pressed", String(state === "on"));
    setText(byId("sound-words"), SOUND_WORDS[state]);
    this.#render();
  }

  #showTitle() {
    const open = this.#situation.open().length;
    const unseen = this.#desk.unseen.size;
    const lost = {"": "", page: "NOT CONNECTED – ", broker: "NO ALERTS ARRIVE – "}[this.#readiness.deaf];
    const news = unseen > 0 ? `${unseen} NEW – ` : "";
    document.title = `${lost}${news}${open} open – ${this.#session.board} – Sightline`;
  }

  #render() {
    this.#showTitle();
    this.#frame ||= requestAnimationFrame(() => this.#renderNow());
  }

  #renderNow() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const at = now();
    this.#situation.tick(at);
    for (const id of this.#desk.unseen) {
      if (!this.#situation.find(id)) {
        this.#desk.unseen.delete(id);
      }
    }
    const alert = this.#situation.find(this.#desk.selected);
    const next = this.#next();
    this.#settle(alert);
    this.#pictures.keep([alert, next]);
    const silence = this.#silence();
    this.#list.render(this.#situation.groups(), this.#desk, silence, at);
    const within = byId("detail").contains(document.activeElement);
    this.#detail.render(alert, this.#ended(alert), next, silence, at);
    this.#whereabouts.render(alert, this.#hears(alert), at);
    this.#secondDesk.render(this.#desk.selected, at);
    if (within && !alert) {
      byId("alert").focus();
    }
    const settling = this.#settling !== 0;
    const {seen} = this.#detail;
    const {claimedBy, mine} = this.#attention.of(this.#desk.selected);
    this.#attentionView.render(alert, this.#readiness.page);
    this.#judgement.render(alert, {
      connected: this.#readiness.page, seen, settling, claimedBy: mine ? "" : claimedBy ?? "",
    });
    byId("alert").setAttribute("aria-busy", String(settling || Boolean(alert) && seen === "waiting"));
    this.#side.renderVans(this.#situation.vans(), at, this.#readiness.deaf);
    this.#side.renderClosed(this.#situation.recentlyClosed(), at);
    this.#readiness.render(this.#situation.vans(), this.#signal.state, at);
    this.#showArrivals();
    this.#showTitle();
    this.#goOn();
  }

  #ended(alert) {
    const {selected, missed} = this.#desk;
    if (alert || selected === null) {
      return null;
    }
    return {...this.#situation.closed(selected) ?? {state: "lost"}, missed: missed.get(selected)};
  }

  /** Why no alert can come; empty if one can. */
  #silence() {
    const {deaf} = this.#readiness;
    const vans = this.#situation.vans();
    if (deaf || !vans.some((van) => van.state === "online")) {
      return deaf || "vans";
    }
    // One that is not heard at the moment may see somebody all the same.
    return vans.every((van) => van.state === "offline" || isPaused(van)) ? "paused" : "";
  }

  /** Whether what the van of an alert says would be heard. */
  #hears(alert) {
    return !this.#readiness.deaf && this.#situation.vans().some(({van, state}) => van === alert?.van && state === "online");
  }

  #showArrivals() {
    const unseen = [...this.#desk.unseen].filter((id) => id !== this.#desk.selected).length;
    byId("arrivals").disabled = unseen === 0;
    byId("arrivals").classList.toggle("urgent", this.#waiting !== "");
    setText(byId("arrivals-words"), newsWords(unseen, this.#waiting));
  }

  #tickEverySecond() {
    setInterval(() => {
      const at = now();
      const alert = this.#situation.find(this.#desk.selected);
      const silence = this.#silence();
      this.#attendance.tick(at);
      this.#sayWhatIsLookedAt(at);
      this.#waiting = this.#escalation.tick(this.#situation.open().filter(({id}) => this.#desk.unseen.has(id)), at);
      this.#showArrivals();
      const before = this.#situation.groups();
      this.#situation.tick(at);
      if (this.#situation.groups() === before) {
        this.#list.tick(this.#situation.open(), this.#desk, silence, at);
      } else {
        this.#list.render(this.#situation.groups(), this.#desk, silence, at);
      }
      this.#readiness.render(this.#situation.vans(), this.#signal.state, at);
      this.#side.renderVans(this.#situation.vans(), at, this.#readiness.deaf);
      this.#side.renderClosed(this.#situation.recentlyClosed(), at);
      this.#detail.render(alert, this.#ended(alert), this.#next(), silence, at);
      this.#whereabouts.render(alert, this.#hears(alert), at);
      this.#secondDesk.render(this.#desk.selected, at);
    }, 1000);
  }
}

/** All that a judgement is about: which alert, and what others have said of it. */
function standingOf(id, alert) {
  return JSON.stringify([id, alert ? [alert.proposal, alert.dispute] : "over"]);
}

function theme() {
  return document.documentElement.dataset.theme ?? "system";
}

function showTheme(name) {
  document.documentElement.dataset.theme = name;
  setText(byId("theme-words"), `Theme: ${name}`);
}

const answer = await fetch("/api/session", {redirect: "manual"});
if (answer.ok) {
  new Page(await answer.json());
} else {
  location.assign("/login");
}
