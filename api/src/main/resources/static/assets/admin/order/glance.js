// A campaign's result at a glance, or what there is instead of one.

import { html, nothing } from '../../view.js';
import { duration, number, timeOfDay } from '../../format.js';
import { problemNotice } from '../frame.js';
import { linesOf } from './suggestion.js';
import { partitions, reason, sentence, stockWords } from './words.js';

/** half: one of the two that are looked at; look() asks for its analysis again. */
export function glance(half, look) {
  const name = half.campaign?.displayName ?? half.name;
  return html`
    <article class="card glance" aria-labelledby="half-${half.index}" data-test="half-${half.index}">
      <div class="row apart">
        <h3 id="half-${half.index}" tabindex="-1">${name}</h3>
        ${half.campaign ? html`<span class="badge info">${partitions(linesOf(half.campaign))}</span>` : nothing}
      </div>
      ${content(half, look)}
    </article>`;
}

function content(half, look) {
  if (half.problem) {
    return failed(half, look);
  }
  if (!half.analysis) {
    return atWork(half);
  }
  return half.analysis.summary.totalRecords === 0 ? nothingYet(half, look) : figures(half, look);
}

function figures({ campaign, analysis, lookedAt }, look) {
  const { summary } = analysis;
  const good = summary.orderMismatches === 0;
  return html`
    <p class="accuracy"><strong class="number">${summary.orderAccuracy}</strong> in the order of the log</p>
    <p><span class="badge ${good ? 'good' : 'warn'}">${good ? 'in order' : 'not in order'}</span></p>
    <p data-test="sentence">${sentence(summary)}</p>
    <p class="soft">${reason(campaign, summary)}</p>
    <dl class="order-facts">
      <div><dt>Decisions</dt><dd class="number">${number(summary.totalRecords)}</dd></div>
      <div><dt>Before their turn</dt><dd class="number">${number(summary.orderMismatches)}</dd></div>
      <div><dt>Given out</dt><dd>${stockWords(campaign)}</dd></div>
    </dl>
    <div class="row apart">
      <span class="soft small">As of ${timeOfDay(lookedAt)}; read in ${duration(analysis.queryTimeMs)}</span>
      <button class="button" type="button" @click=${look}>Look again</button>
    </div>`;
}

function atWork({ name, startedAt, waiting }) {
  const elapsed = Date.now() - startedAt;
  return html`
    <div class="at-work" aria-busy="true">
      <p role="status">${waiting
        ? 'Others are looking through the history. It goes on by itself as soon as they are done.'
        : 'Looking through all decisions of this campaign.'}</p>
      <progress aria-label="Looking through the decisions of ${name}"></progress>
      <p class="soft small">${duration(Math.max(0, elapsed - elapsed % 1000))} so far. A campaign with millions of
        decisions takes up to a minute.</p>
    </div>`;
}

function nothingYet({ name, campaign }, look) {
  const path = `/admin/campaigns/${encodeURIComponent(name)}`;
  return html`
    <div class="empty">
      <p><strong>Nothing has been decided from the log yet.</strong></p>
      <p>${campaign.state === 'SCHEDULED'
        ? 'The campaign is not open yet. As soon as requests are decided, their order is shown here.'
        : html`As soon as requests are decided, their order is shown here. Requests that were decided without the log
          (the synchronous path) have no place in it and do not count.`}</p>
      <p class="row middle">
        <a class="button" href=${path}>Go to the live view</a>
        <button class="button" type="button" @click=${look}>Look again</button>
      </p>
    </div>`;
}

function failed({ problem }, look) {
  if (problem.status === 404) {
    return html`
      <div class="empty">
        <p><strong>There is no campaign of this name (any more).</strong></p>
        <p>Choose another one above, or see <a href="/admin">all campaigns</a>.</p>
      </div>`;
  }
  return html`
    ${problemNotice(problem, whatNext(problem))}
    <p><button class="button" type="button" @click=${look}>Try again</button></p>`;
}

function whatNext(problem) {
  if (problem.status === 503) {
    return 'The campaign is big or the database busy. Looking changes nothing: try again when there is less to do.';
  }
  if (problem.status === 429) {
    return 'Others were at work the whole time. Try again in a while.';
  }
  return problem.isOffline
    ? 'Looking changes nothing: try again when the server is back.'
    : 'Looking changes nothing: try again.';
}
