// Calls to the product, and nothing about what they mean for a run.

import { sleep } from 'k6';
import encoding from 'k6/encoding';
import exec from 'k6/execution';
import http from 'k6/http';
import { ADMIN_NAME, ADMIN_PASSWORD, BASE_URL } from './settings.js';

const JSON_TYPE = { 'Content-Type': 'application/json' };

/** Sends one request to take part; path is participation or participation-sync. */
export function participate(path, campaign, userId, key) {
  const [method, url, body, params] = participation(path, campaign, userId, key);
  return http.request(method, url, body, params);
}

/** The same in a campaign of a moment ago: that it is not known yet is no failure of the run. */
export function participateInNew(path, campaign, userId) {
  const [method, url, body, params] = participation(path, campaign, userId);
  const responseCallback = http.expectedStatuses({ min: 200, max: 299 }, 404);
  return http.request(method, url, body, { ...params, responseCallback });
}

/** The same as an entry of http.batch, for those who press many times at once. */
export function participation(path, campaign, userId, key) {
  const headers = key ? { ...JSON_TYPE, 'Idempotency-Key': key } : JSON_TYPE;
  // Under one name, or each campaign and request would be a time series of its own.
  const params = { headers, tags: { name: path }, timeout: '30s' };
  const url = `${BASE_URL}/api/campaigns/${campaign}/${path}`;
  return ['POST', url, JSON.stringify({ userId }), params];
}

/** Where a request stands; the product waits up to 5 s for its result. */
export function result(requestId) {
  const [method, url, body, params] = resultCall(requestId);
  return http.request(method, url, body, params);
}

/** The same as an entry of http.batch. */
export function resultCall(requestId) {
  const url = `${BASE_URL}/api/participations/${requestId}?wait=5`;
  return ['GET', url, null, { tags: { name: 'result' }, timeout: '15s' }];
}

export function status(campaign) {
  return http.get(`${BASE_URL}/api/campaigns/${campaign}/status`, { tags: { name: 'status' } });
}

/**
 * A call to the admin API. What is busy is asked again for two minutes; everything else is the
 * caller's to judge.
 */
export function admin(method, path, body) {
  const account = encoding.b64encode(`${ADMIN_NAME}:${ADMIN_PASSWORD}`);
  const params = {
    headers: { ...JSON_TYPE, Authorization: `Basic ${account}` },
    tags: { name: 'admin' },
    timeout: '300s',
    // Busy, unknown and taken are answers here and no failures of the run.
    responseCallback: http.expectedStatuses({ min: 200, max: 299 }, 404, 409, 429),
  };
  const text = body === undefined ? null : JSON.stringify(body);
  const end = Date.now() + 120_000;
  for (;;) {
    const answer = http.request(method, `${BASE_URL}/api/admin${path}`, text, params);
    if (answer.status !== 429 || Date.now() > end) {
      return answer;
    }
    sleep(1);
  }
}

/** As admin, for what cannot be done without: an answer that says no ends the run. */
export function adminJson(method, path, body) {
  return okJson(admin(method, path, body), `${method} /api/admin${path}`);
}

/** The answer's JSON; ends the run with a sentence if it has none. */
export function okJson(answer, what) {
  if (answer.status === 0) {
    refuse(`${BASE_URL} does not answer: ${answer.error}`);
  }
  if (answer.status === 401) {
    refuse(`${BASE_URL} does not take the password of ${ADMIN_NAME}; set ADMIN_PASSWORD`);
  }
  if (answer.status < 200 || answer.status > 299) {
    refuse(`${what}: HTTP ${answer.status} ${answer.body}`);
  }
  return answer.json();
}

/** Ends the run with this sentence. */
export function refuse(sentence) {
  exec.test.abort(sentence);
}
