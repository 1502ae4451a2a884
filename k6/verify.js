// After any run: whether its promises were kept. RUN is the record that the run has ended with;
// with CAMPAIGN instead, only what the product knows itself is compared.
//
// What the run says and what the product says come from different places. The run has seen each
// 202 and each result. The product has its counters, its history of decisions, and the log, which
// the audit decides once more. A request that was accepted and then lost is missing in the log or
// in the history, and then their number is smaller than the run's; or its place belongs to somebody
// else, which the run has seen when it asked for the result.
//
// DELETE=true deletes campaigns that the run has made, if all is right.

import { check } from 'k6';
import { decided } from './lib/campaign.js';
import { admin, adminJson, refuse } from './lib/product.js';
import { grouped } from './lib/report.js';
import { CAMPAIGN, STOCK_MAX } from './lib/settings.js';

const question = 'Was nothing lost, nobody in twice, nothing oversold and no rank left out?';

const RAW_DAYS_MAX = 31;
const HOURS_MS = 3_600_000;

export const options = {
  setupTimeout: '600s',
  thresholds: { checks: ['rate==1'] },
};

export function setup() {
  const run = recorded();
  const campaigns = run.campaigns.map((record) => ({ record, findings: findings(record) }));
  const isRight = campaigns.every(({ findings: all }) => all.every(({ ok }) => ok));
  return { scenario: run.scenario, campaigns, isRight, notes: isRight ? deleteMade(run) : [] };
}

function recorded() {
  if (__ENV.RUN) {
    return JSON.parse(__ENV.RUN);
  }
  if (!CAMPAIGN) {
    refuse('Set RUN to the record of a run, or CAMPAIGN to the name of a campaign');
  }
  return { scenario: null, campaigns: [{ campaign: CAMPAIGN }] };
}

/** Each with the sentence that is true if it is ok, and what was found. */
function findings(record) {
  const status = decided(record.campaign);
  if (status === null) {
    return [finding('everything in the log is decided', false, 'still undecided after a minute')];
  }
  const audit = adminJson('GET', `/campaigns/${record.campaign}/audit`);
  return [
    finding('everything in the log is decided', true, 'lag 0'),
    ...(record.accepted === undefined ? [] : againstRun(record, status, audit)),
    finding('never oversold', status.successCount <= status.totalStock,
      `${grouped(status.successCount)} of ${grouped(status.totalStock)}`),
    finding('the log, decided once more, gives these very results: one for each request, nobody in '
      + 'twice, ranks without a gap', audit.agree, differences(audit)),
    history(record.campaign, status),
  ];
}

/** What the run has seen, against the tables. */
function againstRun(record, status, audit) {
  const { before, unknown, usersUnknown } = record;
  const requests = audit.replayed - before.requests;
  const successes = status.successCount - before.success;
  const failures = status.failCount - before.fail;
  const expected = [record.users, record.users + usersUnknown].map((users) =>
    Math.min(before.remaining, users));
  return [
    finding('the run has followed every accepted request to a result',
      record.results === record.accepted,
      `${grouped(record.results)} of ${grouped(record.accepted)}`),
    between('the log and the tables have every accepted request, and no other',
      requests, record.accepted, record.accepted + unknown),
    between(`successes are the smaller one of stock (${grouped(before.remaining)}) and people `
      + `(${grouped(record.users)})`, successes, ...expected),
    between('requests that got nothing are all the others',
      failures, record.accepted - record.repeats - successes,
      record.accepted - record.repeats - successes + unknown),
    ...(record.ranks === null ? [] : ranks(record, successes)),
  ];
}

