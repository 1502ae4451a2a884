// A bar that shows a part of a whole. The figure stands beside it as text, so it is only for the eye.

import { html } from '../view.js';

/**
 * @param kind a class for the colour: "", "warn" or "bad"
 */
export function bar(part, whole, kind = '') {
  const share = whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 0;
  return html`
    <svg class="bar ${kind}" aria-hidden="true" focusable="false">
      <rect class="bar-ground" width="100%" height="100%"></rect>
      <rect class="bar-part" width="${(100 * share).toFixed(2)}%" height="100%"></rect>
    </svg>`;
}
