// How old what is shown is.

import { html } from '../view.js';
import { duration, timeOfDay } from '../format.js';

const OLD_MILLIS = 5_000;

/** Milliseconds from an instant of the server to now; clocks that differ a little make no future. */
export function ageMillis(instant, now) {
  return Math.max(0, now - Date.parse(instant));
}

export function isOld(instant, now) {
  return ageMillis(instant, now) > OLD_MILLIS;
}

/** As in "just now", "12 s ago", "3 min 5 s ago". */
export function agoWords(instant, now) {
  const seconds = Math.floor(ageMillis(instant, now) / 1000);
  return seconds < 2 ? 'just now' : `${duration(seconds * 1000)} ago`;
}

/** The line below a group of figures. Not read out by itself: it changes each second. */
export function asOfLine(instant, now) {
  if (!instant) {
    return html`<p class="as-of">Not known yet</p>`;
  }
  const words = html`As of <time datetime=${instant}>${timeOfDay(instant)}</time>, ${agoWords(instant, now)}`;
  return isOld(instant, now)
    ? html`<p class="as-of old"><span aria-hidden="true">⚠</span> Old figures. ${words}</p>`
    : html`<p class="as-of">${words}</p>`;
}
