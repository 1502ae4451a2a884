// What stands around the charts: what runs from left to right, buttons for zooming, and the legend.

import { html, live, nothing } from '../../view.js';
import { number } from '../../format.js';
import { pushButton } from '../push-button.js';
import { canZoomIn, isAll, moved, zoomedIn, zoomedOut, ALL } from './zoom.js';
import { VIOLATION, WHOLE } from './analysis.js';
import { ORDER, TIME, visible } from './scales.js';
import { decisions, shownWords } from './words.js';
import { aheadSymbol, partitionSymbol } from './symbols.js';

/** samples, by and zoom are those of all charts; the actions change them. */
export function timelineControls({ samples, by, zoom, halves, scales }, { setSamples, setBy, setZoom }) {
  const all = isAll(zoom);
  return html`
    <div class="row apart">
      <div class="field inline">
        <label for="samples">Decisions</label>
        <select id="samples" .value=${live(samples)} @change=${(event) => setSamples(event.target.value)}>
          <option value=${WHOLE}>some of the whole campaign</option>
          <option value=${VIOLATION}>all around the first one ahead</option>
        </select>
      </div>
      <div class="field inline">
        <label for="by">From left to right</label>
        <select id="by" .value=${live(by)} @change=${(event) => setBy(event.target.value)}>
          <option value=${ORDER}>order of decision</option>
          <option value=${TIME}>time of decision</option>
        </select>
      </div>
      <div class="row" role="group" aria-label="Zoom of the timeline">
        ${pushButton('Zoom in', !canZoomIn(zoom), () => setZoom(zoomedIn(zoom)))}
        ${pushButton('Zoom out', all, () => setZoom(zoomedOut(zoom)))}
        ${pushButton(html`<span aria-hidden="true">←</span> Earlier`, zoom.start <= 0, () => setZoom(moved(zoom, -1)))}
        ${pushButton(html`Later <span aria-hidden="true">→</span>`, zoom.end >= 100, () => setZoom(moved(zoom, 1)))}
        ${pushButton('Show all', all, () => setZoom(ALL))}
      </div>
    </div>
    <p class="soft small" role="status" data-test="shown">${shown(halves, by, zoom, scales)}</p>`;
}

function shown(halves, by, zoom, scales) {
  if (isAll(zoom)) {
    return 'Everything that was read is shown.';
  }
  const parts = halves.map(({ campaign, points }) => {
    const words = `${shownWords(visible(points, by, zoom, scales.x.max))} of ${points.length}`;
    return halves.length > 1 ? `${campaign.displayName}: ${words}` : words;
  });
  return `Decisions shown: ${parts.join('; ')}.`;
}

/** The place of a chart, which is put into it from outside as soon as it is loaded. */
export function timelineChartPlace({ index, campaign, points }, chartState) {
  return html`
    <div>
      <div class="timeline" id="timeline-${index}" data-test="timeline-${index}" ?hidden=${chartState === 'failed'}></div>
      ${chartState === 'failed'
        ? html`<p class="notice warn">The chart could not be loaded. The table below has the same; reload the page to try again.</p>`
        : nothing}
      <ul class="legend" aria-label="Symbols in the timeline of ${campaign.displayName}">
        ${partitionsIn(points).map((partition) => html`<li>${partitionSymbol(partition)} Partition ${partition}</li>`)}
        ${points.some((point) => point.ahead) ? html`<li>${aheadSymbol()} ${aheadWords(points)}</li>` : nothing}
      </ul>
    </div>`;
}

function aheadWords(points) {
  const outside = points.some((point) => point.ahead && point.overtaken === null);
  return `before its turn, with an arrow to the one it went ahead of${
    outside ? '; without one if that is not shown here' : ''}`;
}

function partitionsIn(points) {
  return [...new Set(points.map((point) => point.partition))].sort((a, b) => a - b);
}

/** Which decisions of how many are shown. */
export function excerptWords({ points, analysis, samples }) {
  const { totalRecords, orderMismatches } = analysis.summary;
  if (points.length >= totalRecords) {
    return `All ${decisions(points.length)}.`;
  }
  if (samples === WHOLE) {
    return `${decisions(points.length)}, evenly spread over all ${number(totalRecords)}.`;
  }
  return orderMismatches > 0
    ? `${decisions(points.length)} in a row, from shortly before the first one that went ahead.`
    : `The first ${decisions(points.length)}.`;
}
