// How alerts have gone, as tables: how long they waited, and what they were found to be with the 95 % interval.

import {duration, outcomeWord} from "./words.js";

const WAITS = {seen: "Looked at", claimed: "Claimed", judged: "Judged"};

/**
 * Elements that show figures.
 *
 * @param title of what they are
 * @param counts {alerts, waits, outcomes} as the board sends them
 */
export function figuresOf(title, {alerts, waits, outcomes}) {
  const heading = document.createElement("h3");
  heading.textContent = `${title}: ${alerts} ${alerts === 1 ? "alert" : "alerts"}`;
  return [
    heading,
    table("How long alerts waited, from the van’s sending", ["Until", "Alerts", "Median", "95 of 100 within"], waitRows(waits)),
    table("What they were found to be, with the 95 % interval", ["Outcome", "Of all judged", "Between"], outcomeRows(outcomes)),
  ];
}

export function waitRows(waits) {
  return Object.entries(waits).map(([what, {count, medianMillis, p95Millis}]) =>
    [WAITS[what], String(count), time(medianMillis), time(p95Millis)]);
}

export function outcomeRows(outcomes) {
  return outcomes.map(({outcome, count, of, lower95, upper95}) =>
    [outcomeWord(outcome), `${count} of ${of}`, of > 0 ? `${percent(lower95)} to ${percent(upper95)}` : "–"]);
}

/** Rows of a table's body, the first cell of each its head. */
export function rowsOf(rows) {
  return rows.map(([head, ...cells]) => {
    const row = document.createElement("tr");
    const title = row.appendChild(document.createElement("th"));
    title.scope = "row";
    title.textContent = head;
    cells.forEach((cell) => (row.insertCell().textContent = cell));
    return row;
  });
}

/** A table with a caption and the names of its columns. */
export function table(caption, names, rows) {
  const element = document.createElement("table");
  element.createCaption().textContent = caption;
  const head = element.createTHead().insertRow();
  names.forEach((name) => {
    const cell = head.appendChild(document.createElement("th"));
    cell.scope = "col";
    cell.textContent = name;
  });
  element.createTBody().append(...rowsOf(rows));
  return element;
}

function time(millis) {
  return millis === undefined ? "–" : duration(millis);
}

function percent(share) {
  return `${Math.round(100 * share)} %`;
}
