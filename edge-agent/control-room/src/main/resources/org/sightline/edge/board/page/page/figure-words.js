// What a van measured of itself, in words, for who looks after it.

/** A frame that was searched so long ago is said; newer ones are as they should be. */
const OLD_SECONDS = 5;

/**
 * One line, empty if it has said nothing of the kind.
 *
 * @param figures as the board has them; what is null is not known
 */
export function figureWords(figures) {
  if (!figures) {
    return "";
  }
  const parts = figures.cameras.map(cameraWords).filter(Boolean);
  if (Number.isFinite(figures.diskFreeMib)) {
    parts.push(`${(figures.diskFreeMib / 1024).toFixed(1)} GiB free`);
  }
  if (Number.isFinite(figures.celsius)) {
    parts.push(`${Math.round(figures.celsius)} °C`);
  }
  return parts.join(", ");
}

function cameraWords({id, framesPerSecond, searchedSecondsAgo}) {
  const rate = Number.isFinite(framesPerSecond) ? `${id} ${framesPerSecond.toFixed(1)} frames a second` : "";
  return searchedSecondsAgo > OLD_SECONDS
    ? `${rate || id}, last searched ${Math.round(searchedSecondsAgo)} s before`
    : rate;
}
