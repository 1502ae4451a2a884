// RATE people a second for DURATION, each of whom presses the button PRESSES times at once, and
// again when the result is there. Every second one sends all presses with one Idempotency-Key. The
// STOCK is for fewer than come, so both those who win and those who do not are seen.
// It fails if somebody gets other than one first result and ALREADY_ISSUED for the rest; with the
// key: other than the same result for all presses.

import http from 'k6/http';
import exec from 'k6/execution';
import { Counter } from 'k6/metrics';
import { OPTIONS, THRESHOLDS, constantRate } from './lib/arrivals.js';
import { newRunId, openCampaign } from './lib/campaign.js';
import { awaitResult, elapsedMs, takePartFirst } from './lib/participant.js';
import { participation } from './lib/product.js';
import { grouped, report, times } from './lib/report.js';
import { partitions, placeMs, rate, resultMs, seconds, stock, whole } from './lib/settings.js';
import { Tally, value } from './lib/tally.js';

const question = 'Does somebody who presses the button many times get exactly one place?';

const PRESSES_MAX = 20;

const PRESSES = whole('PRESSES', 5, PRESSES_MAX);
const RATE = rate(20);
const DURATION = seconds('DURATION', '20s');
const STOCK = stock(Math.max(1, Math.floor((RATE * DURATION) / 2)));
const PARTITIONS = partitions();
const tally = new Tally('log');
const wrong = new Counter('wrong_people');

export const options = {
  ...OPTIONS,
  batch: PRESSES_MAX,
  batchPerHost: PRESSES_MAX,
  scenarios: { people: constantRate('person', RATE, DURATION) },
  thresholds: {
    ...THRESHOLDS,
    ...tally.thresholds({ placeMs: placeMs(), resultMs: resultMs() }),
    wrong_people: ['count==0'],
  },
};

export function setup() {
  const run = newRunId();
  const campaign = openCampaign('duplicates', run, { stock: STOCK, partitions: PARTITIONS });
  takePartFirst(tally, 'participation', campaign.name, `${run}-first`);
  return { run, campaign };
}

export function person({ run, campaign }) {
  const number = exec.scenario.iterationInTest;
  const user = `${run}-${number}`;
  const key = number % 2 === 0 ? `${user}-once` : undefined;
  const burst = press(campaign.name, user, Array(PRESSES).fill(key));
  tally.user(burst.answers);
  const first = countFirst(burst, key);
  // Minutes later in real life; what counts is that the first result is final.
  const later = press(campaign.name, user, key ? [key, undefined] : [undefined]);
  countLater(later, key);
  if (!burst.isComplete || !later.isComplete) {
    // Counted as failed requests; nothing can be said of this person.
    return;
  }
  const isRight = key
    ? all(burst.results, first) && same(later.results[0], first) && isAlready(later.results[1])
    : burst.results.filter((result) => !isAlready(result)).length === 1 &&
      later.results.every(isAlready);
  if (!isRight) {
    wrong.add(1);
  }
}

/** Sends all at once and follows each to its result. */
function press(campaign, user, keys) {
  const batch = keys.map((key) => participation('participation', campaign, user, key));
  const answers = http.batch(batch);
  const accepted = answers.map((answer) => tally.answer(answer));
  const results = accepted.map((one, i) => (one === null ? null : follow(one, answers[i])));
  return { answers, accepted, results, isComplete: results.every((result) => result !== null) };
}

function follow(accepted, answer) {
  const place = elapsedMs(answer);
  tally.placeMs.add(place);
  const { result, ms } = awaitResult(accepted.requestId);
  if (result !== null) {
    tally.resultMs.add(place + ms);
  }
  return result;
}

/** Counts the presses at once, of which one is the request and the others repeat it or are late. */
function countFirst({ accepted, results }, key) {
  // Which of them was the first in line does not matter: with a key all have its result, and
  // without one only it has another than ALREADY_ISSUED.
  let first = null;
  accepted.forEach((one, i) => {
    if (one !== null) {
      const isRepeat = Boolean(key) && first !== null;
      first = first ?? results[i];
      tally.result(one, results[i], isRepeat);
    }
  });
  return first;
}

function countLater({ accepted, results }, key) {
  accepted.forEach((one, i) => {
    if (one !== null) {
      tally.result(one, results[i], Boolean(key) && i === 0);
    }
  });
}

const isAlready = (result) => result.status === 'ALREADY_ISSUED';
const same = (one, other) => one.status === other.status && one.rank === other.rank;
const all = (results, first) => !isAlready(first) && results.every((one) => same(one, first));

export function handleSummary(data) {
  return report(data, {
    scenario: 'duplicates',
    question,
    asked: `${RATE} people a second for ${DURATION} s, each with ${PRESSES} presses at once and `
      + `more later, a stock of ${STOCK}, partitions: ${PARTITIONS}`,
    answer: () => `${answer(data)}\n\n${times(data, [
      ['until the place in line', 'log_place_ms'],
      ['until the result', 'log_result_ms'],
    ])}`,
    campaigns: () => [tally.record(data, data.setup_data.campaign)],
  });
}

function answer(data) {
  const [accepted, users] = ['log_accepted', 'log_users'].map((name) => value(data, name, 'count'));
  const wrongPeople = value(data, 'wrong_people', 'count');
  return `${grouped(users)} people pressed ${grouped(accepted)} times; ${grouped(wrongPeople)} `
    + 'of them got something else than one place.';
}
