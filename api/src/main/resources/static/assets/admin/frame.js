// What stands around every page of the administrator.

import { html } from '../view.js';
import { post } from '../http.js';

const LINKS = [
  ['/admin', 'Campaigns'],
  ['/admin/statistics', 'Statistics'],
  ['/swagger-ui.html', 'API'],
];

/** The page's own part stands in main. current is the path of the link that leads here. */
export function frame(current, main) {
  return html`
    <a class="skip-link" href="#main">Skip to the content</a>
    <header class="admin-header">
      <a class="brand" href="/admin"><img src="/assets/icon.svg" alt="" width="28" height="28"> Firstcome</a>
      <nav aria-label="Pages">
        ${LINKS.map(([path, text]) => html`
          <a href=${path} aria-current=${path === current ? 'page' : 'false'}>${text}</a>`)}
      </nav>
      <button class="button" type="button" @click=${signOut}>Sign out</button>
    </header>
    <main id="main" class="admin-main" tabindex="-1">${main}</main>`;
}

async function signOut() {
  try {
    await post('/sign-out');
  } finally {
    location.assign('/sign-in?out');
  }
}

/** Only the latest of what a page has asked for may be shown. */
export function problemNotice(problem, whatNext) {
  return problem
    ? html`<div class="notice bad" role="alert">
        <p><strong>${problem.isOffline ? 'The server does not answer.' : problem.detail}</strong></p>
        <p>${whatNext ?? (problem.isOffline ? 'It is tried again by itself; what is shown is from before.' : '')}</p>
      </div>`
    : '';
}
