// The end of a run. For people: what was asked, the answer, the limits. For verify.js: a record.

import { value } from './tally.js';

const WIDTH = 10;

/** 12345 as 12,345. */
export function grouped(number) {
  return String(Math.round(number)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Milliseconds as people say them. */
export function time(ms) {
  if (ms >= 10_000) {
    return `${(ms / 1000).toFixed(1)} s`;
  }
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${grouped(ms)} ms`;
}

/** A figure of a trend, as in "12 ms". */
export function timeOf(data, metric, figure) {
  return time(value(data, metric, figure));
}

/** A table of times; rows are [what, metric]. */
export function times(data, rows) {
  const cells = (texts) => texts.map((text) => text.padStart(WIDTH)).join('');
  const titles = ['requests', 'median', '95 of 100', '99 of 100', 'longest'];
  const head = `  ${''.padEnd(28)}${cells(titles)}`;
  const lines = rows.map(([what, metric]) => {
    const figures = ['med', 'p(95)', 'p(99)', 'max'].map((figure) => timeOf(data, metric, figure));
    return `  ${what.padEnd(28)}${cells([grouped(value(data, metric, 'count')), ...figures])}`;
  });
  return [head, ...lines].join('\n');
}

function thresholds(data) {
  const lines = [];
  for (const [name, metric] of Object.entries(data.metrics).sort()) {
    for (const [limit, { ok }] of Object.entries(metric.thresholds ?? {})) {
      const wanted = `${name.padEnd(24)} ${limit.padEnd(14)}`;
      lines.push(`  ${ok ? '✓' : '✗'} ${wanted} ${found(metric, limit)}`);
    }
  }
  return lines;
}

function found(metric, limit) {
  const figure = /^(p\([0-9.]+\)|[a-z]+)/.exec(limit)[1];
  const number = metric.values[figure];
  if (number === undefined) {
    return '';
  }
  if (metric.contains === 'time') {
    return time(number);
  }
  return metric.type === 'rate' ? `${(number * 100).toFixed(2)} %` : grouped(number);
}

/**
 * The summary of a run: text, and the record for verify.js, in the file SUMMARY or, where there is
 * no file to write to, as the line that begins with firstcome-run.
 *
 * @param campaigns what Tally.record gives, one for each campaign
 */
export function report(data, { scenario, question, asked, answer, campaigns }) {
  const lines = ['', `${scenario}: ${question}`, '', `  asked   ${asked}`];
  if (!data.setup_data) {
    // The reason stands above.
    return { stdout: [...lines, '  answer  none: the run could not begin', ''].join('\n') };
  }
  lines.push(`  answer  ${answer()}`, '', ...thresholds(data), '');
  const record = JSON.stringify({ scenario, campaigns: campaigns() });
  if (__ENV.SUMMARY) {
    return { stdout: lines.join('\n'), [__ENV.SUMMARY]: `${record}\n` };
  }
  return { stdout: [...lines, `firstcome-run ${record}`, ''].join('\n') };
}
