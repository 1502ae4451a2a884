// What is known of the line while a request waits in it. Pure.

/** at: when a word came last, by the browser's steady clock. */
export function newLine(at) {
  return { ahead: null, most: 0, samples: [], at, via: 'stream', retryAt: null };
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
    const sample = { at: Date.parse(word.asOf), ahead: word.ahead };
    return {
      ...alive,
      ahead: word.ahead,
      most: Math.max(line.most, word.ahead),
      samples: withSample(line.samples, sample),
    };
  }
  // Asking does not tell who is ahead, and an old figure would stand there as if it were new.
  return word.via === 'poll' ? { ...alive, ahead: null, samples: [] } : alive;
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

const PACE_MS_MIN = 3_000;
const PACE_MS_MAX = 20_000;

/** The samples { at, ahead } that tell the pace: those of the last 20 s. */
function withSample(samples, sample) {
  return [...samples, sample].filter(({ at }) => sample.at - at <= PACE_MS_MAX);
}

/**
 * When a place is reached at the pace of the samples, in ms; Infinity if the line has not moved for
 * as long as it is looked at; null if it is too early to tell.
 */
export function estimate(samples) {
  const first = samples[0];
  const last = samples.at(-1);
  if (!last || last.at - first.at < PACE_MS_MIN) {
    return null;
  }
  const gone = first.ahead - last.ahead;
  if (gone > 0) {
    return (last.ahead * (last.at - first.at)) / gone;
  }
  return last.at - first.at > PACE_MS_MAX / 2 ? Infinity : null;
}
