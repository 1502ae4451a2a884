// Asking again and again, in a way that a server and a battery can live with.

import { Problem } from '../http.js';

const AFTER_FAILURES = [1_000, 2_000, 4_000, 8_000, 15_000];

/**
 * Calls task at once and then every so many milliseconds, from start to start: never twice at the
 * same time, less often while it fails, not at all while the page is hidden, and at once when it is
 * shown again. What a failure means to the page is for task to keep; it only has to reject.
 * now() asks at once, and after an answer under way once more; stop() ends it.
 */
export function poll(task, everyMillis) {
  let timer;
  let failures = 0;
  let running = false;
  let again = false;
  let stopped = false;

  async function run() {
    clearTimeout(timer);
    if (stopped || document.hidden) {
      return;
    }
    if (running) {
      again = true;
      return;
    }
    running = true;
    again = false;
    const start = performance.now();
    try {
      await task();
      failures = 0;
    } catch (e) {
      failures++;
      if (!(e instanceof Problem)) {
        reportError(e);
      }
    }
    running = false;
    if (!stopped) {
      timer = setTimeout(run, again ? 0 : pause(performance.now() - start));
    }
  }

  function pause(spentMillis) {
    return failures > 0
      ? AFTER_FAILURES[Math.min(failures, AFTER_FAILURES.length) - 1]
      : Math.max(100, everyMillis - spentMillis);
  }

  function shown() {
    if (!document.hidden) {
      run();
    }
  }

  document.addEventListener('visibilitychange', shown);
  // Called later, so that the caller has the answer of this function when task runs.
  timer = setTimeout(run, 0);
  return {
    now: run,
    stop() {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', shown);
    },
  };
}
