// What a run counts of its requests to one campaign, and what of it verify.js is told.

import { Counter, Gauge, Trend } from 'k6/metrics';

const FINAL = ['SUCCESS', 'ALREADY_ISSUED', 'OUT_OF_STOCK'];

export class Tally {
  /** @param key tells the campaigns of one run apart in the names of the metrics */
  constructor(key) {
    const counter = (name) => new Counter(`${key}_${name}`);
    this.key = key;
    // 202, or 200 where the decision is made at once.
    this.accepted = counter('accepted');
    // No answer, or one that leaves open whether the request was taken.
    this.unknown = counter('unknown');
    // A clear no.
    this.refused = counter('refused');
    // People with at least one accepted request, and those with none who may be in all the same.
    this.users = counter('users');
    this.usersUnknown = counter('users_unknown');
    // Accepted requests that are an earlier one again: same user, same Idempotency-Key.
    this.repeats = counter('repeats');
    this.results = counter('results');
    this.withoutResult = counter('without_result');
    this.wrongResult = counter('wrong_result');
    this.successes = counter('successes');
    this.rank = new Gauge(`${key}_rank`);
    this.rankSum = counter('rank_sum');
    this.rankSquares = counter('rank_squares');
    this.placeMs = new Trend(`${key}_place_ms`, true);
    this.resultMs = new Trend(`${key}_result_ms`, true);
  }

  /** Everybody is let in, and nothing may be lost or mixed up, on whatever machine. */
  thresholds({ placeMs, resultMs }) {
    const limits = {
      [`${this.key}_refused`]: ['count==0'],
      [`${this.key}_unknown`]: ['count==0'],
      [`${this.key}_without_result`]: ['count==0'],
      [`${this.key}_wrong_result`]: ['count==0'],
      [`${this.key}_result_ms`]: within(resultMs),
    };
    return placeMs ? { ...limits, [`${this.key}_place_ms`]: within(placeMs) } : limits;
  }

  /** Counts the answer at the door; returns what was accepted, or null. */
  answer(response) {
    if (response.status === 200 || response.status === 202) {
      this.accepted.add(1);
      return response.json();
    }
    const isNo = response.status >= 400 && response.status < 500;
    (isNo ? this.refused : this.unknown).add(1);
    return null;
  }

  /** Counts one person, by the answers to all that he or she sent. */
  user(responses) {
    if (responses.some(({ status }) => status === 200 || status === 202)) {
      this.users.add(1);
    } else if (responses.some(({ status }) => status === 0 || status >= 500)) {
      this.usersUnknown.add(1);
    }
  }

  /** Counts the result of an accepted request; null is none in time. */
  result(accepted, result, isRepeat = false) {
    if (isRepeat) {
      this.repeats.add(1);
    }
    if (result === null) {
      this.withoutResult.add(1);
      return;
    }
    this.results.add(1);
    // Somebody else's result at our place would mean that the log has lost ours.
    const isOurs =
      result.requestId === accepted.requestId &&
      result.userId === accepted.userId &&
      result.partition === accepted.partition &&
      result.offset === accepted.offset;
    if (!isOurs || !FINAL.includes(result.status)) {
      this.wrongResult.add(1);
    } else if (result.status === 'SUCCESS' && !isRepeat) {
      this.successes.add(1);
      this.rank.add(result.rank);
      this.rankSum.add(result.rank);
      this.rankSquares.add(result.rank * result.rank);
    }
  }

  /** What verify.js needs, from the metrics of the finished run. */
  record(data, campaign) {
    const count = (name) => value(data, `${this.key}_${name}`, 'count');
    return {
      campaign: campaign.name,
      created: campaign.created,
      before: campaign.before,
      accepted: count('accepted'),
      unknown: count('unknown'),
      users: count('users'),
      usersUnknown: count('users_unknown'),
      repeats: count('repeats'),
      results: count('results'),
      successes: count('successes'),
      ranks: {
        lowest: value(data, `${this.key}_rank`, 'min'),
        highest: value(data, `${this.key}_rank`, 'max'),
        sum: count('rank_sum'),
        squares: count('rank_squares'),
      },
    };
  }
}

function within(ms) {
  return [`p(95)<${ms}`, `p(99)<${2 * ms}`];
}

/** One figure of a finished run; 0 for what was never counted. */
export function value(data, metric, figure) {
  return data.metrics[metric]?.values[figure] ?? 0;
}
