// What figures are called. Pure: numbers in, words out.

import {cameraLines, isOfCamera} from "./camera-words.js";
import {figureWords} from "./figure-words.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** A cosine with a real minus sign. */
export function cosine(value, digits = 2) {
  return value.toFixed(digits).replace("-", "−");
}

/**
 * How far a similarity is from the threshold that it passed, measured by the room that the threshold leaves up to 1,
 * so that the words mean the same with every model pack.
 *
 * @returns {{figure: string, threshold: string, difference: string, verdict: string}} figures with as many digits as
 *     it takes to tell the two apart
 */
export function similarityWords(similarity, threshold) {
  const digits = Math.abs(similarity - threshold) < 0.01 ? 3 : 2;
  const beyond = similarity - threshold;
  return {
    figure: cosine(similarity, digits),
    threshold: cosine(threshold, digits),
    difference: (beyond < 0 ? "" : "+") + cosine(beyond, digits),
    verdict: verdict(beyond, 1 - threshold),
  };
}

/**
 * How often somebody who is not listed is as alike, by the van's calibration.
 *
 * @param {?{falseAlertsPer1000Faces: number, upper95: number, extrapolated: boolean}} strength
 * @returns {string} empty if the van cannot tell
 */
export function strengthWords(strength) {
  if (!strength) {
    return "";
  }
  const once = faces(strength.falseAlertsPer1000Faces);
  const often = faces(strength.upper95);
  const beyond = strength.extrapolated ? " So rare a thing was not measured: it follows from what was." : "";
  return `Of people who are not on this list, about one in ${once} would be so alike, perhaps one in ${often}.${beyond}`;
}

/** One in how many, in two figures: more would pretend. */
function faces(per1000) {
  return Number((1000 / per1000).toPrecision(2)).toLocaleString("en-GB");
}

function verdict(beyond, room) {
  if (beyond < 0) {
    return "below";
  }
  if (beyond === 0) {
    return "exactly at";
  }
  const share = beyond / room;
  return share < 0.15 ? "just above" : share < 0.45 ? "clearly above" : "far above";
}

/** Where a cosine stands on a line from -1 to 1, in per cent. */
export function percentOfScale(value) {
  return 50 * (Math.min(1, Math.max(-1, value)) + 1);
}

