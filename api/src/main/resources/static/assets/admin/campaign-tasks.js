// What is asked before a campaign is changed, as tasks of the form dialog.

import { html } from '../view.js';
import { patch, post } from '../http.js';
import { number } from '../format.js';
import { ACTION_LABELS } from './campaign-words.js';

// In a cluster the answer waits up to 30 s for the operator.
export const PATIENT = { timeout: 45_000 };

const STOCK_MAX = 1_000_000_000_000;
const PARTITIONS_MAX = 1_000;

/**
 * The task for one of the actions of campaign-words.js. changed is called with the campaign as it
 * is afterwards, and with words that say what was done. A name that turns the direction of the text
 * turns nothing but itself.
 */
export function campaignTask(action, campaign, changed) {
  const task = TASKS[action](campaign);
  return {
    submit: ACTION_LABELS[action],
    danger: false,
    check: () => ({}),
    fieldOf: () => null,
    ...task,
    done: (after) => changed(after, html`<bdi>${campaign.displayName}</bdi>: ${task.doneWords(after)}`),
  };
}

const TASKS = {
  pause: (campaign) => ({
    title: html`Pause <bdi>${campaign.displayName}</bdi>?`,
    text: html`<p>From now on new requests are turned away and told that the campaign is paused. Requests that are in line already are still decided.</p>`,
    ...mode(campaign, 'pause', 'paused.'),
  }),
  resume: (campaign) => ({
    title: html`Resume <bdi>${campaign.displayName}</bdi>?`,
    text: html`<p>From now on new requests are taken again.</p>`,
    ...mode(campaign, 'resume', 'takes requests again.'),
  }),
  close: (campaign) => ({
    title: html`Close <bdi>${campaign.displayName}</bdi> for good?`,
    text: html`
      <p><strong>A closed campaign never opens again.</strong> Requests that are in line already are still decided, and the history stays. ${number(campaign.currentStock)} of ${number(campaign.totalStock)} are left.</p>
      <p>To stop it for a while only, pause it.</p>`,
    ...mode(campaign, 'close', 'closed for good.'),
    danger: true,
  }),
  'grow-stock': (campaign) => ({
    title: html`Grow the stock of <bdi>${campaign.displayName}</bdi>`,
    text: html`<p>The stock is ${number(campaign.totalStock)} and may only grow: what was promised stays promised. Who was told that it is sold out keeps that answer.</p>`,
    ...growth(campaign, 'totalStock', 'New stock', campaign.totalStock, STOCK_MAX),
    doneWords: (after) => `the stock is ${number(after.totalStock)} now.`,
  }),
  'grow-partitions': (campaign) => ({
    title: html`Grow the partitions of <bdi>${campaign.displayName}</bdi>`,
    text: html`<p>There ${campaign.partitions === 1 ? 'is 1 partition' : `are ${number(campaign.partitions)} partitions`}. More let more consumers work at the same time, but only requests in the same partition are decided in their order. A log never gets fewer again.</p>`,
    ...growth(campaign, 'partitions', 'New number of partitions', campaign.partitions, PARTITIONS_MAX),
    doneWords: (after) => `${number(after.partitions)} partitions now.`,
  }),
};

function path(campaign, rest = '') {
  return `/api/admin/campaigns/${encodeURIComponent(campaign.name)}${rest}`;
}

function mode(campaign, verb, words) {
  return {
    fields: [{
      name: 'why',
      label: 'Why',
      type: 'text',
      hint: () => 'For the audit log.',
      attributes: { maxlength: 500 },
    }],
    send: ({ why }) =>
      post(path(campaign, `/${verb}`), why.trim() === '' ? undefined : { why: why.trim() }, PATIENT),
    fieldOf: (problem) => (problem.body.field === 'why' ? 'why' : null),
    doneWords: () => words,
  };
}

function growth(campaign, name, label, now, max) {
  return {
    fields: [{
      name,
      label,
      type: 'number',
      value: '',
      required: true,
      hint: () => `More than ${number(now)}, at most ${number(max)}.`,
      attributes: { min: now + 1, max },
    }],
    check: (values) => {
      const error = wholeNumber(values[name], now + 1, max);
      return error ? { [name]: error } : {};
    },
    send: (values) => patch(path(campaign), { [name]: Number(values[name]) }, PATIENT),
    // A refused growth is about the one figure that can be wrong.
    fieldOf: (problem) =>
      problem.body.field === name || problem.code === 'CHANGE_REFUSED' ? name : null,
  };
}

/** What is wrong with a number that somebody typed in, or null. */
export function wholeNumber(text, min, max) {
  const value = Number(text);
  return text.trim() !== '' && Number.isSafeInteger(value) && value >= min && value <= max
    ? null
    : `A whole number from ${number(min)} to ${number(max)}.`;
}
