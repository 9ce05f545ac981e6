// Vans whose deployment is paused: they are there, and see nobody.

import {duration} from "./words.js";

/** Whether a van that is heard has its cameras closed until an officer resumes. */
export function isPaused(van) {
  return van.state === "online" && Boolean(van.paused);
}

/** @param sinceMillis how long it has been so */
export function pauseWords({reason}, sinceMillis) {
  return `Paused for ${duration(sinceMillis)}: ${reason.replaceAll("-", " ")}`;
}
