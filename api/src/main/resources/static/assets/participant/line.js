// What is known of the line while a request waits in it. Pure.

// The pace of the line is that of the last 20 s, and unknown for the first 3 s.
const PACE_MS_MIN = 3_000;
const PACE_MS_MAX = 20_000;

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
    return { ...withAhead(alive, word.ahead, now), most: Math.max(line.most, word.ahead) };
  }
  if (word.via === 'stream') {
    // A stream that is alive and tells no figure has no new one.
    return line.ahead === null ? alive : withAhead(alive, line.ahead, now);
  }
  // Asking does not tell who is ahead, and an old figure would stand there as if it were new.
  return { ...alive, ahead: null, samples: [] };
}

function withAhead(line, ahead, now) {
  const recent = line.samples.filter(({ at }) => now - at <= PACE_MS_MAX);
  const before = recent.length > 0 ? recent : line.samples.slice(-1);
  return { ...line, ahead, samples: [...before, { at: now, ahead }] };
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
 * When a place is reached at the pace of the samples { at, ahead }, in ms; Infinity if the line has
 * not moved for as long as it is looked at; null if it is too early to tell.
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
