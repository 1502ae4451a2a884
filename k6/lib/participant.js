// What one participant does: take part, and wait for the result.

import { sleep } from 'k6';
import { participate, participateInNew, refuse, result } from './product.js';

const PATIENCE_MS = 30_000;
// Where consumers are started for a new campaign it takes them a while to get to work.
const FIRST_PATIENCE_MS = 180_000;

/** Takes part through the log and waits; counts all of it. */
export function takePart(tally, campaign, userId) {
  const response = participate('participation', campaign, userId);
  tally.user([response]);
  const accepted = tally.answer(response);
  if (accepted === null) {
    return;
  }
  const place = elapsedMs(response);
  tally.placeMs.add(place);
  const waited = awaitResult(accepted.requestId, PATIENCE_MS);
  tally.result(accepted, waited.result);
  if (waited.result !== null) {
    tally.resultMs.add(place + waited.ms);
  }
}

/** Takes part without the log: the answer is the result. */
export function takePartAtOnce(tally, campaign, userId) {
  const response = participate('participation-sync', campaign, userId);
  tally.user([response]);
  const decided = tally.answer(response);
  if (decided !== null) {
    tally.resultMs.add(elapsedMs(response));
    tally.result({ ...decided, userId }, decided);
  }
}

/**
 * The first participant of a run, who waits until the campaign is at work and whose times are not
 * counted: they would be those of the start.
 */
export function takePartFirst(tally, path, campaign, userId) {
  let response = participateInNew(path, campaign, userId);
  // Another process of the product may not have heard of a campaign for the second of its making.
  for (let left = 5; response.status === 404 && left > 0; left--) {
    sleep(1);
    response = participateInNew(path, campaign, userId);
  }
  tally.user([response]);
  const accepted = tally.answer(response);
  if (accepted === null) {
    refuse(`${campaign} takes no requests: HTTP ${response.status} ${response.body}`);
  }
  const isDecided = response.status === 200;
  const waited = isDecided ? accepted : awaitResult(accepted.requestId, FIRST_PATIENCE_MS).result;
  tally.result({ ...accepted, userId }, waited);
  if (waited === null) {
    refuse(`${campaign} has not decided its first request in ${FIRST_PATIENCE_MS} ms`);
  }
}

/** Follows an accepted request to its result, which is null if it does not come in time. */
export function awaitResult(requestId, patienceMs = PATIENCE_MS) {
  const end = Date.now() + patienceMs;
  let ms = 0;
  do {
    const response = result(requestId);
    ms += elapsedMs(response);
    if (response.status === 200) {
      const now = response.json();
      if (now.status !== 'PROCESSING') {
        return { result: now, ms };
      }
    } else if (response.status >= 400 && response.status < 500) {
      return { result: null, ms };
    } else {
      sleep(0.5);
      ms += 500;
    }
  } while (Date.now() < end);
  return { result: null, ms };
}

/** What the participant waits for an answer, opening the connection included. */
export function elapsedMs({ timings }) {
  return timings.blocked + timings.connecting + timings.tls_handshaking + timings.duration;
}
