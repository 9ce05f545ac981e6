// Where pictures lie in their frames. Two pictures whose eyes are known are turned and scaled so that the eyes of both
// lie at the same places, so that what differs between them is the faces.

/** Distance of the eyes as a share of the frame's smaller side: so a whole head is in sight. */
const EYES = 0.27;

/** How far above the middle of the frame the eyes lie, as a share of the same. */
const ABOVE = 0.08;

/** What both pictures are looked at through: how much larger, and shifted by shares of the frame's smaller side. */
export const WHOLE = Object.freeze({zoom: 1, x: 0, y: 0});

/**
 * Lays a picture into its frame.
 *
 * @param image of which the size may not be known yet
 * @param eyes {rightEye, leftEye} in pixels of the picture; null to show the picture as it is
 * @param through as {@link WHOLE}
 */
export function lay(image, eyes, through) {
  const {clientWidth: width, clientHeight: height} = image.parentElement;
  const {a, b, e, f} = eyes ? aligned(eyes, width, height) : contained(image, width, height);
  const {zoom, x, y} = through;
  const side = Math.min(width, height);
  const left = zoom * (e - width / 2) + width / 2 + x * side;
  const top = zoom * (f - height / 2) + height / 2 + y * side;
  image.style.transform = `matrix(${zoom * a}, ${zoom * b}, ${zoom * -b}, ${zoom * a}, ${left}, ${top})`;
}

function aligned({rightEye, leftEye}, width, height) {
  const side = Math.min(width, height);
  const across = leftEye[0] - rightEye[0];
  const down = leftEye[1] - rightEye[1];
  const factor = EYES * side / (across * across + down * down);
  const a = factor * across;
  const b = -factor * down;
  const middle = [(rightEye[0] + leftEye[0]) / 2, (rightEye[1] + leftEye[1]) / 2];
  return {
    a,
    b,
    e: width / 2 - (a * middle[0] - b * middle[1]),
    f: height / 2 - ABOVE * side - (b * middle[0] + a * middle[1]),
  };
}

function contained({naturalWidth, naturalHeight}, width, height) {
  const a = Math.min(width / (naturalWidth || 1), height / (naturalHeight || 1));
  return {a, b: 0, e: (width - a * naturalWidth) / 2, f: (height - a * naturalHeight) / 2};
}

/**
 * The same view, so many times larger, with a point staying where it is.
 *
 * @param point from the middle of the frame, in shares of its smaller side
 */
export function zoomed(through, factor, point = {x: 0, y: 0}) {
  const zoom = Math.min(8, Math.max(1, through.zoom * factor));
  const by = zoom / through.zoom;
  return kept({zoom, x: point.x - by * (point.x - through.x), y: point.y - by * (point.y - through.y)});
}

/** The same view, shifted. */
export function shifted(through, x, y) {
  return kept({...through, x: through.x + x, y: through.y + y});
}

/** Something of the faces stays in sight. */
function kept({zoom, x, y}) {
  const most = zoom / 2;
  return {zoom, x: Math.min(most, Math.max(-most, x)), y: Math.min(most, Math.max(-most, y))};
}
