// Test alerts that vans were asked for: what became of each, and of all of them in the line of readiness.

import {count, duration} from "./words.js";

/** What is said of a van's; nothing if it was not asked. */
export function vanTestWords({test}, now) {
  switch (test?.state) {
    case "asked":
      return `Test alert awaited for ${duration(now - test.askedAt)}`;
    case "arrived":
      return `Test alert arrived after ${Math.round(test.tookMillis).toLocaleString("en-GB")} ms, asked for ${duration(now - test.askedAt)} ago`;
    case "missing":
      return `No answer to the test alert for ${duration(now - test.askedAt)}`;
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

/** One part of the line of readiness; none while no van was asked. */
export function vanTestParts(vans, now) {
  const tested = vans.filter(({test}) => test);
  if (tested.length === 0) {
    return [];
  }
  const missing = tested.filter(({test}) => test.state === "missing");
  if (missing.length > 0) {
    const who = missing.length === 1 ? missing[0].van : count(missing.length, "van");
    const longest = Math.max(...missing.map(({test}) => now - test.askedAt));
    return [{kind: "fault", text: `${who}: no answer to the test alert for ${duration(longest)}`}];
  }
  const arrived = tested.filter(({test}) => test.state === "arrived").length;
  return [{
    kind: arrived === tested.length ? "good" : "open",
    text: `test alerts from ${arrived} of ${count(tested.length, "van")}`,
  }];
}
