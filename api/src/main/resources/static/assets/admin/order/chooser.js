// Which campaigns are looked at.

import { html, live, nothing } from '../../view.js';
import { linesOf, suggested } from './suggestion.js';
import { partitions } from './words.js';
import { pathOf } from './address.js';
import { number } from '../../format.js';
import { follow } from '../follow-link.js';

/**
 * asked, chosen: { name, other }, what is shown and what stands in the fields; all: the campaigns to choose from;
 * choose({ name } or { other }) tells of a field, go(name, other) shows them.
 */
export function chooser({ asked, chosen, all, allTotal, listProblem, current }, { choose, go }) {
  const known = withAsked(all, asked);
  const submit = (event) => {
    event.preventDefault();
    go(chosen.name, chosen.other);
  };
  return html`
    <form class="card chooser" @submit=${submit} aria-label="Campaigns to look at">
      <div class="field">
        <label for="campaign">Campaign</label>
        <select id="campaign" .value=${live(chosen.name)} @change=${({ target }) => choose({ name: target.value })}>
          ${known.map((campaign) => option(campaign, chosen.name))}
        </select>
      </div>
      <div class="field">
        <label for="with">Compare with</label>
        <select id="with" .value=${live(chosen.other ?? '')}
          @change=${({ target }) => choose({ other: target.value || null })}>
          <option value="">nothing</option>
          ${known.map((campaign) => option(campaign, chosen.other))}
        </select>
      </div>
      <button class="button primary" type="submit">Show</button>
      ${hint(asked, all, allTotal, listProblem, current, go)}
    </form>`;
}

function hint(asked, all, allTotal, listProblem, current, go) {
  if (listProblem) {
    return html`<p class="hint">The list of campaigns did not come (${listProblem.detail}). Reload the page to
      choose others.</p>`;
  }
  const other = !asked.other && current ? suggested(current, all) : null;
  return html`
    ${other
      ? html`<p class="hint" data-test="suggestion">Worth a comparison: <a href=${pathOf(asked.name, other.name)}
          @click=${(event) => follow(event, () => go(asked.name, other.name))}>${title(other)}</a>
          has as much stock and ${partitions(linesOf(other))}.</p>`
      : nothing}
    ${allTotal > all.length
      ? html`<p class="hint">The ${number(all.length)} newest of ${number(allTotal)} campaigns can be chosen; any
        other by its name in the address.</p>`
      : nothing}`;
}

function option(campaign, chosen) {
  return html`<option value=${campaign.name} .selected=${campaign.name === chosen}>${
    title(campaign)}${campaign.partitions === null ? '' : `, ${partitions(linesOf(campaign))}`}</option>`;
}

export function title({ name, displayName }) {
  return displayName && displayName !== name ? `${displayName} (${name})` : name;
}

/** What stands in the address can be chosen, also if it is not among the newest. */
function withAsked(all, { name, other }) {
  const missing = [name, other].filter((wanted) =>
    wanted && !all.some((campaign) => campaign.name === wanted));
  return [...missing.map((wanted) => ({ name: wanted, displayName: null, partitions: null, lane: null })), ...all];
}
