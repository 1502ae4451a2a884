// The state of a campaign at a glance.

import { html, nothing } from '../view.js';
import { isSoldOut, stateWords } from './campaign-words.js';

/** The state, and whether anything is left, in words. */
export function badges(campaign) {
  const { word, kind } = stateWords(campaign.state);
  return html`<span class="badge ${kind}">${word}</span>
    ${isSoldOut(campaign) ? html`<span class="badge">Sold out</span>` : nothing}`;
}
