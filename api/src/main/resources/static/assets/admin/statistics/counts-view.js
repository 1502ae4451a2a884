// The figures of a day or period: totals, what is not counted yet, the chart, and the tables.

import { html, nothing } from '../../view.js';
import { number, timeOfDay } from '../../format.js';
import { problemNotice } from '../frame.js';
import { pushButton } from '../push-button.js';
import { CAMPAIGN_COLUMNS, campaignFile, DAY_COLUMNS, dayFile } from './columns.js';
import { periodOf, periodWords } from './period.js';
import { countsTable } from './table-view.js';
import { CAMPAIGNS_IN_CHART } from './chart-size.js';

/** part: of counts.js; runs: of runs.js; chartState: of chart-places.js. */
export function countsView(part, runs, chartState) {
  const { answer, problem, busy } = part;
  return html`
    <section class="figures" aria-labelledby="figures" aria-busy=${busy ? 'true' : 'false'}>
      <div class="row">
        <h2 id="figures" tabindex="-1">${answer ? periodWords(periodOf(answer)) : 'Figures'}</h2>
        <span class="row soft" role="status">${busy
          ? html`<span class="spinner" aria-hidden="true"></span> Loading the figures …`
          : nothing}</span>
      </div>
      ${problem ? failed(part) : nothing}
      ${answer ? known(part, runs, chartState) : nothing}
    </section>`;
}

function failed({ problem, load, answer, answeredAt }) {
  const next = problem.status === 400 ? 'Choose another day or period above.'
    : answer ? `The figures below are from ${timeOfDay(answeredAt)}. Try again for newer ones.`
      : 'Nothing is lost: the figures are in the database. Try again.';
  return html`
    ${problemNotice(problem, next)}
    ${problem.status === 400 ? nothing : html`<p><button class="button" type="button" @click=${() => again(load)}>Try again</button></p>`}`;
}

// The button may be gone with the next answer: whoever pushed it goes on at the heading.
function again(load) {
  document.getElementById('figures').focus();
  load();
}

function known(part, runs, chartState) {
  const { answer } = part;
  return html`
    ${answer.pendingCampaigns > 0 ? pending(answer, runs) : nothing}
    ${answer.totalCount === 0 ? none(answer) : html`
      <dl class="totals">
        ${total('Requests', number(answer.totalCount))}
        ${total('Successes', number(answer.successCount))}
        ${total('Fails', number(answer.failCount))}
        ${total('Success rate', answer.successRate)}
      </dl>
      ${chartCard(part, chartState)}
      ${tables(part)}
      <p class="soft small">A request belongs to the day on which the log took it, in its campaign's time zone
        (${zones(answer)}). One that was sent again with the same key counts once.</p>`}`;
}

function zones({ campaigns }) {
  return [...new Set(campaigns.map(({ timeZone }) => timeZone))].sort().join(', ');
}

function total(name, figure) {
  return html`<div class="card"><dt>${name}</dt><dd class="number">${figure}</dd></div>`;
}

function none(answer) {
  return html`
    <div class="card empty" data-test="no-figures">
      <p><strong>No request was counted in this time.</strong></p>
      <p>${answer.pendingCampaigns > 0
        ? 'There were some, but they are not counted yet: count them now, as said above.'
        : 'Nobody took part, or it was before the first campaign. Choose another day or a longer period above.'}</p>
    </div>`;
}

function pending(answer, runs) {
  const campaigns = answer.pendingCampaigns === 1 ? '1 campaign has' : `${number(answer.pendingCampaigns)} campaigns have`;
  const { to } = periodOf(answer);
  return html`
    <div class="notice warn" data-test="pending">
      <p><strong>Not complete yet: ${campaigns} decisions in this time that are not counted.</strong></p>
      <p>They were decided since the last run, which comes once a day. A run now counts them and shows the figures
        anew. It also counts every other day that is over and out of date. A day that is still going on will have
        new ones again soon.</p>
      <p>${pushButton(runs.isAtWork() ? 'A run is at work' : 'Count them now', runs.starting || runs.isAtWork(),
        () => runs.start(to))}</p>
      ${runs.startProblem ? html`<p>It could not be started: ${runs.startProblem.isOffline
        ? 'the server does not answer.' : runs.startProblem.detail}</p>` : nothing}
    </div>`;
}

function chartCard(part, chartState) {
  const { answer } = part;
  const by = answer.days ? part.chartBy : 'campaigns';
  return html`
    <section class="card" aria-labelledby="chart-title">
      <div class="row apart">
        <h3 id="chart-title">${by === 'days' ? 'Successes and fails by day' : 'Successes and fails by campaign'}</h3>
        ${answer.days ? html`
          <div class="row" role="group" aria-label="What the chart shows">
            ${byButton(part, 'days', 'By day')}
            ${byButton(part, 'campaigns', 'By campaign')}
          </div>` : nothing}
      </div>
      ${by === 'campaigns' && answer.campaigns.length > CAMPAIGNS_IN_CHART
        ? html`<p class="soft small">The ${CAMPAIGNS_IN_CHART} campaigns with the most requests of
          ${number(answer.campaigns.length)}; the table has all.</p>`
        : nothing}
      ${chartState === 'failed'
        ? html`<p class="notice warn">The chart could not be loaded. The table has the same; reload the page to
          try again.</p>`
        : nothing}
      <div id="counts-chart" class="counts-chart" data-test="counts-chart" ?hidden=${chartState === 'failed'}></div>
    </section>`;
}

function byButton(part, by, words) {
  return html`<button class="button ${part.chartBy === by ? 'current' : ''}" type="button"
    aria-pressed=${part.chartBy === by ? 'true' : 'false'} @click=${() => part.setChartBy(by)}>${words}</button>`;
}

function tables(part) {
  const { answer } = part;
  const period = periodOf(answer);
  const span = period.from === period.to ? period.from : `${period.from}-to-${period.to}`;
  return html`
    ${countsTable(part, {
      name: 'campaigns', title: 'By campaign', columns: CAMPAIGN_COLUMNS, rows: answer.campaigns, total: totals(answer),
      fileName: `statistics-by-campaign-${span}.csv`, file: (rows) => campaignFile(rows, period),
    })}
    ${answer.days ? countsTable(part, {
      name: 'days', title: 'By day', columns: DAY_COLUMNS, rows: answer.days, total: answer,
      fileName: `statistics-by-day-${span}.csv`, file: (rows) => dayFile(rows, period),
    }) : nothing}`;
}

/** The last row of the campaigns; two of its figures only the campaigns have. */
function totals(answer) {
  const sum = (key) => answer.campaigns.reduce((all, campaign) => all + campaign[key], 0);
  return { ...answer, alreadyIssuedCount: sum('alreadyIssuedCount'), outOfStockCount: sum('outOfStockCount') };
}
