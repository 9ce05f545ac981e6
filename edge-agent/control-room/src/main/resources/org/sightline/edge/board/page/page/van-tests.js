// Test alerts that vans were asked for: what became of each, and of all of them in the line of readiness.

import {count, duration} from "./words.js";

/** A test of before the shift, which is of twelve hours as its figures are, says nothing of it. */
const SHIFT_MILLIS = 12 * 3_600_000;

/** So many vans are named in one line. */
const MOST_NAMED = 5;

/** What is said of a van's; nothing if it was not asked. */
export function vanTestWords({test}, now) {
  switch (test?.state) {
    case "asked":
      return `Test alert awaited for ${duration(now - test.askedAt)}`;
    case "arrived":
      return `Test alert arrived after ${Math.round(test.tookMillis).toLocaleString("en-GB")} ms, asked for ${duration(now - test.askedAt)} ago`;
    case "missing":
      return `No answer to the test alert for ${duration(now - test.askedAt)}`;
    case "not-sent":
      return `Test alert was not sent, asked for ${duration(now - test.askedAt)} ago`;
    case "not-there":
      return "Not tested: it is not online";
    case "not-answered":
      return "Does not answer tests";
    case "not-known":
      return "Not tested: its device is not known here";
    default:
      return "";
  }
}

/** Parts of the line of readiness; none while no van is known, or none was asked in this shift. */
export function vanTestParts(vans, now) {
  const tested = vans.filter(({test}) => test && now - test.askedAt < SHIFT_MILLIS);
  if (tested.length === 0) {
    return [];
  }
  const arrived = tested.filter(({test}) => test.state === "arrived");
  const missing = tested.filter(({test}) => test.state === "missing");
  const unsent = tested.filter(({test}) => test.state === "not-sent");
  const awaited = tested.filter(({test}) => test.state === "asked");
  const others = vans.filter((van) => ![...arrived, ...missing, ...unsent, ...awaited].includes(van));
  return [
    ...missing.length > 0 ? [{kind: "fault", text: `${names(missing)}: no answer to the test alert for ${duration(longest(missing, now))}`}] : [],
    ...unsent.length > 0 ? [{kind: "fault", text: `${names(unsent)}: test alert not sent`}] : [],
    {
      kind: arrived.length === vans.length ? "good" : "open",
      text: [
        `test alerts of this shift from ${arrived.length} of ${count(vans.length, "van")}`,
        ...arrived.length > 0 ? [`the oldest ${duration(longest(arrived, now))} ago`] : [],
        ...awaited.length > 0 ? [`awaited from ${names(awaited)}`] : [],
        ...others.length > 0 ? [`none from ${names(others)}`] : [],
      ].join(", "),
    },
  ];
}

function longest(tested, now) {
  return Math.max(...tested.map(({test}) => now - test.askedAt));
}

/** The names of vans, of many those of some. */
export function names(vans) {
  const named = vans.slice(0, MOST_NAMED).map(({van}) => van).join(", ");
  return vans.length > MOST_NAMED ? `${named} and ${count(vans.length - MOST_NAMED, "other")}` : named;
}
