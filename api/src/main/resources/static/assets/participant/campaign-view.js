// How the page of a campaign looks.

import { html, live, nothing } from '../view.js';
import { frame, stateBadge, stock, troubleNotice, updated } from './frame.js';
import { placeView } from './place-view.js';
import { door, parts } from './situation.js';

/**
 * @param state of the page, see campaign.js
 * @param acts { press, pressAgain, otherId, type }
 */
export function campaignView(context, state, acts) {
  const { say } = context;
  return frame(context, html`
    <p><a class="back" href="/"><span aria-hidden="true">‹</span> ${say('allCampaigns')}</a></p>
    ${state.isMissing ? missing(context) : head(context, state)}
    ${isTroubled(state) ? troubleNotice(context, state.problem, state.campaign !== null) : nothing}
    ${state.isForgotten ? forgotten(context) : nothing}
    ${state.request ? placeView(context, state, acts) : nothing}
    ${state.campaign && !state.request ? taking(context, state, acts) : nothing}`);
}

/** Not at the first failure, and not where the request below says the same. */
function isTroubled({ failures, campaign, isMissing, line, sending }) {
  const isTold = line?.retryAt || sending?.retryAt;
  return !isTold && (failures > 1 || !(campaign || isMissing));
}

function missing({ say }) {
  return html`
    <section class="card" data-test="missing">
      <h1>${say('missing')}</h1>
      <p>${say('missingNext')}</p>
    </section>`;
}

function forgotten({ say }) {
  return html`
    <div class="notice warn" role="alert" data-test="forgotten">
      <p><strong>${say('forgotten')}</strong></p>
      <p>${say('forgottenNext')}</p>
    </div>`;
}

function head(context, { campaign, at, request, problem }) {
  const { say, clock } = context;
  if (!campaign) {
    return html`
      <section class="card">
        <h1 dir="auto">${request?.displayName ?? say('loading')}</h1>
        ${problem ? nothing : html`<span class="spinner"></span>`}
      </section>`;
  }
  const now = clock.now();
  return html`
    <section class="card head">
      <p class="state">${stateBadge(context, campaign, now)}</p>
      <h1 dir="auto">${campaign.displayName}</h1>
      ${stock(context, campaign)}
      <dl class="facts">${opening(context, campaign, now)}${closing(context, campaign, now)}</dl>
      ${updated(context, at)}
    </section>`;
}

/** Once it is open, that is all there is to know. */
function opening({ say, figures }, { opensAt }, now) {
  return opensAt && now < Date.parse(opensAt)
    ? html`<div><dt>${say('opens')}</dt><dd>${figures.moment(opensAt)}</dd></div>`
    : nothing;
}

function closing({ say, figures }, { closesAt, state }, now) {
  if (!closesAt) {
    return state === 'CLOSED'
      ? nothing
      : html`<div><dt>${say('closes')}</dt><dd>${say('closesOpen')}</dd></div>`;
  }
  return html`<div><dt>${say(now < Date.parse(closesAt) ? 'closes' : 'closed')}</dt>
    <dd>${figures.moment(closesAt)}</dd></div>`;
}

/** What can be done now: the situation in words, and the one button. */
function taking(context, state, acts) {
  const { say, clock } = context;
  const { campaign } = state;
  const now = clock.now();
  const found = door(campaign, now);
  if (found === 'CLOSED') {
    return html`
      <section class="card">
        ${refusal(context, state)}
        <h2>${say('closedTitle')}</h2>
        <p>${say('closedNext')}</p>
      </section>`;
  }
  return html`
    <section class="card taking" aria-labelledby="form-title">
      <h2 id="form-title">${say('form')}</h2>
      ${refusal(context, state)}
      ${found === 'SCHEDULED' ? countdown(context, Date.parse(campaign.opensAt) - now) : nothing}
      ${found === 'PAUSED' ? notice(say('paused'), say('pausedNext')) : nothing}
      ${found === 'SOLD_OUT' ? notice(say('soldOut'), say('soldOutNext')) : nothing}
      ${found === 'SOLD_OUT_REFUSED' ? notice(say('soldOut'), say('soldOutRefusedNext')) : nothing}
      ${form(context, state, acts, found)}
    </section>`;
}

function notice(title, next) {
  return html`<div class="notice warn"><p><strong>${title}</strong></p><p>${next}</p></div>`;
}

const EXPLAINED = [
  'CAMPAIGN_NOT_OPEN', 'CAMPAIGN_PAUSED', 'CAMPAIGN_CLOSED', 'OUT_OF_STOCK', 'busy',
];

function refusal({ say }, { refusal: reason }) {
  if (!reason) {
    return nothing;
  }
  const why = EXPLAINED.includes(reason) ? reason : 'Other';
  return html`
    <div class="notice bad" role="alert" id="refusal" tabindex="-1">
      <p><strong>${say('notTaken')}</strong></p>
      <p>${say(`why${why}`)} ${reason === 'OUT_OF_STOCK' ? say('OUT_OF_STOCKrefusedNext') : nothing}</p>
    </div>`;
}

function countdown({ say, clock }, remaining) {
  const { days, hours, minutes, seconds } = parts(remaining);
  const part = (value, name, width = 2) => html`
    <span class="part"><span class="digits">${String(value).padStart(width, '0')}</span>
      <span class="unit">${say(name, value)}</span></span>`;
  return html`
    <div class="countdown">
      <p id="countdown-title">${say('countdown')}</p>
      <p role="timer" aria-labelledby="countdown-title" class="parts number">
        ${days > 0 ? part(days, 'days', 1) : nothing}
        ${part(hours, 'hours')}${part(minutes, 'minutes')}${part(seconds, 'seconds')}
      </p>
      <p>${say('countdownNext')}</p>
      <p class="soft small">${say(clock.isSynced ? 'clockServer' : 'clockOwn')}</p>
    </div>`;
}

/** It stands there before it can be sent, so that the id is typed when the moment comes. */
function form({ say }, { field, fieldError }, acts, found) {
  const isOpen = found === 'OPEN' || found === 'SOLD_OUT';
  return html`
    <form novalidate @submit=${acts.press}>
      <div class="field">
        <label for="user-id">${say('idLabel')}</label>
        <input id="user-id" name="userId" type="text" autocomplete="username" autocapitalize="none"
          spellcheck="false" aria-describedby="id-hint id-error" aria-required="true"
          aria-invalid=${String(Boolean(fieldError))} .value=${live(field)} @input=${acts.type}>
        <p class="error" id="id-error" role="alert">${fieldError ? say(fieldError) : nothing}</p>
        <p class="hint" id="id-hint">${say('idHint')}</p>
      </div>
      <button class="button big ${found === 'SOLD_OUT' ? '' : 'primary'}" ?disabled=${!isOpen}>
        ${say(found === 'SOLD_OUT' ? 'takePartAnyway' : 'takePart')}</button>
      <p class="soft small centred">${say('once')}</p>
    </form>`;
}
