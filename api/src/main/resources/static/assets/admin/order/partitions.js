// How the decisions of a campaign are spread over its partitions, and how many of each went ahead.

import { html } from '../../view.js';
import { number, percent } from '../../format.js';
import { decisions } from './words.js';
import { partitionSymbol } from './symbols.js';

/** most: the longest bar of all that are shown side by side, in decisions. */
export function partitionBars({ campaign, analysis }, most) {
  const all = Object.keys(analysis.partitionDistribution).map(Number).sort((a, b) => a - b);
  return html`
    <ul class="split-bars" aria-label="Decisions by partition of ${campaign.displayName}">
      ${all.map((partition) => bar(
        partition,
        analysis.partitionDistribution[partition],
        analysis.partitionMismatches[partition] ?? 0,
        most))}
    </ul>`;
}

function bar(partition, count, ahead, most) {
  const share = (part, whole) => `inline-size: ${whole > 0 ? (100 * part) / whole : 0}%`;
  return html`
    <li>
      <div class="row apart">
        <span>${partitionSymbol(partition)} Partition ${partition}</span>
        <span class="number"><strong>${decisions(count)}</strong>, ${ahead === 0
          ? 'all in turn'
          : `${number(ahead)} before their turn (${percent(ahead, count)})`}</span>
      </div>
      <div class="split" aria-hidden="true">
        <div class="split-all" .style=${share(count, most)}>
          <div class="split-ahead" .style=${share(ahead, count)}></div>
        </div>
      </div>
    </li>`;
}

export function mostOf(analyses) {
  return Math.max(1, ...analyses.flatMap(({ partitionDistribution }) =>
    Object.values(partitionDistribution)));
}
