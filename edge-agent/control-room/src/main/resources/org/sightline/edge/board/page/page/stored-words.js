// Judged alerts that the board has stored and shows no more: they are in no list and no figure.

import {count} from "./words.js";

/**
 * @param stored complete: whether the board has looked at all that it stored, and knows what is awaited of them
 * @returns {string[]} sentences; none if all are shown
 */
export function storedWords({settled, awaited, complete} = {settled: 0, awaited: 0, complete: true}) {
  return [
    ...settled > 0 ? [`${count(settled, "earlier alert")}, judged and confirmed, ${are(settled)} stored and no longer shown or counted here.`] : [],
    ...awaited > 0
      ? [`${count(awaited, "earlier alert")} that ${waits(awaited, complete)} for the van, or for what became of it, ${are(awaited)} stored and no longer shown or counted here.`]
      : [],
  ];
}

function waits(number, complete) {
  return complete ? number === 1 ? "still waits" : "still wait" : "may still wait";
}

function are(number) {
  return number === 1 ? "is" : "are";
}
