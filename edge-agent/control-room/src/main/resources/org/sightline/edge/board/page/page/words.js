// What figures are called. Pure: numbers in, words out.

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

/** Who judged. Officers are known by number or role. */
export function judges(by, confirmedBy) {
  return confirmedBy ? `by officer ${by}, confirmed by officer ${confirmedBy}` : `by officer ${by}`;
}

const ALARMS = new Map([
  ["destruction-failed", "The watchlist could not be destroyed"],
  ["revocations-unheard", "It cannot hear revocations"],
  ["outcomes-unheard", "It cannot hear outcomes"],
  ["outcome-not-recorded", "It could not store an outcome: record it on the box"],
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
  return van.alarms.length > 0 || Boolean(van.log);
}

/** Everything about a van that needs saying besides its state, the gravest first. */
export function vanRemarks(van) {
  const remarks = van.alarms.map(alarmWords);
  if (remarks.length > 0 && van.state !== "online") {
    remarks[0] = `When last heard: ${remarks[0]}`;
  }
  if (van.log) {
    remarks.unshift(logWords(van.log));
  }
  if (van.state === "silent") {
    remarks.push("It said it was online, but nothing is heard of it");
  }
  if (van.queued > 0) {
    remarks.push(`${count(van.queued, "alert")} waiting to be sent`);
  }
  return remarks;
}

export function vanStateWords(state, sinceMillis) {
  const since = duration(sinceMillis);
  switch (state) {
    case "online":
      return "Online";
    case "silent":
      return `Silent for ${since}`;
    default:
      return `Offline for ${since}`;
  }
}

/** What is said aloud of alerts that came since the last time. */
export function arrivalWords(alerts) {
  const newest = alerts[alerts.length - 1];
  const from = `${newest.van}, camera ${newest.camera}, ${newest.place}`;
  return alerts.length === 1 ? `Possible match: ${from}.` : `${alerts.length} possible matches. The newest: ${from}.`;
}

/** Who an alert is about, as far as it can be read here. */
export function subjectWords(alert) {
  return alert.readable ? alert.subject : "Sealed alert";
}
