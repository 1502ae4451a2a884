// The same participants twice, one after the other: through the log, and with the decision made in
// the request against the database. RATE participants a second for DURATION each, for STOCK things.
// It fails if either sells too much (verify.js), is too slow (PLACE_MS, RESULT_MS) or fails.

import exec from 'k6/execution';
import { OPTIONS, THRESHOLDS, constantRate } from './lib/arrivals.js';
import { newRunId, openCampaign } from './lib/campaign.js';
import { takePart, takePartAtOnce, takePartFirst } from './lib/participant.js';
import { report, timeOf, times } from './lib/report.js';
import { partitions, placeMs, rate, resultMs, seconds, stock } from './lib/settings.js';
import { Tally } from './lib/tally.js';

const question = 'How long does one wait with the log, and how long for a decision in the request?';

// Between the two, so that the second does not run beside the end of the first.
const PAUSE = 3;

const RATE = rate(100);
const DURATION = seconds('DURATION', '20s');
const STOCK = stock(50);
const PARTITIONS = partitions();
const log = new Tally('log');
const sync = new Tally('sync');

export const options = {
  ...OPTIONS,
  scenarios: {
    log: constantRate('throughLog', RATE, DURATION),
    sync: constantRate('atOnce', RATE, DURATION, DURATION + PAUSE),
  },
  thresholds: {
    ...THRESHOLDS,
    ...log.thresholds({ placeMs: placeMs(), resultMs: resultMs() }),
    ...sync.thresholds({ resultMs: resultMs() }),
  },
};

export function setup() {
  const run = newRunId();
  const wanted = { stock: STOCK, partitions: PARTITIONS };
  const withLog = openCampaign('compare', run, { ...wanted, suffix: '-log' });
  const withoutLog = openCampaign('compare', run, { ...wanted, suffix: '-sync' });
  takePartFirst(log, 'participation', withLog.name, `${run}-first`);
  takePartFirst(sync, 'participation-sync', withoutLog.name, `${run}-first`);
  return { run, withLog, withoutLog };
}

export function throughLog({ run, withLog }) {
  takePart(log, withLog.name, `${run}-${exec.scenario.iterationInTest}`);
}

export function atOnce({ run, withoutLog }) {
  takePartAtOnce(sync, withoutLog.name, `${run}-${exec.scenario.iterationInTest}`);
}

export function handleSummary(data) {
  return report(data, {
    scenario: 'sync-vs-kafka',
    question,
    asked: `${RATE} participants a second for ${DURATION} s each, a stock of ${STOCK} each`,
    answer: () => `${answer(data)}\n\n${times(data, [
      ['log: until the place', 'log_place_ms'],
      ['log: until the result', 'log_result_ms'],
      ['in the request: the result', 'sync_result_ms'],
    ])}`,
    campaigns: () => [
      log.record(data, data.setup_data.withLog),
      sync.record(data, data.setup_data.withoutLog),
    ],
  });
}

function answer(data) {
  const place = timeOf(data, 'log_place_ms', 'p(95)');
  const result = timeOf(data, 'log_result_ms', 'p(95)');
  const atOnceResult = timeOf(data, 'sync_result_ms', 'p(95)');
  return `With the log 95 of 100 had a place after ${place} and the result after ${result}; `
    + `decided in the request, the result after ${atOnceResult}.`;
}
