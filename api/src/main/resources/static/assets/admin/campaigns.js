// The list of campaigns, with what needs somebody first.

import { html, nothing, render } from '../view.js';
import { get, getWithHeaders } from '../http.js';
import { number, timeOfDay } from '../format.js';
import { frame, problemNotice } from './frame.js';
import { poll } from './poll.js';
import { followServerClock, serverNow } from './clock.js';
import { campaignTable } from './campaign-table.js';
import { campaignTask } from './campaign-tasks.js';
import { createTask } from './create-task.js';
import { afterProblem, formDialog } from './form-dialog.js';
import { deadLettersPart } from './dead-letters.js';
import { isOld, agoWords } from './age.js';
import { BROWSER_ZONE, zoneWords } from './local-time.js';
import { livePath } from './campaign-words.js';
import { warningsView } from './warnings.js';

const PAGE_SIZE = 50;
const ASK_EVERY_MILLIS = 3_000;

const state = {
  page: pageOf(location.search),
  campaigns: null,
  total: 0,
  asOf: null,
  problem: null,
  warnings: { warnings: null, asOf: null, problem: null },
  notice: null,
};

const dialog = formDialog(draw, (task, problem) => {
  state.notice = { kind: 'bad', text: html`${task.title} ${problem.detail} ${afterProblem(problem)}` };
  draw();
});
const letters = deadLettersPart(draw);
const listPoll = poll(readCampaigns, ASK_EVERY_MILLIS);
poll(readWarnings, ASK_EVERY_MILLIS);
followServerClock(draw);
setInterval(draw, 1_000);
draw();

function pageOf(search) {
  const page = Number(new URLSearchParams(search).get('page'));
  return Number.isSafeInteger(page) && page > 0 ? page : 0;
}

async function readCampaigns() {
  try {
    const { body, headers } =
      await getWithHeaders(`/api/admin/campaigns?page=${state.page}&size=${PAGE_SIZE}`);
    Object.assign(state, {
      campaigns: body,
      total: Number(headers.get('X-Total-Count') ?? body.length),
      asOf: new Date(serverNow()).toISOString(),
      problem: null,
    });
  } catch (problem) {
    state.problem = problem;
    throw problem;
  } finally {
    draw();
  }
}

async function readWarnings() {
  try {
    const warnings = await get('/api/admin/warnings');
    state.warnings = { warnings, asOf: serverNow(), problem: null };
  } catch (problem) {
    state.warnings.problem = problem;
    throw problem;
  } finally {
    draw();
  }
}

function create(event) {
  dialog.open(createTask((campaign) => {
    state.notice = {
      kind: 'good',
      text: html`<bdi>${campaign.displayName}</bdi> was made.`,
      link: { href: livePath(campaign.name), text: 'Look at it live' },
    };
    listPoll.now();
  }), event.currentTarget);
}

function act(action, campaign, opener) {
  dialog.open(campaignTask(action, campaign, (after, words) => {
    state.notice = { kind: 'good', text: words };
    state.campaigns = state.campaigns.map((it) => (it.id === after.id ? after : it));
    listPoll.now();
  }), opener);
}

function draw() {
  render(frame('/admin', main()), document.getElementById('page'));
}

function main() {
  return html`
    <div class="row apart">
      <h1>Campaigns</h1>
      <button class="button primary" type="button" @click=${create}>New campaign</button>
    </div>
    <div role="status">${noticeView()}</div>
    ${problemNotice(state.problem, 'It is tried again by itself.')}
    ${warningsView(state.warnings, serverNow())}
    ${letters.view()}
    <section aria-labelledby="campaigns-title">
      <h2 id="campaigns-title">All campaigns</h2>
      ${listView()}
    </section>
    ${dialog.view()}`;
}

function noticeView() {
  const { notice } = state;
  return notice
    ? html`
      <div class="notice ${notice.kind} row apart">
        <span>${notice.text} ${notice.link ? html`<a href=${notice.link.href}>${notice.link.text}</a>` : nothing}</span>
        <button class="button" type="button" @click=${dismiss}>Dismiss</button>
      </div>`
    : nothing;
}

function dismiss() {
  state.notice = null;
  draw();
  document.getElementById('main').focus();
}

function listView() {
  if (state.campaigns === null) {
    return state.problem
      ? html`<p class="empty card">The campaigns could not be read yet. They are asked for again by itself.</p>`
      : html`<p class="empty card row"><span class="spinner" aria-hidden="true"></span> Reading the campaigns …</p>`;
  }
  if (state.campaigns.length === 0) {
    return state.page > 0
      ? html`<p class="empty card">There are no campaigns on this page. <a href="/admin">Go to the newest ones</a>.</p>`
      : html`
        <div class="empty card">
          <p>There is no campaign yet.</p>
          <button class="button primary" type="button" @click=${create}>Make the first one</button>
        </div>`;
  }
  const now = serverNow();
  return html`
    <p class="soft small">
      ${isOld(state.asOf, now - ASK_EVERY_MILLIS)
        ? html`<strong class="old"><span aria-hidden="true">⚠</span> As of ${timeOfDay(state.asOf)}, ${agoWords(state.asOf, now)}.</strong>`
        : `As of ${timeOfDay(state.asOf)}.`}
      Newest first. Times are those of ${zoneWords(BROWSER_ZONE)}.
    </p>
    ${campaignTable(state.campaigns, now, act)}
    ${pagesView()}`;
}

function pagesView() {
  const first = state.page * PAGE_SIZE + 1;
  const last = first + state.campaigns.length - 1;
  if (state.total <= PAGE_SIZE && state.page === 0) {
    return nothing;
  }
  return html`
    <nav class="row pages" aria-label="Pages of the list">
      ${state.page > 0 ? html`<a class="button" rel="prev" href=${pageHref(state.page - 1)}>Newer</a>` : nothing}
      <span class="number">${number(first)} to ${number(last)} of ${number(state.total)}</span>
      ${last < state.total ? html`<a class="button" rel="next" href=${pageHref(state.page + 1)}>Older</a>` : nothing}
    </nav>`;
}

function pageHref(page) {
  return page === 0 ? '/admin' : `/admin?page=${page}`;
}
