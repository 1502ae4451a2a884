// What is left of the stock, as half a circle.

import { html } from '../view.js';
import { number, percent } from '../format.js';

const RADIUS = 80;
const ARC = `M 20 100 A ${RADIUS} ${RADIUS} 0 0 1 180 100`;
const LITTLE = 0.1;
// More do not fit between the ends of the arc.
const CHARACTERS_INSIDE_MAX = 7;

/** The arc is full at the start and empty when it is sold out; the words say the same. */
export function gauge(current, total) {
  const share = total > 0 ? Math.min(1, current / total) : 0;
  const words = number(current);
  return html`
    <div class="gauge ${kind(share)} ${words.length > CHARACTERS_INSIDE_MAX ? 'below' : ''}">
      <svg viewBox="0 0 200 112" aria-hidden="true" focusable="false">
        <path class="gauge-ground" d=${ARC} pathLength="100"></path>
        <path class="gauge-part" d=${ARC} pathLength="100" stroke-dasharray="${(100 * share).toFixed(2)} 101"></path>
      </svg>
      <p class="gauge-words">
        <strong class="number big-figure">${words}</strong>
        <span>left of <span class="number">${number(total)}</span></span>
      </p>
      <p class="gauge-note">${note(current, total, share)}</p>
    </div>`;
}

function kind(share) {
  if (share === 0) {
    return 'none';
  }
  return share < LITTLE ? 'little' : '';
}

function note(current, total, share) {
  const given = `${percent(total - current, total)} given`;
  if (share === 0) {
    return html`<span class="badge bad">Sold out</span>`;
  }
  return share < LITTLE ? html`<span class="badge warn">Nearly gone</span> ${given}` : given;
}
