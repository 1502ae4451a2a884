// The server's clock, because that of the browser may be minutes off.

import { get } from '../http.js';
import { poll } from './poll.js';

const READ_EVERY_MILLIS = 300_000;

let offsetMillis = 0;

/** Keeps the clock right while the page is open. Until the first answer the browser's is taken. */
export function followServerClock(redraw) {
  poll(async () => {
    const sent = Date.now();
    const { now } = await get('/api/time');
    // The answer was made somewhere between sending and receiving.
    offsetMillis = Date.parse(now) - (sent + Date.now()) / 2;
    redraw();
  }, READ_EVERY_MILLIS);
}

/** Milliseconds since 1970 at the server. */
export function serverNow() {
  return Date.now() + offsetMillis;
}
