// The page of the order as markup, of what is known so far.

import { html, nothing, repeat } from '../../view.js';
import { chooser, title } from './chooser.js';
import { explanation } from './explanation.js';
import { glance } from './glance.js';
import { mostOf, partitionBars } from './partitions.js';
import { samplesTable } from './samples.js';
import { excerptWords, timelineChartPlace, timelineControls } from './timeline.js';
import { comparison } from './words.js';

/** actions: choose({ name } or { other }), go(name, other), look(half), setSamples, setBy, setZoom, setOnlyAhead. */
export function page(state, actions) {
  const { halves } = state;
  const ready = halves.filter((half) => half.points?.length > 0);
  return html`
    <div class="row apart">
      <div>
        <h1>Order of decisions</h1>
        <p class="soft subtitle">${halves.map(subtitle)}</p>
      </div>
      <a class="button" href="/admin/campaigns/${encodeURIComponent(state.asked.name)}">Live view</a>
    </div>
    ${chooser({ ...state, current: halves[0].campaign }, actions)}
    <section aria-labelledby="glance">
      <h2 id="glance">At a glance</h2>
      ${compared(halves)}
      <div class="halves">${halves.map((half) => glance(half, () => actions.look(half)))}</div>
    </section>
    ${ready.length > 0 ? details(state, ready, actions) : nothing}
    ${explanation()}`;
}

function subtitle(half, index) {
  return html`${index > 0 ? ' next to ' : nothing}<bdi>${title(half.campaign ?? { name: half.name })}</bdi>`;
}

function compared(halves) {
  if (halves.length < 2 || !halves.every((half) => half.analysis && half.campaign)) {
    return nothing;
  }
  const words = comparison(...halves);
  return words ? html`<p class="compared" data-test="compared">${words}</p>` : nothing;
}

function details(state, ready, actions) {
  const most = mostOf(ready.map((half) => half.analysis));
  return html`
    <section class="card" aria-labelledby="partitions">
      <h2 id="partitions">Partitions</h2>
      <p class="soft">How many decisions each partition had, and how many of them went ahead of an earlier one
        (<span class="split-key" aria-hidden="true"></span> the striped part).</p>
      ${side(state, ready, (half) => partitionBars(half, most))}
    </section>
    <section class="card" aria-labelledby="timeline">
      <h2 id="timeline">Timeline</h2>
      <p class="soft">The further right, the later decided. The further up, the later in the log. In order is a line that only
        rises; each step down is somebody who was overtaken.</p>
      ${timelineControls({ ...state, halves: ready }, actions)}
      ${side(state, ready, (half) => html`
        <p class="soft small">${excerptWords(half)}</p>
        ${timelineChartPlace(half, state.charts.state)}`)}
    </section>
    <section class="card" aria-labelledby="decisions">
      <div class="row apart">
        <h2 id="decisions">Decisions in the timeline</h2>
        <label class="row check"><input type="checkbox" .checked=${state.onlyAhead}
          @change=${(event) => actions.setOnlyAhead(event.target.checked)}> only those before their turn</label>
      </div>
      ${side(state, ready, (half) => samplesTable(half, state.onlyAhead))}
    </section>`;
}

/**
 * The same part of each campaign that there is, side by side. Each keeps its element, because charts
 * stand in them.
 */
function side(state, ready, part) {
  const named = state.halves.length > 1;
  return html`
    <div class="halves">
      ${repeat(ready, (half) => half.index, (half) => html`
        <div class="half">
          ${named ? html`<h3>${half.campaign.displayName}</h3>` : nothing}
          ${part(half)}
        </div>`)}
    </div>`;
}
