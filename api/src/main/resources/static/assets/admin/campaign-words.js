// A campaign in words, and what can be done with it.

import { minuteWords } from './local-time.js';

const STATES = {
  SCHEDULED: { word: 'Scheduled', kind: 'info' },
  OPEN: { word: 'Open', kind: 'good' },
  PAUSED: { word: 'Paused', kind: 'warn' },
  CLOSED: { word: 'Closed', kind: '' },
};

/** The word and the kind of badge for a state, also for one that is newer than this page. */
export function stateWords(state) {
  return STATES[state] ?? { word: String(state), kind: '' };
}

/** Whether nothing is left. That is no state of its own: the door may still be open. */
export function isSoldOut(campaign) {
  return campaign.totalStock > 0 && campaign.currentStock === 0;
}

/** When the door opens and closes, one line each. now is the server's, in milliseconds. */
export function windowWords({ opensAt, closesAt, state }, now) {
  return [opening(opensAt, now), closing(closesAt, now, state === 'CLOSED')];
}

function opening(at, now) {
  if (!at) {
    return 'Open from the start';
  }
  return `${Date.parse(at) <= now ? 'Opened' : 'Opens'} ${minuteWords(at)}`;
}

function closing(at, now, closed) {
  if (!at) {
    return closed ? 'Closed by hand' : 'No end set';
  }
  if (Date.parse(at) <= now) {
    return `Closed ${minuteWords(at)}`;
  }
  return `${closed ? 'Closed by hand before' : 'Closes'} ${minuteWords(at)}`;
}

/** What can be done with a campaign now, the most urgent first. */
export function actionsFor({ state, lane }) {
  if (state === 'CLOSED') {
    return [];
  }
  const first = { OPEN: ['pause'], PAUSED: ['resume'] }[state] ?? [];
  // The partitions of a lane belong to all of its campaigns.
  const grow = lane ? ['grow-stock'] : ['grow-stock', 'grow-partitions'];
  return [...first, ...grow, 'close'];
}

export const ACTION_LABELS = {
  pause: 'Pause',
  resume: 'Resume',
  'grow-stock': 'Grow stock',
  'grow-partitions': 'Grow partitions',
  close: 'Close for good',
};

export function livePath(name) {
  return `/admin/campaigns/${encodeURIComponent(name)}`;
}

export function orderPath(name) {
  return `${livePath(name)}/order`;
}

export function participantPath(name) {
  return `/campaigns/${encodeURIComponent(name)}`;
}
