// A sale minute: participants come in a rush, each takes part once and waits for the result. At the
// height they are RATE a second; DURATION long, for STOCK things, on PARTITIONS partitions.
// It fails if a place or a result takes too long (PLACE_MS, RESULT_MS), if a request fails or has
// no result, or if not everybody could be sent.

import exec from 'k6/execution';
import { OPTIONS, THRESHOLDS, saleMinute } from './lib/arrivals.js';
import { newRunId, openCampaign } from './lib/campaign.js';
import { takePart, takePartFirst } from './lib/participant.js';
import { grouped, report, timeOf, times } from './lib/report.js';
import {
  partitions, placeMs, rate, resultMs, seconds, stock, warmUpSeconds,
} from './lib/settings.js';
import { Tally, value } from './lib/tally.js';
import { warmUp } from './lib/warmup.js';

const question = 'Does everybody get a place and a result in time while a sale minute comes in?';

const RATE = rate(200);
const DURATION = seconds('DURATION', '30s');
const STOCK = stock(1_000);
const PARTITIONS = partitions();
const WARM_UP = warmUpSeconds('15s');
const tally = new Tally('log');

export const options = {
  ...OPTIONS,
  scenarios: { participants: saleMinute('participant', RATE, DURATION) },
  thresholds: {
    ...THRESHOLDS,
    ...tally.thresholds({ placeMs: placeMs(), resultMs: resultMs() }),
  },
};

export function setup() {
  const run = newRunId();
  warmUp(run, WARM_UP);
  const campaign = openCampaign('load', run, { stock: STOCK, partitions: PARTITIONS });
  takePartFirst(tally, 'participation', campaign.name, `${run}-first`);
  return { run, campaign };
}

export function participant({ run, campaign }) {
  takePart(tally, campaign.name, `${run}-${exec.scenario.iterationInTest}`);
}

export function handleSummary(data) {
  const campaign = data.setup_data?.campaign;
  return report(data, {
    scenario: 'load',
    question,
    asked: `up to ${RATE} participants a second for ${DURATION} s, a stock of ${STOCK}, `
      + `partitions: ${PARTITIONS}`
      + (WARM_UP ? `; after ${WARM_UP} s in which nobody was counted` : ''),
    answer: () => `${answer(data)}\n\n${times(data, [
      ['until the place in line', 'log_place_ms'],
      ['until the result', 'log_result_ms'],
    ])}`,
    campaigns: () => [tally.record(data, campaign)],
  });
}

function answer(data) {
  const taken = value(data, 'log_accepted', 'count');
  const place = timeOf(data, 'log_place_ms', 'p(95)');
  const result = timeOf(data, 'log_result_ms', 'p(95)');
  return `${grouped(taken)} requests were taken; 95 of 100 had their place after ${place} `
    + `and their result after ${result}.`;
}
