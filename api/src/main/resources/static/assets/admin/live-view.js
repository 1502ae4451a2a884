// What the live page shows, from what it knows.

import { html, nothing } from '../view.js';
import { number } from '../format.js';
import { problemNotice } from './frame.js';
import { asOfLine } from './age.js';
import { badges } from './badges.js';
import {
  ACTION_LABELS, actionsFor, orderPath, participantPath, windowWords,
} from './campaign-words.js';
import { gauge } from './gauge.js';
import { lagView } from './lag-view.js';
import { announcement, millis, perSecond } from './live-words.js';

export function liveView(state, { act, dismiss, toggleAllPartitions }) {
  const { live, lag, rate, problem, now } = state;
  return html`
    ${header(state, act)}
    <p class="visually-hidden" role="status">${announcement(live)}</p>
    <div role="status">${noticeView(state.notice, dismiss)}</div>
    ${problemNotice(problem, 'It is tried again by itself; what is shown is from before.')}
    <div class="live-grid">
      ${stockView(live, now)}
      ${rateView(rate, state.chartsProblem, now)}
      ${lagView(lag, now, {
        lane: state.campaign?.lane,
        all: state.allPartitions,
        toggle: toggleAllPartitions,
      })}
      ${state.bulk}
    </div>
    ${state.dialog}`;
}

function header({ live, campaign, now }, act) {
  const { campaignName, displayName } = live;
  return html`
    <div class="live-header">
      <p class="small"><a class="target" href="/admin">All campaigns</a></p>
      <div class="row">
        <h1>${displayName}</h1>
        <span class="row">${badges(live)}</span>
      </div>
      <p class="soft small">
        ${displayName === campaignName ? nothing : html`<span class="mono">${campaignName}</span> · `}
        ${campaign ? `${windowWords(campaign, now).join(' · ')}${campaign.lane ? ` · On the lane ${campaign.lane}` : ''}` : nothing}
      </p>
      <div class="row apart">
        <nav class="row" aria-label="Views of this campaign">
          <a class="button" href=${orderPath(campaignName)}>Order</a>
          <a class="button" href=${participantPath(campaignName)}>Page for participants</a>
        </nav>
        <div class="row" role="group" aria-label="Change this campaign">
          ${campaign ? actionsFor(campaign).map((action) => html`
            <button class="button ${action === 'close' ? 'danger' : ''}" type="button"
              @click=${(event) => act(action, event.currentTarget)}>${ACTION_LABELS[action]}</button>`) : nothing}
        </div>
      </div>
    </div>`;
}

function noticeView(notice, dismiss) {
  return notice
    ? html`
      <div class="notice ${notice.kind} row apart">
        <span>${notice.text}</span>
        <button class="button" type="button" @click=${dismiss}>Dismiss</button>
      </div>`
    : nothing;
}

function stockView({ currentStock, totalStock, successCount, failCount, asOf }, now) {
  return html`
    <section class="card" aria-labelledby="stock-title">
      <h2 id="stock-title">Stock and results</h2>
      ${gauge(currentStock, totalStock)}
      <dl class="figures">
        ${figure('Got one', number(successCount))}
        ${figure('Got none', number(failCount))}
        ${figure('Decided', number(successCount + failCount))}
      </dl>
      ${asOfLine(asOf, now)}
    </section>`;
}

function rateView({ figures, asOf }, chartsProblem, now) {
  return html`
    <section class="card rate-card" aria-labelledby="rate-title">
      <h2 id="rate-title">The last 5 minutes</h2>
      ${chartsProblem ? html`<p class="notice warn">The charts could not be loaded; the figures are right. It is tried again by itself.</p>` : nothing}
      <div class="charts">
        <div>
          <h3>Decisions a second</h3>
          <dl class="figures">
            ${figure('Last 5 s', perSecond(figures.rateNow))}
            ${figure('At most', perSecond(figures.rateMax))}
            ${figure('On average', perSecond(figures.rateMean))}
          </dl>
          <div class="chart" id="rate-chart"></div>
        </div>
        <div>
          <h3>From the log to the decision</h3>
          <dl class="figures">
            ${figure('Last 5 s', millis(figures.latencyNow))}
            ${figure('Slowest second', millis(figures.latencyMax))}
            ${figure('On average', millis(figures.latencyMean))}
          </dl>
          <div class="chart" id="latency-chart"></div>
        </div>
      </div>
      ${figures.decided === 0 ? html`<p class="soft small">Nothing was decided in this time.</p>` : nothing}
      ${asOfLine(asOf, now)}
    </section>`;
}

function figure(name, value) {
  return html`<div><dt>${name}</dt><dd class="number">${value}</dd></div>`;
}

/** Before the first figures. */
export function loadingView({ name, problem }) {
  return html`
    <h1>${name}</h1>
    ${problemNotice(problem, 'It is tried again by itself.')}
    <p class="empty card row"><span class="spinner" aria-hidden="true"></span> ${problem ? 'Waiting for the server …' : 'Reading the campaign …'}</p>`;
}

/** The campaign is not there: it never was, or it is gone since. */
export function goneView({ name, live }) {
  return html`
    <h1>${live?.displayName ?? name}</h1>
    <div class="notice warn" role="alert">
      ${live
        ? html`<p><strong>This campaign was deleted.</strong></p>
          <p>When it was seen last, ${number(live.currentStock)} of ${number(live.totalStock)} were left, ${number(live.successCount)} requests had got one and ${number(live.failCount)} had got none.</p>`
        : html`<p><strong>There is no campaign with this name.</strong></p>
          <p>It was deleted, its name is spelled differently, or it is still being made: then it appears here by itself.</p>`}
    </div>
    <p><a class="button" href="/admin">All campaigns</a></p>`;
}
