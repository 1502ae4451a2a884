// What needs somebody, worst first.

import { html, nothing } from '../view.js';
import { dateTime, timeOfDay } from '../format.js';
import { agoWords } from './age.js';
import { livePath } from './campaign-words.js';

const KINDS = {
  DEAD_LETTERS: { word: 'Dead letters', severity: 'bad', link: deadLetters },
  CONSUMER_DOWN: { word: 'Consumer', severity: 'bad', link: live },
  LAG_GROWING: { word: 'Lag', severity: 'warn', link: live },
  BATCH_FAILED: { word: 'Batch run', severity: 'bad', link: batch },
  BATCH_MISSED: { word: 'Batch run', severity: 'warn', link: batch },
};

function deadLetters(campaignName) {
  const hash = campaignName ? `#dead-letters/${encodeURIComponent(campaignName)}` : '#dead-letters';
  return { href: hash, text: 'See them and send them again' };
}

function live(campaignName) {
  return campaignName ? { href: livePath(campaignName), text: `Look at ${campaignName} live` } : null;
}

function batch() {
  return { href: '/admin/statistics', text: 'Look at the batch runs' };
}

/**
 * @param warnings the list of the server, or null before the first answer
 * @param asOf when it was asked for, in milliseconds of the server, or null
 * @param problem why it could not be asked for the last time, or null
 * @param now milliseconds of the server
 */
export function warningsView({ warnings, asOf, problem }, now) {
  return html`
    <section class="warnings" aria-labelledby="warnings-title">
      <h2 id="warnings-title">Warnings</h2>
      <p class="visually-hidden" role="status">${countWords(warnings)}</p>
      ${problem ? unknown(asOf, now) : nothing}
      ${warnings === null || warnings.length === 0 ? nothing : html`
        <ul class="plain-list">${warnings.map((warning) => warningView(warning, now))}</ul>`}
      ${warnings?.length === 0 && !problem ? well(asOf) : nothing}
      ${warnings === null && !problem ? html`
        <p class="row soft"><span class="spinner" aria-hidden="true"></span> Looking for anything that is wrong …</p>` : nothing}
    </section>`;
}

function countWords(warnings) {
  if (warnings === null) {
    return '';
  }
  const count = warnings.length;
  return count === 0 ? 'No warnings.' : `${count} ${count === 1 ? 'warning' : 'warnings'}.`;
}

function well(asOf) {
  return html`
    <div class="notice good">
      <p><strong><span aria-hidden="true">✓</span> Everything is well.</strong></p>
      <p>No dead letters, no consumer down, no lag that grows, no batch run failed or missed. Looked at ${timeOfDay(asOf)}.</p>
    </div>`;
}

function unknown(asOf, now) {
  return html`
    <div class="notice warn">
      <p><strong>Whether all is well is not known right now.</strong></p>
      <p>${asOf === null
        ? 'It is asked for again by itself.'
        : `What is shown is from ${agoWords(new Date(asOf).toISOString(), now)}. It is asked for again by itself.`}</p>
    </div>`;
}

function warningView({ kind, campaignName, title, detail, since }, now) {
  const known = KINDS[kind];
  const link = known?.link(campaignName);
  return html`
    <li class="notice ${known?.severity ?? 'warn'}">
      <p class="row">
        <span class="badge ${known?.severity ?? 'warn'}">${known?.word ?? 'Warning'}</span>
        <strong>${title}</strong>
      </p>
      <p class="detail">${detail}</p>
      <p class="row small">
        ${since ? html`<span>Since <time datetime=${since}>${dateTime(since)}</time>, ${agoWords(since, now)}</span>` : nothing}
        ${link ? html`<a class="target" href=${link.href}>${link.text}</a>` : nothing}
      </p>
    </li>`;
}
