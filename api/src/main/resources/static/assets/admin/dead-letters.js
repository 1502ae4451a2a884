// The records that could not be read, and a way to send them again. Shown at #dead-letters, or at
// #dead-letters/{campaign} for one campaign.

import { html, nothing, repeat } from '../view.js';
import { getWithHeaders, post } from '../http.js';
import { dateTime, number } from '../format.js';
import { problemNotice } from './frame.js';

const HASH = /^#dead-letters(?:\/(.+))?$/;
const PAGE_SIZE = 20;
const TITLE = 'dead-letters-title';

/** A part of the list of campaigns. view() gives nothing while nobody looks at it. */
export function deadLettersPart(redraw) {
  const state = { open: false, campaign: null, letters: null, total: 0, problem: null, items: {} };

  addEventListener('hashchange', follow);
  // After the page was drawn for the first time, for the focus goes into it.
  setTimeout(follow, 0);

  async function follow() {
    const found = HASH.exec(location.hash);
    Object.assign(state, {
      open: found !== null,
      campaign: found?.[1] ? decoded(found[1]) : null,
      letters: null,
      problem: null,
      items: {},
    });
    redraw();
    if (state.open) {
      document.getElementById(TITLE).focus();
      await read(PAGE_SIZE);
    }
  }

  function hide() {
    history.pushState(null, '', location.pathname + location.search);
    follow();
    document.getElementById('main').focus();
  }

  async function read(size) {
    const of = state.campaign;
    const filter = of === null ? '' : `&campaign=${encodeURIComponent(of)}`;
    try {
      const { body, headers } = await getWithHeaders(`/api/admin/dead-letters?page=0&size=${size}${filter}`);
      if (of === state.campaign) {
        Object.assign(state, {
          letters: body,
          total: Number(headers.get('X-Total-Count') ?? body.length),
          problem: null,
        });
      }
    } catch (problem) {
      state.problem = problem;
    }
    redraw();
  }

  async function retry(letter) {
    state.items[letter.id] = { busy: true };
    redraw();
    try {
      const sent = await post(`/api/admin/dead-letters/${letter.id}/retry`);
      state.items[letter.id] = { sent };
    } catch (problem) {
      state.items[letter.id] = { problem };
    }
    redraw();
  }

  function view() {
    if (!state.open) {
      return nothing;
    }
    return html`
      <section class="card" aria-labelledby=${TITLE}>
        <div class="row apart">
          <h2 id=${TITLE} tabindex="-1">Dead letters${state.campaign === null ? nothing : html` of ${state.campaign}`}</h2>
          <span class="row">
            ${state.campaign === null ? nothing : html`<a class="target" href="#dead-letters">Those of all campaigns</a>`}
            <button class="button" type="button" @click=${hide}>Hide</button>
          </span>
        </div>
        <p class="soft">Records in the log that could not be read. Nothing waits for them. Sent again, a record stands at the end of its line and is decided as if it had come now.</p>
        ${problemNotice(state.problem, html`<button class="button" type="button" @click=${() => read(PAGE_SIZE)}>Ask again</button>`)}
        ${listView()}
      </section>`;
  }

  function listView() {
    if (state.letters === null) {
      return state.problem ? nothing : html`<p class="row"><span class="spinner" aria-hidden="true"></span> Reading …</p>`;
    }
    if (state.letters.length === 0) {
      return html`<p class="empty">There are none.</p>`;
    }
    const shown = state.letters.length;
    return html`
      <ul class="plain-list letters">${repeat(state.letters, (letter) => letter.id, letterView)}</ul>
      <p class="row small">
        <span>The newest ${number(shown)} of ${number(state.total)}.</span>
        ${shown < state.total && shown < 1_000 ? html`
          <button class="button" type="button" @click=${() => read(Math.min(1_000, shown * 5))}>Show more</button>` : nothing}
      </p>`;
  }

  function letterView(letter) {
    const item = state.items[letter.id] ?? {};
    return html`
      <li>
        <p><strong>${letter.reason}</strong></p>
        <p class="small soft">Topic ${letter.topic}, partition ${letter.partition}, offset ${number(letter.offset)}; in the log since ${dateTime(letter.loggedAt)}, found ${dateTime(letter.foundAt)}</p>
        ${letter.payload ? html`
          <details class="small">
            <summary>Content, ${number(letter.payload.size)} bytes${letter.payload.base64 ? ', as Base64' : ''}</summary>
            <pre>${letter.payload.text}${letter.payload.truncated ? ' …' : ''}</pre>
          </details>` : html`<p class="small">It has no content that could be sent again.</p>`}
        ${problemNotice(item.problem, 'The letter is as it was.')}
        <div role="status">${doneView(letter, item)}</div>
        ${letter.retriedAt || item.sent || !letter.payload ? nothing : html`
          <button class="button" type="button" aria-disabled=${String(item.busy === true)}
            aria-label="Send again: partition ${letter.partition}, offset ${letter.offset} of ${letter.topic}"
            @click=${() => item.busy || retry(letter)}>${item.busy ? 'Sending …' : 'Send again'}</button>`}
      </li>`;
  }

  return { view };
}

function doneView(letter, { sent }) {
  const requestId = sent?.requestId ?? letter.retriedAs;
  if (!sent && !letter.retriedAt) {
    return nothing;
  }
  const where = sent ? ` It stands at partition ${sent.partition}, offset ${number(sent.offset)} now.` : '';
  return html`
    <p class="small">
      <span class="badge good">Sent again</span>
      ${letter.retriedAt ? dateTime(letter.retriedAt) : ''}${where}
      ${requestId ? html`<a class="target" href="/api/participations/${encodeURIComponent(requestId)}">Its result</a>` : nothing}
    </p>`;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
