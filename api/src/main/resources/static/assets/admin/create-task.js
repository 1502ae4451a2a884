// A new campaign, as a task of the form dialog.

import { html } from '../view.js';
import { post } from '../http.js';
import { serverNow } from './clock.js';
import { PATIENT, wholeNumber } from './campaign-tasks.js';
import { BROWSER_ZONE, fromLocal, zoneWords } from './local-time.js';

const STOCK_MAX = 1_000_000_000_000;
const PARTITIONS_MAX = 1_000;
const FIELDS = ['name', 'totalStock', 'partitions', 'opensAt', 'closesAt'];

/** created is called with the new campaign. */
export function createTask(created) {
  return {
    title: 'New campaign',
    text: html`<p class="soft">Who comes first is served first. It can be paused at any time, and stock and partitions can grow later.</p>`,
    submit: 'Create',
    danger: false,
    fields: [
      {
        name: 'name',
        label: 'Name',
        type: 'text',
        required: true,
        attributes: { maxlength: 200 },
        hint: () => 'Any text. Small letters, digits and hyphens (at most 40) are taken as they are; for other text a name for the address is derived.',
      },
      {
        name: 'totalStock',
        label: 'Stock',
        type: 'number',
        required: true,
        attributes: { min: 1, max: STOCK_MAX },
        hint: () => 'How many there are to give. May only grow.',
      },
      {
        name: 'partitions',
        label: 'Partitions',
        type: 'number',
        value: '1',
        required: true,
        attributes: { min: 1, max: PARTITIONS_MAX },
        hint: () => '1 keeps all requests in one order. With more, order holds within each of them.',
      },
      instant('opensAt', 'Opens', 'Empty: at once.'),
      instant('closesAt', 'Closes', 'Empty: when it is closed by hand.'),
    ],
    check,
    send: (values) => post('/api/admin/campaigns', request(values), PATIENT),
    fieldOf,
    done: created,
  };
}

function instant(name, label, empty) {
  return {
    name,
    label,
    type: 'datetime-local',
    hint: (values) => `${empty} Your time zone: ${zoneWords(BROWSER_ZONE, fromLocal(values[name]))}.`,
  };
}

/** What the browser can tell before the server is asked: by field, empty if nothing is wrong. */
export function check(values) {
  const errors = {
    name: values.name.trim() === '' ? 'A name is needed.' : null,
    totalStock: wholeNumber(values.totalStock, 1, STOCK_MAX),
    partitions: wholeNumber(values.partitions, 1, PARTITIONS_MAX),
    closesAt: endError(values),
  };
  return Object.fromEntries(Object.entries(errors).filter(([, error]) => error));
}

function endError({ opensAt, closesAt }) {
  const end = fromLocal(closesAt);
  if (end && opensAt && end <= fromLocal(opensAt)) {
    return 'It must close after it opens.';
  }
  // The server takes it, but nobody wants a campaign that is over before it is seen.
  return end && end <= serverNow() ? 'This is in the past: it would be over at once.' : null;
}

/** The body of the call: instants in UTC, and what was left empty is left out. */
export function request(values) {
  const body = {
    name: values.name.trim(),
    totalStock: Number(values.totalStock),
    partitions: Number(values.partitions),
  };
  for (const end of ['opensAt', 'closesAt']) {
    const at = fromLocal(values[end]);
    if (at) {
      body[end] = at.toISOString();
    }
  }
  return body;
}

function fieldOf({ code, body }) {
  if (code === 'CAMPAIGN_EXISTS') {
    return 'name';
  }
  return FIELDS.includes(body.field) ? body.field : null;
}
