// Asks for an analysis. It goes through all decisions of a campaign, so it may take a minute, and the
// server does two at a time.

import { get, Problem } from '../../http.js';

// Longer than the server's own limit of 60 s, so that it is the server who says that it was too long.
const TIMEOUT = 70_000;
const WAIT = 5_000;
const TRIES_MAX = 12;

/** Which decisions the analysis shows: some of the whole campaign, or all around the first one ahead. */
export const WHOLE = 'whole';
export const VIOLATION = 'violation';

/** Waits while others are at work; onWait is told so each time, with the milliseconds until the next try. */
export async function analysisOf(name, samples, onWait) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await get(
        `/api/admin/stats/order-analysis/${encodeURIComponent(name)}?samples=${samples}`,
        { timeout: TIMEOUT },
      );
    } catch (e) {
      if (!(e instanceof Problem) || e.status !== 429 || attempt === TRIES_MAX) {
        throw e;
      }
      const wait = e.body.retryAfter ? e.body.retryAfter * 1000 : WAIT;
      onWait(wait);
      await new Promise((resume) => { setTimeout(resume, wait); });
    }
  }
}
