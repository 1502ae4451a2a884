// The campaigns as a table, which the stylesheet turns into cards on a narrow screen. The roles are
// written out because browsers forget those of a table that is displayed otherwise.

import { html, nothing, repeat } from '../view.js';
import { number, percent } from '../format.js';
import { badges } from './badges.js';
import { bar } from './bar.js';
import { ACTION_LABELS, actionsFor, livePath, orderPath, windowWords } from './campaign-words.js';

const COLUMNS = ['Campaign', 'State', 'Stock left', 'Partitions', 'Window', 'Views', 'Change'];
const MENU_GAP_PIXELS = 4;

/**
 * @param act called with an action, a campaign and the element to come back to
 */
export function campaignTable(campaigns, now, act) {
  return html`
    <table role="table" class="campaigns" aria-labelledby="campaigns-title">
      <thead role="rowgroup"><tr role="row">
        ${COLUMNS.map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}
      </tr></thead>
      <tbody role="rowgroup">
        ${repeat(campaigns, (campaign) => campaign.id, (campaign) => row(campaign, now, act))}
      </tbody>
    </table>`;
}

function row(campaign, now, act) {
  const { name, displayName, partitions, lane } = campaign;
  return html`
    <tr role="row" data-test="campaign" data-name=${name}>
      <th role="rowheader" scope="row" class="campaign-name">
        <a href=${livePath(name)}>${displayName}</a>
        ${displayName === name ? nothing : html`<span class="soft small mono">${name}</span>`}
      </th>
      <td role="cell" data-label="State">${badges(campaign)}</td>
      <td role="cell" data-label="Stock left">${stock(campaign)}</td>
      <td role="cell" data-label="Partitions">${number(partitions)}${lane ? html` <span class="soft small">of the lane ${lane}</span>` : nothing}</td>
      <td role="cell" data-label="Window" class="small">${windowWords(campaign, now).map((line) => html`<span class="line">${line}</span>`)}</td>
      <td role="cell" data-label="Views">
        <a class="target" href=${livePath(name)} aria-label="Live view of ${displayName}">Live</a>
        <a class="target" href=${orderPath(name)} aria-label="Order of ${displayName}">Order</a>
      </td>
      <td role="cell" data-label="Change">${actionsView(campaign, act)}</td>
    </tr>`;
}

function stock({ currentStock, totalStock }) {
  return html`
    <span class="number"><strong>${number(currentStock)}</strong> of ${number(totalStock)}</span>
    ${bar(currentStock, totalStock)}
    <span class="soft small">${percent(totalStock - currentStock, totalStock)} given</span>`;
}

function actionsView(campaign, act) {
  const actions = actionsFor(campaign);
  if (actions.length === 0) {
    return html`<span class="soft" aria-hidden="true">–</span><span class="visually-hidden">Nothing to change</span>`;
  }
  const [first, more] = ['pause', 'resume'].includes(actions[0])
    ? [actions[0], actions.slice(1)]
    : [null, actions];
  const menu = `more-${campaign.id}`;
  return html`
    <div class="actions">
      ${first ? html`
        <button class="button" type="button" aria-label="${ACTION_LABELS[first]} ${campaign.displayName}"
          @click=${(event) => act(first, campaign, event.currentTarget)}>${ACTION_LABELS[first]}</button>` : nothing}
      <button class="button" type="button" id="${menu}-button" popovertarget=${menu}
        aria-label="More for ${campaign.displayName}">More <span aria-hidden="true">▾</span></button>
      <div id=${menu} class="menu" popover role="group" aria-label="Change ${campaign.displayName}" @beforetoggle=${place}>
        ${more.map((action) => html`
          <button class="button ${action === 'close' ? 'danger' : ''}" type="button"
            @click=${() => chosen(menu, () => act(action, campaign, menuButton(menu)))}>${ACTION_LABELS[action]}</button>`)}
      </div>
    </div>`;
}

function chosen(menu, action) {
  document.getElementById(menu).hidePopover();
  action();
}

function menuButton(menu) {
  return document.getElementById(`${menu}-button`);
}

/** Below its button, with its right side where that of the button is. */
function place(event) {
  const menu = event.currentTarget;
  const button = menuButton(menu.id).getBoundingClientRect();
  menu.style.top = `${window.scrollY + button.bottom + MENU_GAP_PIXELS}px`;
  menu.style.right = `${document.documentElement.clientWidth - button.right}px`;
}
