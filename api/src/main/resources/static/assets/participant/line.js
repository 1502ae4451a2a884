// What is known of the line while a request waits in it. Pure.

// The pace of the line is that of the last 20 s, and unknown for the first 3 s.
const PACE_MS_MIN = 3_000;
const PACE_MS_MAX = 20_000;
const STILL_MS = 15_000;

/** at: when a word came last, since: when the figure changed last, by the browser's steady clock. */
export function newLine(at) {
  return { ahead: null, since: at, most: 0, samples: [], at, via: 'stream', retryAt: null };
}

/**
 * The line after a word of the follower.
 *
 * @param at ms of the steady clock
 * @param now ms of the server's clock
 */
export function heard(line, word, at, now) {
  if (word.kind === 'trouble') {
    return { ...line, retryAt: now + word.delayMs };
  }
  const alive = { ...line, at, via: word.via, retryAt: null };
  if (word.kind === 'ahead') {
    return withAhead(alive, word.ahead, at);
  }
  // A stream that is alive and tells no figure has no new one. Asking does not tell who is ahead,
  // and an old figure would stand there as if it were new.
  return word.via === 'stream' ? alive : { ...alive, ahead: null, samples: [] };
}

function withAhead(line, ahead, at) {
  return {
    ...line,
    ahead,
    since: ahead === line.ahead ? line.since : at,
    most: Math.max(line.most, ahead),
    samples: [...line.samples, { at, ahead }].filter((one) => at - one.at <= PACE_MS_MAX),
  };
}

const ALOUD_MS = 15_000;

/**
 * What is said aloud about the people ahead: { ahead, at }; the one before as long as it is fresh
 * or nothing has changed.
 */
export function aloud(before, ahead, now) {
  if (before && (ahead === before.ahead || now - before.at < ALOUD_MS)) {
    return before;
  }
  return { ahead, at: now };
}

/**
 * When a place is reached at the pace of the line, in ms; Infinity if it stands still; null if it
 * is too early to tell.
 */
export function estimate({ samples, since }, at) {
  if (at - since > STILL_MS) {
    return Infinity;
  }
  const first = samples[0];
  const last = samples.at(-1);
  if (!last || last.at - first.at < PACE_MS_MIN) {
    return null;
  }
  const gone = first.ahead - last.ahead;
  return gone > 0 ? (last.ahead * (last.at - first.at)) / gone : null;
}
