// Measures the two ways to the same figures: counting the history, and reading the aggregate.

export const RAW = 'raw';
export const DAILY = 'daily';

/**
 * Asks both in turns, each time the other one first, so that neither always finds what the other has
 * warmed up. ask(method) resolves to an answer of the api. Ends after turnsMax turns, or after the turn
 * in which budgetMillis are over: counting much takes long. onAnswer is told after each answer.
 * Resolves to { raw: [answers], daily: [answers] }, as many of each.
 */
export async function measure(ask, { turnsMax, budgetMillis, now }, onAnswer) {
  const answers = { [RAW]: [], [DAILY]: [] };
  const start = now();
  for (let turn = 0; turn < turnsMax && (turn === 0 || now() - start < budgetMillis); turn++) {
    for (const method of turn % 2 === 0 ? [RAW, DAILY] : [DAILY, RAW]) {
      answers[method].push(await ask(method));
      onAnswer(answers);
    }
  }
  return answers;
}

/** { count, median, least, most } of the milliseconds that the database part took. */
export function times(answers) {
  const millis = answers.map((answer) => answer.queryTimeMs).sort((a, b) => a - b);
  const middle = Math.floor(millis.length / 2);
  return {
    count: millis.length,
    median: millis.length % 2 === 1 ? millis[middle] : (millis[middle - 1] + millis[middle]) / 2,
    least: millis[0],
    most: millis.at(-1),
  };
}

const COUNTS = ['successCount', 'alreadyIssuedCount', 'outOfStockCount'];

/** The display names of the campaigns whose figures differ between two answers. */
export function differences(a, b) {
  const byId = (answer) => new Map(answer.campaigns.map((campaign) => [campaign.campaignId, campaign]));
  const [inA, inB] = [byId(a), byId(b)];
  return [...new Set([...inA.keys(), ...inB.keys()])]
    .filter((id) => COUNTS.some((key) => (inA.get(id)?.[key] ?? 0) !== (inB.get(id)?.[key] ?? 0)))
    .map((id) => (inA.get(id) ?? inB.get(id)).displayName);
}

/** How many times as long the one takes as the other; both are at least a microsecond. */
export function ratio(slow, fast) {
  return Math.max(slow, 0.001) / Math.max(fast, 0.001);
}
