// A button that keeps the focus when it cannot be pushed for a while, so that whoever uses the keyboard
// does not lose the place.

import { html } from '../view.js';

/** words: text or markup; off: whether pushing it does nothing now. */
export function pushButton(words, off, action) {
  return html`<button class="button" type="button" aria-disabled=${off ? 'true' : 'false'}
    @click=${() => !off && action()}>${words}</button>`;
}
