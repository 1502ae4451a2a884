// How far the decisions are behind the log, for each partition.

import { html, nothing, repeat } from '../view.js';
import { number } from '../format.js';
import { asOfLine } from './age.js';
import { bar } from './bar.js';

const SHOWN_MAX = 24;
// A bar for 3 of 3 must not look like one for 30,000.
const FULL_BAR_MIN = 100;

/**
 * What is known of the lag after an answer of the server: while the log does not answer, what was
 * known before, with its own time.
 */
export function latestLag(before, { partitions, lag, asOf }) {
  const answered = lag !== null && partitions.every((partition) => partition.lag !== null);
  if (answered || before === null) {
    return { partitions, lag, asOf: answered ? asOf : null, silent: !answered };
  }
  return { ...before, silent: true };
}

/** The partitions to show: all of few, else those with the most lag. */
export function shownPartitions(partitions, all) {
  if (all || partitions.length <= SHOWN_MAX) {
    return partitions;
  }
  return [...partitions].sort((a, b) => (b.lag ?? 0) - (a.lag ?? 0) || a.partition - b.partition).slice(0, SHOWN_MAX);
}

/**
 * @param lane the lane that the campaign is on, or null
 * @param all whether to show all of many partitions
 * @param toggle called when somebody wants it the other way
 */
export function lagView(latest, now, { lane, all, toggle }) {
  const { partitions } = latest;
  const whole = Math.max(FULL_BAR_MIN, ...partitions.map((partition) => partition.lag ?? 0));
  return html`
    <section class="card" aria-labelledby="lag-title">
      <h2 id="lag-title">Lag</h2>
      <p class="soft small">Requests in the log that are not decided yet.</p>
      ${latest.silent ? html`
        <p class="notice warn"><strong>The log does not answer.</strong> ${latest.asOf ? 'What is shown is from before.' : 'The lag is not known until it does.'} It is asked again by itself.</p>` : nothing}
      <p><strong class="number big-figure">${number(latest.lag)}</strong> ${where(partitions, lane)}</p>
      ${partitions.length === 0 ? html`<p class="soft">No consumer has begun with this campaign yet.</p>` : html`
        <div class="table-scroll lag-table" tabindex="0" role="region" aria-label="Lag of each partition">
          <table>
            <thead><tr>
              <th scope="col">Partition</th>
              <th scope="col"><span class="visually-hidden">Lag as a bar</span></th>
              <th scope="col" class="number">Lag</th>
              <th scope="col" class="number">Decided</th>
              <th scope="col" class="number">Log end</th>
            </tr></thead>
            <tbody>${repeat(shownPartitions(partitions, all), (it) => it.partition, (it) => row(it, whole))}</tbody>
          </table>
        </div>`}
      ${partitions.length > SHOWN_MAX ? html`
        <p><button class="button" type="button" @click=${toggle}>${all ? `Show the ${SHOWN_MAX} with the most lag` : `Show all ${number(partitions.length)} partitions`}</button></p>` : nothing}
      ${asOfLine(latest.asOf, now)}
    </section>`;
}

function where(partitions, lane) {
  if (lane) {
    return `in the partition of the lane ${lane} that it shares with other campaigns`;
  }
  return partitions.length === 1 ? 'in 1 partition' : `in ${number(partitions.length)} partitions`;
}

function row({ partition, lag, nextOffset, endOffset }, whole) {
  return html`
    <tr data-test="partition">
      <th scope="row">${partition}</th>
      <td class="lag-bar">${bar(lag ?? 0, whole)}</td>
      <td class="number">${lag === null ? 'not known' : number(lag)}</td>
      <td class="number">${number(nextOffset)}</td>
      <td class="number">${number(endOffset)}</td>
    </tr>`;
}
