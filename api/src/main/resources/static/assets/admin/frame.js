// What stands around every page of the administrator.

import { html, nothing } from '../view.js';
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
          <a href=${path} aria-current=${where(path, current)}>${text}</a>`)}
      </nav>
      <button class="button" type="button" @click=${signOut}>Sign out</button>
    </header>
    <p id="sign-out-problem" class="notice bad sign-out-problem" hidden></p>
    <main id="main" class="admin-main" tabindex="-1">${main}</main>`;
}

// The page of one campaign lies below the list: there the link is where one is, but not the page.
function where(path, current) {
  if (path !== current) {
    return 'false';
  }
  return location.pathname === path ? 'page' : 'true';
}

async function signOut() {
  const notice = document.getElementById('sign-out-problem');
  try {
    await post('/sign-out');
    location.assign('/sign-in?out');
  } catch (problem) {
    // Who believes to be signed out leaves the machine to others.
    notice.textContent = `You are still signed in: ${problem.isOffline ? 'the server does not answer.' : problem.detail} Try again in a moment.`;
    notice.setAttribute('role', 'alert');
    notice.hidden = false;
  }
}

/**
 * A failure and what happens next, or nothing without one. It is read out when it appears, so
 * nothing that changes each second may stand in it.
 */
export function problemNotice(problem, whatNext) {
  if (!problem) {
    return nothing;
  }
  const next =
    whatNext ?? (problem.isOffline ? 'It is tried again by itself; what is shown is from before.' : '');
  return html`
    <div class="notice bad" role="alert">
      <p><strong>${problem.isOffline ? 'The server does not answer.' : problem.detail}</strong></p>
      ${next ? html`<p>${next}</p>` : nothing}
    </div>`;
}
