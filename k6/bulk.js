// COUNT requests at a button, and beside them RATE participants a second for DURATION, for STOCK
// things in the same campaign. The button must be on: firstcome.bulk.enabled, which it is in
// ./firstcome up and is not in the chart.
// It fails if the participants wait too long (PLACE_MS, RESULT_MS), or if not all of COUNT is taken
// and decided within BULK_SECONDS.

import { sleep } from 'k6';
import exec from 'k6/execution';
import { Counter, Gauge } from 'k6/metrics';
import { OPTIONS, THRESHOLDS, constantRate } from './lib/arrivals.js';
import { newRunId, openCampaign } from './lib/campaign.js';
import { takePart, takePartFirst } from './lib/participant.js';
import { admin, okJson, refuse } from './lib/product.js';
import { grouped, report, timeOf, times } from './lib/report.js';
import { partitions, placeMs, rate, resultMs, seconds, stock, whole } from './lib/settings.js';
import { Tally, value } from './lib/tally.js';

const question = 'Do participants get their place in time while thousands of requests pour in?';

const BULK = '/test/participate-bulk';

const COUNT = whole('COUNT', 10_000, 1_000_000);
const BULK_SECONDS = whole('BULK_SECONDS', 120, 1_800);
const RATE = rate(20);
const DURATION = seconds('DURATION', '20s');
const STOCK = stock(1_000);
const PARTITIONS = partitions();
const tally = new Tally('log');
const sent = new Counter('bulk_sent');
const unsent = new Counter('bulk_unsent');
const decided = new Counter('bulk_decided');
const took = new Gauge('bulk_seconds');
const perSecond = new Gauge('bulk_per_second');

export const options = {
  ...OPTIONS,
  scenarios: {
    participants: constantRate('participant', RATE, DURATION),
    button: {
      executor: 'per-vu-iterations',
      exec: 'button',
      vus: 1,
      iterations: 1,
      startTime: '2s',
      maxDuration: `${BULK_SECONDS + 60}s`,
    },
  },
  thresholds: {
    ...THRESHOLDS,
    ...tally.thresholds({ placeMs: placeMs(), resultMs: resultMs() }),
    bulk_unsent: ['count==0'],
    bulk_decided: [`count==${COUNT}`],
    bulk_seconds: [`value<${BULK_SECONDS}`],
  },
};

export function setup() {
  // There is no such run; the answer tells whether there is such a button.
  const probe = admin('GET', `${BULK}/none`);
  if (probe.status === 404 && probe.json('code') !== 'BULK_RUN_NOT_FOUND') {
    refuse('The button is off here: firstcome.bulk.enabled is false');
  }
  const run = newRunId();
  const campaign = openCampaign('bulk', run, { stock: STOCK, partitions: PARTITIONS });
  takePartFirst(tally, 'participation', campaign.name, `${run}-first`);
  return { run, campaign };
}

export function participant({ run, campaign }) {
  takePart(tally, campaign.name, `${run}-${exec.scenario.iterationInTest}`);
}

export function button({ campaign }) {
  const started = admin('POST', BULK, { count: COUNT, campaignId: campaign.name });
  let now = okJson(started, 'the bulk run');
  const end = Date.now() + BULK_SECONDS * 1000;
  while (!['DONE', 'FAILED'].includes(now.status) && Date.now() < end) {
    sleep(0.5);
    const answer = admin('GET', `${BULK}/${now.runId}`);
    now = answer.status === 200 ? answer.json() : now;
  }
  sent.add(now.sent);
  unsent.add(COUNT - now.sent);
  decided.add(now.decided);
  took.add(now.elapsed);
  perSecond.add(now.rate);
}

export function handleSummary(data) {
  return report(data, {
    scenario: 'bulk',
    question,
    asked: `${grouped(COUNT)} requests at a button, beside ${RATE} participants a second for `
      + `${DURATION} s, a stock of ${STOCK}, partitions: ${PARTITIONS}`,
    answer: () => `${answer(data)}\n\n${times(data, [
      ['until the place in line', 'log_place_ms'],
      ['until the result', 'log_result_ms'],
    ])}`,
    campaigns: () => [record(data)],
  });
}

function answer(data) {
  const seconds = value(data, 'bulk_seconds', 'value').toFixed(1);
  const rate = grouped(value(data, 'bulk_per_second', 'value'));
  const place = timeOf(data, 'log_place_ms', 'p(95)');
  return `95 of 100 participants had their place after ${place}; the button's requests were `
    + `decided in ${seconds} s, ${rate} a second.`;
}

/** Both together; what each of the button's users got is not seen one by one. */
function record(data) {
  const participants = tally.record(data, data.setup_data.campaign);
  const count = (name) => value(data, name, 'count');
  return {
    ...participants,
    accepted: participants.accepted + count('bulk_sent'),
    users: participants.users + count('bulk_sent'),
    unknown: participants.unknown + count('bulk_unsent'),
    usersUnknown: participants.usersUnknown + count('bulk_unsent'),
    results: participants.results + count('bulk_decided'),
    successes: null,
    ranks: null,
  };
}
