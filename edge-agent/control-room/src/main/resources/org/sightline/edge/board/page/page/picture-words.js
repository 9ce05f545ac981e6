// How the two pictures differ, in words.

/** Below it, enrolment refuses a picture as too blurred; below the second, detail is missing. */
const BLURRED = 0.02;
const SOFT = 0.03;

/** From so many times on, what is enlarged looks like more than it is. */
const MUCH = 2;

/**
 * @param alert {probeView, portraitView, hasPortrait}; a view is {rightEye, leftEye, sharpness}
 * @returns {string} sentences
 */
export function viewWords({probeView, portraitView, hasPortrait}) {
  if (!hasPortrait) {
    return "";
  }
  if (!probeView || !portraitView) {
    return "Not turned or scaled to each other: the van did not find the eyes in both.";
  }
  const street = eyesPx(probeView);
  const list = eyesPx(portraitView);
  const words = [`The street picture has ${street} px between the eyes, the list picture ${list} px`];
  const blurred = [["street", probeView], ["list", portraitView]].filter(([, view]) => view.sharpness < SOFT);
  blurred.forEach(([name, {sharpness}]) =>
    words.push(`The ${name} picture is ${sharpness < BLURRED ? "blurred" : "not quite sharp"}`));
  if (Math.max(street, list) >= MUCH * Math.min(street, list)) {
    words.push(`The ${street < list ? "street" : "list"} picture is shown enlarged, which adds no detail`);
  }
  return `${words.join(". ")}.`;
}

/** @returns {?{probe: object, portrait: object}} the eyes by which both are aligned; null if they are not */
export function eyesOf({probeView, portraitView}) {
  return probeView && portraitView ? {probe: probeView, portrait: portraitView} : null;
}

function eyesPx({rightEye, leftEye}) {
  return Math.max(1, Math.round(Math.hypot(leftEye[0] - rightEye[0], leftEye[1] - rightEye[1])));
}
