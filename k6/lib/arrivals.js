// Open model: participants come at their rate, however slow the product is.

/** What all runs fail on. */
export const THRESHOLDS = {
  // None at all in a run of up to 10,000 requests; a long one survives a lost question for a result.
  http_req_failed: ['rate<0.0001'],
  // Without it a run could pass by not sending what was asked.
  dropped_iterations: ['count==0'],
};

export const OPTIONS = {
  setupTimeout: '240s',
  summaryTrendStats: ['count', 'min', 'med', 'p(95)', 'p(99)', 'max'],
};

/** A scenario with a constant rate of new participants a second. */
export function constantRate(exec, rate, seconds, startSeconds = 0) {
  return {
    executor: 'constant-arrival-rate',
    exec,
    rate,
    timeUnit: '1s',
    duration: `${seconds}s`,
    startTime: `${startSeconds}s`,
    ...people(rate),
  };
}

/** A sale minute: few wait for it, all come at once, the rush stays and then goes. */
export function saleMinute(exec, rate, seconds) {
  const few = Math.ceil(rate / 10);
  const part = (share) => `${Math.max(1, Math.round(seconds * share))}s`;
  return {
    executor: 'ramping-arrival-rate',
    exec,
    startRate: few,
    timeUnit: '1s',
    stages: [
      { target: rate, duration: part(0.1) },
      { target: rate, duration: part(0.7) },
      { target: few, duration: part(0.2) },
    ],
    ...people(rate),
  };
}

function people(rate) {
  return {
    // Enough for everybody to take four seconds. All are made before the start: one that is made
    // when it is needed comes too late, and takes its time from those who are being measured.
    preAllocatedVUs: Math.min(4_000, Math.max(50, 4 * rate)),
    // Longer than a participant waits: whoever has been accepted is followed to the end.
    gracefulStop: '60s',
  };
}
