// Which day or period is looked at.

import { html, live, nothing } from '../../view.js';
import { follow } from '../follow-link.js';
import { isDay } from './days.js';
import { parametersOf, query, quickChoices } from './period.js';

export function periodChooser(part) {
  const submit = (event) => {
    event.preventDefault();
    if (!part.submit()) {
      document.getElementById(part.fault.field).focus();
    }
  };
  return html`
    <form class="card period" aria-label="Day or period" novalidate @submit=${submit}>
      <div class="row" role="group" aria-label="Quick choices">
        ${quickChoices(part.yesterday).map((choice) => quick(choice, part))}
      </div>
      ${field('from', 'First day', part)}
      ${field('to', 'Last day', part)}
      <button class="button primary" type="submit">Show</button>
    </form>`;
}

function quick(choice, part) {
  const current = part.fields.from === choice.from && part.fields.to === choice.to;
  return html`<a class="button ${current ? 'current' : ''}" href="/admin/statistics${query(parametersOf(choice))}"
    aria-current=${current ? 'true' : 'false'} @click=${(event) => follow(event, () => part.go(choice))}>${choice.name}</a>`;
}

function field(id, label, part) {
  const message = part.fault?.field === id ? part.fault.message : null;
  // What stands in the address may be no day at all; a field for days complains about that.
  const day = isDay(part.fields[id]) ? part.fields[id] : '';
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      <input type="date" id=${id} .value=${live(day)} @change=${(event) => part.setField(id, event.target.value)}
        aria-invalid=${message ? 'true' : 'false'} aria-describedby="${id}-error">
      <span class="error" id="${id}-error">${message ?? nothing}</span>
    </div>`;
}
