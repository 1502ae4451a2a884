// What the charts show, from the seconds that the server tells of.

export const WINDOW_SECONDS = 300;

const NOW_SECONDS = 5;

/**
 * Every second of the last five minutes before asOf, ascending: { at (unix seconds), decided,
 * latency (ms) }. A second that the server does not name had no decision: 0 of them, and no latency
 * at all. The second that asOf lies in is left out, because it is not over.
 */
export function everySecond(rate, asOf) {
  const known = new Map(rate.map((entry) => [entry.at, entry]));
  const end = Math.floor(Date.parse(asOf) / 1000);
  return Array.from({ length: WINDOW_SECONDS }, (_, index) => {
    const at = end - WINDOW_SECONDS + index;
    const entry = known.get(at);
    return { at, decided: entry?.decided ?? 0, latency: entry ? entry.avgLatencyMs : null };
  });
}

/**
 * The figures beside the charts: decisions a second over the last 5 s, at most and on average;
 * latency in ms, of the last 5 s and of the window weighted by decisions, and of the slowest second.
 * A latency is null where nothing was decided.
 */
export function figures(seconds) {
  const decided = seconds.map((second) => second.decided);
  const latencies = seconds.map((second) => second.latency ?? 0);
  return {
    decided: sum(decided),
    rateNow: sum(decided.slice(-NOW_SECONDS)) / NOW_SECONDS,
    rateMax: Math.max(...decided),
    rateMean: sum(decided) / seconds.length,
    latencyNow: meanLatency(seconds.slice(-NOW_SECONDS)),
    latencyMean: meanLatency(seconds),
    latencyMax: sum(decided) > 0 ? Math.max(...latencies) : null,
  };
}

function meanLatency(seconds) {
  const decided = sum(seconds.map((second) => second.decided));
  return decided === 0
    ? null
    : sum(seconds.map((second) => second.decided * (second.latency ?? 0))) / decided;
}

function sum(numbers) {
  return numbers.reduce((a, b) => a + b, 0);
}
