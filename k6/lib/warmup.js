// Java computes slowly what it has not done before. A shop that opens its doors has been running
// for hours; one that was started a moment ago, to be tried, gets some people nobody counts first.

import http from 'k6/http';
import { admin, adminJson, participation, resultCall } from './product.js';

const AT_ONCE = 6;

/** Sends people into a campaign of their own for so many seconds; deletes it again. */
export function warmUp(run, seconds) {
  if (seconds === 0) {
    return;
  }
  const { name } = adminJson('POST', '/campaigns', { name: `k6-warm-up-${run}`, totalStock: 100 });
  const end = Date.now() + seconds * 1_000;
  for (let round = 0; Date.now() < end; round++) {
    const people = [...Array(AT_ONCE).keys()].map((i) => `${run}-warm-up-${round}-${i}`);
    const answers = http.batch(people.map((user) => participation('participation', name, user)));
    const accepted = answers.filter((answer) => answer.status === 202);
    http.batch(accepted.map((answer) => resultCall(answer.json().requestId)));
  }
  admin('DELETE', `/campaigns/${name}`);
}
