// What an analysis says, in plain words.

import { duration, number } from '../../format.js';
import { linesOf } from './suggestion.js';

export function decisions(count) {
  return count === 1 ? '1 decision' : `${number(count)} decisions`;
}

export function partitions(count) {
  return count === 1 ? '1 partition' : `${number(count)} partitions`;
}

/** The figures of the summary as a sentence. */
export function sentence({ totalRecords: total, orderMismatches: ahead }) {
  if (total === 0) {
    return 'Nothing has been decided from the log yet.';
  }
  if (ahead === 0) {
    return total === 1
      ? 'The one decision was made in its turn.'
      : `All ${number(total)} decisions were made in the order of the log: nobody was decided before somebody who `
        + 'had asked earlier.';
  }
  const were = ahead === 1 ? 'was' : 'were';
  return `Of ${decisions(total)} ${number(ahead)} ${were} made before one that stood earlier in the log. `
    + `The other ${number(total - ahead)} were made in their turn.`;
}

/** Why it came out like this. */
export function reason(campaign, { orderMismatches: ahead }) {
  const lines = linesOf(campaign);
  if (lines === 1 && ahead === 0) {
    return campaign.lane
      ? `On the lane “${campaign.lane}” all its requests stand in one line, which is decided from front to back.`
      : 'One partition is one line. It is decided from front to back, so nobody can be overtaken.';
  }
  if (lines === 1) {
    return 'One partition is decided from front to back. A difference here means that the clock of the broker was '
      + 'set back between two requests: their offsets are in order all the same.';
  }
  return ahead === 0
    ? `${number(lines)} lines side by side, and still nobody was overtaken: the requests came so slowly that each was `
      + 'decided before the next one came. In a rush this does not stay so.'
    : `${number(lines)} lines side by side, each of them in order. A batch is decided from one line at a time, while `
      + 'older requests still wait in the others: so whole batches go ahead.';
}

/** What was given out, which is exact whatever the order was. */
export function stockWords({ totalStock, currentStock }) {
  const given = totalStock - currentStock;
  return currentStock === 0
    ? `${number(given)} of ${number(totalStock)}: all, and not one more`
    : `${number(given)} of ${number(totalStock)}`;
}

/** The two results next to each other; null unless both have decisions. */
export function comparison(a, b) {
  if (a.analysis.summary.totalRecords === 0 || b.analysis.summary.totalRecords === 0) {
    return null;
  }
  const [one, many] = linesOf(a.campaign) <= linesOf(b.campaign) ? [a, b] : [b, a];
  const words = ({ campaign, analysis }) =>
    `${analysis.summary.orderAccuracy} with ${partitions(linesOf(campaign))}`;
  return `In the order of the log: ${words(one)}, ${words(many)}.`;
}

/** A chart in words, for who cannot see it. */
export function chartWords(campaign, points) {
  const ahead = points.filter((point) => point.ahead).length;
  const lines = new Set(points.map((point) => point.partition)).size;
  const turned = ahead === 0
    ? 'each later decision stands later in the log'
    : `${number(ahead)} of them were made before their turn`;
  return `Timeline of ${campaign.displayName}: ${decisions(points.length)} of ${partitions(lines)}, ${turned}. `
    + 'The table below the charts has the same.';
}

/** Which decisions are seen. */
export function shownWords(points) {
  return points.length === 0
    ? 'none'
    : `${number(points[0].position)} to ${number(points.at(-1).position)}`;
}

const RESULTS = {
  SUCCESS: 'success',
  ALREADY_ISSUED: 'in already',
  OUT_OF_STOCK: 'out of stock',
};

export function result(status) {
  return RESULTS[status] ?? status;
}

/** A time on the scale of a chart, in milliseconds. */
export function sinceWords(millis) {
  return millis < 1000 ? `${number(Math.round(millis))} ms` : duration(millis);
}

/** A time of the day with milliseconds, in the zone of the browser. */
export function exactTime(instant) {
  return new Intl.DateTimeFormat(document.documentElement.lang || undefined, {
    hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23',
  }).format(new Date(instant));
}
