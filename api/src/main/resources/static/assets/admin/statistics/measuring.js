// What is known of the two ways to the figures of the period that is looked at.

import { get } from '../../http.js';
import { asProblem } from '../failure.js';
import { DAILY, measure, RAW } from './measure.js';
import { parametersOf, query } from './period.js';

const TURNS_MAX = 5;
const BUDGET_MILLIS = 20_000;
// Longer than the server's own limit of 60 s, so that it is the server who says that it was too long.
const TIMEOUT = 70_000;
// The server counts two at a time; somebody else's may be over soon.
const BUSY_TRIES_MAX = 6;

/** changed() is told whenever something is to be drawn again. */
export function measuring(changed) {
  const part = { busy: false, waiting: false, turns: TURNS_MAX, answers: null, period: null, problem: null, start, forget };
  let latest = 0;

  /** The figures are of another period now. */
  function forget() {
    latest++;
    Object.assign(part, { busy: false, waiting: false, answers: null, period: null, problem: null });
  }

  async function start(period) {
    forget();
    const number = latest;
    part.busy = true;
    part.period = period;
    changed();
    let problem = null;
    try {
      await measure(
        (method) => ask(method, period, number),
        { turnsMax: TURNS_MAX, budgetMillis: BUDGET_MILLIS, now: () => performance.now() },
        (answers) => {
          if (number === latest) {
            part.answers = answers;
            changed();
          }
        },
      );
    } catch (e) {
      problem = asProblem(e);
    }
    if (number === latest) {
      part.busy = false;
      part.problem = problem;
      changed();
    }
  }

  async function ask(method, period, number) {
    for (let attempt = 1; ; attempt++) {
      try {
        return await get(`/api/admin/stats/${method === RAW ? RAW : DAILY}${query(parametersOf(period))}`, { timeout: TIMEOUT });
      } catch (e) {
        if (e.status !== 429 || attempt === BUSY_TRIES_MAX || number !== latest) {
          throw e;
        }
        await pause(e.body.retryAfter ?? 5);
      }
    }
  }

  async function pause(seconds) {
    part.waiting = true;
    changed();
    await new Promise((resume) => { setTimeout(resume, seconds * 1000); });
    part.waiting = false;
    changed();
  }

  return part;
}
