// The page of all campaigns: those that are open, and those that come.

import { get, Problem } from '../http.js';
import { html, nothing, repeat } from '../view.js';
import { frame, stateBadge, stock, troubleNotice, updated } from './frame.js';
import { Poll } from './poll.js';
import { phase } from './situation.js';

const SHOWN_FIRST = 50;

/** @returns { view(), title(), start() }, as every page */
export function listPage(context) {
  const { clock, store } = context;
  const state = { campaigns: null, at: 0, problem: null, failures: 0, shownMax: SHOWN_FIRST };
  const poll = new Poll(ask, pause);

  async function ask() {
    try {
      const [open, scheduled] = await Promise.all([
        get('/api/campaigns'),
        get('/api/campaigns?state=SCHEDULED'),
        clock.ready,
      ]);
      const byId = new Map([...open, ...scheduled].map((campaign) => [campaign.id, campaign]));
      state.campaigns = [...byId.values()];
      state.at = performance.now();
      clock.check();
      state.problem = null;
      state.failures = 0;
    } catch (e) {
      if (e instanceof Problem) {
        state.problem = e;
        state.failures++;
      }
      throw e;
    } finally {
      context.draw();
    }
  }

  function pause() {
    const isLong = state.campaigns.length > 100;
    const isCalm = state.campaigns.every((campaign) => phase(campaign, clock.now()) !== 'OPEN');
    return (isLong || isCalm ? 20_000 : 5_000) * (1 + Math.random() / 2);
  }

  function view() {
    return frame(context, html`
      <h1>${context.say('list')}</h1>
      ${state.failures > 1 || !state.campaigns
        ? troubleNotice(context, state.problem, state.campaigns !== null)
        : nothing}
      ${state.campaigns ? found(clock.now()) : loading()}`);
  }

  function loading() {
    return state.problem
      ? nothing
      : html`<p class="empty" role="status"><span class="spinner"></span> ${context.say('loading')}</p>`;
  }

  function found(now) {
    const { say } = context;
    const open = state.campaigns.filter((one) => ['OPEN', 'PAUSED'].includes(phase(one, now)));
    const soon = state.campaigns
      .filter((one) => phase(one, now) === 'SCHEDULED')
      .sort((a, b) => Date.parse(a.opensAt) - Date.parse(b.opensAt));
    if (open.length + soon.length === 0) {
      return html`
        <section class="card empty" data-test="empty">
          <h2>${say('listEmpty')}</h2>
          <p>${say('listEmptyNext')}</p>
          ${updated(context, state.at)}
        </section>`;
    }
    return html`
      ${open.length > 0 ? group('listOpen', open, now) : html`<p class="notice">${say('listNoneOpen')}</p>`}
      ${soon.length > 0 ? group('listSoon', soon, now) : nothing}
      ${updated(context, state.at)}`;
  }

  function group(heading, campaigns, now) {
    const { say } = context;
    const hidden = campaigns.length - state.shownMax;
    return html`
      <section aria-labelledby=${heading}>
        <h2 id=${heading}>${say(heading)}</h2>
        <ul class="cards">
          ${repeat(campaigns.slice(0, state.shownMax), (one) => one.id, (one) => card(one, now))}
        </ul>
        ${hidden > 0
          ? html`<button class="button" type="button" @click=${showMore}>${say('listMore', hidden)}</button>`
          : nothing}
      </section>`;
  }

  function showMore() {
    state.shownMax += 500;
    context.draw();
  }

  function card(campaign, now) {
    const { say, figures } = context;
    const isSoon = phase(campaign, now) === 'SCHEDULED';
    return html`
      <li class="card campaign">
        <h3 dir="auto"><a href="/campaigns/${encodeURIComponent(campaign.name)}">${campaign.displayName}</a></h3>
        <p class="row">
          ${stateBadge(context, campaign, now)}
          ${store.shown(campaign.name) ? html`<span class="badge info">${say('listMine')}</span>` : nothing}
        </p>
        ${stock(context, campaign)}
        ${isSoon
          ? html`<p class="number">${say('opensIn', figures.span(Date.parse(campaign.opensAt) - now))}</p>
              <p class="soft small">${figures.moment(campaign.opensAt)}</p>`
          : closing(campaign, now)}
      </li>`;
  }

  function closing({ closesAt }, now) {
    const { say, figures } = context;
    return closesAt
      ? html`<p class="soft small number">${say('closesIn', figures.span(Date.parse(closesAt) - now))}</p>`
      : nothing;
  }

  return {
    view,
    title: () => context.say('list'),
    nextTick: () => 1_000,
    start: () => poll.start(),
  };
}
