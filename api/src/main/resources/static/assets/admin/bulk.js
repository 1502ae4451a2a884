// Sends many requests of made-up users at a button, and follows what becomes of them.

import { html, nothing } from '../view.js';
import { get, post } from '../http.js';
import { duration, number } from '../format.js';
import { problemNotice } from './frame.js';
import { poll } from './poll.js';
import { perSecond } from './live-words.js';
import { wholeNumber } from './campaign-tasks.js';

const PATH = '/api/admin/test/participate-bulk';
const COUNT_MAX = 1_000_000;
const COUNT_DEFAULT = '10000';
const ASK_EVERY_MILLIS = 500;

/**
 * The part of the live page that sends. The run is remembered for this tab, so a reload goes on
 * showing it.
 */
export function bulkPart(campaignName, redraw) {
  const key = `firstcome.bulk.${campaignName}`;
  const state = { count: COUNT_DEFAULT, error: null, starting: false, run: null, lost: null, problem: null };
  let asking = null;

  const remembered = sessionStorage.getItem(key);
  if (remembered) {
    follow(remembered);
  }

  function follow(runId) {
    asking?.stop();
    asking = poll(async () => {
      try {
        state.run = await get(`${PATH}/${encodeURIComponent(runId)}`);
        state.problem = null;
        if (hasEnded(state.run)) {
          asking.stop();
        }
      } catch (problem) {
        if (problem.status === 404) {
          asking.stop();
          sessionStorage.removeItem(key);
          Object.assign(state, { run: null, lost: problem.detail, problem: null });
          return;
        }
        state.problem = problem;
        throw problem;
      } finally {
        redraw();
      }
    }, ASK_EVERY_MILLIS);
  }

  function isBusy() {
    return state.starting || (state.run !== null && !hasEnded(state.run));
  }

  async function send(event) {
    event.preventDefault();
    if (isBusy()) {
      return;
    }
    state.error = wholeNumber(state.count, 1, COUNT_MAX);
    if (state.error) {
      redraw();
      event.target.elements.count.focus();
      return;
    }
    Object.assign(state, { starting: true, problem: null, lost: null });
    redraw();
    try {
      state.run = await post(PATH, { count: Number(state.count), campaignId: campaignName });
      sessionStorage.setItem(key, state.run.runId);
      follow(state.run.runId);
    } catch (problem) {
      if (problem.body?.field === 'count') {
        state.error = problem.detail;
      } else {
        state.problem = problem;
      }
    } finally {
      state.starting = false;
      redraw();
    }
  }

  function view(campaignState) {
    const open = campaignState === 'OPEN';
    const count = Number(state.count);
    return html`
      <section class="card" aria-labelledby="bulk-title">
        <h2 id="bulk-title">Try it under load</h2>
        <p class="soft small">Sends requests of made-up users into this campaign, as fast as the log takes them. They are real requests: they use up the stock.</p>
        <form class="bulk-form" novalidate @submit=${send}>
          <div class="field">
            <label for="bulk-count">How many requests</label>
            <input id="bulk-count" name="count" type="number" min="1" max=${COUNT_MAX} value=${COUNT_DEFAULT}
              aria-invalid=${state.error ? 'true' : 'false'} aria-describedby="bulk-hint bulk-error"
              @input=${(event) => { state.count = event.target.value; redraw(); }}>
            <span class="hint" id="bulk-hint">1 to ${number(COUNT_MAX)}</span>
            <span class="error" id="bulk-error">${state.error ? html`<span aria-hidden="true">✕</span> ${state.error}` : nothing}</span>
          </div>
          <button class="button primary" type="submit" ?disabled=${!open}
            aria-disabled=${String(isBusy())}>Send ${count > 0 ? number(count) : nothing}</button>
        </form>
        ${open ? nothing : html`<p class="small">Only an open campaign takes requests.</p>`}
        ${problemNotice(state.problem)}
        ${state.lost ? html`<p class="notice warn">The run that was started here is not known any more. ${state.lost}</p>` : nothing}
        ${state.run ? runView(state.run) : nothing}
      </section>`;
  }

  return { view };
}

function hasEnded({ status }) {
  return status === 'DONE' || status === 'FAILED';
}

/** What a run is doing, or what became of it, in a sentence that changes only with its status. */
export function runWords({ status, count, sent, failed, decided, elapsed }) {
  switch (status) {
    case 'SENDING':
      return `Sending ${number(count)} requests …`;
    case 'DECIDING':
      return 'All are sent; waiting for the last decisions …';
    case 'DONE':
      return `Done: ${number(sent)} sent and all decided in ${duration(elapsed * 1000)}.`;
    default:
      return `Failed: ${number(sent)} of ${number(count)} sent, ${number(failed)} not taken by the log, ${number(decided)} decided.`;
  }
}

function runView(run) {
  const kind = { DONE: 'good', FAILED: 'bad' }[run.status] ?? '';
  return html`
    <div class="notice ${kind} run" data-test="bulk-run" data-status=${run.status}>
      <p role="status"><strong>${runWords(run)}</strong></p>
      ${run.failure ? html`<p>The reason: ${run.failure}</p>` : nothing}
      ${progressView('Sent', 'bulk-sent', run.sent, run.count)}
      ${progressView('Decided', 'bulk-decided', run.decided, run.count)}
      <p class="small number">${perSecond(run.rate)} decided, over ${duration(run.elapsed * 1000)}</p>
    </div>`;
}

function progressView(label, id, part, whole) {
  return html`
    <div class="run-progress">
      <label for=${id}>${label}</label>
      <span class="number">${number(part)} of ${number(whole)}</span>
      <progress id=${id} max=${whole} value=${part}></progress>
    </div>`;
}
