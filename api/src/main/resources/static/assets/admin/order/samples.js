// The decisions of the excerpt as a table: the same as the timeline, for who reads rather than looks.

import { html } from '../../view.js';
import { number } from '../../format.js';
import { exactTime, result } from './words.js';
import { aheadSymbol, partitionSymbol } from './symbols.js';

export function samplesTable({ campaign, points }, onlyAhead) {
  const shown = onlyAhead ? points.filter((point) => point.ahead) : points;
  if (shown.length === 0) {
    return html`<p class="empty">No decision of <bdi>${campaign.displayName}</bdi> in this excerpt was made before its turn.</p>`;
  }
  return html`
    <div class="table-scroll tall" tabindex="0" role="region" aria-label="Decisions of ${campaign.displayName}">
      <table>
        <thead>
          <tr>
            <th scope="col" class="number">Decision</th>
            <th scope="col">Turn</th>
            <th scope="col" class="number">Place in the log</th>
            <th scope="col">Partition / offset</th>
            <th scope="col">User</th>
            <th scope="col">Result</th>
            <th scope="col">Logged at</th>
            <th scope="col">Decided at</th>
          </tr>
        </thead>
        <tbody>${shown.map((point) => row(point, points))}</tbody>
      </table>
    </div>`;
}

function row(point, points) {
  return html`
    <tr class=${point.ahead ? 'is-ahead' : ''}>
      <td class="number">${number(point.position)}</td>
      <td class="turn">${point.ahead ? ahead(point, points) : 'in turn'}</td>
      <td class="number">${number(point.place)}</td>
      <td class="number place">${partitionSymbol(point.partition)} ${point.partition} / ${point.offset}</td>
      <td class="user">${point.userId}</td>
      <td>${result(point.status)}</td>
      <td class="number">${exactTime(point.kafkaTimestamp)}</td>
      <td class="number">${exactTime(point.processedAt)}</td>
    </tr>`;
}

function ahead(point, points) {
  const other = point.overtaken === null ? null : points[point.overtaken - 1];
  return html`
    <span class="badge bad">${aheadSymbol()} before its turn</span>
    <span class="soft small">${other
      ? `ahead of decision ${other.position} (partition ${other.partition}, offset ${other.offset})`
      : 'ahead of one that is not shown here'}</span>`;
}
