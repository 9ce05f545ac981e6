// What is wrong with a van's cameras, in words. A camera that does not see is nobody looking, which is said first and loudly.

const FAULTS = new Map([
  ["camera-without-frames", "sends no pictures"],
  ["camera-covered", "is covered: its picture is flat"],
  ["camera-blinded", "is blinded by light"],
  ["camera-dark", "is in the dark"],
  ["camera-frozen", "is frozen: the same picture again and again"],
  ["camera-turned", "shows another view than before: turned, or something stands before it"],
  ["camera-defocused", "is out of focus"],
]);

/**
 * A line for each alarm of a camera; of an older van, which does not say which camera, for each alarm of any.
 *
 * @param van as the board has it: `alarms`, and `cameras` that have some
 */
export function cameraLines(van) {
  const cameras = van.cameras ?? [];
  const known = new Set(cameras.flatMap((camera) => camera.alarms));
  const ofOne = cameras.flatMap((camera) => camera.alarms.map((slug) => line(`Camera ${camera.id}`, slug)));
  const ofSome = van.alarms.filter((slug) => FAULTS.has(slug) && !known.has(slug)).map((slug) => line("A camera", slug));
  return [...ofOne, ...ofSome];
}

/** Whether an alarm of a van is one of its cameras. */
export function isOfCamera(van, slug) {
  return FAULTS.has(slug) || (van.cameras ?? []).some((camera) => camera.alarms.includes(slug));
}

function line(who, slug) {
  return `NOT SEEING: ${who} ${FAULTS.get(slug) ?? `has the alarm ${slug}`}`;
}
