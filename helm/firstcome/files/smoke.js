// helm test: the whole way of one request, in a tiny campaign that is deleted again.
import { check, fail, sleep } from 'k6';
import encoding from 'k6/encoding';
import exec from 'k6/execution';
import http from 'k6/http';

export const options = { vus: 1, iterations: 1, thresholds: { checks: ['rate==1'] } };

const api = __ENV.API;
const admin = {
  headers: {
    Authorization: `Basic ${encoding.b64encode(`${__ENV.ADMIN_NAME}:${__ENV.ADMIN_PASSWORD}`)}`,
    'Content-Type': 'application/json',
  },
  timeout: '90s',
};

// Asks until the answer is as wanted, for two minutes.
function until(what, ask, wanted) {
  let answer;
  for (let end = Date.now() + 120000; Date.now() < end; sleep(1)) {
    answer = ask();
    if (wanted(answer)) {
      return answer;
    }
  }
  return fail(`${what}: ${answer.status} ${answer.body}`);
}

function takePart(campaign, userId) {
  const accepted = until(
    'a request is taken',
    () =>
      http.post(`${api}/api/campaigns/${campaign}/participation`, JSON.stringify({ userId }), {
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `${campaign}-${userId}` },
      }),
    (answer) => answer.status === 202,
  );
  const place = accepted.json();
  return until(
    'a request has its result',
    () => http.get(`${api}/api/participations/${place.requestId}?wait=10`),
    (answer) => answer.status === 200 && answer.json('status') !== 'PROCESSING',
  ).json();
}

export default function () {
  try {
    wholeWay();
  } catch (e) {
    // An error alone would not make k6 fail.
    exec.test.abort(String(e));
  }
}

function wholeWay() {
  until('the api answers', () => http.get(`${api}/api/campaigns`), (answer) => answer.status === 200);
  if (!__ENV.ADMIN_PASSWORD) {
    console.log('The Secret of the administrator has no password, so no campaign is made. The api answers.');
    return;
  }
  const campaign = `helm-test-${Date.now().toString(36)}`;
  const path = `${api}/api/admin/campaigns/${campaign}`;
  const made = http.post(
    `${api}/api/admin/campaigns`,
    JSON.stringify({ name: campaign, totalStock: 1 }),
    admin,
  );
  try {
    // 503: the Campaign is stored and the operator has not come to it yet.
    check(made, { 'a campaign is made': (answer) => answer.status === 201 || answer.status === 503 }) ||
      fail(`${made.status} ${made.body}`);
    until('the campaign is registered', () => http.get(path, admin), (answer) => answer.status === 200);
    const first = takePart(campaign, 'first');
    const second = takePart(campaign, 'second');
    check(first, { 'the first one is in': (result) => result.status === 'SUCCESS' && result.rank === 1 });
    check(second, { 'the second one is too late': (result) => result.status === 'OUT_OF_STOCK' });
  } finally {
    check(http.del(path, null, admin), {
      'the campaign is deleted': (answer) => answer.status === 204,
    });
  }
}
