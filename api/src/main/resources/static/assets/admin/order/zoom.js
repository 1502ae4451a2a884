// What part of a timeline is shown, in percent of its length.

export const ALL = Object.freeze({ start: 0, end: 100 });

const SPAN_MIN = 5;

export function isAll(zoom) {
  return zoom.start <= 0 && zoom.end >= 100;
}

export function canZoomIn(zoom) {
  return zoom.end - zoom.start > SPAN_MIN;
}

/** Half as much, around the same middle. */
export function zoomedIn(zoom) {
  return around(zoom, (zoom.end - zoom.start) / 2);
}

/** Twice as much. */
export function zoomedOut(zoom) {
  return around(zoom, (zoom.end - zoom.start) * 2);
}

/** Moved by half of what is shown: -1 is earlier, 1 is later. */
export function moved(zoom, direction) {
  const span = zoom.end - zoom.start;
  const start = clamp(zoom.start + (direction * span) / 2, 0, 100 - span);
  return { start, end: start + span };
}

function around(zoom, wanted) {
  const span = clamp(wanted, SPAN_MIN, 100);
  const middle = (zoom.start + zoom.end) / 2;
  const start = clamp(middle - span / 2, 0, 100 - span);
  return { start, end: start + span };
}

function clamp(value, low, high) {
  return Math.min(Math.max(value, low), high);
}
