// How a request looks: on its way, in line, decided.

import { html, nothing } from '../view.js';
import { updated } from './frame.js';
import { estimate } from './line.js';
import { door } from './situation.js';

/** The heading and its sentences are a status: a screen reader hears each change, and no figure. */
export function placeView(context, state, acts) {
  const shown = what(context, state);
  return html`
    <section class="card place ${shown.mood}" aria-labelledby="place-title" data-test="place">
      <div role="status">
        <h2 id="place-title" tabindex="-1">
          ${shown.isBusy
            ? html`<span class="spinner" aria-hidden="true"></span>`
            : html`<span class="symbol" aria-hidden="true">${shown.symbol}</span>`}
          ${context.say(shown.title)}</h2>
        ${shown.sentences.map((sentence) => html`<p>${sentence}</p>`)}
      </div>
      <p class="soft small">${context.say('forId')} <bdi><strong>${state.request.userId}</strong></bdi></p>
      ${shown.figures ?? nothing}
      ${shown.actions ? actions(context, shown.actions, acts) : nothing}
      ${state.request.requestId ? receipt(context, state.request) : nothing}
    </section>`;
}

function actions({ say }, shown, acts) {
  return html`
    <div class="actions">
      ${shown.map(([text, act, style]) => html`
        <button class="button ${style}" type="button" @click=${acts[act]}>${say(text)}</button>`)}
    </div>`;
}

function what(context, state) {
  const { request, sending } = state;
  if (request.result) {
    return decided(context, state);
  }
  if (request.requestId) {
    return waiting(context, state);
  }
  if (!sending) {
    return {
      mood: 'warn', symbol: '?', title: 'unsure', sentences: [context.say('unsureNext')],
      actions: [['sendAgain', 'pressAgain', 'primary big'], ['changeId', 'otherId', '']],
    };
  }
  return sending.retryAt === null ? underWay(context) : retrying(context, sending);
}

function underWay({ say }) {
  return { mood: '', isBusy: true, title: 'sending', sentences: [say('sendingNext')] };
}

function retrying({ say, clock }, { reason, retryAt, tries }) {
  return {
    mood: 'warn', isBusy: true, title: 'retrying',
    sentences: [say(`retry${reason}`), say('retrySafe')],
    figures: html`<p class="number" data-test="retry">
      <strong>${say('retryIn', secondsUntil(retryAt, clock), tries + 1)}</strong></p>`,
  };
}

function secondsUntil(at, clock) {
  return Math.max(0, Math.ceil((at - clock.now()) / 1_000));
}

function waiting(context, state) {
  return {
    mood: '', isBusy: true, title: 'waiting', sentences: [context.say('waitingNext')],
    figures: line(context, state),
  };
}

function line(context, { request, campaign, line }) {
  const { say, clock } = context;
  const isLost = line.retryAt !== null;
  return html`
    <dl class="figures number">
      <div><dt>${say('place')}</dt><dd data-test="number">${number(say, request, campaign)}</dd></div>
      <div><dt>${say('ahead')}</dt>
        <dd class=${line.ahead > 0 ? '' : 'words'} data-test="ahead">${people(say, line)}</dd></div>
      ${line.ahead > 0
        ? html`<div><dt>${say('remaining')}</dt>
            <dd class="words" data-test="remaining">${remaining(context, line)}</dd></div>`
        : nothing}
    </dl>
    ${line.most > 0 && line.ahead !== null
      ? html`<progress aria-hidden="true" .max=${line.most} .value=${line.most - line.ahead}></progress>`
      : nothing}
    ${isLost
      ? html`<p class="notice warn">${say('lineTrouble', secondsUntil(line.retryAt, clock))}</p>`
      : nothing}
    ${line.via === 'poll' && !isLost ? html`<p class="soft small">${say('viaPoll')}</p>` : nothing}
    ${updated(context, line.at)}`;
}

/** People count from 1, and a line of its own needs no name. */
function number(say, { partition, offset }, campaign) {
  if (offset === undefined || offset === null) {
    return '–';
  }
  return (campaign?.partitions ?? 1) === 1 || campaign.lane
    ? say('placeNumber', offset + 1)
    : say('placeInLine', offset + 1, partition + 1);
}

function people(say, { ahead, via }) {
  if (ahead === null) {
    return say(via === 'poll' ? 'aheadUntold' : 'aheadUnknown');
  }
  return ahead === 0 ? say('aheadNone') : say('aheadPeople', ahead);
}

function remaining({ say, figures }, line) {
  const ms = estimate(line, performance.now());
  if (ms === null) {
    return say('remainingUnknown');
  }
  if (ms === Infinity) {
    return say('remainingStill');
  }
  // Not more exact than it is: by 5 s, and by whole minutes.
  const step = ms < 60_000 ? 5_000 : 60_000;
  return say('remainingAbout', figures.span(Math.max(1, Math.ceil(ms / step)) * step));
}

const MOODS = {
  SUCCESS: ['good', '✓'],
  ALREADY_ISSUED: ['warn', '!'],
  OUT_OF_STOCK: ['warn', '!'],
  FAILED: ['bad', '✕'],
};

function decided({ say, clock }, { request, campaign }) {
  const { status, rank } = request.result;
  const [mood, symbol] = MOODS[status];
  const why = status === 'SUCCESS'
    ? say('SUCCESSwhy', rank, campaign?.totalStock)
    : say(`${status}why`);
  const isOpen = campaign && door(campaign, clock.now()) === 'OPEN';
  const mayAgain = isOpen && (campaign.repeatable || status === 'FAILED');
  return {
    mood, symbol, title: status, sentences: [why, say(`${status}next`)],
    actions: [
      ...(mayAgain ? [['again', 'pressAgain', 'primary']] : []),
      ['otherId', 'otherId', ''],
    ],
  };
}

/** What the organiser can find the request by. */
function receipt({ say, figures }, request) {
  const { partition, offset, kafkaTimestamp, processedAt } = { ...request, ...request.result };
  const taken = request.acceptedAt ?? kafkaTimestamp;
  const row = (name, value) =>
    value ? html`<div><dt>${say(name)}</dt><dd dir="auto">${value}</dd></div>` : nothing;
  const position = Number.isInteger(offset) ? say('receiptPosition', partition, offset) : null;
  return html`
    <details class="receipt">
      <summary>${say('receipt')}</summary>
      <dl>
        ${row('receiptUser', request.userId)}
        ${row('receiptId', request.requestId)}
        ${row('receiptPlace', position)}
        ${row('receiptTaken', taken ? figures.moment(taken) : null)}
        ${row('receiptDecided', processedAt ? figures.moment(processedAt) : null)}
      </dl>
    </details>`;
}
