// What a run is told by its environment. A value that makes no sense ends it before it starts.

export const BASE_URL = (__ENV.BASE_URL || 'http://localhost:8080').replace(/\/+$/, '');
export const ADMIN_NAME = __ENV.ADMIN_NAME || 'admin';
export const ADMIN_PASSWORD = __ENV.ADMIN_PASSWORD || '';

/** The campaign to use; one is made if it is not there. Empty: a new one for this run. */
export const CAMPAIGN = __ENV.CAMPAIGN || '';

/** Up to here the sums by which ranks are checked stay exact numbers. */
export const STOCK_MAX = 200_000;

/** A whole number from 1 to max. */
export function whole(name, fallback, max) {
  const text = __ENV[name] || String(fallback);
  const number = Number(text);
  if (!/^[0-9]+$/.test(text) || number < 1 || number > max) {
    throw new Error(`${name} must be a whole number from 1 to ${max}, was ${text}`);
  }
  return number;
}

/** Seconds from a text like 30s, 2m or 1m30s. */
export function seconds(name, fallback) {
  const text = __ENV[name] || fallback;
  const found = /^(?:([0-9]+)m)?(?:([0-9]+)s)?$/.exec(text);
  const number = found ? Number(found[1] || 0) * 60 + Number(found[2] || 0) : 0;
  if (number < 1 || number > 3600) {
    throw new Error(`${name} must be like 30s, 2m or 1m30s, at most 60m, was ${text}`);
  }
  return number;
}

/** Seconds, 0 for none. */
export const warmUpSeconds = (fallback) =>
  __ENV.WARM_UP === '0s' ? 0 : seconds('WARM_UP', fallback);

export const stock = (fallback) => whole('STOCK', fallback, STOCK_MAX);
export const partitions = () => whole('PARTITIONS', 1, 1_000);
export const rate = (fallback) => whole('RATE', fallback, 10_000);

/**
 * How long 95 of 100 may wait, in milliseconds; 99 of 100 twice as long. Generous enough for two
 * cores that everything shares, and still what a person takes for an answer at once.
 */
export const placeMs = () => whole('PLACE_MS', 1_000, 60_000);
export const resultMs = () => whole('RESULT_MS', 3_000, 60_000);
