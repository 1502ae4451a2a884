// Batch runs: starting one, following it to its end, and the history.

import { get, getWithHeaders, post } from '../../http.js';
import { asProblem } from '../failure.js';
import { poll } from '../poll.js';
import { isDay } from './days.js';
import { isAtWork } from './run-words.js';

const EVERY_MILLIS = 1000;
const ROWS = 10;
// In a cluster a run is a Job, and the answer waits until it has begun.
const START_TIMEOUT = 60_000;

/** changed() is told whenever something is to be drawn again, ended(run) when a followed run is over. */
export function runs(changed, ended) {
  const part = {
    date: '',
    dateFault: null,
    starting: false,
    startProblem: null,
    // The run that is followed: { id, run, seenAt, problem }.
    followed: null,
    // What is read out.
    told: '',
    page: 0,
    pageSize: ROWS,
    total: 0,
    list: null,
    listProblem: null,
    setDate,
    submit,
    start,
    isAtWork: () => part.followed !== null && part.followed.problem?.status !== 404
      && (part.followed.run === null || isAtWork(part.followed.run)),
    loadHistory,
    turnTo,
  };
  let poller = null;
  let latest = 0;

  function setDate(date) {
    part.date = date;
    part.dateFault = null;
  }

  /** Says whether there is a date to run. */
  function submit() {
    part.dateFault = isDay(part.date) ? null : 'Choose the day that is to be counted.';
    changed();
    if (part.dateFault) {
      return false;
    }
    start(part.date);
    return true;
  }

  async function start(date) {
    if (part.starting) {
      return;
    }
    part.starting = true;
    part.startProblem = null;
    changed();
    try {
      const { jobExecutionId } = await post(
        `/api/admin/batch/aggregate?date=${encodeURIComponent(date)}`, undefined, { timeout: START_TIMEOUT });
      part.told = `Run ${jobExecutionId} has started.`;
      part.starting = false;
      follow(jobExecutionId);
      loadHistory();
    } catch (e) {
      part.startProblem = asProblem(e);
      part.starting = false;
      if (part.startProblem.code === 'BATCH_RUNNING' && part.startProblem.body.jobExecutionId) {
        follow(part.startProblem.body.jobExecutionId);
      }
    }
    changed();
  }

  function follow(id) {
    if (part.followed?.id === id && part.isAtWork()) {
      return;
    }
    poller?.stop();
    const followed = { id, run: null, seenAt: null, problem: null };
    part.followed = followed;
    const mine = poll(async () => {
      try {
        followed.run = await get(`/api/admin/batch/status/${id}`);
        followed.seenAt = Date.now();
        followed.problem = null;
      } catch (e) {
        followed.problem = asProblem(e);
        if (followed.problem.status === 404) {
          mine.stop();
        }
        throw followed.problem;
      } finally {
        changed();
      }
      if (!isAtWork(followed.run)) {
        mine.stop();
        over(followed.run);
      }
    }, EVERY_MILLIS);
    poller = mine;
  }

  function over(run) {
    part.told = `Run ${run.jobExecutionId} has ended: ${run.status === 'COMPLETED' ? 'completed' : 'it did not complete'}.`;
    if (part.startProblem?.code === 'BATCH_RUNNING') {
      part.startProblem = null;
    }
    changed();
    loadHistory();
    ended(run);
  }

  async function loadHistory() {
    const number = ++latest;
    try {
      const { body, headers } = await getWithHeaders(`/api/admin/batch/history?page=${part.page}&size=${ROWS}`);
      if (number !== latest) {
        return;
      }
      part.list = body;
      part.total = Number(headers.get('X-Total-Count')) || body.length;
      part.listProblem = null;
    } catch (e) {
      if (number !== latest) {
        return;
      }
      part.listProblem = asProblem(e);
    }
    // One that was started elsewhere, by the schedule or by somebody else.
    const atWork = part.page === 0 ? part.list?.find(isAtWork) : null;
    if (atWork && !part.listProblem && !part.isAtWork()) {
      follow(atWork.jobExecutionId);
    }
    changed();
  }

  function turnTo(page) {
    part.page = page;
    loadHistory();
  }

  return part;
}
