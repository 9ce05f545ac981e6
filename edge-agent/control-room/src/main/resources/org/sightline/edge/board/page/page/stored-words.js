// Judged alerts that the board has stored and shows no more: they are in no list and no figure.

import {count} from "./words.js";

/** @returns {string[]} sentences; none if all are shown */
export function storedWords({settled, awaited} = {settled: 0, awaited: 0}) {
  return [
    ...settled > 0 ? [`${count(settled, "earlier alert")}, judged and confirmed, ${are(settled)} stored and no longer shown or counted here.`] : [],
    ...awaited > 0
      ? [`${count(awaited, "earlier alert")} that may still wait for the van, or for what became of it, ${are(awaited)} stored and no longer shown or counted here.`]
      : [],
  ];
}

function are(number) {
  return number === 1 ? "is" : "are";
}
