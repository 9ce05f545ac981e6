// The sheet for the next shift as elements. What the board does not know is null, and is shown as "not known".

import {figuresOf, table} from "./figures.js";
import {storedWords} from "./stored-words.js";
import {count, deliveryWords, duration, outcomeWord} from "./words.js";

const UNKNOWN = "not known";
const STATES = {open: "open", proposed: "a second officer is needed"};

/** @param sheet as the board sends it */
export function sheetOf(sheet) {
  const {open, disputed, notConfirmed, withoutResult, broker, vans, deployments, shift, stored} = sheet;
  const down = vans.filter(({state, paused}) => state !== "online" || paused);
  return [
    section("Notes", sheet.notes ? [paragraph(sheet.notes, "notes")] : [none(sheet.by ? "None were written." : "Not written yet.")]),
    section("Links", [
      paragraph(broker.heard
        ? `The broker is heard, since ${broker.since}.`
        : `THE BROKER IS NOT HEARD since ${broker.since}: no alert arrives, and what stands here of vans may be out of date.`,
      broker.heard ? "" : "heed"),
      ...rowsOr("Every van that is known is online.", "Vans that are not online, or paused", ["Van", "State", "For", "Alerts wait in it"],
        down.map(({van, state, paused, sinceMillis, queued}) => [van, vanWords(state, paused), since(paused?.sinceMillis ?? sinceMillis), waiting(state, queued)])),
      ...vans.length === 0 ? [paragraph("No van was heard of here: whether one is out is not known.", "heed")] : [],
      ...rowsOr("", "Vans that want somebody to act", ["Van", "Alarms"],
        vans.filter(({alarms, logTrouble}) => alarms.length > 0 || logTrouble)
          .map(({van, alarms, logTrouble}) => [van, [...alarms, ...logTrouble ? ["its audit log does not go on"] : []].join(", ")])),
    ]),
    section("Open alerts", rowsOr("None.", "By category, the most urgent first",
      ["Category", "Urgency", "Where", "Age", "State", "Claimed by"],
      open.map((alert) => [
        category(alert), alert.urgency === null ? "none set" : String(alert.urgency), where(alert), duration(alert.ageMillis),
        [STATES[alert.state], ...alert.stale ? ["stale"] : [], ...alert.seenBy ? [] : ["nobody has looked"]].join(", "),
        alert.claimedBy ?? "nobody",
      ]))),
    section("Disagreements that wait for a supervisor", rowsOr("None.", "", ["Category", "Where", "Age", "Found"],
      disputed.map((alert) => [category(alert), where(alert), duration(alert.ageMillis),
        alert.findings.map(({outcome, by}) => `${outcomeWord(outcome)} (${by})`).join(", ")]))),
    section("Outcomes that the van has not confirmed, or has recorded differently", rowsOr("None.", "", ["Alert", "Where", "Outcome", "Judged", "At the van"],
      notConfirmed.map((alert) => [id(alert), where(alert), outcomeWord(alert.outcome), ago(alert.judgedMillis), atVan(alert)]))),
    section("Judged true, and nothing stated of what became of it", rowsOr("None.", "", ["Alert", "Where", "Judged", "In the street"],
      withoutResult.map((alert) => [id(alert), where(alert), ago(alert.judgedMillis),
        alert.takenBy ? `officer ${alert.takenBy} ${alert.stopped ? "has somebody stopped" : "goes there"}` : "nobody has taken it"]))),
    section("Deployments", rowsOr("Not known: no alert of one is known here.", "Of alerts that are still known", ["Deployment", "Vans", "Alerts", "Time left"],
      deployments.map(({deployment, exercise, vans: its, alerts, ends}) =>
        [`${deployment}${exercise ? " (exercise)" : ""}`, its.join(", "), String(alerts), ends ?? `${UNKNOWN}: ask the van`]))),
    section("Figures of the shift", [
      ...figuresOf(`The last ${count(shift.hours, "hour")}, as far as still known`, shift),
      ...storedWords(stored).map((words) => paragraph(words, stored.awaited > 0 ? "heed" : "quiet")),
    ]),
  ];
}

function category(alert) {
  return `${warning(alert)}${alert.category ?? `${UNKNOWN}: sealed for others`}${alert.exercise ? " (exercise)" : ""}`;
}

function id(alert) {
  return warning(alert) + alert.id;
}

/** Of somebody whom an authority has taken off the list; a sheet of a version before this does not say it. */
function warning({withdrawn}) {
  return withdrawn ? "WITHDRAWN, DO NOT STOP: " : "";
}

function atVan({outcome, result, sent, atVan: recorded, judgedMillis}) {
  return deliveryWords({outcome, delivery: result ?? (sent ? "sent" : "waiting"), atVan: recorded, closedAt: -judgedMillis}, 0).text;
}

function where({van, camera, place}) {
  return `${van} · ${camera} · ${place}`;
}

function since(millis) {
  return millis === null ? UNKNOWN : duration(millis);
}

function ago(millis) {
  return millis === null ? UNKNOWN : `${duration(millis)} ago`;
}

function vanWords(state, paused) {
  if (paused) {
    return `paused (${paused.reason.replaceAll("-", " ")})`;
  }
  return state === "unknown" ? "not heard yet" : state;
}

function waiting(state, queued) {
  return state === "online" ? String(queued) : state === "silent" ? `${queued} when last heard` : UNKNOWN;
}

function section(title, children) {
  const element = document.createElement("section");
  const heading = element.appendChild(document.createElement("h2"));
  heading.textContent = title;
  element.append(...children);
  return element;
}

function paragraph(text, kind = "") {
  const element = document.createElement("p");
  element.className = kind;
  element.textContent = text;
  return element;
}

function none(text) {
  return paragraph(text, "quiet");
}

function rowsOr(nothing, caption, names, rows) {
  return rows.length > 0 ? [table(caption, names, rows)] : nothing ? [none(nothing)] : [];
}
