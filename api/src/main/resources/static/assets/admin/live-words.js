// Figures of the live page in words.

import { number } from '../format.js';

/** Decisions a second: small ones with a digit, because 0.4 is not nothing. */
export function perSecond(value) {
  return `${number(value, value < 10 ? 1 : 0)} / s`;
}

/** Milliseconds, as exactly as is of use. */
export function millis(value) {
  if (value === null || value === undefined) {
    return '–';
  }
  return value < 10_000 ? `${number(value, value < 100 ? 1 : 0)} ms` : `${number(value / 1000, 1)} s`;
}

/** One sentence on a campaign for who listens; it changes only when something happens. */
export function announcement({ displayName, state, currentStock }) {
  const words = { SCHEDULED: 'is not open yet', OPEN: 'is open', PAUSED: 'is paused', CLOSED: 'is closed' };
  const soldOut = currentStock === 0 ? ' and sold out' : '';
  return `${displayName} ${words[state] ?? `is ${state}`}${soldOut}.`;
}
