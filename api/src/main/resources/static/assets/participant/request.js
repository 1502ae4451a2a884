// A request to take part: its id, its key, and what an answer to it means. Pure.

export const ID_LENGTH_MAX = 64;
export const TRIES_MAX = 8;

const BACKOFF_MS = [1_000, 2_000, 4_000, 8_000, 15_000];
// Refusals at the door: this sending was not taken.
const REFUSALS = ['CAMPAIGN_NOT_OPEN', 'CAMPAIGN_PAUSED', 'CAMPAIGN_CLOSED', 'OUT_OF_STOCK'];
// So much too early is our clock's inexactness; more is a changed plan.
const EARLY_MS_MAX = 5_000;
const TRIES_AFTER_REFUSAL = 4;

/** Why an id cannot be sent: 'idEmpty', 'idLong' or 'idControl'; null if it can. As the server. */
export function idError(userId) {
  if (userId.trim() === '') {
    return 'idEmpty';
  }
  if ([...userId].length > ID_LENGTH_MAX) {
    return 'idLong';
  }
  return /[\p{Cc}\p{Cs}\u2028\u2029]/u.test(userId) ? 'idControl' : null;
}

/** A key that nobody else has. randomUUID is missing on pages that did not come over https. */
export function newKey(random = crypto) {
  if (typeof random.randomUUID === 'function') {
    return random.randomUUID();
  }
  const bytes = random.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A request that has not been sent yet. */
export function newRequest(userId, sentAt) {
  return { userId, key: newKey(), sentAt, unsure: false };
}

/**
 * How long to wait before the next try, in ms: as the server asks, growing with the tries, and
 * spread so that those who were refused together do not come back together.
 */
export function delay(tries, retryAfterSeconds, random = Math.random) {
  const growing = BACKOFF_MS[Math.min(tries, BACKOFF_MS.length) - 1];
  const base = Math.max((retryAfterSeconds ?? 0) * 1_000, growing);
  return Math.round(base + random() * Math.max(500, base / 2));
}

/**
 * What a failed sending means.
 *
 * @param tries how often it was sent, this one included
 * @param wasUnsure whether an earlier sending may have arrived
 * @param now the server's time in ms
 * @returns { next: 'retry' | 'stop' | 'field' | 'missing' | 'refused', reason, unsure, delayMs? }
 *     unsure: whether the request may be in the log all the same
 */
export function verdict(problem, { tries, wasUnsure, now }, random = Math.random) {
  const { status, code, body } = problem;
  if (code === 'CAMPAIGN_NOT_FOUND') {
    return { next: 'missing', reason: code, unsure: wasUnsure };
  }
  if (REFUSALS.includes(code)) {
    return refusal(problem, { tries, wasUnsure, now }, random);
  }
  if (status === 429) {
    return again('busy', wasUnsure, tries, body.retryAfter, random);
  }
  if (status === 0 || status >= 500) {
    return again(status === 0 ? 'offline' : 'trouble', true, tries, body.retryAfter, random);
  }
  const field = code === 'REQUEST_MALFORMED' && body.field === 'userId';
  return { next: field ? 'field' : 'refused', reason: code, unsure: wasUnsure };
}

function again(reason, unsure, tries, retryAfter, random) {
  return tries >= TRIES_MAX
    ? { next: 'stop', reason, unsure }
    : { next: 'retry', reason, unsure, delayMs: delay(tries, retryAfter, random) };
}

function refusal({ code, body }, { tries, wasUnsure, now }, random) {
  if (code === 'CAMPAIGN_NOT_OPEN') {
    const early = Date.parse(body.opensAt) - now;
    if (early < EARLY_MS_MAX && tries < TRIES_MAX) {
      const delayMs = Math.max(early, 0) + 200 * tries + Math.round(random() * 400);
      return { next: 'retry', reason: 'early', unsure: wasUnsure, delayMs };
    }
  }
  // The door answers a repeated request with the first one's result, once that is decided.
  if (wasUnsure) {
    return tries >= TRIES_AFTER_REFUSAL
      ? { next: 'stop', reason: code, unsure: true }
      : { next: 'retry', reason: 'asking', unsure: true, delayMs: delay(tries, null, random) };
  }
  return { next: 'refused', reason: code, unsure: false };
}