/** An age that counts up by the second: 0:07, 12:05, 1:02:10. */
export function clock(millis) {
  const seconds = Math.max(0, Math.floor(millis / SECOND));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = String(seconds % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** A length of time in its largest units, rounded down: 7 s, 12 min, 2 h 05 min, 3 d. */
export function duration(millis) {
  const positive = Math.max(0, millis);
  if (positive < MINUTE) {
    return `${Math.floor(positive / SECOND)} s`;
  }
  if (positive < HOUR) {
    return `${Math.floor(positive / MINUTE)} min`;
  }
  if (positive < 48 * HOUR) {
    return `${Math.floor(positive / HOUR)} h ${String(Math.floor(positive / MINUTE) % 60).padStart(2, "0")} min`;
  }
  return `${Math.floor(positive / (24 * HOUR))} d`;
}

/** A number with a noun that fits it. */
export function count(number, one, many = `${one}s`) {
  return `${number.toLocaleString("en-GB")} ${number === 1 ? one : many}`;
}

export function outcomeWord(outcome) {
  return outcome.toUpperCase();
}

/**
 * Who judged. Officers are known by number or role.
 *
 * @param between what the two found between whom a supervisor has decided; none if nobody had to
 */
export function judges(by, confirmedBy, between) {
  if (between) {
    const found = between.map((finding) => `officer ${finding.by} (${outcomeWord(finding.outcome)})`);
    return `decided by supervisor ${by} between ${found.join(" and ")}`;
  }
  return confirmedBy ? `by officer ${by}, confirmed by officer ${confirmedBy}` : `by officer ${by}`;
}

const ALARMS = new Map([
  ["destruction-failed", "The watchlist could not be destroyed"],
  ["revocations-unheard", "It cannot hear revocations"],
  ["walks-needed", "A camera raises no alerts: it has not been walked past often enough"],
  ["recognition-too-low", "A camera raises no alerts: too few walks past it were recognised"],
  ["outcomes-unheard", "It cannot hear outcomes"],
  ["no-control-room", "No control room may have its alerts: the keys were revoked"],
  ["discard-unsent", "It cannot send that a refused deployment is discarded: stop nobody because of its alerts"],
  ["outcome-not-recorded", "It could not store an outcome yet and tries again"],
]);

/** What an alarm of a van means; one that is not known here is shown as it is. */
export function alarmWords(slug) {
  const known = ALARMS.get(slug);
  if (known) {
    return known;
  }
  const undeleted = /^not-deleted-(.+)$/.exec(slug);
  return undeleted ? `Not deleted on schedule: ${undeleted[1].replaceAll("-", " ")}` : slug.replaceAll("-", " ");
}

/** Why a van's audit log does not go on from what was published of it. */
function logWords({trouble, published, found}) {
  switch (trouble) {
    case "set-back":
      return `Its audit log was set back: record ${published} was published, now it ends at ${found}`;
    case "rewritten":
      return `Its audit log was rewritten: record ${published} is not the one that was published`;
    default:
      return `It uses another data folder: its audit log is not the one published up to record ${published}`;
  }
}

/** Whether something about a van needs somebody to look into it. */
export function inTrouble(van) {
  return van.alarms.length > 0 || van.notTaken > 0 || Boolean(van.log) || Boolean(van.sealsElsewhere) || ["missing", "not-sent"].includes(van.test?.state);
}

/** How long an urgent authorisation stands, or that it does not any more. */
function lapseWords({lapses, lapsesAt}, now) {
  const left = lapsesAt - now;
  return left > 0
    ? `Urgent, confirmed by nobody: lapses in ${duration(left)}, at ${lapses}`
    : `Urgent, confirmed by nobody: lapsed ${duration(-left)} ago, at ${lapses}`;
}

/** Whether a van says itself that no alert of it can be read here. */
export function isUnreadable(van) {
  return Boolean(van.sealsElsewhere) || van.alarms.includes("no-control-room");
}

/** Everything about a van that needs saying besides its state, the gravest first. */
export function vanRemarks(van, now) {
  const remarks = [...cameraLines(van), ...van.alarms.filter((slug) => !isOfCamera(van, slug)).map(alarmWords)];
  if (van.lapses) {
    remarks.unshift(lapseWords(van, now));
  }
  if (van.sealsElsewhere) {
    remarks.unshift("Its alerts are sealed for another control room: none of them can be read here");
  }
  if (remarks.length > 0 && van.state !== "online") {
    remarks[0] = `When last heard: ${remarks[0]}`;
  }
  if (van.log) {
    remarks.unshift(logWords(van.log));
  }
  if (van.state === "silent") {
    remarks.push("It said it was online, but nothing is heard of it");
  }
  if (van.notTaken > 0) {
    remarks.unshift(`${count(van.notTaken, "alert")} not taken: it has more open than the board keeps`);
  }
  if (van.queued > 0) {
    remarks.push(`${count(van.queued, "alert")} waiting to be sent`);
  }
  const figures = van.state === "online" ? figureWords(van.figures) : "";
  if (figures) {
    remarks.push(figures);
  }
  return remarks;
}

/**
 * @param sinceMillis null if nobody here knows since when
 * @param deaf why nothing is heard of any van now; empty if they can be
 */
export function vanStateWords(state, sinceMillis, deaf) {
  const since = sinceMillis === null ? "" : ` for ${duration(sinceMillis)}`;
  switch (state) {
    case "online":
      return deaf ? "Online when last heard" : "Online";
    case "unknown":
      return "Not heard yet";
    case "silent":
      return `Silent${since}`;
    default:
      return `Offline${since}`;
  }
}

/** What is said aloud of alerts that came since the last time. */
export function arrivalWords(alerts) {
  const newest = alerts[alerts.length - 1];
  const from = `${newest.van}, camera ${newest.camera}, ${newest.place}`;
  return alerts.length === 1 ? `Possible match: ${from}.` : `${alerts.length} possible matches. The newest: ${from}.`;
}

/**
 * What is new beside the selected alert, and for how long nobody has looked at something.
 *
 * @param waiting empty while nothing has waited for long
 */
export function newsWords(unseen, waiting) {
  if (unseen === 0) {
    return waiting ? `Nobody has looked for ${waiting}` : "No new alert";
  }
  const since = waiting ? `, unseen for ${waiting}` : "";
  return `${count(unseen, "new alert")}${since} – show ${unseen === 1 ? "it" : "the first"}`;
}

/**
 * Who else attends to an alert, and whose it is to judge.
 *
 * @param lookers other officers who look at it
 */
export function attentionWords({lookers, claimedBy, mine}) {
  const words = [];
  if (mine) {
    words.push("It is yours to judge");
  } else if (claimedBy) {
    words.push(`Officer ${claimedBy} has claimed it`);
  }
  const others = lookers.filter((officer) => officer !== claimedBy);
  if (others.length > 0) {
    const names = new Intl.ListFormat("en-GB").format(others);
    words.push(`${others.length === 1 ? "Officer" : "Officers"} ${names} ${others.length === 1 ? "looks" : "look"} at it too`);
  }
  return words.length > 0 ? `${words.join(". ")}.` : "Nobody else is at it.";
}

/** Who an alert is about, as far as it can be read here. */
/** A category by its colour, which is never shown without its name. */
export function categoryWords({category, response}) {
  const {colour} = response;
  return `${colour[0].toUpperCase()}${colour.slice(1)}: ${category}`;
}

/** What stands below the first of several alerts of one subject. */
/**
 * What a group's button says and does.
 *
 * @param of how many alerts the group has, of which fresh are new
 * @param held whether folding hides the alert that is looked at, so that the newest is shown instead
 */
export function groupWords(of, fresh, open, held) {
  if (open) {
    return `${of} alerts of this subject – ${held ? "fold and show the newest" : "fold"}`;
  }
  return `${of} alerts of this subject${fresh > 0 ? `, ${fresh} new` : ""} – show all`;
}

export function subjectWords(alert) {
  return alert.readable ? alert.subject : "Sealed alert";
}

const SILENCES = {
  page: {title: "No alert can arrive", words: "This page has lost the board: what is open is not known.", kind: "missed"},
  broker: {title: "No alert can arrive", words: "The board does not hear the broker: what the vans see is not known.", kind: "missed"},
  vans: {title: "No van is heard", words: "No alert is open here, and none comes before a van is online.", kind: "over"},
  paused: {title: "Capture is paused", words: "No alert is open here. But for those that still wait in a van, none comes before capture is resumed.", kind: "over"},
};

/**
 * What stands where an alert was.
 *
 * @param ended what became of the selected alert: {state, missed} and, if it is closed, its outcome; null for none
 * @param more whether another alert is open
 * @param silence why no alert can come: "page", "broker", "vans", "paused"; empty if one can
 * @param now a moment of the page's clock
 * @returns {{title: string, words: string, kind: string}} kind is "calm", "recorded", "missed" or "over"
 */
export function endWords(ended, more, silence, now) {
  if (!ended && more) {
    return {title: "No alert selected", words: "Choose one from the list.", kind: "over"};
  }
  if (!ended) {
    return SILENCES[silence]
      ?? {title: "No open alerts", words: "A possible match appears here by itself as soon as a van sends one.", kind: "calm"};
  }
  const {title, words, kind} = overWords(ended, now);
  return ended.missed ? {title: "Not recorded", words: `${missedWords(ended)} ${words}`, kind: "missed"} : {title, words, kind};
}

function missedWords({missed, state}) {
  const yours = `Your ${outcomeWord(missed.outcome)} was not recorded`;
  if (state !== "closed") {
    return `${yours}: the alert was over.`;
  }
  return missed.how === "refused"
    ? `${yours}: another officer was first, and that stands. What you said is kept in the board’s log. If you disagree, tell your supervisor.`
    : `${yours}: another officer was first, and that stands. If you disagree, tell your supervisor.`;
}

function overWords(ended, now) {
  if (ended.state === "expired") {
    return {
      title: "This alert has expired",
      words: "Nobody judged it in time. Its pictures were deleted on schedule.",
      kind: "over",
    };
  }
  if (ended.state === "lost") {
    return {
      title: "This alert is no longer open",
      words: "It was closed or it expired while the connection was lost.",
      kind: "over",
    };
  }
  const sent = `${deliveryWords(ended, now).text}.`;
  return {
    title: `Recorded: ${outcomeWord(ended.outcome)}`,
    words: `${subjectWords(ended)}, ${ended.van}, ${[judges(ended.by, ended.confirmedBy, ended.between), ...lateWords(ended), sent].join(". ")}`,
    kind: "recorded",
  };
}

/** A van confirms within moments; what takes longer needs somebody's eye. */
const CONFIRMED_WITHIN = 30 * SECOND;

/**
 * How far an outcome has come on its way to the van's record.
 *
 * @param entry a closed alert: {outcome, delivery, atVan, closedAt}
 * @returns {{text: string, kind: string}} kind is "good", "open" or "fault"
 */
export function deliveryWords({outcome, delivery, atVan, closedAt}, now) {
  const waited = now - closedAt;
  switch (delivery) {
    case "waiting":
      return {text: "Not sent yet: the broker has not taken it", kind: "fault"};
    case "recorded":
      return atVan === outcome
        ? {text: "Confirmed by the van", kind: "good"}
        : {text: `The van has recorded ${outcomeWord(atVan)} instead: call its crew`, kind: "fault"};
    case "unknown-alert":
      return {text: "The van does not know this alert and has recorded nothing: call its crew", kind: "fault"};
    case "two-officers-needed":
      return {text: "The van has refused it: two officers have to judge it", kind: "fault"};
    case "not-stored":
      return {text: "The van could not store it yet and tries again", kind: "fault"};
    default:
      return waited < CONFIRMED_WITHIN
        ? {text: "Sent, not confirmed by the van yet", kind: "open"}
        : {text: `Sent, not confirmed by the van for ${duration(waited)}`, kind: "fault"};
  }
}

const FAULTS = {
  "unsigned": "without a signature",
  "other-signer": "signed by another device",
  "altered": "altered on the way",
  "other-van": "about another van",
  "unknown-device": "of a device that this board does not know",
  "unusable-identity": "that cannot be checked, as the file of the van’s device cannot be used",
  "swapped": "with the sealed part of another one",
  "unsealed": "live and not sealed",
  "expired": "that was over, sent again",
  "unreadable": "that is not what it should be",
};

/**
 * What was not taken of what came in the name of vans, in one line.
 *
 * @param refused {van, kind, fault, count} each
 */
export function refusedWords(refused) {
  const each = refused.map(({van, kind, fault, count: number}) => `${van}: ${count(number, kind)} ${FAULTS[fault] ?? fault}`);
  return `${each.join("; ")}. Somebody may be sending in a van’s name, or its set-up is wrong: use the radio, and call the people who run the broker.`;
}

/** Why an alert of an exercise must not be taken for a live one, in a sentence. */
export function exerciseWords({signed}) {
  return signed
    ? "The van says that its deployment is an exercise."
    : "It is not signed by a device that this board knows: nobody can say who sent it.";
}

/** What others said when an alert had been closed, a sentence each. */
export function lateWords({late = []}) {
  return late.map(({by, outcome}) => `Officer ${by} said ${outcomeWord(outcome)}, too late: not recorded`);
}