/** The ranks that were handed out, by count, bounds, sum and sum of squares. */
function ranks(record, successes) {
  const { before, ranks: seen, unknown } = record;
  if (unknown > 0) {
    // Whoever has got no answer may have a rank that nobody has seen.
    return [
      between('successes that participants were told of are in the tables',
        record.successes, successes - unknown, successes),
    ];
  }
  const first = before.success + 1;
  const last = before.success + successes;
  const sum = triangle(last) - triangle(before.success);
  const squares = pyramid(last) - pyramid(before.success);
  const isGapless = successes === 0 || (seen.lowest === first && seen.highest === last);
  const isSum = seen.sum === sum && (seen.squares === squares || last > STOCK_MAX);
  return [
    finding('successes that participants were told of are those of the tables',
      record.successes === successes, `${grouped(record.successes)} of ${grouped(successes)}`),
    finding(`participants were told the ranks ${grouped(first)} to ${grouped(last)}, each once`,
      isGapless && isSum,
      `${grouped(seen.lowest)} to ${grouped(seen.highest)}, sum ${grouped(seen.sum)}`),
  ];
}

const triangle = (n) => (n * (n + 1)) / 2;
const pyramid = (n) => (n * (n + 1) * (2 * n + 1)) / 6;

/** The counters against the rows, which are counted for it. */
function history(campaign, status) {
  const sentence = 'the history of decisions has the counts that are shown';
  const made = Date.parse(adminJson('GET', `/campaigns/${campaign}`).createdAt);
  const now = Date.parse(status.asOf);
  // Days are those of the campaign's time zone: from where they end last to where they begin first.
  const from = day(made - 12 * HOURS_MS);
  const to = day(now + 14 * HOURS_MS);
  if (now - made > (RAW_DAYS_MAX - 3) * 24 * HOURS_MS) {
    return finding(sentence, true, `not compared: it is older than ${RAW_DAYS_MAX} days`);
  }
  const rows = adminJson('GET', `/stats/raw?from=${from}&to=${to}`).campaigns;
  const { successCount, failCount } = rows.find((row) => row.campaignId === status.campaignId)
    ?? { successCount: 0, failCount: 0 };
  return finding(sentence,
    successCount === status.successCount && failCount === status.failCount,
    `${grouped(successCount)} + ${grouped(failCount)} and `
      + `${grouped(status.successCount)} + ${grouped(status.failCount)}`);
}

const day = (ms) => new Date(ms).toISOString().slice(0, 10);

function differences(audit) {
  if (audit.agree) {
    return `${grouped(audit.replayed)} requests`;
  }
  const first = audit.differences.slice(0, 3).map(({ kind, userId, expected, found }) =>
    `${kind} user ${userId}: ${found} instead of ${expected}`);
  return `${grouped(audit.differenceCount)} differences: ${first.join('; ')}`;
}

function finding(sentence, ok, found) {
  return { sentence, ok, found };
}

function between(sentence, found, lowest, highest) {
  const wanted = lowest === highest
    ? grouped(lowest)
    : `${grouped(lowest)} to ${grouped(highest)}`;
  return finding(sentence, found >= lowest && found <= highest, `${grouped(found)} of ${wanted}`);
}

/** Says what is left. */
function deleteMade(run) {
  return run.campaigns.flatMap(({ campaign, created }) => {
    if (!created || __ENV.DELETE !== 'true') {
      return [];
    }
    const { status } = admin('DELETE', `/campaigns/${campaign}`);
    return status === 204 ? [] : [`${campaign} could not be deleted: HTTP ${status}`];
  });
}

// Each finding is a check, so that the threshold and with it the exit code know of it.
export default function ({ campaigns }) {
  for (const { record, findings: all } of campaigns) {
    for (const { sentence, ok } of all) {
      check(null, { [`${record.campaign}: ${sentence}`]: () => ok });
    }
  }
}

export function handleSummary({ setup_data: verdict }) {
  const lines = ['', `verify: ${question}`];
  if (!verdict) {
    // The reason stands above.
    return { stdout: [...lines, '', '  verdict  none: it could not be verified', ''].join('\n') };
  }
  for (const { record, findings: all } of verdict.campaigns) {
    lines.push('', `  ${record.campaign}`);
    lines.push(...all.map(shown));
  }
  const kept = verdict.isRight ? 'kept' : 'NOT KEPT, see ✗';
  lines.push('', ...verdict.notes.map((note) => `  note     ${note}`), `  verdict  ${kept}`, '');
  return { stdout: lines.join('\n') };
}

function shown({ sentence, ok, found }) {
  return `  ${ok ? '✓' : '✗'} ${sentence}: ${found}`;
}
