// The samples of an analysis, made ready to be shown: decisions in their order, each with its place in
// the log and the one that it went ahead of.

/**
 * Of samples in the order of their decisions:
 * position: 1 for the first decision of the excerpt
 * place: 1 for the one that stands first in the log, of those in the excerpt
 * loggedAt, decidedAt: microseconds since 1970
 * ahead: whether it was decided before one that stands earlier in the log
 * overtaken: the position of the next decision that stands earlier in the log; null if there is none
 * in the excerpt
 */
export function excerptOf(samples) {
  const points = samples.map((sample, index) => ({
    position: index + 1,
    partition: sample.partition,
    offset: sample.offset,
    userId: sample.userId,
    status: sample.status,
    kafkaTimestamp: sample.kafkaTimestamp,
    processedAt: sample.processedAt,
    loggedAt: micros(sample.kafkaTimestamp),
    decidedAt: micros(sample.processedAt),
    ahead: sample.orderViolation,
    overtaken: null,
  }));
  [...points].sort(inLogOrder).forEach((point, index) => {
    point.place = index + 1;
  });
  for (const point of points) {
    if (point.ahead) {
      point.overtaken = points
        .slice(point.position)
        .find((later) => later.place < point.place)?.position ?? null;
    }
  }
  return points;
}

function inLogOrder(a, b) {
  return a.loggedAt - b.loggedAt || a.partition - b.partition || a.offset - b.offset;
}

/** Of an instant as in '2026-12-24T11:00:00.123456Z'; Date knows only milliseconds. */
export function micros(instant) {
  const [, seconds, fraction = ''] = /^(.*?)(?:\.(\d+))?Z$/.exec(instant);
  return Date.parse(`${seconds}Z`) * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6));
}

/** The milliseconds from the first decision of the excerpt to the last. */
export function spanOf(points) {
  const first = startOf(points);
  return points.reduce((span, point) => Math.max(span, point.decidedAt - first), 0) / 1000;
}

/** When the first decision was made, in microseconds; clocks of several consumers may differ. */
export function startOf(points) {
  return points.reduce((first, point) => Math.min(first, point.decidedAt), Infinity);
}
