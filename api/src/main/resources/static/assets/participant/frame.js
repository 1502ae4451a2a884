// What stands around both pages, and the parts that both use.

import { html, nothing } from '../view.js';
import { door } from './situation.js';

const LANGUAGE_NAMES = [['ko', '한국어'], ['en', 'English']];

/** @param context { say, language, setLanguage, announcement, store } */
export function frame(context, main) {
  const { say, store } = context;
  return html`
    <a class="skip-link" href="#main">${say('skip')}</a>
    <header class="p-header">
      <a class="brand" href="/"><img src="/assets/icon.svg" alt="" width="28" height="28"> Firstcome</a>
      <div class="languages" role="group" aria-label=${say('language')}>
        ${LANGUAGE_NAMES.map(([tag, name]) => html`
          <button class="button" type="button" lang=${tag} aria-pressed=${String(tag === context.language)}
            @click=${() => context.setLanguage(tag)}>${name}</button>`)}
      </div>
    </header>
    <main id="main" class="p-main" tabindex="-1">
      ${main}
      ${store.isKept ? nothing : html`<p class="soft small">${say('notKept')}</p>`}
      <p class="visually-hidden" aria-live="polite" data-test="announcer">${context.announcement}</p>
    </main>`;
}

/**
 * That the server does not answer as it should, and what happens next.
 *
 * @param hasContent whether something from before is on the page
 */
export function troubleNotice({ say }, problem, hasContent) {
  if (!problem) {
    return nothing;
  }
  const what = problem.isOffline ? 'offline' : problem.status === 429 ? 'busy' : 'trouble';
  return html`
    <div class="notice warn" role="alert" data-test="trouble">
      <p><strong>${say(what)}</strong></p>
      <p>${say(hasContent ? 'troubleNext' : 'troubleFirst')}</p>
    </div>`;
}

const BADGES = { OPEN: 'good', SCHEDULED: 'info', PAUSED: 'warn' };

export function stateBadge({ say }, campaign, now) {
  const state = door(campaign, now);
  return html`<span class="badge ${BADGES[state] ?? ''}">${say(`state${state}`)}</span>`;
}

/** What is left, as words and as a bar that only repeats them. */
export function stock({ say }, { currentStock, totalStock }) {
  return html`
    <p class="stock number">${say('left', currentStock, totalStock)}</p>
    <progress aria-hidden="true" .max=${Math.max(totalStock, 1)} .value=${currentStock}></progress>`;
}

/** Ages by the steady clock of the browser: at is what performance.now() was then. */
export function updated({ say, figures }, at) {
  return html`<p class="soft small number" data-test="updated">
    ${say('updated', figures.ago(performance.now() - at))}</p>`;
}
