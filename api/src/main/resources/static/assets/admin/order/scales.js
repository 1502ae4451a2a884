// The scales of the timelines: the same for all that are shown side by side.

import { spanOf, startOf } from './excerpt.js';

/** The two things that may run from left to right. */
export const ORDER = 'order';
export const TIME = 'time';

/** Where a decision stands from left to right: its position, or the milliseconds since the first. */
export function across(point, by, start) {
  return by === TIME ? (point.decidedAt - start) / 1000 : point.position;
}

/**
 * Of the excerpts that are shown: x is the whole length, y the places in the log of the decisions that
 * are seen at this zoom, with a little room around both.
 */
export function scalesOf(excerpts, by, zoom) {
  const end = Math.max(1, ...excerpts.map((points) =>
    by === TIME ? spanOf(points) : points.length + 1));
  const places = excerpts.flatMap((points) => visible(points, by, zoom, end))
    .map((point) => point.place);
  const low = places.length > 0 ? Math.min(...places) : 1;
  const high = places.length > 0 ? Math.max(...places)
    : Math.max(1, ...excerpts.map((points) => points.length));
  return { x: { min: 0, max: end }, y: { min: Math.max(0, low - 1), max: high + 1 } };
}

/** The decisions of an excerpt that are seen; end is the length of the scale. */
export function visible(points, by, zoom, end) {
  const start = startOf(points);
  return points.filter((point) => {
    const percent = (100 * across(point, by, start)) / end;
    return percent >= zoom.start - 0.001 && percent <= zoom.end + 0.001;
  });
}
